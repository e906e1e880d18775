using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>Adds calls to fluent chains.</summary>
internal static class Chain
{
    /// <summary>Makes <c>call</c> into <c>call.Name(arguments)</c>; in a chain that has a line a call, on a line of its own.</summary>
    public static SyntaxNode Append(SyntaxNode root, InvocationExpressionSyntax call, string name, params ArgumentSyntax[] arguments)
    {
        var separator = call.Parent is MemberAccessExpressionSyntax next && next.Expression == call
            ? call.GetTrailingTrivia().AddRange(next.OperatorToken.LeadingTrivia)
            : SyntaxFactory.TriviaList();
        var onOwnLine = separator.Any(static t => t.IsKind(SyntaxKind.EndOfLineTrivia)) && !separator.Any(static t => t.IsKind(SyntaxKind.SingleLineCommentTrivia) || t.IsKind(SyntaxKind.MultiLineCommentTrivia));
        var dot = SyntaxFactory.Token(SyntaxKind.DotToken);
        var receiver = call.WithoutTrailingTrivia();
        if (onOwnLine)
        {
            receiver = receiver.WithTrailingTrivia(separator.TakeWhile(static t => !t.IsKind(SyntaxKind.EndOfLineTrivia)).Concat([SyntaxFactory.EndOfLine("\n")]));
            dot = dot.WithLeadingTrivia(separator.Reverse().TakeWhile(static t => !t.IsKind(SyntaxKind.EndOfLineTrivia)).Reverse());
        }

        var appended = SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, receiver, dot, SyntaxFactory.IdentifierName(name)),
            SyntaxFactory.ArgumentList(SyntaxFactory.SeparatedList(arguments))).WithTrailingTrivia(call.GetTrailingTrivia());
        return root.ReplaceNode(call, appended);
    }
}
