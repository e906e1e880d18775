using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>A place in a host file where a call can be added.</summary>
internal sealed partial class Place
{
    private readonly Func<SyntaxNode, string, SyntaxNode> _insert;

    private Place(SyntaxNode node, string receiver, Func<SyntaxNode, string, SyntaxNode> insert)
    {
        Node = node;
        Receiver = receiver;
        _insert = insert;
    }

    /// <summary>A node of the document that is edited.</summary>
    public SyntaxNode Node { get; }

    /// <summary>The variable on which the call is made.</summary>
    public string Receiver { get; }

    public SyntaxNode Insert(SyntaxNode root, string code) => _insert(root, code);

    public static Place Before(StatementSyntax statement, string receiver) => new(statement, receiver, (root, code) => InsertBeside(root, statement, code, before: true));

    public static Place After(StatementSyntax statement, string receiver) => new(statement, receiver, (root, code) => InsertBeside(root, statement, code, before: false));

    /// <summary>Before a statement, but joined to the one above it: a blank line or comment in front of the statement stays there.</summary>
    public static Place EndingAt(StatementSyntax statement, string receiver)
    {
        StatementSyntax? previous = null;
        if (statement.Parent is GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } global)
            previous = unit.Members.TakeWhile(m => m != global).LastOrDefault() is GlobalStatementSyntax { Statement: var above } ? above : null;
        else if (statement.Parent is BlockSyntax block)
            previous = block.Statements.TakeWhile(s => s != statement).LastOrDefault();
        return previous is ExpressionStatementSyntax or LocalDeclarationStatementSyntax ? After(previous, receiver) : Before(statement, receiver);
    }

    public static Place AtStart(BlockSyntax block, string receiver) => block.Statements.Count > 0
        ? Before(block.Statements[0], receiver)
        : new(block, receiver, (root, code) => root.ReplaceNode(block, InEmpty(block, code)));

    public static Place AtEnd(BlockSyntax block, string receiver) => block.Statements.Count > 0 && block.Statements.Last() is not ReturnStatementSyntax
        ? After(block.Statements.Last(), receiver)
        : block.Statements.Count > 0 ? EndingAt(block.Statements.Last(), receiver) : AtStart(block, receiver);

    /// <summary>Inside a chain, behind one of its calls: <c>app.UseA().UseB()</c> becomes <c>app.UseA().Added().UseB()</c>.</summary>
    public static Place InChainAfter(InvocationExpressionSyntax call, string name) => new(call, "", (root, _) => Chain.Append(root, call, name));

    /// <summary>At the beginning of a chain: the root <c>app</c> of <c>app.UseA()</c> becomes <c>app.Added()</c>.</summary>
    public static Place? AtRootOf(InvocationExpressionSyntax call, string name)
    {
        if (BuilderOf(call) is { } build)
            return InChainAfter(build, name);
        return MiddlewareOrder.RootOf(call) is IdentifierNameSyntax root && !char.IsUpper(root.Identifier.ValueText[0]) ? AtRoot(root) : null;
    }

    public static Place AtRoot(IdentifierNameSyntax root) => new(root, root.Identifier.ValueText, (document, code) =>
        document.ReplaceNode(root, SyntaxFactory.ParseExpression(code).WithTriviaFrom(root).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation, TypeNames.Annotation)));

    /// <summary>The statement uses an expression that no variable holds: <c>builder.Build().Run()</c>. It gets a variable, and the call is made on that.</summary>
    public static Place WithVariable(StatementSyntax statement, ExpressionSyntax value, string name)
    {
        name = Unused(statement, name);
        return new(statement, name, (root, code) =>
        {
            var rest = statement.ReplaceNode(value, SyntaxFactory.IdentifierName(name).WithTriviaFrom(value));
            return InsertText(root, statement, $"var {name} = {value.WithoutTrivia()};\n{code};\n", rest);
        });
    }

    public static Place Custom(SyntaxNode node, string receiver, Func<SyntaxNode, string, SyntaxNode> insert) => new(node, receiver, insert);

    /// <summary>Puts statements in the place of the front of a statement, of which <paramref name="rest"/> is left.</summary>
    public static SyntaxNode InsertText(SyntaxNode root, StatementSyntax statement, string text, StatementSyntax rest)
    {
        var indentation = Indentation(statement);
        var added = SyntaxFactory.ParseCompilationUnit(string.Join("\n", text.TrimEnd('\n').Split('\n').Select(l => l.Length == 0 ? l : indentation + l)) + "\n").Members.OfType<GlobalStatementSyntax>()
            .Select(static g => g.Statement.WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation, TypeNames.Annotation)).ToList();
        added[0] = added[0].WithLeadingTrivia(statement.GetLeadingTrivia());
        rest = rest.WithLeadingTrivia(SyntaxFactory.Whitespace(indentation));
        return statement.Parent is GlobalStatementSyntax global
            ? root.ReplaceNode(global, [.. added.Select(SyntaxFactory.GlobalStatement), SyntaxFactory.GlobalStatement(rest)])
            : root.ReplaceNode(statement, [.. added, rest]);
    }

    /// <summary>The name, or the name with a number, that nothing around the node carries.</summary>
    public static string Unused(SyntaxNode node, string name)
    {
        var scope = node.FirstAncestorOrSelf<MemberDeclarationSyntax>(static m => m is BaseMethodDeclarationSyntax or BaseTypeDeclarationSyntax) ?? node.SyntaxTree.GetRoot();
        var taken = new HashSet<string>(scope.DescendantTokens().Where(static t => t.IsKind(SyntaxKind.IdentifierToken)).Select(static t => t.ValueText), StringComparer.Ordinal);
        var free = name;
        for (var i = 2; taken.Contains(free); i++)
            free = name + i;
        return free;
    }

    /// <summary>The white space before the first token on the node's line.</summary>
    public static string Indentation(SyntaxNode node)
    {
        var text = node.SyntaxTree.GetText();
        var line = text.Lines.GetLineFromPosition(node.SpanStart).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }

    private static InvocationExpressionSyntax? BuilderOf(InvocationExpressionSyntax call)
    {
        for (ExpressionSyntax? link = call; link is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var receiver } access } invocation; link = receiver)
        {
            if (access.Name.Identifier.ValueText is "Build" or "Create")
                return invocation;
        }

        return null;
    }
}
