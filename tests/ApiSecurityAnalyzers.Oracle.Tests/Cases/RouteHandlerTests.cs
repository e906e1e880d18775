namespace ApiSecurityAnalyzers.Oracle.Tests.Cases;

public sealed class RouteHandlerTests
{
    [Fact]
    public Task Verbs_of_the_mapping_calls() => Agreement.HoldsAsync(Agreement.Minimal("""
        app.MapGet("/get", () => "reached");
        app.MapPost("/post", () => "reached");
        app.MapPut("/put", () => "reached").RequireAuthorization();
        app.MapDelete("/delete", () => "reached").AllowAnonymous();
        app.MapPatch("/patch", () => "reached");
        app.MapMethods("/methods", ["GET", "OPTIONS"], () => "reached");
        app.Map("/any", () => "reached");
        app.MapFallback(() => "reached");
        """), 8);

    [Fact]
    public Task Groups_and_what_they_demand() => Agreement.HoldsAsync(Agreement.Minimal("""
        var api = app.MapGroup("/api").RequireAuthorization();
        api.MapGet("/a", () => "reached");
        api.MapGet("/b", () => "reached").AllowAnonymous();
        var open = api.MapGroup("open").AllowAnonymous();
        open.MapGet("/c", () => "reached").RequireAuthorization("Staff");
        var late = app.MapGroup("late");
        late.MapGet("{id:int}", (int id) => "reached");
        late.RequireAuthorization("Audit");
        app.MapGroup("").WithTags("x").MapGet("plain", () => "reached");
        """), 5);
}
