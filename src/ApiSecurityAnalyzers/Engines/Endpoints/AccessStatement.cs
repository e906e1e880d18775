using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>An attribute or a convention that opens endpoints to all, or that demands authorization by a policy; the former wins from anywhere.</summary>
/// <param name="Node">The attribute or the call; <see langword="null"/> in another assembly.</param>
/// <param name="IsAnonymous">Whether it opens.</param>
/// <param name="RunsIn">The environments in which it is said.</param>
internal sealed record AccessStatement(SyntaxNode? Node, bool IsAnonymous, RunsIn RunsIn)
{
    /// <summary>It names the schemes that are to sign the caller in, which the framework does for an open endpoint too.</summary>
    public bool NamesSchemes { get; init; }

    /// <summary>The type that carries the attribute.</summary>
    public string? Place { get; init; }

    /// <summary>The policies that are asked for by name; <c>(inline)</c> for one that is written in place.</summary>
    public ImmutableArray<string> Policies { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>The roles, separated by commas, one of which is asked for.</summary>
    public string? Roles { get; init; }

    /// <summary>The authentication schemes, separated by commas.</summary>
    public string? Schemes { get; init; }
}
