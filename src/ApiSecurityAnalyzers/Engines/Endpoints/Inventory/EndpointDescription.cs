using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Engines.Endpoints.Inventory;

/// <summary>One endpoint of the application as its framework would list it, with what protects it. Holds no symbols.</summary>
/// <param name="Route">The route template without a leading slash, such as <c>api/orders/{id}</c>; <see langword="null"/> where no constant tells.</param>
/// <param name="Methods">The HTTP methods that it answers, in upper case and ordered; empty where it answers any.</param>
/// <param name="Origin">What kind of code answers.</param>
/// <param name="Handler">The code that answers, as a reader would name it: <c>OrdersController.Get</c>, <c>lambda</c>, <c>MapHealthChecks</c>.</param>
/// <param name="Place">Where that code stands.</param>
/// <param name="Access">Who can call it.</param>
internal sealed record EndpointDescription(string? Route, ImmutableArray<string> Methods, EndpointOrigin Origin, string Handler, FileLinePositionSpan Place, EndpointAccess Access)
{
    /// <summary>The authorization policies that are asked for by name.</summary>
    public ImmutableArray<string> Policies { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>The roles that are asked for, one entry a demand: <c>Admin,Support</c> lets either in.</summary>
    public ImmutableArray<string> Roles { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>The authentication schemes that are named.</summary>
    public ImmutableArray<string> Schemes { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>A filter of own code turns callers away, whatever is declared.</summary>
    public bool HasOwnFilter { get; init; }

    /// <summary>Whether a rate limiter covers it.</summary>
    public Answer RateLimiting { get; init; }

    /// <summary>The name of the limiter policy that acts, where one is named.</summary>
    public string? LimiterPolicy { get; init; }

    /// <summary>Limiters are switched off for it.</summary>
    public bool IsLimiterDisabled { get; init; }

    /// <summary>Whether a request log covers it.</summary>
    public Answer RequestLog { get; init; }

    /// <summary>Whether requests must carry an anti-forgery token.</summary>
    public Answer Antiforgery { get; init; }

    /// <summary>Whether it is mapped in development only.</summary>
    public bool IsDevelopmentOnly { get; init; }

    /// <summary>Why the model says so, the decisive reason first: <c>[AllowAnonymous] on OrdersController</c>, <c>fallback policy</c>.</summary>
    public ImmutableArray<string> Because { get; init; } = ImmutableArray<string>.Empty;
}
