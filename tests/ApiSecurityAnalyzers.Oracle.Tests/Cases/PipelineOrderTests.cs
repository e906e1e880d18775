using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using ApiSecurityAnalyzers.Engines.Pipelines;
using ApiSecurityAnalyzers.Oracle.Tests.Kit;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiSecurityAnalyzers.Oracle.Tests.Cases;

/// <summary>Every order of the calls that matter, in both hosting models: the rules report one exactly where the protection does not act.</summary>
public sealed class PipelineOrderTests
{
    private const string Handler = """
        public class UserHeader(Microsoft.Extensions.Options.IOptionsMonitor<Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions> options, ILoggerFactory logger, System.Text.Encodings.Web.UrlEncoder encoder)
            : Microsoft.AspNetCore.Authentication.AuthenticationHandler<Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions>(options, logger, encoder)
        {
            protected override Task<Microsoft.AspNetCore.Authentication.AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Request.Headers["X-User"].ToString() is { Length: > 0 } name
                ? Microsoft.AspNetCore.Authentication.AuthenticateResult.Success(new(new(new System.Security.Claims.ClaimsIdentity([new("name", name)], "header")), "Header"))
                : Microsoft.AspNetCore.Authentication.AuthenticateResult.NoResult());
        }
        """;

    private const string Authentication = ".AddAuthentication(\"Header\").AddScheme<Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions, UserHeader>(\"Header\", null);";

    private static readonly string[] AuthorizationCalls = ["UseRouting", "UseAuthentication", "UseAuthorization", "UseEndpoints"];

    private static readonly string[] LimiterCalls = ["UseRouting", "UseRateLimiter", "UseEndpoints"];

    /// <summary>Authorization that the endpoint asks for, and one that a fallback policy asks for.</summary>
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Authorization_order_is_reported_exactly_where_it_fails(bool isMinimal, bool isExplicit)
    {
        var differences = new List<string>();
        var count = 0;
        foreach (var order in Orders(AuthorizationCalls, isMinimal))
        {
            var demand = isExplicit ? ".RequireAuthorization()" : "";
            var policy = isExplicit ? "" : "options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();";
            var source = Application(order, isMinimal, demand, $"services.AddAuthorization(options => {{ {policy} }}); services{Authentication}", Handler);
            var outcomes = await CallAsync(source, "/a", null, "ada");

            // who is refused although signed in is told of demands of endpoints only
            var fails = outcomes[0] != Outcome.Denied || isExplicit && outcomes[1] != Outcome.Reached;
            var reported = Hosts(source, out var model).SelectMany(h => AuthorizationFaults.Of(model, h, default)).Select(static f => f.Kind.ToString()).ToList();
            count++;
            if (fails != reported.Count > 0)
                differences.Add($"{string.Join(", ", order)}: anonymous {outcomes[0]}, signed in {outcomes[1]}, reported '{string.Join(", ", reported)}'");
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.Equal(isMinimal ? 35 : 19, count);
    }

    /// <summary>A policy of the endpoint and a limiter for all requests, each of which lets one request through.</summary>
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Limiter_order_is_reported_exactly_where_it_fails(bool isMinimal, bool isGlobal)
    {
        var differences = new List<string>();
        var count = 0;
        foreach (var order in Orders(LimiterCalls, isMinimal))
        {
            var options = isGlobal
                ? "options.GlobalLimiter = System.Threading.RateLimiting.PartitionedRateLimiter.Create<HttpContext, string>(c => System.Threading.RateLimiting.RateLimitPartition.GetFixedWindowLimiter(\"all\", _ => new() { PermitLimit = 1, Window = TimeSpan.FromHours(1) }));"
                : "options.AddFixedWindowLimiter(\"once\", o => { o.PermitLimit = 1; o.Window = TimeSpan.FromHours(1); });";
            var source = Application(order, isMinimal, isGlobal ? "" : ".RequireRateLimiting(\"once\")", $"services.AddRateLimiter(options => {{ options.RejectionStatusCode = 429; {options} }});", "");
            var second = (await CallAsync(source, "/a", null, null))[1];
            var reported = Hosts(source, out var model).SelectMany(h => LimiterFaults.Of(model, h, default)).Select(static f => f.Kind.ToString()).ToList();
            count++;
            if (second != Outcome.Limited != reported.Count > 0)
                differences.Add($"{string.Join(", ", order)}: second call {second}, reported '{string.Join(", ", reported)}'");
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.Equal(isMinimal ? 9 : 4, count);
    }

    /// <summary>Services that are missing, branches, and orders with other calls around.</summary>
    [Theory]
    [InlineData("", "app.MapGet(\"/a\", () => 1).RequireAuthorization();", "/a")]
    [InlineData("services.AddAuthorization();", "app.MapGet(\"/a\", () => 1).RequireAuthorization();", "/a")]
    [InlineData("services" + Authentication, "app.MapGet(\"/a\", () => 1).RequireAuthorization();", "/a")]
    [InlineData("services.AddAuthorization(); services" + Authentication, "app.MapGet(\"/a\", () => 1).RequireAuthorization();", "/a")]
    [InlineData("services.AddControllers(); services" + Authentication, "app.MapControllers();", "/orders")]
    [InlineData("services.AddControllers();", "app.MapControllers();", "/orders")]
    [InlineData("services.AddControllers(); services" + Authentication, "app.UseRouting(); app.MapControllers();", "/orders")]
    [InlineData("services.AddControllers(); services" + Authentication, "app.UseRouting(); app.UseAuthorization(); app.MapControllers();", "/orders")]
    [InlineData("services.AddSignalR(); services" + Authentication, "app.MapGet(\"/a\", () => 1).RequireAuthorization();", "/a")]
    [InlineData("services.AddAuthorization(); services" + Authentication, "app.Map(\"/b\", b => { b.UseRouting(); b.UseEndpoints(e => e.MapGet(\"/a\", () => 1).RequireAuthorization()); });", "/b/a")]
    [InlineData("services.AddAuthorization(); services" + Authentication, "app.Map(\"/b\", b => { b.UseRouting(); b.UseAuthorization(); b.UseEndpoints(e => e.MapGet(\"/a\", () => 1).RequireAuthorization()); });", "/b/a")]
    [InlineData("services.AddAuthorization(); services" + Authentication, "app.UseAuthentication(); app.UseAuthorization(); app.Map(\"/b\", b => { b.UseRouting(); b.UseEndpoints(e => e.MapGet(\"/a\", () => 1).RequireAuthorization()); });", "/b/a")]
    [InlineData("services.AddAuthorization(); services" + Authentication, "app.UseRouting(); app.Use((c, n) => n(c)); app.UseAuthorization(); app.UseAuthentication(); app.MapGet(\"/a\", [Authorize] () => 1);", "/a")]
    [InlineData("services.AddAuthorization(); services" + Authentication, "app.UseAuthorization(); app.UseAuthentication(); app.MapGet(\"/a\", [Authorize(AuthenticationSchemes = \"Header\")] () => 1);", "/a")]
    [InlineData("services.AddAuthorization(); services" + Authentication, "app.UseAuthorization(); app.UseAuthentication(); app.UseAuthorization(); app.MapGet(\"/a\", [Authorize] () => 1);", "/a")]
    public async Task Minimal_host_is_reported_exactly_where_it_fails(string services, string pipeline, string path)
    {
        var source = new SourceApplication($"var builder = WebApplication.CreateBuilder(args);\nvar services = builder.Services;\n{services}\nvar app = builder.Build();\n{pipeline}\napp.Run();\n", Handler, "[Route(\"orders\"), Authorize] public class OrdersController : ControllerBase { [HttpGet] public int Get() => 1; }");
        var outcomes = await CallAsync(source, path, null, "ada");
        var reported = Hosts(source, out var model).SelectMany(h => AuthorizationFaults.Of(model, h, default)).Select(static f => f.Kind.ToString()).ToList();
        Assert.True((outcomes[0] != Outcome.Denied || outcomes[1] != Outcome.Reached) == reported.Count > 0, $"anonymous {outcomes[0]}, signed in {outcomes[1]}, reported '{string.Join(", ", reported)}'");
    }

    private static IEnumerable<WebHost> Hosts(SourceApplication source, out ApplicationModel model)
    {
        model = ApplicationModel.For(CompilationFacts.For(source.Compilation, new AnalyzerOptions([])));
        return model.Hosts(default);
    }

    private static SourceApplication Application(string[] order, bool isMinimal, string demand, string services, string types)
    {
        var map = $"MapGet(\"/a\", () => 1){demand};";
        var calls = string.Join('\n', order.Select(c => c == "UseEndpoints" ? $"app.UseEndpoints(e => e.{map[..^1]});" : $"app.{c}();"));
        if (isMinimal)
            return new SourceApplication($"var builder = WebApplication.CreateBuilder(args);\nvar services = builder.Services;\n{services}\nvar app = builder.Build();\n{calls}\n{(order.Contains("UseEndpoints") ? "" : "app." + map)}\napp.Run();\n", types);
        return new SourceApplication("Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(web => web.UseStartup<Startup>()).Build().Run();", types,
            $"public class Startup {{ public void ConfigureServices(IServiceCollection services) {{ {services} }}\npublic void Configure(IApplicationBuilder app) {{ {calls} }} }}");
    }

    /// <summary>What calls of a path give, one for each user; broken where the application does not start.</summary>
    private static async Task<Outcome[]> CallAsync(SourceApplication source, string path, params string?[] users)
    {
        RunningApplication running;
        try
        {
            running = await RunningApplication.StartAsync(source);
        }
        catch (InvalidOperationException)
        {
            return [.. users.Select(static _ => Outcome.Broken)];
        }

        await using (running)
        {
            var outcomes = new List<Outcome>();
            foreach (var user in users)
                outcomes.Add((await running.CallAsync("GET", path, user)).Outcome);
            return [.. outcomes];
        }
    }

    /// <summary>All orders of all subsets in which the framework finds and runs endpoints at all.</summary>
    private static IEnumerable<string[]> Orders(string[] calls, bool isMinimal)
    {
        foreach (var order in Permutations(calls.ToList()))
        {
            var (routing, endpoints) = (Array.IndexOf(order, "UseRouting"), Array.IndexOf(order, "UseEndpoints"));
            if (endpoints >= 0 ? routing >= 0 && routing < endpoints : isMinimal)
                yield return order;
        }
    }

    private static IEnumerable<string[]> Permutations(List<string> rest)
    {
        yield return [];
        foreach (var first in rest)
        {
            foreach (var tail in Permutations(rest.FindAll(c => c != first)))
                yield return [first, .. tail];
        }
    }
}
