using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Logging;

/// <summary>Logs that a check of credentials failed, on the way on which it did.</summary>
internal static class FailureEntry
{
    public static async Task<LogEdit?> PlanAsync(Document document, TextSpan span, string? name, CancellationToken cancellationToken)
    {
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (model is null || root is null || span.End > root.FullSpan.End
            || CredentialCheck.CallAt(root.FindToken(span.Start)) is not { } check || FunctionGraph.Around(check) is not { } function
            || model.GetSymbolInfo(check, cancellationToken).Symbol is not IMethodSymbol method)
        {
            return null;
        }

        var conditions = new CheckConditions(check, function, CredentialCheck.IsBoolean(method));
        if (Edit(conditions, method, model) is not { } edit)
            return null;
        var (logger, access) = await LoggerAccess.FindAsync(document, model, check, cancellationToken).ConfigureAwait(false);
        if (logger is null)
            return null;
        var entry = LogText.Warning(logger, null, UnloggedAccessFailureFix.Text, model, check, name, withAddress: true, cancellationToken);
        return new LogEdit(document, editor => edit(editor, entry), access);
    }

    private static Action<DocumentEditor, string>? Edit(CheckConditions conditions, IMethodSymbol method, SemanticModel model)
    {
        if (conditions.Variable is { } variable)
        {
            var assigned = conditions.Value.FirstAncestorOrSelf<StatementSyntax>();
            if (assigned is not (LocalDeclarationStatementSyntax or ExpressionStatementSyntax) || assigned.Parent is not (BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax))
                return null;

            // where the next thing that is asked is whether it failed, the entry belongs there
            if (Next(assigned) is IfStatementSyntax next && conditions.Of(next.Condition) == CheckOutcome.Failure)
                return (editor, entry) => InBranch(editor, next.Statement, entry);
            return Failed(variable, method, model) is { } failed ? (editor, entry) => Statements.InsertAfter(editor, assigned, $"if ({failed})\n    {entry}") : null;
        }

        var (condition, fails) = Whole(conditions.Value);
        switch (condition.Parent)
        {
            case IfStatementSyntax branch when branch.Condition == condition && fails:
                return (editor, entry) => InBranch(editor, branch.Statement, entry);
            case IfStatementSyntax branch when branch.Condition == condition:
                return InElse(branch);
            case ConditionalExpressionSyntax { Parent: ReturnStatementSyntax { Parent: BlockSyntax } result } choice when choice.Condition == condition:
                return (editor, entry) => InChoice(editor, result, choice, fails, entry);
            default:
                return null;
        }
    }

    /// <summary>The condition of which the check is part, and whether it is true where the check fails.</summary>
    private static (ExpressionSyntax Condition, bool Fails) Whole(ExpressionSyntax value)
    {
        var fails = false;
        while (true)
        {
            switch (value.Parent)
            {
                case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not:
                    fails = !fails;
                    value = not;
                    continue;
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression } binary:
                    value = binary;
                    continue;
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } comparison:
                    var other = comparison.Left == value ? comparison.Right : comparison.Left;
                    fails ^= comparison.IsKind(SyntaxKind.NotEqualsExpression) ^ (other.IsKind(SyntaxKind.FalseLiteralExpression) || other is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Failed" });
                    value = comparison;
                    continue;
                case IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax { Expression: var constant } } pattern:
                    fails ^= constant.IsKind(SyntaxKind.FalseLiteralExpression) || constant is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Failed" };
                    value = pattern;
                    continue;
                case ParenthesizedExpressionSyntax or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Succeeded" or "IsValid" }:
                    value = (ExpressionSyntax)value.Parent;
                    continue;
                default:
                    return (value, fails);
            }
        }
    }

    /// <summary>The condition under which the variable tells of a failure.</summary>
    private static string? Failed(string variable, IMethodSymbol method, SemanticModel model)
    {
        if (CredentialCheck.IsBoolean(method))
            return "!" + variable;
        var result = method.ReturnType is INamedTypeSymbol { TypeArguments: { Length: 1 } arguments } ? arguments[0] : method.ReturnType;
        if (result.Is("Microsoft.AspNetCore.Identity.PasswordVerificationResult"))
            return $"{variable} == Microsoft.AspNetCore.Identity.PasswordVerificationResult.Failed";
        if (result.Is("Microsoft.IdentityModel.Tokens.TokenValidationResult"))
            return $"!{variable}.IsValid";
        if (result.InheritsFrom("Microsoft.AspNetCore.Identity.IdentityResult"))
            return $"!{variable}.Succeeded";
        return result.InheritsFrom("Microsoft.AspNetCore.Identity.SignInResult") ? $"!{variable}.Succeeded && !{variable}.RequiresTwoFactor" : null;
    }

    private static StatementSyntax? Next(StatementSyntax statement) => statement.Parent is BlockSyntax block && block.Statements.IndexOf(statement) is var index && index + 1 < block.Statements.Count ? block.Statements[index + 1] : null;

    private static void InBranch(DocumentEditor editor, StatementSyntax branch, string entry)
    {
        if (branch is BlockSyntax block)
        {
            editor.ReplaceNode(block, (current, _) => HandlerBody.Insert((BlockSyntax)current, block, entry));
            return;
        }

        // if (…) return x; gets a block
        var indentation = Place.Indentation(branch.Parent!);
        editor.ReplaceNode(branch.Parent!, (current, _) => current switch
        {
            IfStatementSyntax condition => condition.WithCloseParenToken(EndLine(condition.CloseParenToken)).WithStatement(Wrapped(condition.Statement, indentation, entry)),
            ElseClauseSyntax other => other.WithElseKeyword(EndLine(other.ElseKeyword)).WithStatement(Wrapped(other.Statement, indentation, entry)),
            _ => current,
        });
    }

    private static SyntaxToken EndLine(SyntaxToken token) => token.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia) ? token : token.WithTrailingTrivia(SyntaxFactory.EndOfLine("\n"));

    private static BlockSyntax Wrapped(StatementSyntax statement, string indentation, string entry)
    {
        var inner = indentation + "    ";
        var first = SyntaxFactory.ParseStatement(inner + entry + "\n").WithAdditionalAnnotations(ServiceAccess.Annotations);
        var trailing = statement.GetTrailingTrivia();
        var rest = statement.WithLeadingTrivia(statement.GetLeadingTrivia().Where(static t => !t.IsKind(SyntaxKind.WhitespaceTrivia)).Concat([SyntaxFactory.Whitespace(inner)]))
            .WithTrailingTrivia(trailing.Any(SyntaxKind.EndOfLineTrivia) ? trailing : trailing.Add(SyntaxFactory.EndOfLine("\n")));
        return SyntaxFactory.Block(first, rest)
            .WithOpenBraceToken(SyntaxFactory.Token(SyntaxFactory.TriviaList(SyntaxFactory.Whitespace(indentation)), SyntaxKind.OpenBraceToken, SyntaxFactory.TriviaList(SyntaxFactory.EndOfLine("\n"))))
            .WithCloseBraceToken(SyntaxFactory.Token(SyntaxFactory.TriviaList(SyntaxFactory.Whitespace(indentation)), SyntaxKind.CloseBraceToken, SyntaxFactory.TriviaList(SyntaxFactory.EndOfLine("\n"))));
    }

    /// <summary>What runs where the condition is false: <c>else</c>, or what follows a branch that never comes back.</summary>
    private static Action<DocumentEditor, string>? InElse(IfStatementSyntax branch)
    {
        if (branch.Else is { } other)
            return other.Statement is IfStatementSyntax ? null : (editor, entry) => InBranch(editor, other.Statement, entry);
        var last = branch.Statement is BlockSyntax block ? block.Statements.LastOrDefault() : branch.Statement;
        if (last is ReturnStatementSyntax or ThrowStatementSyntax && branch.Parent is BlockSyntax)
            return (editor, entry) => Statements.InsertAfter(editor, branch, entry);
        var indentation = Place.Indentation(branch);
        return (editor, entry) => editor.ReplaceNode(branch, (current, _) =>
        {
            var text = $"{indentation}else\n{indentation}{{\n{indentation}    {entry}\n{indentation}}}\n";
            var clause = ((IfStatementSyntax)SyntaxFactory.ParseStatement("if (true) { }\n" + text)).Else!.WithAdditionalAnnotations(ServiceAccess.Annotations);
            return ((IfStatementSyntax)current).WithElse(clause);
        });
    }

    /// <summary><c>return check ? a : b;</c> becomes two statements that return.</summary>
    private static void InChoice(DocumentEditor editor, ReturnStatementSyntax result, ConditionalExpressionSyntax choice, bool fails, string entry)
    {
        var block = (BlockSyntax)result.Parent!;
        var index = block.Statements.IndexOf(result);
        var indentation = Place.Indentation(result);
        var condition = choice.Condition.WithoutTrivia().ToFullString();
        var first = choice.WhenTrue.WithoutTrivia().ToFullString();
        var second = choice.WhenFalse.WithoutTrivia().ToFullString();
        var text = fails
            ? $"if ({condition})\n{{\n    {entry}\n    return {first};\n}}\n\nreturn {second};\n"
            : $"if ({condition})\n    return {first};\n{entry}\nreturn {second};\n";
        var lines = string.Join("\n", text.TrimEnd('\n').Split('\n').Select(l => l.Length == 0 ? l : indentation + l)) + "\n";
        var added = ((BlockSyntax)SyntaxFactory.ParseStatement("{\n" + lines + "}")).Statements.Select(static s => s.WithAdditionalAnnotations(ServiceAccess.Annotations)).ToList();
        added[0] = added[0].WithLeadingTrivia(result.GetLeadingTrivia());
        added[added.Count - 1] = added[added.Count - 1].WithTrailingTrivia(result.GetTrailingTrivia());
        editor.ReplaceNode(block, (current, _) => ((BlockSyntax)current).WithStatements(((BlockSyntax)current).Statements.RemoveAt(index).InsertRange(index, added)));
    }
}
