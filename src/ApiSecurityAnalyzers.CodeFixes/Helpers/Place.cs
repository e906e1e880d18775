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
        var added = Parse(code, Indentation(statement), "");
        SyntaxNode target = statement.Parent as GlobalStatementSyntax ?? (SyntaxNode)statement;
        if (before)
        {
            var leading = target.GetLeadingTrivia();
            var split = AboveLength(leading);
            var lower = target.WithLeadingTrivia(leading.Skip(split));
            var upper = added.WithLeadingTrivia(leading.Take(split).Concat(added.GetLeadingTrivia()));
            return root.ReplaceNode(target, [Wrap(upper), lower]);
        }

        // what closes a directive around the statement stands in front of the next token, and the added statement belongs behind it
        var next = target.GetLastToken().GetNextToken(includeZeroWidth: true);
        var closing = ClosingLength(next.LeadingTrivia);
        if (closing == 0)
            return root.InsertNodesAfter(target, [Wrap(added)]);
        var annotation = new SyntaxAnnotation();
        added = added.WithLeadingTrivia(next.LeadingTrivia.Take(closing).Concat(added.GetLeadingTrivia()));
        root = root.ReplaceSyntax(
            [target], (_, node) => node.WithAdditionalAnnotations(annotation),
            [next], (_, token) => token.WithLeadingTrivia(token.LeadingTrivia.Skip(closing)),
            [], static (_, trivia) => trivia);
        return root.InsertNodesAfter(root.GetAnnotatedNodes(annotation).First(), [Wrap(added)]);

        SyntaxNode Wrap(StatementSyntax node) => target is GlobalStatementSyntax ? SyntaxFactory.GlobalStatement(node) : node;
    }

    /// <summary>How much of the trivia in front of a statement stays above a statement that is added before it: closed directives and blank lines, no comments.</summary>
    private static int AboveLength(SyntaxTriviaList leading)
    {
        var length = ClosingLength(leading);
        for (var i = length; i < leading.Count && (leading[i].IsKind(SyntaxKind.EndOfLineTrivia) || leading[i].IsKind(SyntaxKind.WhitespaceTrivia)); i++)
        {
            if (leading[i].IsKind(SyntaxKind.EndOfLineTrivia))
                length = i + 1;
        }

        return length;
    }

    /// <summary>The length of the trivia up to the last <c>#endif</c>, <c>#else</c>, <c>#endregion</c>.</summary>
    private static int ClosingLength(SyntaxTriviaList leading)
    {
        var length = 0;
        for (var i = 0; i < leading.Count; i++)
        {
            if (leading[i].GetStructure() is EndIfDirectiveTriviaSyntax or ElseDirectiveTriviaSyntax or ElifDirectiveTriviaSyntax or EndRegionDirectiveTriviaSyntax)
                length = i + 1;
        }

        return length;
    }

    private static StatementSyntax Parse(string code, string indentation, string prefix)
    {
        var lines = code.Split('\n');
        for (var i = 1; i < lines.Length; i++)
            lines[i] = lines[i].Length == 0 ? lines[i] : indentation + lines[i];
        return SyntaxFactory.ParseStatement(prefix + indentation + string.Join("\n", lines) + ";\n")
            .WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);
    }
}
