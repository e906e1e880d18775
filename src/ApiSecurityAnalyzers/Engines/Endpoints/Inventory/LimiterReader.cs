using ApiSecurityAnalyzers.Compilations;

namespace ApiSecurityAnalyzers.Engines.Endpoints.Inventory;

/// <summary>Tells which limiter acts on an endpoint, as the middleware chooses it: switched off anywhere it is off, else the last named policy.</summary>
internal static class LimiterReader
{
    private static readonly HashSet<string> Middleware = new(StringComparer.Ordinal) { "UseRateLimiter" };

    /// <summary>Adds the limiter to the description.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="metadata">What the model knows of it.</param>
    /// <param name="statements">The statements about limiters, in the order in which the framework adds them to the endpoint.</param>
    /// <param name="host">The host that serves it; <see langword="null"/> where it is out of sight.</param>
    public static EndpointDescription With(EndpointDescription endpoint, EndpointMetadata metadata, IEnumerable<LimiterStatement> statements, WebHost? host)
    {
        string? policy = null;
        foreach (var statement in statements)
        {
            if (statement.IsDisabled)
                return endpoint with { IsLimiterDisabled = true, RateLimiting = Answer.No };
            policy = statement.Policy;
        }

        var covered = host is null ? Answer.Unknown : HostMechanisms.LimitsEverything(host).Or(metadata.RateLimiting.And(host.Runs(Middleware)));
        return endpoint with { LimiterPolicy = policy, RateLimiting = covered };
    }
}
