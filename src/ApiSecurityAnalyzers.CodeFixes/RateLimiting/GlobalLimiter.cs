namespace ApiSecurityAnalyzers.CodeFixes.RateLimiting;

/// <summary>The limiter that fixes add: one window for each user, or for each address where nobody is signed in.</summary>
internal static class GlobalLimiter
{
    /// <summary>
    /// 100 requests a minute and client, the figure of the rate-limiting samples in the framework's documentation; a starting point that the
    /// application's owner adjusts.
    /// </summary>
    public const string Assignment = """
        GlobalLimiter = System.Threading.RateLimiting.PartitionedRateLimiter.Create<Microsoft.AspNetCore.Http.HttpContext, string>(context =>
            System.Threading.RateLimiting.RateLimitPartition.GetFixedWindowLimiter(
                context.User.Identity?.Name ?? context.Connection.RemoteIpAddress?.ToString() ?? "unknown",
                _ => new System.Threading.RateLimiting.FixedWindowRateLimiterOptions { PermitLimit = 100, Window = System.TimeSpan.FromMinutes(1) }))
        """;

    /// <summary>The registration with the limiter in it.</summary>
    public static string AddRateLimiter { get; } =
        "AddRateLimiter(options =>\n{\n    options.RejectionStatusCode = Microsoft.AspNetCore.Http.StatusCodes.Status429TooManyRequests;\n    options."
        + Assignment.ReplaceLines("\n    ") + ";\n})";

    private static string ReplaceLines(this string text, string separator) => string.Join(separator, text.Split('\n'));
}
