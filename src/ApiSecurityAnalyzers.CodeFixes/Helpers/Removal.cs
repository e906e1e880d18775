using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>
/// Takes attributes, statements and links of fluent chains out of a text. What is left keeps its layout and its comments to the letter, since
/// nothing but the removed text is touched, and removals of one document can be made together.
/// </summary>
internal static class Removal
{
    /// <summary>The text to remove for a node; <see langword="null"/> where what is left would not be code.</summary>
    public static TextSpan? Of(SyntaxNode node, SourceText text) => node switch
    {
        AttributeSyntax { Parent: AttributeListSyntax list } attribute => OfAttribute(attribute, list, text),
        InvocationExpressionSyntax call => OfLink(call, text),
        StatementSyntax statement => OfStatement(statement, text),
        _ => null,
    };

    private static TextSpan OfAttribute(AttributeSyntax attribute, AttributeListSyntax list, SourceText text)
    {
        var index = list.Attributes.IndexOf(attribute);
        if (index < list.Attributes.Count - 1)
            return TextSpan.FromBounds(attribute.SpanStart, list.Attributes[index + 1].SpanStart);
        if (index > 0)
            return TextSpan.FromBounds(list.Attributes[index - 1].Span.End, attribute.Span.End);
        return WithLine(list.Span, text);
    }

    /// <summary>A link of a chain, dot and arguments included; the whole statement where nothing else is in it.</summary>
    private static TextSpan? OfLink(InvocationExpressionSyntax call, SourceText text)
    {
        if (call.Expression is not MemberAccessExpressionSyntax { Expression: var receiver } member)
            return null;
        if (IsPlain(receiver) && call.Parent is ExpressionStatementSyntax statement)
            return OfStatement(statement, text);

        // a lambda or member that consists of the call returns something, or must be a call
        if (IsPlain(receiver) && call.Parent is AnonymousFunctionExpressionSyntax or ArrowExpressionClauseSyntax or ConditionalAccessExpressionSyntax)
            return null;
        var between = text.ToString(TextSpan.FromBounds(receiver.Span.End, member.OperatorToken.SpanStart));
        return string.IsNullOrWhiteSpace(between)
            ? TextSpan.FromBounds(receiver.Span.End, call.Span.End)
            : WithLine(TextSpan.FromBounds(member.OperatorToken.SpanStart, call.Span.End), text);
    }

    private static TextSpan? OfStatement(StatementSyntax statement, SourceText text) =>
        statement.Parent is BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax ? WithLine(statement.Span, text) : null;

    private static bool IsPlain(ExpressionSyntax expression) => expression is SimpleNameSyntax or ThisExpressionSyntax || expression is MemberAccessExpressionSyntax member && IsPlain(member.Expression);

    /// <summary>The span with the line that it leaves empty, or with the space behind it.</summary>
    private static TextSpan WithLine(TextSpan span, SourceText text)
    {
        var first = text.Lines.GetLineFromPosition(span.Start);
        var last = text.Lines.GetLineFromPosition(span.End);
        var before = text.ToString(TextSpan.FromBounds(first.Start, span.Start));
        var after = text.ToString(TextSpan.FromBounds(span.End, last.End));
        if (string.IsNullOrWhiteSpace(before) && string.IsNullOrWhiteSpace(after))
            return TextSpan.FromBounds(first.Start, last.EndIncludingLineBreak);
        return TextSpan.FromBounds(span.Start, span.End + (after.Length - after.TrimStart().Length));
    }
}
