using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>Adds calls to fluent chains.</summary>
internal static class Chain
{
    /// <summary>Makes <c>call</c> into <c>call.Name(arguments)</c>; in a chain that has a line a call, on a line of its own.</summary>
    public static SyntaxNode Append(SyntaxNode root, InvocationExpressionSyntax call, string name, params ArgumentSyntax[] arguments)
    {
        var dot = SyntaxFactory.Token(SyntaxFactory.TriviaList(), SyntaxKind.DotToken, SyntaxFactory.TriviaList());
        var receiver = call.WithoutTrailingTrivia();
        if (OwnLineIndentation(call) is { } indentation)
        {
            receiver = receiver.WithTrailingTrivia(SyntaxFactory.EndOfLine("\n"));
            dot = dot.WithLeadingTrivia(SyntaxFactory.Whitespace(indentation));
        }

        var appended = SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, receiver, dot, SyntaxFactory.IdentifierName(name)),
            SyntaxFactory.ArgumentList(SyntaxFactory.SeparatedList(arguments)));
        return root.ReplaceNode(call, appended.WithTrailingTrivia(call.GetTrailingTrivia()).WithAdditionalAnnotations(Simplifier.AddImportsAnnotation));
    }

    /// <summary>Whether the chain already has a call of the name.</summary>
    public static bool Has(InvocationExpressionSyntax call, string name)
    {
        SyntaxNode current = call;
        while (current.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax next } access && access.Expression == current)
        {
            if (access.Name.Identifier.ValueText == name)
                return true;
            current = next;
        }

        return false;
    }

    /// <summary>The indentation of the dots in a chain that has a line a call: those behind the call, else its own.</summary>
    private static string? OwnLineIndentation(InvocationExpressionSyntax call)
    {
        if (call.Parent is MemberAccessExpressionSyntax next && next.Expression == call)
            return StartsLine(next.OperatorToken);
        return call.Expression is MemberAccessExpressionSyntax { Expression: not InvocationExpressionSyntax and not IdentifierNameSyntax } ? null
            : call.Expression is MemberAccessExpressionSyntax own ? StartsLine(own.OperatorToken) : null;
    }

    private static string? StartsLine(SyntaxToken dot)
    {
        var text = dot.SyntaxTree?.GetText();
        if (text is null)
            return null;
        var line = text.Lines.GetLineFromPosition(dot.SpanStart);
        var before = text.ToString(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(line.Start, dot.SpanStart));
        return string.IsNullOrWhiteSpace(before) ? before : null;
    }
}
