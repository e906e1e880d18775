namespace ApiSecurityAnalyzers.CodeFixes.RateLimiting;

/// <summary>The policies that fixes register: one limiter for each client address.</summary>
internal static class ClientLimiter
{
    /// <summary>The partition of a client.</summary>
    public const string Client = "context.Connection.RemoteIpAddress?.ToString() ?? \"unknown\"";

    /// <summary>A policy with a window of a minute, as a call on the limiter's options.</summary>
    /// <param name="name">The name as a literal.</param>
    /// <param name="permits">How many requests a client has in a minute.</param>
    public static string Policy(string name, int permits) => $$"""
        AddPolicy({{name}}, context => System.Threading.RateLimiting.RateLimitPartition.GetFixedWindowLimiter(
            {{Client}},
            _ => new System.Threading.RateLimiting.FixedWindowRateLimiterOptions { PermitLimit = {{permits}}, Window = System.TimeSpan.FromMinutes(1) }))
        """;
}
