using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>A call by which an endpoint loads or changes what belongs to somebody, by an id that the caller chooses.</summary>
/// <param name="Start">Where the call stands behind the start of the member around it; -1 where it stands in code that the endpoint calls.</param>
/// <param name="Length">The length of the call.</param>
/// <param name="Entity">The name of what is loaded.</param>
/// <param name="Owner">The member that says whose it is.</param>
/// <param name="Reading">What this follows from.</param>
internal sealed record ObjectReference(int Start, int Length, string Entity, string Owner, ChangeReading Reading)
{
    /// <summary>The call, in the endpoint's code as it stands.</summary>
    public InvocationExpressionSyntax? In(SyntaxNode function, int start) => Start < 0
        ? null
        : function.DescendantNodes().OfType<InvocationExpressionSyntax>().FirstOrDefault(c => c.SpanStart == start + Start && c.Span.Length == Length);
}
