using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>A call on the application builder or on the services of a host, in the order in which the host makes it.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="Call">The call.</param>
/// <param name="Method">The method, or <see langword="null"/> where it cannot be resolved.</param>
/// <param name="RunsIn">The environments in which the call is made, call sites of own extension methods included.</param>
/// <param name="Branch">The branch of the pipeline (<c>Map</c>, <c>MapWhen</c>, <c>UseWhen</c>) in which it stands; <see langword="null"/> for the main one.</param>
/// <param name="Receiver">What the call is made on, where that can be said in source: <c>app</c>, <c>builder.Services</c>.</param>
internal sealed record HostCall(
    string Name,
    InvocationExpressionSyntax Call,
    IMethodSymbol? Method,
    RunsIn RunsIn,
    HostCall? Branch,
    ExpressionSyntax? Receiver)
{
    /// <summary>The environments in which the own method that makes the call is called.</summary>
    public RunsIn Ambient { get; init; }

    /// <summary>Whether the call is part of what runs in production, as far as can be seen.</summary>
    public Answer InProduction => RunsIn switch
    {
        RunsIn.DevelopmentOnly => Answer.No,
        RunsIn.Unknown => Answer.Unknown,
        _ => Branch is null ? Answer.Yes : Answer.Unknown,
    };
}
