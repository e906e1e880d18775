namespace ApiSecurityAnalyzers.Tests.RateLimiting;

public sealed partial class IneffectiveRateLimiterTests
{
    private const string Move = "ASA3003.MoveCall";
    private const string Insert = "ASA3003.InsertCall";
    private const string Policies = "builder.Services.AddRateLimiter(options => options.AddFixedWindowLimiter(\"fixed\", o => o.PermitLimit = 100));\n";
    private const string Limited = "app.MapGet(\"/a\", () => 1).RequireRateLimiting(\"fixed\");";
    private const string Global = "builder.Services.AddRateLimiter(options => options.GlobalLimiter = System.Threading.RateLimiting.PartitionedRateLimiter.Create<HttpContext, string>(c => System.Threading.RateLimiting.RateLimitPartition.GetFixedWindowLimiter(\"all\", _ => new() { PermitLimit = 100, Window = TimeSpan.FromMinutes(1) })));\n";

    [Theory]
    [InlineData("app.{|ASA3003:UseRateLimiter|}();\napp.UseRouting();\n" + Limited, "app.UseRouting();\napp.UseRateLimiter();\n" + Limited)]
    [InlineData("// limits\napp.{|ASA3003:UseRateLimiter|}();\napp.UseRouting();\n" + Limited, "app.UseRouting();\n// limits\napp.UseRateLimiter();\n" + Limited)]
    [InlineData("app.{|ASA3003:UseRateLimiter|}();\napp.UseRouting();\napp.UseCors();\n" + Limited, "app.UseRouting();\napp.UseCors();\napp.UseRateLimiter();\n" + Limited)]
    [InlineData("app.{|ASA3003:UseRateLimiter|}();\napp.UseRouting();\napp.MapGroup(\"/g\").RequireRateLimiting(\"fixed\").MapGet(\"/a\", () => 1);", "app.UseRouting();\napp.UseRateLimiter();\napp.MapGroup(\"/g\").RequireRateLimiting(\"fixed\").MapGet(\"/a\", () => 1);")]
    [InlineData("app.{|ASA3003:UseRateLimiter|}();\napp.UseRouting();\napp.MapGet(\"/a\", [EnableRateLimiting(\"fixed\")] () => 1);", "app.UseRouting();\napp.UseRateLimiter();\napp.MapGet(\"/a\", [EnableRateLimiting(\"fixed\")] () => 1);")]
    [InlineData("app.{|ASA3003:UseRateLimiter|}();\napp.UseRouting();\napp.MapGet(\"/a\", () => 1).WithMetadata(new EnableRateLimitingAttribute(\"fixed\"));", "app.UseRouting();\napp.UseRateLimiter();\napp.MapGet(\"/a\", () => 1).WithMetadata(new EnableRateLimitingAttribute(\"fixed\"));")]
    [InlineData("app.UseRouting();\napp.UseEndpoints(e => e.MapGet(\"/a\", () => 1).RequireRateLimiting(\"fixed\"));\napp.{|ASA3003:UseRateLimiter|}();", "app.UseRouting();\napp.UseRateLimiter();\napp.UseEndpoints(e => e.MapGet(\"/a\", () => 1).RequireRateLimiting(\"fixed\"));")]
    [InlineData("app.UseRouting()\n    .UseEndpoints(e => e.MapGet(\"/a\", () => 1).RequireRateLimiting(\"fixed\"))\n    .{|ASA3003:UseRateLimiter|}();", "app.UseRouting()\n    .UseRateLimiter()\n    .UseEndpoints(e => e.MapGet(\"/a\", () => 1).RequireRateLimiting(\"fixed\"));")]
    public Task Reports_order_and_moves_the_call(string pipeline, string expected) => Minimal(Policies, pipeline).FixedBy(Move, Text(Policies, expected)).CheckAsync();

    [Theory]
    [InlineData("app.UseRateLimiter();\napp.UseRouting();\n", "'UseRateLimiter' stands before 'UseRouting' and sees no endpoint, so policies of endpoints do not act")]
    [InlineData("app.UseRouting();\napp.UseEndpoints(e => { });\napp.UseRateLimiter();\n", "'UseRateLimiter' stands where requests have been answered, so no request is limited")]
    public Task Reports_with_a_message(string pipeline, string message) => Minimal(Policies, pipeline.Replace("UseRateLimiter()", "{|ASA3003:UseRateLimiter|}()", StringComparison.Ordinal) + Limited).Message("ASA3003", message).CheckAsync();

    [Fact]
    public Task Reports_policies_of_controllers() => Alone(StartupText("app.{|ASA3003:UseRateLimiter|}();\n        app.UseRouting();"), "Startup.cs")
        .FixedBy(Move, StartupText("app.UseRouting();\n        app.UseRateLimiter();")).CheckAsync();

    [Fact]
    public Task Reports_limiter_behind_mvc() => Alone(MvcText("app.UseMvc();\n        app.{|ASA3003:UseRateLimiter|}();"), "Startup.cs").FixedBy(Move, MvcText("app.UseRateLimiter();\n        app.UseMvc();")).CheckAsync();

    [Fact]
    public Task Reports_global_limiter_behind_the_endpoints() => Minimal(Global, "app.UseRouting();\napp.UseEndpoints(e => e.MapGet(\"/a\", () => 1));\napp.{|ASA3003:UseRateLimiter|}();")
        .FixedBy(Move, Text(Global, "app.UseRouting();\napp.UseRateLimiter();\napp.UseEndpoints(e => e.MapGet(\"/a\", () => 1));")).CheckAsync();

    [Theory]
    [InlineData("", "app.UseRateLimiter();\n" + Limited)]
    [InlineData("// app.UseRateLimiter();\n", "app.UseRateLimiter();\n// app.UseRateLimiter();\n" + Limited)]
    [InlineData("app.UseRouting();\napp.UseAuthorization();\n", "app.UseRouting();\napp.UseRateLimiter();\napp.UseAuthorization();\n" + Limited)]
    public Task Reports_limiter_that_nothing_runs(string pipeline, string expected) => Minimal(Policies.Replace("AddRateLimiter", "{|ASA3003:AddRateLimiter|}", StringComparison.Ordinal), pipeline + Limited)
        .Message("ASA3003", "'AddRateLimiter' configures a limiter that no 'UseRateLimiter' runs, so no request is limited").FixedBy(Insert, Text(Policies, expected)).CheckAsync();

    [Fact]
    public Task Reports_limiter_that_runs_in_development_only() => Minimal(Global.Replace("AddRateLimiter", "{|ASA3003:AddRateLimiter|}", StringComparison.Ordinal), "if (app.Environment.IsDevelopment())\n{\n    app.UseRateLimiter();\n}\n\napp.MapGet(\"/a\", () => 1);").CheckAsync();

    [Theory]
    [InlineData("PermitLimit = 1_000_000", "FixedWindowRateLimiterOptions")]
    [InlineData("PermitLimit = int.MaxValue", "SlidingWindowRateLimiterOptions")]
    [InlineData("TokenLimit = 5000000", "TokenBucketRateLimiterOptions")]
    [InlineData("PermitLimit = 1000 * 1000", "ConcurrencyLimiterOptions")]
    public Task Reports_absurd_limit(string setting, string type)
    {
        var (name, value) = (setting.Split(" = ")[0], setting.Split(" = ")[1]);
        return Code.Members($"private readonly System.Threading.RateLimiting.{type} _options = new() {{ {name} = {{|ASA3003:{value}|}} }};").Message("ASA3003", $"'{name}' is a limit that no client meets, so no request is limited")
            .FixedBy("ASA3003.LowerLimit", $"private readonly System.Threading.RateLimiting.{type} _options = new() {{ {name} = 100 }};").CheckAsync();
    }

    [Fact]
    public Task Reports_absurd_limit_in_options() => Minimal("builder.Services.AddRateLimiter(options => options.AddFixedWindowLimiter(\"fixed\", o =>\n{\n    // many\n    o.PermitLimit = {|ASA3003:int.MaxValue|}; // too many\n    o.Window = TimeSpan.FromSeconds(1);\n}));\n", "app.UseRateLimiter();\n" + Limited)
        .FixedBy("ASA3003.LowerLimit", Text("builder.Services.AddRateLimiter(options => options.AddFixedWindowLimiter(\"fixed\", o =>\n{\n    // many\n    o.PermitLimit = 100; // too many\n    o.Window = TimeSpan.FromSeconds(1);\n}));\n", "app.UseRateLimiter();\n" + Limited)).CheckAsync();

    [Theory]
    [InlineData("c => RateLimitPartition.{|ASA3003:GetNoLimiter|}(\"all\")")]
    [InlineData("c => { return RateLimitPartition.{|ASA3003:GetNoLimiter|}(\"all\"); }")]
    public Task Reports_global_limiter_that_limits_nothing(string choice) => Alone("using System.Threading.RateLimiting;\n\n" + Text($"builder.Services.AddRateLimiter(options =>\n{{\n    options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>({choice});\n}});\n", "app.UseRateLimiter();"))
        .Message("ASA3003", "'GetNoLimiter' lets every request through the 'GlobalLimiter', so no request is limited")
        .FixedBy("ASA3003.ReplaceLimiter", "using System.Threading.RateLimiting;\n\n" + Text("""
            builder.Services.AddRateLimiter(options =>
            {
                options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                    RateLimitPartition.GetFixedWindowLimiter(
                        context.User.Identity?.Name ?? context.Connection.RemoteIpAddress?.ToString() ?? "unknown",
                        _ => new FixedWindowRateLimiterOptions { PermitLimit = 100, Window = TimeSpan.FromMinutes(1) }));
            });

            """, "app.UseRateLimiter();")).CheckAsync();

    [Theory]
    [InlineData("app.MapGet(\"/a\", () => 1).RequireRateLimiting({|ASA3003:\"fxed\"|});", "app.MapGet(\"/a\", () => 1).RequireRateLimiting(\"fixed\");")]
    [InlineData("app.MapGet(\"/a\", () => 1).RequireRateLimiting({|ASA3003:\"Fixed\"|});", "app.MapGet(\"/a\", () => 1).RequireRateLimiting(\"fixed\");")]
    [InlineData("app.MapGet(\"/a\", [EnableRateLimiting({|ASA3003:\"other\"|})] () => 1);", "app.MapGet(\"/a\", [EnableRateLimiting(\"fixed\")] () => 1);")]
    [InlineData("const string Name = \"none\";\napp.MapGroup(\"/g\").RequireRateLimiting({|ASA3003:Name|}).MapGet(\"/a\", () => 1);", "const string Name = \"none\";\napp.MapGroup(\"/g\").RequireRateLimiting(\"fixed\").MapGet(\"/a\", () => 1);")]
    [InlineData("app.MapGet(\"/a\", () => 1).WithMetadata(new EnableRateLimitingAttribute({|ASA3003:\"x\"|}));", "app.MapGet(\"/a\", () => 1).WithMetadata(new EnableRateLimitingAttribute(\"fixed\"));")]
    public Task Reports_policy_that_nobody_registered(string route, string expected) => Minimal(Policies, "app.UseRateLimiter();\n" + route).FixedBy("ASA3003.UsePolicy", Text(Policies, "app.UseRateLimiter();\n" + expected)).CheckAsync();

    [Fact]
    public Task Reports_policy_of_a_controller_and_registers_it() => Alone(Text(Policies, "app.UseRateLimiter();\napp.MapControllers();", "builder.Services.AddControllers();\n")).With("Orders.cs", """
        [ApiController, Route("orders"), EnableRateLimiting({|ASA3003:"orders"|})]
        public class OrdersController : ControllerBase
        {
            [HttpGet]
            public int Get() => 1;
        }
        """).Message("ASA3003", "'orders' is a policy that the rate limiter does not have, so every request to the endpoint fails").FixedBy("ASA3003.RegisterPolicy", ("Program.cs", "using System.Threading.RateLimiting;\n\n" + Text("""
        builder.Services.AddRateLimiter(options =>
        {
            options.AddPolicy("orders", context => RateLimitPartition.GetFixedWindowLimiter(
                context.Connection.RemoteIpAddress?.ToString() ?? "unknown",
                _ => new FixedWindowRateLimiterOptions { PermitLimit = 100, Window = TimeSpan.FromMinutes(1) }));
            options.AddFixedWindowLimiter("fixed", o => o.PermitLimit = 100);
        });

        """, "app.UseRateLimiter();\napp.MapControllers();", "builder.Services.AddControllers();\n")), ("Orders.cs", """
        [ApiController, Route("orders"), EnableRateLimiting("orders")]
        public class OrdersController : ControllerBase
        {
            [HttpGet]
            public int Get() => 1;
        }
        """)).CheckAsync();

    [Fact]
    public Task Reports_limiter_that_all_clients_of_a_sign_in_share() => Minimal("builder.Services.AddRateLimiter(options => options.{|ASA3003:AddFixedWindowLimiter|}(\"login\", o => { o.PermitLimit = 5; o.Window = TimeSpan.FromMinutes(1); }));\n", "app.UseRateLimiter();\napp.MapPost(\"/login\", (string name, string password) => name).RequireRateLimiting(\"login\");")
        .Severity("ASA3003", Microsoft.CodeAnalysis.DiagnosticSeverity.Info).Message("ASA3003", "'AddFixedWindowLimiter' gives all clients one limiter, 'login', on a sign-in endpoint, so one client can lock everyone out")
        .FixedBy("ASA3003.PartitionByClient", "using System.Threading.RateLimiting;\n\n" + Text("""
            builder.Services.AddRateLimiter(options => options.AddPolicy("login", context => RateLimitPartition.GetFixedWindowLimiter(
                context.Connection.RemoteIpAddress?.ToString() ?? "unknown",
                _ => new FixedWindowRateLimiterOptions { PermitLimit = 5, Window = TimeSpan.FromMinutes(1) })));

            """, "app.UseRateLimiter();\napp.MapPost(\"/login\", (string name, string password) => name).RequireRateLimiting(\"login\");")).CheckAsync();

    [Theory]
    [InlineData("app.UseRateLimiter();\n" + Limited)]
    [InlineData("app.UseRouting();\napp.UseRateLimiter();\n" + Limited)]
    [InlineData(Limited + "\napp.UseRateLimiter();")]
    [InlineData("app.UseRouting();\napp.UseRateLimiter();\napp.UseEndpoints(e => e.MapGet(\"/a\", () => 1).RequireRateLimiting(\"fixed\"));")]
    [InlineData("app.UseRateLimiter();\napp.UseRouting();\napp.UseRateLimiter();\n" + Limited)]
    [InlineData("app.UseRateLimiter();\nif (args.Length > 0) app.UseRouting();\n" + Limited)]
    [InlineData("app.UseWhen(c => c.Request.Path == \"/a\", b => b.UseRateLimiter());\n" + Limited)]
    [InlineData("if (args.Length > 0) app.UseRateLimiter();\n" + Limited)]
    [InlineData("app.UseRateLimiter();\napp.MapGet(\"/a\", () => 1).RequireRateLimiting(args[0]);")]
    [InlineData("Limit(app);\n" + Limited + "\nstatic void Limit(IApplicationBuilder a) => a.UseRateLimiter();")]
    public Task Silent_order(string pipeline) => Minimal(Policies, pipeline).CheckAsync();

    [Fact]
    public Task Silent_where_a_global_limiter_is_all_that_there_is() => Minimal(Global, "app.UseRateLimiter();\napp.UseRouting();\napp.MapGet(\"/a\", () => 1);").CheckAsync();

    [Fact]
    public Task Silent_behind_a_gateway() => Minimal(Policies, Limited).Option("api_security.rate_limited_by_gateway", "true").CheckAsync();

    [Theory]
    [InlineData("builder.Services.AddRateLimiter(o => o.AddPolicy(args[0], c => System.Threading.RateLimiting.RateLimitPartition.GetNoLimiter(\"\")));\n")]
    [InlineData("builder.Services.AddRateLimiter(Limits.Configure);\n")]
    [InlineData("builder.Services.AddRateLimiter(o => o.AddOwn());\n")]
    [InlineData("Action<RateLimiterOptions> configure = o => { };\nbuilder.Services.AddRateLimiter(configure);\n")]
    [InlineData("builder.Services.AddRateLimiter(o => { });\nbuilder.Services.Configure<RateLimiterOptions>(o => o.AddFixedWindowLimiter(\"own\", p => p.PermitLimit = 5));\n")]
    [InlineData("builder.Services.AddRateLimiter(o => { });\nbuilder.Services.AddSingleton<Microsoft.Extensions.Options.IConfigureOptions<RateLimiterOptions>, OwnOptions>();\n")]
    public Task Silent_where_policies_come_from_elsewhere(string services) => Minimal(services, "app.UseRateLimiter();\napp.MapGet(\"/a\", () => 1).RequireRateLimiting(\"own\");").With("Limits.cs", """
        public static class Limits
        {
            public static void Configure(RateLimiterOptions options) => options.AddOwn();
            public static void AddOwn(this RateLimiterOptions options) => options.AddFixedWindowLimiter("own", o => o.PermitLimit = 100);
        }
        public class OwnOptions : Microsoft.Extensions.Options.IConfigureOptions<RateLimiterOptions>
        {
            public void Configure(RateLimiterOptions options) => options.AddOwn();
        }
        """).CheckAsync();

    [Theory]
    [InlineData("private readonly System.Threading.RateLimiting.FixedWindowRateLimiterOptions _o = new() { PermitLimit = 999_999 };")]
    [InlineData("public int PermitLimit { get; set; } = int.MaxValue;\npublic void Set() => PermitLimit = int.MaxValue;")]
    [InlineData("private readonly System.Threading.RateLimiting.FixedWindowRateLimiterOptions _o = new() { PermitLimit = 10, QueueLimit = int.MaxValue };")]
    public Task Silent_limit(string members) => Code.Members(members).CheckAsync();

    [Theory]
    [InlineData("builder.Services.AddRateLimiter(o => o.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(c => c.Request.Path == \"/health\" ? RateLimitPartition.GetNoLimiter(\"h\") : RateLimitPartition.GetFixedWindowLimiter(\"all\", _ => new() { PermitLimit = 10, Window = TimeSpan.FromMinutes(1) })));\n")]
    [InlineData("builder.Services.AddRateLimiter(o => o.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(c => { if (c.Request.Path == \"/health\") return RateLimitPartition.GetNoLimiter(\"h\"); return RateLimitPartition.GetFixedWindowLimiter(\"all\", _ => new() { PermitLimit = 10, Window = TimeSpan.FromMinutes(1) }); }));\n")]
    [InlineData("builder.Services.AddRateLimiter(o => o.AddPolicy(\"none\", c => RateLimitPartition.GetNoLimiter(\"h\")));\n")]
    [InlineData("if (builder.Environment.IsDevelopment()) builder.Services.AddRateLimiter(o => o.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(c => RateLimitPartition.GetNoLimiter(\"h\")));\n")]
    public Task Silent_limiter_for_some(string services) => Alone("using System.Threading.RateLimiting;\n\n" + Text(services, "app.UseRateLimiter();")).CheckAsync();

    [Theory]
    [InlineData("app.MapPost(\"/orders\", (string name) => name).RequireRateLimiting(\"fixed\");")]
    [InlineData("app.MapPost(\"/login\", (string name) => name).RequireRateLimiting(\"fixed\");")]
    public Task Silent_shared_limiter_of_other_endpoints(string route) => Minimal(Policies, "app.UseRateLimiter();\n" + route).CheckAsync();

    [Fact]
    public Task Silent_in_a_test_project() => Minimal(Policies, "app.UseRateLimiter();\napp.UseRouting();\n" + Limited).Test().CheckAsync();

    [Fact]
    public Task Silent_in_a_library() => Code.Library("public static class Routes { public static void MapAll(IEndpointRouteBuilder routes) => routes.MapGet(\"/a\", () => 1).RequireRateLimiting(\"own\"); }").CheckAsync();

    private static string StartupText(string pipeline) => $$"""
        public class Startup
        {
            public void ConfigureServices(IServiceCollection services)
            {
                services.AddControllers();
                services.AddRateLimiter(options => options.AddFixedWindowLimiter("fixed", o => o.PermitLimit = 100));
            }

            public void Configure(IApplicationBuilder app)
            {
                {{pipeline}}
                app.UseEndpoints(e => e.MapControllers());
            }
        }

        [ApiController, Route("orders")]
        public class OrdersController : ControllerBase
        {
            [HttpGet, EnableRateLimiting("fixed")]
            public int Get() => 1;
        }
        """;

    private static string MvcText(string pipeline) => $$"""
        public class Startup
        {
            public void ConfigureServices(IServiceCollection services)
            {
                services.AddMvc(o => o.EnableEndpointRouting = false);
                services.AddRateLimiter(options => options.GlobalLimiter = null!);
            }

            public void Configure(IApplicationBuilder app)
            {
                {{pipeline}}
            }
        }
        """;

    private static CodeTest Alone(string text, string name = "Program.cs") => Code.Files((name, text))
        .ConfigFile(".editorconfig", "[*.cs]\n" + string.Concat(new[] { "ASA1001", "ASA1002", "ASA2001", "ASA3002", "ASA4001", "ASA4002" }.Select(static id => $"dotnet_diagnostic.{id}.severity = none\n")));

    private static CodeTest Minimal(string services, string pipeline) => Alone(Text(services, pipeline));

    private static string Text(string services, string pipeline, string more = "") => $"var builder = WebApplication.CreateBuilder(args);\n{more}{services}var app = builder.Build();\n{pipeline}\napp.Run();\n";
}
