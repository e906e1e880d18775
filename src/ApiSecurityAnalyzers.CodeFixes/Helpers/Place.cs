using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>A place in a host file where a call can be added.</summary>
internal sealed class Place
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

    public static Place AtStart(BlockSyntax block, string receiver) => new(block, receiver, (root, code) =>
        root.ReplaceNode(block, block.WithStatements(block.Statements.Insert(0, Parse(code, Indentation(block) + "    ", "")))));

    public static Place AtEnd(BlockSyntax block, string receiver) => block.Statements.Count > 0 && block.Statements.Last() is not ReturnStatementSyntax
        ? After(block.Statements.Last(), receiver)
        : block.Statements.Count > 0 ? Before(block.Statements.Last(), receiver) : AtStart(block, receiver);

    /// <summary>Inside an expression: the receiver <c>app</c> of <c>app.UseX()</c> becomes <c>app.Added()</c>.</summary>
    public static Place? InChain(InvocationExpressionSyntax call, ExpressionSyntax? receiver)
    {
        while (receiver is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var inner } })
            receiver = inner;
        if (receiver is not IdentifierNameSyntax name || !call.Span.Contains(name.Span))
            return null;
        return new Place(name, name.Identifier.ValueText, (root, code) => root.ReplaceNode(name, SyntaxFactory.ParseExpression(code).WithTriviaFrom(name)));
    }

    public static Place Custom(SyntaxNode node, string receiver, Func<SyntaxNode, string, SyntaxNode> insert) => new(node, receiver, insert);

    /// <summary>The white space before the first token on the node's line.</summary>
    public static string Indentation(SyntaxNode node)
    {
        var text = node.SyntaxTree.GetText();
        var line = text.Lines.GetLineFromPosition(node.SpanStart).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }

    private static SyntaxNode InsertBeside(SyntaxNode root, StatementSyntax statement, string code, bool before)
    {
        var indentation = Indentation(statement);
        if (statement.Parent is GlobalStatementSyntax global)
        {
            var added = SyntaxFactory.GlobalStatement(Parse(code, indentation, before ? LeadingBlank(global) : ""));
            return before
                ? root.InsertNodesBefore(global, [added])
                : root.InsertNodesAfter(global, [added]);
        }

        var parsed = Parse(code, indentation, "");
        return before ? root.InsertNodesBefore(statement, [parsed]) : root.InsertNodesAfter(statement, [parsed]);
    }

    private static string LeadingBlank(SyntaxNode node) => node.GetLeadingTrivia().Any(static t => t.IsKind(SyntaxKind.EndOfLineTrivia)) ? "" : "";

    private static StatementSyntax Parse(string code, string indentation, string prefix)
    {
        var lines = code.Split('\n');
        for (var i = 1; i < lines.Length; i++)
            lines[i] = lines[i].Length == 0 ? lines[i] : indentation + lines[i];
        return SyntaxFactory.ParseStatement(prefix + indentation + string.Join("\n", lines) + ";\n")
            .WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);
    }
}
