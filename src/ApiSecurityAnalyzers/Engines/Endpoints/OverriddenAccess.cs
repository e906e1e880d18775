using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>A demand for authorization that acts nowhere, or not on every way to its endpoint, because the endpoint is open.</summary>
/// <param name="Node">The attribute or call that is reported.</param>
/// <param name="Demand">What demands authorization, and where.</param>
/// <param name="Opening">What opens the endpoint, and where.</param>
/// <param name="Anonymous">All that open it.</param>
/// <param name="CanRemove">Whether the demand can go without a change in what the application does.</param>
internal sealed record OverriddenAccess(SyntaxNode Node, string Demand, string Opening, ImmutableArray<AccessStatement> Anonymous, bool CanRemove);
