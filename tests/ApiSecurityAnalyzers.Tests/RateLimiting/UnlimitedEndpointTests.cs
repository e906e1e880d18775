namespace ApiSecurityAnalyzers.Tests.RateLimiting;

public sealed class UnlimitedEndpointTests
{
    private const string Apply = "ASA3002.ApplyPolicy";
    private const string Global = "ASA3002.SetGlobalLimiter";

    private const string Policies = "builder.Services.AddRateLimiter(options => options.AddFixedWindowLimiter(\"fixed\", o => o.PermitLimit = 100));\n";

    private const string GlobalLimiter = """
        builder.Services.AddRateLimiter(options =>
        {
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                RateLimitPartition.GetFixedWindowLimiter(
                    context.User.Identity?.Name ?? context.Connection.RemoteIpAddress?.ToString() ?? "unknown",
                    _ => new FixedWindowRateLimiterOptions { PermitLimit = 100, Window = TimeSpan.FromMinutes(1) }));

        """;

    [Theory]
    [InlineData("app.{|ASA3002:MapGet|}(\"/\", () => \"\");", "app.MapGet(\"/\", () => \"\").RequireRateLimiting(\"fixed\");")]
    [InlineData("app.{|ASA3002:MapPost|}(\"/a\", () => \"\").WithName(\"a\");", "app.MapPost(\"/a\", () => \"\").RequireRateLimiting(\"fixed\").WithName(\"a\");")]
    [InlineData("app.{|ASA3002:MapGet|}(\"/a\", () => \"\")\n    .WithName(\"a\")\n    .WithTags(\"b\");", "app.MapGet(\"/a\", () => \"\")\n    .RequireRateLimiting(\"fixed\")\n    .WithName(\"a\")\n    .WithTags(\"b\");")]
    [InlineData("app.{|ASA3002:MapGet|}(\"/a\", () => 1);\napp.{|ASA3002:MapGet|}(\"/b\", () => 2);", "app.MapGet(\"/a\", () => 1).RequireRateLimiting(\"fixed\");\napp.MapGet(\"/b\", () => 2).RequireRateLimiting(\"fixed\");")]
    [InlineData("var g = app.{|ASA3002:MapGroup|}(\"/g\");\ng.MapGet(\"/a\", () => 1);\ng.MapGet(\"/b\", () => 2);", "var g = app.MapGroup(\"/g\").RequireRateLimiting(\"fixed\");\ng.MapGet(\"/a\", () => 1);\ng.MapGet(\"/b\", () => 2);")]
    [InlineData("var g = app.MapGroup(\"/g\");\ng.MapGet(\"/a\", () => 1).RequireRateLimiting(\"fixed\");\ng.{|ASA3002:MapGet|}(\"/b\", () => 2);", "var g = app.MapGroup(\"/g\");\ng.MapGet(\"/a\", () => 1).RequireRateLimiting(\"fixed\");\ng.MapGet(\"/b\", () => 2).RequireRateLimiting(\"fixed\");")]
    [InlineData("var g = app.{|ASA3002:MapGroup|}(\"/g\");\nvar h = g.MapGroup(\"/h\");\nh.MapGet(\"/a\", () => 1);", "var g = app.MapGroup(\"/g\").RequireRateLimiting(\"fixed\");\nvar h = g.MapGroup(\"/h\");\nh.MapGet(\"/a\", () => 1);")]
    [InlineData("app.{|ASA3002:MapRazorPages|}();", "app.MapRazorPages().RequireRateLimiting(\"fixed\");")]
    [InlineData("app.{|ASA3002:MapMethods|}(\"/a\", [\"GET\"], () => 1);", "app.MapMethods(\"/a\", [\"GET\"], () => 1).RequireRateLimiting(\"fixed\");")]
    public Task Reports_route_and_applies_the_policy(string routes, string expected) => Minimal(Policies, routes).FixedBy(Apply, Text(Policies, expected)).CheckAsync();

    [Fact]
    public Task Reports_with_a_message() => Minimal(Policies, "app.{|ASA3002:MapGet|}(\"/a\", () => 1);").Message("ASA3002", "No rate limiter covers 'GET /a', so one client can call it without end").CheckAsync();

    [Theory]
    [InlineData("app.MapGet(\"/a\", () => 1).RequireRateLimiting(\"fixed\");")]
    [InlineData("app.MapGet(\"/a\", () => 1).DisableRateLimiting();")]
    [InlineData("app.MapGet(\"/a\", [EnableRateLimiting(\"fixed\")] () => 1);")]
    [InlineData("app.MapGet(\"/a\", [DisableRateLimiting] () => 1);")]
    [InlineData("app.MapGet(\"/a\", Handler);\n[EnableRateLimiting(\"fixed\")] static int Handler() => 1;")]
    [InlineData("app.MapGroup(\"/g\").RequireRateLimiting(\"fixed\").MapGet(\"/a\", () => 1);")]
    [InlineData("var g = app.MapGroup(\"/g\");\ng.MapGet(\"/a\", () => 1);\ng.RequireRateLimiting(\"fixed\");")]
    [InlineData("app.MapGet(\"/a\", () => 1).WithMetadata(new EnableRateLimitingAttribute(\"fixed\"));")]
    [InlineData("app.MapHealthChecks(\"/health\");\napp.MapStaticAssets();")]
    [InlineData("if (app.Environment.IsDevelopment()) app.MapGet(\"/debug\", () => 1);")]
    [InlineData("Limited(app.MapGet(\"/a\", () => 1));\nstatic RouteHandlerBuilder Limited(RouteHandlerBuilder b) => b.RequireRateLimiting(\"fixed\");")]
    public Task Silent_route(string routes) => Minimal(Policies, routes).CheckAsync();

    /// <summary>A call of a widespread package is understood by its name where the package is not there.</summary>
    [Theory]
    [InlineData("builder.Services.AddEasyCaching(options => { });\n", true)]
    [InlineData("builder.Services.AddCompanyDefaults(options => { });\n", false)]
    public Task Reports_where_calls_that_cannot_be_resolved_are_known(string services, bool reports) =>
        Minimal(services + Policies, reports ? "app.{|ASA3002:MapGet|}(\"/a\", () => 1);" : "app.MapGet(\"/a\", () => 1);").Broken().CheckAsync();

    [Theory]
    [InlineData("builder.Services.AddRateLimiter(o => o.GlobalLimiter = null!);\n")]
    [InlineData("builder.Services.Configure<RateLimiterOptions>(o => o.GlobalLimiter = null!);\n")]
    [InlineData("builder.Services.AddRateLimiter(o => { if (args.Length > 0) o.GlobalLimiter = null!; });\n")]
    public Task Silent_with_global_limiter(string services) => Minimal(services, "app.MapGet(\"/a\", () => 1);").CheckAsync();

    [Fact]
    public Task Silent_where_no_limiter_runs_at_all() => Alone("""
        var builder = {|ASA3001:WebApplication.CreateBuilder|}(args);
        var app = builder.Build();
        app.MapGet("/a", () => 1);
        app.Run();
        """).CheckAsync();

    [Fact]
    public Task Silent_behind_a_gateway() => Minimal(Policies, "app.MapGet(\"/a\", () => 1);").Option("api_security.rate_limited_by_gateway", "true").CheckAsync();

    [Theory]
    [InlineData("[ApiController, Route(\"a\")] public class {|ASA3002:AController|} : ControllerBase { [HttpGet] public int Get() => 1; [HttpPost] public int Post() => 1; }")]
    [InlineData("[ApiController, Route(\"a\")] public class AController : ControllerBase { [HttpGet, EnableRateLimiting(\"fixed\")] public int Get() => 1; [HttpPost] public int {|ASA3002:Post|}() => 1; }")]
    [InlineData("public abstract class Base : ControllerBase { } [ApiController, Route(\"a\")] public class {|ASA3002:AController|} : Base { [HttpGet] public int Get() => 1; }")]
    public Task Reports_controller(string types) => Minimal(Policies, "app.MapControllers();").With("Types.cs", types).CheckAsync();

    [Theory]
    [InlineData("[ApiController, Route(\"a\"), EnableRateLimiting(\"fixed\")] public class AController : ControllerBase { [HttpGet] public int Get() => 1; }")]
    [InlineData("[ApiController, Route(\"a\")] public class AController : ControllerBase { [HttpGet, EnableRateLimiting(\"fixed\")] public int Get() => 1; [HttpPost, DisableRateLimiting] public int Post() => 1; }")]
    [InlineData("[EnableRateLimiting(\"fixed\")] public abstract class Base : ControllerBase { } [ApiController, Route(\"a\")] public class AController : Base { [HttpGet] public int Get() => 1; }")]
    [InlineData("[DisableRateLimiting] public class AController : ControllerBase { [HttpGet(\"a\")] public int Get() => 1; }")]
    [InlineData("public class AController : ControllerBase { [NonAction] public int Get() => 1; }")]
    public Task Silent_controller(string types) => Minimal(Policies, "app.MapControllers();").With("Types.cs", types).CheckAsync();

    [Theory]
    [InlineData("app.MapControllers().RequireRateLimiting(\"fixed\");")]
    [InlineData("app.MapGroup(\"/api\").RequireRateLimiting(\"fixed\").MapControllers();")]
    [InlineData("app.MapControllers().DisableRateLimiting();")]
    public Task Silent_controller_mapped_with_a_policy(string routes) => Minimal(Policies, routes).With("Types.cs", "[ApiController, Route(\"a\")] public class AController : ControllerBase { [HttpGet] public int Get() => 1; }").CheckAsync();

    [Fact]
    public Task Fixes_controller_action_and_hub() => Minimal(Policies, "app.MapControllers();\napp.MapHub<ChatHub>(\"/chat\");").With("Types.cs", """
        namespace Shop;

        /// <summary>All of it.</summary>
        [ApiController, Route("a")]
        public class {|ASA3002:AController|} : ControllerBase
        {
            [HttpGet]
            public int Get() => 1;
        }

        [ApiController, Route("b")]
        public class BController : ControllerBase
        {
            [HttpGet, EnableRateLimiting("fixed")]
            public int Get() => 1;

            // open
            [HttpPost]
            public int {|ASA3002:Post|}() => 1;
        }

        public class {|ASA3002:ChatHub|} : Hub
        {
            public Task Send(string text) => Task.CompletedTask;
        }
        """).With("Usings.cs", "global using Shop;").FixedBy(Apply, ("Types.cs", """
        namespace Shop;

        /// <summary>All of it.</summary>
        [ApiController, Route("a")]
        [EnableRateLimiting("fixed")]
        public class AController : ControllerBase
        {
            [HttpGet]
            public int Get() => 1;
        }

        [ApiController, Route("b")]
        public class BController : ControllerBase
        {
            [HttpGet, EnableRateLimiting("fixed")]
            public int Get() => 1;

            // open
            [HttpPost]
            [EnableRateLimiting("fixed")]
            public int Post() => 1;
        }

        [EnableRateLimiting("fixed")]
        public class ChatHub : Hub
        {
            public Task Send(string text) => Task.CompletedTask;
        }
        """)).CheckAsync();

    [Theory]
    [InlineData("app.MapHub<ChatHub>(\"/chat\").RequireRateLimiting(\"fixed\");", "public class ChatHub : Hub { public Task Send() => Task.CompletedTask; }")]
    [InlineData("app.MapHub<ChatHub>(\"/chat\");", "[EnableRateLimiting(\"fixed\")] public class ChatHub : Hub { public Task Send() => Task.CompletedTask; }")]
    public Task Silent_hub(string routes, string types) => Minimal(Policies, routes).With("Types.cs", types).CheckAsync();

    [Fact]
    public Task Reports_hub_although_a_method_carries_the_attribute() => Minimal(Policies, "app.MapHub<ChatHub>(\"/chat\");").With("Types.cs", "public class {|ASA3002:ChatHub|} : Hub { [EnableRateLimiting(\"fixed\")] public Task Send() => Task.CompletedTask; }").CheckAsync();

    [Fact]
    public Task Reports_grpc_service() => Minimal(Policies, "app.{|ASA3002:MapGrpcService<Greeter>|}();\n").With("Greeter.cs", "public class Greeter { }")
        .Reference(Stubs.Library("Grpc.AspNetCore.Server", "public static class E { public static IEndpointConventionBuilder MapGrpcService<T>(this IEndpointRouteBuilder routes) => null!; }"))
        .FixedBy(Apply, Text(Policies, "app.MapGrpcService<Greeter>().RequireRateLimiting(\"fixed\");\n")).CheckAsync();

    [Theory]
    [InlineData("builder.Services.AddRateLimiter(options =>\n{\n    options.RejectionStatusCode = 429;\n});\n", "    options.RejectionStatusCode = 429;\n});\n")]
    [InlineData("builder.Services.AddRateLimiter(options => options.RejectionStatusCode = 429);\n", "    options.RejectionStatusCode = 429;\n});\n")]
    [InlineData("builder.Services.AddRateLimiter(options =>\n{\n});\n", "});\n")]
    public Task Fixes_by_a_global_limiter_where_no_policy_exists(string services, string rest) => Minimal(services, "app.{|ASA3002:MapGet|}(\"/a\", () => 1);\napp.{|ASA3002:MapGet|}(\"/b\", () => 1);")
        .FixedBy(Global, "using System.Threading.RateLimiting;\n\n" + Text(GlobalLimiter + rest, "app.MapGet(\"/a\", () => 1);\napp.MapGet(\"/b\", () => 1);")).CheckAsync();

    [Fact]
    public Task Fixes_by_a_global_limiter_beside_policies() => Minimal(Policies, "app.{|ASA3002:MapGet|}(\"/a\", () => 1);")
        .FixedBy(Global, "using System.Threading.RateLimiting;\n\n" + Text(GlobalLimiter + "    options.AddFixedWindowLimiter(\"fixed\", o => o.PermitLimit = 100);\n});\n", "app.MapGet(\"/a\", () => 1);")).CheckAsync();

    [Fact]
    public Task Fixes_with_the_policy_of_a_constant() => Minimal("const string Policy = \"per-user\";\nbuilder.Services.AddRateLimiter(options => options.AddPolicy(Policy, c => System.Threading.RateLimiting.RateLimitPartition.GetNoLimiter(\"\")));\n", "app.{|ASA3002:MapGet|}(\"/a\", () => 1);")
        .FixedBy(Apply, Text("const string Policy = \"per-user\";\nbuilder.Services.AddRateLimiter(options => options.AddPolicy(Policy, c => System.Threading.RateLimiting.RateLimitPartition.GetNoLimiter(\"\")));\n", "app.MapGet(\"/a\", () => 1).RequireRateLimiting(\"per-user\");")).CheckAsync();

    [Fact]
    public Task NoFix_where_options_are_out_of_sight() => Minimal("Action<RateLimiterOptions> configure = o => { };\nbuilder.Services.AddRateLimiter(configure);\n", "app.{|ASA3002:MapGet|}(\"/a\", () => 1);").NoFix().CheckAsync();

    private static CodeTest Alone(string text) => Code.Program(text).ConfigFile(".editorconfig", "[*.cs]\ndotnet_diagnostic.ASA1001.severity = none\ndotnet_diagnostic.ASA1002.severity = none\ndotnet_diagnostic.ASA1003.severity = none\ndotnet_diagnostic.ASA2001.severity = none\ndotnet_diagnostic.ASA4001.severity = none\n");

    private static CodeTest Minimal(string services, string routes) => Alone(Text(services, routes));

    private static string Text(string services, string routes) => $"var builder = WebApplication.CreateBuilder(args);\n{services}var app = builder.Build();\napp.UseRateLimiter();\n{routes}\napp.Run();\n";
}
