using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>An attribute or a convention that applies a rate-limiter policy to endpoints, or exempts them from every limiter.</summary>
/// <param name="Node">The attribute or the call; <see langword="null"/> in another assembly.</param>
/// <param name="IsDisabled">Whether it exempts; that wins over policies from anywhere.</param>
/// <param name="Policy">The name of the policy, where it is a constant.</param>
/// <param name="RunsIn">The environments in which it is said.</param>
internal sealed record LimiterStatement(SyntaxNode? Node, bool IsDisabled, string? Policy, RunsIn RunsIn);
