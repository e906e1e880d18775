using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>An attribute or a convention that puts an endpoint under a named limiter, or that switches limiters off for it.</summary>
/// <param name="Policy">The name of the policy; <see langword="null"/> where it is given as an object or cannot be told.</param>
/// <param name="IsDisabled">Whether limiters are switched off, which wins from anywhere (RateLimitingMiddleware).</param>
internal sealed record LimiterStatement(string? Policy, bool IsDisabled)
{
    /// <summary>The attribute or the call; <see langword="null"/> in another assembly, and where it is one of several objects.</summary>
    public SyntaxNode? Node { get; init; }

    /// <summary>The environments in which it is said.</summary>
    public RunsIn RunsIn { get; init; }
}
