using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>Puts statements of a host into <c>if (app.Environment.IsDevelopment()) { … }</c>; neighbours share one block.</summary>
/// <param name="Statement">The statement.</param>
/// <param name="Condition">The condition, with full type names.</param>
internal sealed record DevelopmentBlock(ExpressionStatementSyntax Statement, string Condition)
{
    private const string Environment = "Microsoft.AspNetCore.Hosting.IWebHostEnvironment";

    /// <summary>Plans a block around the statement of a call; none where other calls of the statement have to stay outside.</summary>
    /// <param name="call">The call on a builder.</param>
    /// <param name="mayMove">Whether a call of the name may be made in development only.</param>
    /// <param name="model">The document's model.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static DevelopmentBlock? For(InvocationExpressionSyntax call, Func<string, bool> mayMove, SemanticModel model, CancellationToken cancellationToken)
    {
        if (call.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax { Parent: BlockSyntax or GlobalStatementSyntax } statement)
            return null;

        // the chain from its first call on: the builder's own calls have to be of the kind, those on what they return go along
        var current = statement.Expression;
        var onBuilder = new List<(string Name, ITypeSymbol? Receiver)>();
        while (current is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member })
        {
            onBuilder.Add((member.Name.Identifier.ValueText, model.GetTypeInfo(member.Expression, cancellationToken).Type));
            current = member.Expression;
        }

        if (current is InvocationExpressionSyntax || onBuilder.Exists(c => IsBuilder(c.Receiver) && !mayMove(c.Name)) || model.GetTypeInfo(current, cancellationToken).Type is not { } builder)
            return null;
        return ConditionOf(current, builder, statement, model) is { } condition && model.Compilation.GetTypeByMetadataName(Environment) is not null ? new DevelopmentBlock(statement, condition) : null;
    }

    /// <summary>Makes the blocks of a document, from top to bottom.</summary>
    public static SyntaxNode Apply(SyntaxNode root, IReadOnlyList<DevelopmentBlock> blocks)
    {
        root = root.TrackNodes(blocks.Select(static b => b.Statement));
        foreach (var block in blocks)
        {
            if (root.GetCurrentNode(block.Statement) is { } statement)
                root = block.Apply(root, statement);
        }

        return root;
    }

    private SyntaxNode Apply(SyntaxNode root, ExpressionStatementSyntax statement)
    {
        SyntaxNode node = statement.Parent is GlobalStatementSyntax global ? global : statement;
        var leading = node.GetLeadingTrivia();
        if (Previous(statement) is { Else: null, Statement: BlockSyntax { Statements.Count: > 0 } open } above && Short(above.Condition.ToString()) == Short(Condition) && !leading.Any(static t => t.IsDirective))
        {
            // blank lines between them go, comments stay with the statement
            var comments = leading.SkipWhile(static t => t.IsKind(SyntaxKind.EndOfLineTrivia) || t.IsKind(SyntaxKind.WhitespaceTrivia)).Where(static t => !t.IsKind(SyntaxKind.WhitespaceTrivia) && !t.IsKind(SyntaxKind.EndOfLineTrivia));
            var indentation = Place.Indentation(open.Statements[0]);
            var lines = comments.Select(c => indentation + c.ToFullString() + "\n").Concat([indentation + Text(statement, indentation)]);
            var moved = SyntaxFactory.ParseStatement(string.Concat(lines) + "\n");
            var extended = open.AddStatements(moved);
            root = root.ReplaceNodes([node, open], (original, _) => original == open ? extended : original.WithAdditionalAnnotations(Gone));
            return root.RemoveNode(root.GetAnnotatedNodes(Gone).Single(), SyntaxRemoveOptions.KeepNoTrivia)!;
        }

        var outer = Place.Indentation(statement);
        var guarded = (IfStatementSyntax)SyntaxFactory.ParseStatement($"{outer}if ({Condition})\n{outer}{{\n{outer}    {Text(statement, outer + "    ")}\n{outer}}}\n");
        guarded = guarded.ReplaceNode(guarded.Condition, guarded.Condition.WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation, TypeNames.Annotation)).WithLeadingTrivia(leading);
        return root.ReplaceNode(node, statement.Parent is GlobalStatementSyntax ? SyntaxFactory.GlobalStatement(guarded) : guarded);
    }

    private static readonly SyntaxAnnotation Gone = new("ApiSecurityAnalyzers.Gone");

    private static bool IsBuilder(ITypeSymbol? type) => type.Implements("Microsoft.AspNetCore.Builder.IApplicationBuilder") || type.Implements("Microsoft.AspNetCore.Routing.IEndpointRouteBuilder");

    /// <summary>How the place gets at its environment: from the application, a variable in sight, or the services.</summary>
    private static string? ConditionOf(ExpressionSyntax receiver, ITypeSymbol builder, StatementSyntax statement, SemanticModel model)
    {
        const string Question = ".IsDevelopment()";
        if (receiver is not (SimpleNameSyntax or MemberAccessExpressionSyntax or ThisExpressionSyntax))
            return null;
        if (builder.Is("Microsoft.AspNetCore.Builder.WebApplication"))
            return receiver + ".Environment" + Question;
        var variable = model.LookupSymbols(statement.SpanStart)
            .FirstOrDefault(s => s is ILocalSymbol or IParameterSymbol or IFieldSymbol or IPropertySymbol && s.ValueType().Implements("Microsoft.Extensions.Hosting.IHostEnvironment") && IsUsable(s, statement));
        if (variable is not null)
            return variable.Name + Question;
        var services = builder.Implements("Microsoft.AspNetCore.Builder.IApplicationBuilder") ? ".ApplicationServices" : builder.Implements("Microsoft.AspNetCore.Routing.IEndpointRouteBuilder") ? ".ServiceProvider" : null;
        return services is null ? null : receiver + services + ".GetRequiredService<" + Environment + ">()" + Question;
    }

    /// <summary>Locals have to stand above; members of the type must be reachable from a static method.</summary>
    private static bool IsUsable(ISymbol symbol, StatementSyntax statement) => symbol switch
    {
        ILocalSymbol => symbol.DeclaringSyntaxReferences.Any(r => r.SyntaxTree == statement.SyntaxTree && r.Span.End <= statement.SpanStart),
        IParameterSymbol => true,
        _ => symbol.IsStatic || statement.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.Modifiers.Any(SyntaxKind.StaticKeyword) == false,
    };

    private static IfStatementSyntax? Previous(StatementSyntax statement)
    {
        if (statement.Parent is BlockSyntax block)
            return block.Statements.IndexOf(statement) is > 0 and var index ? block.Statements[index - 1] as IfStatementSyntax : null;
        return statement.Parent is GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } global && unit.Members.IndexOf(global) is > 0 and var position
            ? (unit.Members[position - 1] as GlobalStatementSyntax)?.Statement as IfStatementSyntax
            : null;
    }

    private static string Short(string condition) => condition.Replace("Microsoft.AspNetCore.Hosting.", "");

    /// <summary>The statement as it is written one level further in; literals of several lines keep every character.</summary>
    private static string Text(StatementSyntax statement, string indentation)
    {
        var text = statement.WithoutLeadingTrivia().ToFullString().TrimEnd().Replace("\r\n", "\n");
        if (text.IndexOf('\n') < 0 || statement.DescendantTokens().Any(static t => t.ValueText.IndexOf('\n') >= 0))
            return text;
        var outer = Place.Indentation(statement);
        return string.Join("\n", text.Split('\n').Select((line, i) => i == 0 || line.Length == 0 ? line : line.StartsWith(outer, StringComparison.Ordinal) ? indentation + line.Substring(outer.Length) : line));
    }
}
