namespace ApiSecurityAnalyzers.Oracle.Tests.Cases;

/// <summary>Hubs and the endpoints that the framework itself brings.</summary>
public sealed class FrameworkEndpointTests
{
    [Fact]
    public Task Hubs() => Agreement.HoldsAsync(Agreement.Minimal(
        """
        app.MapHub<OpenHub>("/open");
        app.MapHub<ClosedHub>("/closed");
        app.MapHub<OpenHub>("/required").RequireAuthorization("Staff");
        app.MapHub<ClosedHub>("/anonymous").AllowAnonymous();
        app.MapGroup("g").RequireAuthorization().MapHub<OpenHub>("h");
        app.MapHub<DerivedHub>("/derived");
        """,
        """
        class OpenHub : Hub { public string Say() => "x"; }
        [Authorize] class ClosedHub : Hub { }
        class DerivedHub : ClosedHub { }
        """), 6);

    [Fact]
    public Task Health_checks() => Agreement.HoldsAsync(Agreement.Minimal(
        """
        app.MapHealthChecks("/health");
        app.MapHealthChecks("/ready").RequireAuthorization();
        app.MapGroup("ops").RequireAuthorization().MapHealthChecks("live").AllowAnonymous();
        """,
        services: "builder.Services.AddHealthChecks();"), 3);
}
