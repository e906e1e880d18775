using ApiSecurityAnalyzers.CodeFixes.Helpers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Authorization;

/// <summary>Adds a demand to the lambda that configures a policy.</summary>
internal static class PolicyLambda
{
    /// <param name="lambda">The lambda; its parameter is the builder.</param>
    /// <param name="call">The call with its dot.</param>
    public static TextChange? Demand(LambdaExpressionSyntax lambda, string call)
    {
        if (OptionsLambda.NameOf(lambda) is not { } policy)
            return null;
        if (lambda.ExpressionBody is { } expression)
            return new TextChange(new TextSpan(expression.Span.End, 0), call);
        if (lambda.Block is not { } block)
            return null;
        if (block.Statements.Count > 0)
        {
            var last = block.Statements.Last();
            var isOneLine = block.SyntaxTree.GetLineSpan(block.Span) is var lines && lines.StartLinePosition.Line == lines.EndLinePosition.Line;
            return new TextChange(new TextSpan(last.Span.End, 0), (isOneLine ? " " : "\n" + Place.Indentation(last)) + policy + call + ";");
        }

        // a comment in the empty block stays
        if (block.DescendantTrivia().Any(static t => !t.IsKind(SyntaxKind.WhitespaceTrivia) && !t.IsKind(SyntaxKind.EndOfLineTrivia)))
            return new TextChange(new TextSpan(block.CloseBraceToken.SpanStart, 0), "    " + policy + call + ";\n" + Place.Indentation(block.FirstAncestorOrSelf<StatementSyntax>(static s => s is not BlockSyntax) ?? (SyntaxNode)lambda));
        if (policy == "_" && lambda is SimpleLambdaExpressionSyntax simple)
            return new TextChange(TextSpan.FromBounds(simple.Parameter.SpanStart, block.Span.End), "policy => policy" + call);
        return new TextChange(TextSpan.FromBounds(lambda.ArrowToken.SpanStart, block.Span.End), "=> " + policy + call);
    }
}
