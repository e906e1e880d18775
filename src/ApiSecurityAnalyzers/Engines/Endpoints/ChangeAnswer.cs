using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Where a function changes state, told by places in the text so that it outlives the compilation in which it was found.</summary>
internal sealed class ChangeAnswer
{
    private readonly int _start;
    private readonly int _length;

    /// <param name="change">The call that changes state; <see langword="null"/> where nothing is certain.</param>
    /// <param name="start">Where the member around the function begins.</param>
    /// <param name="reading">What the answer follows from.</param>
    public ChangeAnswer(InvocationExpressionSyntax? change, int start, ChangeReading reading)
    {
        Reading = reading;
        _start = change is null ? 0 : change.SpanStart - start;
        _length = change?.Span.Length ?? 0;
    }

    public ChangeReading Reading { get; }

    /// <summary>The call, in the function as it stands in a later compilation.</summary>
    public InvocationExpressionSyntax? In(SyntaxNode function, int start) => _length == 0
        ? null
        : function.DescendantNodes(n => n.FullSpan.End > start + _start && n.FullSpan.Start <= start + _start).OfType<InvocationExpressionSyntax>().FirstOrDefault(c => c.SpanStart == start + _start && c.Span.Length == _length);
}
