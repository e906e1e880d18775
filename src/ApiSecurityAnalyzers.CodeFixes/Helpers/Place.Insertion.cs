using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <content>Inserts statements so that comments, directives and blank lines stay with what they belong to.</content>
internal sealed partial class Place
{
    private static BlockSyntax InEmpty(BlockSyntax block, string code)
    {
        var indentation = Indentation(block);
        var added = Parse(code, indentation + "    ", "");

        // { } on one line is opened
        var open = block.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia) ? block.OpenBraceToken : block.OpenBraceToken.WithTrailingTrivia(SyntaxFactory.EndOfLine("\n"));
        var close = block.CloseBraceToken.LeadingTrivia.Any() || open == block.OpenBraceToken ? block.CloseBraceToken : block.CloseBraceToken.WithLeadingTrivia(SyntaxFactory.Whitespace(indentation));
        return block.WithOpenBraceToken(open).WithStatements(SyntaxFactory.SingletonList(added)).WithCloseBraceToken(close);
    }

    private static SyntaxNode InsertBeside(SyntaxNode root, StatementSyntax statement, string code, bool before)
    {
        var added = Parse(code, Indentation(statement), "");

        // { a(); } on one line stays there
        if (before && code.IndexOf('\n') < 0 && statement.Parent is BlockSyntax block && !block.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia) && !statement.GetLeadingTrivia().Any(SyntaxKind.EndOfLineTrivia))
            return root.InsertNodesBefore(statement, [added.WithLeadingTrivia().WithTrailingTrivia(SyntaxFactory.Space)]);
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

    /// <summary>How much of the trivia in front of a statement stays above a statement that is added before it: closed directives, the beginning of a region, and blank lines, no comments.</summary>
    private static int AboveLength(SyntaxTriviaList leading)
    {
        var length = ClosingLength(leading);
        for (var i = length; i < leading.Count && (leading[i].IsKind(SyntaxKind.EndOfLineTrivia) || leading[i].IsKind(SyntaxKind.WhitespaceTrivia) || leading[i].IsKind(SyntaxKind.RegionDirectiveTrivia)); i++)
        {
            if (!leading[i].IsKind(SyntaxKind.WhitespaceTrivia))
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

        // a block ends by itself
        var end = code.EndsWith("}", StringComparison.Ordinal) && code.StartsWith("if (", StringComparison.Ordinal) ? "\n" : ";\n";
        return SyntaxFactory.ParseStatement(prefix + indentation + string.Join("\n", lines) + end)
            .WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation, TypeNames.Annotation);
    }
}
