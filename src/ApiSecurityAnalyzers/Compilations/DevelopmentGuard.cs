using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Compilations;

/// <summary>
/// Answers "does this statement run only in development": direct guards, negations, early returns, <c>switch</c>, a local or own
/// member that holds the answer, <c>#if DEBUG</c>, <c>StartupDevelopment</c> and <c>ConfigureDevelopment</c>.
/// </summary>
internal static partial class DevelopmentGuard
{
    /// <summary>The environments in which <paramref name="node"/> runs, looking outwards to the enclosing member.</summary>
    public static RunsIn Of(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) =>
        Of(node, node.SyntaxTree.GetRoot(cancellationToken), model, cancellationToken);

    /// <summary>As <see cref="Of(SyntaxNode, SemanticModel, CancellationToken)"/>, but conditions outside <paramref name="boundary"/> do not count.</summary>
    public static RunsIn Of(SyntaxNode node, SyntaxNode boundary, SemanticModel model, CancellationToken cancellationToken)
    {
        var result = Compiled(node.SyntaxTree.GetRoot(cancellationToken), node.SpanStart);
        for (var current = node; current.Parent is { } parent; current = parent)
        {
            result = result.And(Step(current, parent, model, cancellationToken));

            // a local function runs where it is called
            if (result == RunsIn.DevelopmentOnly || parent == boundary || parent is LocalFunctionStatementSyntax)
                break;
            if (parent is BaseMethodDeclarationSyntax or TypeDeclarationSyntax)
            {
                result = result.And(OfMember(parent));
                if (parent is TypeDeclarationSyntax)
                    break;
            }
        }

        return boundary is MethodDeclarationSyntax { Parent: { } type } method ? result.And(OfMember(method)).And(OfMember(type)) : result;
    }

    /// <summary>What the condition says of the environment when it is true.</summary>
    public static RunsIn Meaning(ExpressionSyntax condition, SemanticModel model, CancellationToken cancellationToken) => new Condition(model, cancellationToken).Meaning(condition, 0);

    /// <summary>The builds that compile the position: inside <c>#if DEBUG</c> only debug builds do. Disabled text counts too.</summary>
    public static RunsIn Compiled(SyntaxNode root, int position)
    {
        if (!root.ContainsDirectives)
            return RunsIn.Everywhere;
        var open = new Stack<RunsIn>();
        for (var directive = ((CompilationUnitSyntax)root).GetFirstDirective(); directive is not null && directive.SpanStart < position; directive = directive.GetNextDirective())
        {
            switch (directive)
            {
                case IfDirectiveTriviaSyntax start:
                    open.Push(OfSymbol(start.Condition));
                    break;
                case ElseDirectiveTriviaSyntax when open.Count > 0:
                    open.Push(open.Pop().Not());
                    break;
                case ElifDirectiveTriviaSyntax elif when open.Count > 0:
                    open.Push(open.Pop().Not().And(OfSymbol(elif.Condition)));
                    break;
                case EndIfDirectiveTriviaSyntax when open.Count > 0:
                    open.Pop();
                    break;
            }
        }

        // another symbol than DEBUG says which product is built, not where it runs
        var result = RunsIn.Everywhere;
        foreach (var condition in open)
            result = condition == RunsIn.Unknown ? result : result.And(condition);
        return result;
    }

    private static RunsIn Step(SyntaxNode current, SyntaxNode parent, SemanticModel model, CancellationToken cancellationToken)
    {
        var condition = new Condition(model, cancellationToken);
        switch (parent)
        {
            case IfStatementSyntax branch when current == branch.Statement:
                return condition.Meaning(branch.Condition, 0);
            case IfStatementSyntax branch when current == branch.Else:
                return condition.Meaning(branch.Condition, 0).Not();
            case ConditionalExpressionSyntax conditional when current == conditional.WhenTrue:
                return condition.Meaning(conditional.Condition, 0);
            case ConditionalExpressionSyntax conditional when current == conditional.WhenFalse:
                return condition.Meaning(conditional.Condition, 0).Not();
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both when current == both.Right:
                return condition.Meaning(both.Left, 0);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } either when current == either.Right:
                return condition.Meaning(either.Left, 0).Not();
            case SwitchSectionSyntax section when section.Parent is SwitchStatementSyntax statement && current is StatementSyntax:
                return condition.OfSection(section, statement).And(Preceding(section.Statements, current, condition));
            case SwitchExpressionArmSyntax arm when current == arm.Expression && arm.Parent is SwitchExpressionSyntax expression:
                return condition.OfArm(arm, expression);
            case CatchClauseSyntax:
                return RunsIn.Unknown;
            case BlockSyntax block:
                return Preceding(block.Statements, current, condition);
            case CompilationUnitSyntax unit when current is GlobalStatementSyntax:
                var answer = RunsIn.Everywhere;
                foreach (var member in unit.Members)
                {
                    if (member == current)
                        break;
                    if (member is GlobalStatementSyntax { Statement: IfStatementSyntax early })
                        answer = answer.And(AfterEarlyExit(early, condition));
                }

                return answer;
            default:
                return RunsIn.Everywhere;
        }
    }

    /// <summary>What early returns before the statement say: after <c>if (!env.IsDevelopment()) return;</c> only development is left.</summary>
    private static RunsIn Preceding(SyntaxList<StatementSyntax> statements, SyntaxNode current, Condition condition)
    {
        var answer = RunsIn.Everywhere;
        foreach (var statement in statements)
        {
            if (statement == current)
                break;
            if (statement is IfStatementSyntax early)
                answer = answer.And(AfterEarlyExit(early, condition));
        }

        return answer;
    }

    private static RunsIn AfterEarlyExit(IfStatementSyntax early, Condition condition)
    {
        var exitsWhenTrue = Exits(early.Statement);
        var exitsWhenFalse = early.Else is { } other && Exits(other.Statement);
        if (exitsWhenTrue == exitsWhenFalse)
            return RunsIn.Everywhere;
        var meaning = condition.Meaning(early.Condition, 0);

        // an exit for another reason (bad arguments, a command-line switch) does not make the rest conditional
        if (meaning == RunsIn.Unknown)
            return RunsIn.Everywhere;
        return exitsWhenTrue ? meaning.Not() : meaning;
    }

    private static bool Exits(StatementSyntax statement) => statement switch
    {
        ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax => true,
        BlockSyntax { Statements: { Count: > 0 } statements } => Exits(statements.Last()),
        _ => false,
    };

    private static RunsIn OfMember(SyntaxNode member) => member switch
    {
        MethodDeclarationSyntax method when method.Identifier.ValueText.StartsWith("ConfigureDevelopment", StringComparison.Ordinal) => RunsIn.DevelopmentOnly,
        MethodDeclarationSyntax method when method.Identifier.ValueText.StartsWith("ConfigureStaging", StringComparison.Ordinal) => RunsIn.DevelopmentOnly,
        ClassDeclarationSyntax { Identifier.ValueText: "StartupDevelopment" or "StartupStaging" } => RunsIn.DevelopmentOnly,
        _ => RunsIn.Everywhere,
    };

    private static RunsIn OfSymbol(ExpressionSyntax condition) => condition switch
    {
        IdentifierNameSyntax { Identifier.ValueText: "DEBUG" } => RunsIn.DevelopmentOnly,
        IdentifierNameSyntax { Identifier.ValueText: "RELEASE" } => RunsIn.NotDevelopment,
        PrefixUnaryExpressionSyntax not => OfSymbol(not.Operand).Not(),
        ParenthesizedExpressionSyntax parenthesized => OfSymbol(parenthesized.Expression),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } either => OfSymbol(either.Left).Or(OfSymbol(either.Right)),

        // in a conjunction the symbol that says nothing of the build takes nothing away
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both => (OfSymbol(both.Left), OfSymbol(both.Right)) switch
        {
            (RunsIn.Unknown, var right) => right,
            (var left, RunsIn.Unknown) => left,
            var (left, right) => left.And(right),
        },
        _ => RunsIn.Unknown,
    };
}
