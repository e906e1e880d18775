namespace ApiSecurityAnalyzers.Oracle.Tests.Kit;

/// <summary>What cases ask: the model and the running application agree.</summary>
internal static class Agreement
{
    /// <summary>Services and middleware that every case may use: bearer tokens (a challenge gives 401), limiters, anti-forgery.</summary>
    public const string Services = """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication().AddBearerToken();
        builder.Services.AddAuthorization(options => { options.AddPolicy("Staff", p => p.RequireAuthenticatedUser()); options.AddPolicy("Audit", p => p.RequireClaim("audit")); });
        builder.Services.AddRateLimiter(options => { options.AddFixedWindowLimiter("slow", o => { o.PermitLimit = 1000; o.Window = TimeSpan.FromMinutes(1); }); options.AddFixedWindowLimiter("fast", o => { o.PermitLimit = 1000; o.Window = TimeSpan.FromMinutes(1); }); });
        builder.Services.AddAntiforgery();
        builder.Services.AddSignalR();

        """;

    /// <summary>A minimal host around statements that map endpoints on <c>app</c>.</summary>
    public static SourceApplication Minimal(string statements, string types = "", string services = "") => new(
        Services + services + "\nvar app = builder.Build();\napp.UseRateLimiter();\napp.UseAntiforgery();\n" + statements + "\napp.Run();\n" + types);

    /// <summary>A host with controllers, mapped by <paramref name="mapping"/>.</summary>
    public static SourceApplication Controllers(string types, string mapping = "app.MapControllers();", string services = "") =>
        Minimal(mapping, types, "builder.Services.AddControllersWithViews();\n" + services);

    /// <summary>The model and the framework agree on every endpoint, and the model can tell of each.</summary>
    /// <param name="source">The application.</param>
    /// <param name="endpoints">How many endpoints it is known to have, so that an empty list cannot pass.</param>
    /// <param name="unknown">Of how many nothing can be told.</param>
    public static async Task HoldsAsync(SourceApplication source, int endpoints, int unknown = 0)
    {
        var comparison = await Comparison.OfAsync(source);
        Assert.True(comparison.Differences.IsEmpty, string.Join('\n', comparison.Differences) + "\n\n" + source);
        Assert.Equal((endpoints, unknown), (comparison.Endpoints, comparison.Unknown));
    }
}
