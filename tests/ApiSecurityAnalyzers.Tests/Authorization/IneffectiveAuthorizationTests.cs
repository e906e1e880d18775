namespace ApiSecurityAnalyzers.Tests.Authorization;

public sealed partial class IneffectiveAuthorizationTests
{
    private const string Move = "ASA1008.MoveCall";
    private const string Insert = "ASA1008.InsertCall";

    private const string Services = """
        builder.Services.AddAuthentication().AddBearerToken();
        builder.Services.AddAuthorization();

        """;

    private const string Secret = "app.MapGet(\"/secret\", () => 1).RequireAuthorization();";

    [Theory]
    [InlineData("app.{|ASA1008:UseAuthorization|}();\napp.UseRouting();\n" + Secret, "app.UseRouting();\napp.UseAuthorization();\n" + Secret)]
    [InlineData("app.UseAuthentication();\napp.{|ASA1008:UseAuthorization|}();\napp.UseRouting();\n" + Secret, "app.UseAuthentication();\napp.UseRouting();\napp.UseAuthorization();\n" + Secret)]
    [InlineData("app.{|ASA1008:UseAuthorization|}().UseRouting();\n" + Secret, "app.UseRouting();\napp.UseAuthorization();\n" + Secret)]
    [InlineData("app.UseStaticFiles();\n\n// who may call\napp.{|ASA1008:UseAuthorization|}();\n\n// which endpoint\napp.UseRouting();\n\n" + Secret, "app.UseStaticFiles();\n\n\n// which endpoint\napp.UseRouting();\n// who may call\napp.UseAuthorization();\n\n" + Secret)]
    [InlineData("app.UseRouting();\napp.UseEndpoints(e => e.MapGet(\"/secret\", () => 1).RequireAuthorization());\napp.{|ASA1008:UseAuthorization|}();", "app.UseRouting();\napp.UseAuthorization();\napp.UseEndpoints(e => e.MapGet(\"/secret\", () => 1).RequireAuthorization());")]
    [InlineData("app.UseRouting();\napp.UseEndpoints(e => e.MapGet(\"/secret\", () => 1).RequireAuthorization());\napp.UseAuthentication();\napp.{|ASA1008:UseAuthorization|}();", "app.UseRouting();\napp.UseAuthentication();\napp.UseAuthorization();\napp.UseEndpoints(e => e.MapGet(\"/secret\", () => 1).RequireAuthorization());")]
    [InlineData("app.UseAuthorization();\napp.{|ASA1008:UseAuthentication|}();\n" + Secret, "app.UseAuthentication();\napp.UseAuthorization();\n" + Secret)]
    [InlineData("app.UseRouting().UseAuthorization().{|ASA1008:UseAuthentication|}();\n" + Secret, "app.UseRouting().UseAuthentication().UseAuthorization();\n" + Secret)]
    [InlineData("var group = app.MapGroup(\"/g\").RequireAuthorization();\ngroup.MapGet(\"/a\", () => 1);\napp.{|ASA1008:UseAuthorization|}();\napp.UseRouting();", "var group = app.MapGroup(\"/g\").RequireAuthorization();\ngroup.MapGet(\"/a\", () => 1);\napp.UseRouting();\napp.UseAuthorization();")]
    [InlineData("app.{|ASA1008:UseAuthorization|}();\napp.UseRouting();\napp.MapGet(\"/secret\", [Authorize] () => 1);", "app.UseRouting();\napp.UseAuthorization();\napp.MapGet(\"/secret\", [Authorize] () => 1);")]
    [InlineData("AuthorizationAppBuilderExtensions.{|ASA1008:UseAuthorization|}(app);\napp.UseRouting();\n" + Secret, "app.UseRouting();\napp.UseAuthorization();\n" + Secret)]
    public Task Reports_order_and_moves_the_call(string pipeline, string expected) => Minimal(Services, pipeline).FixedBy(Move, Text(Services, expected)).CheckAsync();

    [Theory]
    [InlineData("app.{|ASA1008:UseRouting|}();\n" + Secret, "app.UseRouting();\napp.UseAuthentication();\napp.UseAuthorization();\n" + Secret)]
    [InlineData("app.UseCors();\napp.{|ASA1008:UseRouting|}();\n\n" + Secret, "app.UseCors();\napp.UseRouting();\napp.UseAuthentication();\napp.UseAuthorization();\n\n" + Secret)]
    [InlineData("app.UseAuthentication();\napp.{|ASA1008:UseRouting|}();\n" + Secret, "app.UseAuthentication();\napp.UseRouting();\napp.UseAuthorization();\n" + Secret)]
    [InlineData("app.{|ASA1008:UseAuthentication|}();\n" + Secret, "app.UseAuthentication();\napp.UseAuthorization();\n" + Secret)]
    public Task Reports_what_WebApplication_adds_too_early(string pipeline, string expected) => Minimal(Services, pipeline).FixedBy(Insert, Text(Services, expected)).CheckAsync();

    [Theory]
    [InlineData("app.UseAuthorization();\napp.UseRouting();\n", "UseAuthorization", "'UseAuthorization' stands before 'UseRouting' and sees no endpoint, so endpoints that demand authorization fail")]
    [InlineData("app.UseRouting();\n", "UseRouting", "'UseRouting' stands behind the authorization that 'WebApplication' adds, so endpoints that demand authorization fail")]
    [InlineData("app.UseAuthorization();\napp.UseAuthentication();\n", "UseAuthentication", "'UseAuthentication' stands behind 'UseAuthorization', so callers who have signed in are refused too")]
    [InlineData("app.UseAuthentication();\n", "UseAuthentication", "'UseAuthentication' stands behind the authorization that 'WebApplication' adds, so callers who have signed in are refused too")]
    public Task Reports_with_a_message(string pipeline, string name, string message) =>
        Minimal(Services, pipeline.Replace(name + "()", "{|ASA1008:" + name + "|}()", StringComparison.Ordinal) + Secret).Message("ASA1008", message).CheckAsync();

    [Theory]
    [InlineData("builder.Services.AddAuthorization();\n", "builder.Services.AddAuthorization();\nbuilder.Services.AddAuthentication().AddBearerToken();\n", "'AddAuthentication' is missing, so endpoints that demand authorization fail")]
    [InlineData("builder.Services.AddAuthentication().AddBearerToken();\n", "builder.Services.AddAuthentication().AddBearerToken();\nbuilder.Services.AddAuthorization();\n", "'AddAuthorization' is missing, so endpoints that demand authorization fail")]
    [InlineData("", "builder.Services.AddAuthentication().AddBearerToken();\nbuilder.Services.AddAuthorization();\n", "'AddAuthentication' is missing, so endpoints that demand authorization fail")]
    public Task Reports_missing_services(string services, string expected, string message) =>
        Alone(Text(services, Secret, "{|ASA1008:WebApplication.CreateBuilder|}")).Message("ASA1008", message).FixedBy(Insert, Text(expected, Secret)).CheckAsync();

    [Fact]
    public Task Reports_controller_that_nothing_can_refuse() => Alone(Text("builder.Services.AddControllers();\n", "app.MapControllers();", "{|ASA1008:WebApplication.CreateBuilder|}"))
        .With("Orders.cs", "[ApiController, Authorize, Route(\"orders\")] public class OrdersController : ControllerBase { [HttpGet] public int Get() => 1; }")
        .FixedBy(Insert, Text("builder.Services.AddControllers();\nbuilder.Services.AddAuthentication().AddBearerToken();\n", "app.MapControllers();")).CheckAsync();

    [Theory]
    [InlineData("app.UseRouting();\napp.UseEndpoints(e => e.MapControllers());", "app.UseRouting();\napp.UseAuthentication();\napp.UseAuthorization();\napp.UseEndpoints(e => e.MapControllers());", "Configure", Insert)]
    [InlineData("app.UseRouting();\nif (env.IsDevelopment())\n{\n    app.UseAuthorization();\n}\n\napp.UseAuthentication();\napp.UseEndpoints(e => e.MapControllers());", "app.UseRouting();\nif (env.IsDevelopment())\n{\n    app.UseAuthorization();\n}\n\napp.UseAuthentication();\napp.UseAuthorization();\napp.UseEndpoints(e => e.MapControllers());", "Configure", null)]
    [InlineData("app.UseRouting();\n// app.UseAuthorization();\napp.UseAuthentication();\napp.UseEndpoints(e => e.MapControllers());", "app.UseRouting();\n// app.UseAuthorization();\napp.UseAuthentication();\napp.UseAuthorization();\napp.UseEndpoints(e => e.MapControllers());", "Configure", Insert)]
    [InlineData("app.UseRouting();\napp.UseAuthorization();\napp.UseEndpoints(e => e.MapControllers());", "app.UseRouting();\napp.UseAuthentication();\napp.UseAuthorization();\napp.UseEndpoints(e => e.MapControllers());", "Configure", Insert)]
    [InlineData("app.UseAuthentication();\napp.{|ASA1008:UseAuthorization|}();\napp.UseRouting();\napp.UseEndpoints(e => e.MapControllers());", "app.UseAuthentication();\napp.UseRouting();\napp.UseAuthorization();\napp.UseEndpoints(e => e.MapControllers());", null, Move)]
    [InlineData("app.UseRouting();\napp.UseEndpoints(e => e.MapControllers());\napp.UseAuthentication();\napp.{|ASA1008:UseAuthorization|}();", "app.UseRouting();\napp.UseAuthentication();\napp.UseAuthorization();\napp.UseEndpoints(e => e.MapControllers());", null, Move)]
    [InlineData("app.UseRouting()\n    .UseEndpoints(e => e.MapControllers())\n    .UseAuthentication()\n    .{|ASA1008:UseAuthorization|}();", "app.UseRouting()\n    .UseAuthentication()\n    .UseAuthorization()\n    .UseEndpoints(e => e.MapControllers());", null, Move)]
    public Task Reports_startup(string pipeline, string expected, string? anchor, string? key)
    {
        var test = Startup(pipeline, anchor);
        return (key is null ? test : test.FixedBy(key, ("Startup.cs", StartupText(expected, null)))).CheckAsync();
    }

    [Fact]
    public Task Reports_fallback_policy_that_nothing_runs() => Alone("""
        public class Startup
        {
            public void ConfigureServices(IServiceCollection services)
            {
                services.AddAuthentication().AddBearerToken();
                services.AddAuthorization(o => o.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
            }

            public void {|ASA1008:Configure|}(IApplicationBuilder app)
            {
                app.UseRouting();
                app.UseAuthentication();
                app.UseEndpoints(e => e.MapGet("/a", () => 1));
            }
        }
        """).Message("ASA1008", "'UseAuthorization' is missing, so the fallback policy keeps nobody out").FixedBy(Insert, """
        public class Startup
        {
            public void ConfigureServices(IServiceCollection services)
            {
                services.AddAuthentication().AddBearerToken();
                services.AddAuthorization(o => o.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
            }

            public void Configure(IApplicationBuilder app)
            {
                app.UseRouting();
                app.UseAuthentication();
                app.UseAuthorization();
                app.UseEndpoints(e => e.MapGet("/a", () => 1));
            }
        }
        """).CheckAsync();

    [Fact]
    public Task Reports_call_in_an_own_extension_method() => Alone(Text(Services, "app.UseApi();\n" + Secret)).With("Extensions.cs", """
        public static class Extensions
        {
            public static WebApplication UseApi(this WebApplication app)
            {
                app.{|ASA1008:UseAuthorization|}();
                app.UseRouting();
                return app;
            }
        }
        """).FixedBy(Move, ("Extensions.cs", """
        public static class Extensions
        {
            public static WebApplication UseApi(this WebApplication app)
            {
                app.UseRouting();
                app.UseAuthorization();
                return app;
            }
        }
        """)).CheckAsync();

    [Theory]
    [InlineData("api.UseRouting();\napi.UseEndpoints(e => e.MapGet(\"/secret\", () => 1).RequireAuthorization());", "{|ASA1008:Map|}", "api.UseRouting();\napi.UseAuthorization();\napi.UseEndpoints(e => e.MapGet(\"/secret\", () => 1).RequireAuthorization());", Insert)]
    [InlineData("api.{|ASA1008:UseAuthorization|}();\napi.UseRouting();\napi.UseEndpoints(e => e.MapGet(\"/secret\", () => 1).RequireAuthorization());", "Map", "api.UseRouting();\napi.UseAuthorization();\napi.UseEndpoints(e => e.MapGet(\"/secret\", () => 1).RequireAuthorization());", Move)]
    public Task Reports_branch_with_routing_of_its_own(string branch, string map, string expected, string key) => Minimal(Services, Branch(map, branch)).FixedBy(key, Text(Services, Branch("Map", expected))).CheckAsync();

    [Fact]
    public Task Reports_in_a_region_of_Main() => Alone("""
        public static class Program
        {
            public static void Main(string[] args)
            {
                var builder = WebApplication.CreateBuilder(args);
                builder.Services.AddAuthentication().AddBearerToken();
                builder.Services.AddAuthorization();
                var app = builder.Build();
                #region pipeline
                app.{|ASA1008:UseAuthorization|}();
                app.UseRouting();
                #endregion
                app.MapGet("/secret", () => 1).RequireAuthorization();
                app.Run();
            }
        }
        """).FixedBy(Move, """
        public static class Program
        {
            public static void Main(string[] args)
            {
                var builder = WebApplication.CreateBuilder(args);
                builder.Services.AddAuthentication().AddBearerToken();
                builder.Services.AddAuthorization();
                var app = builder.Build();
                #region pipeline
                app.UseRouting();
                #endregion
                app.UseAuthorization();
                app.MapGet("/secret", () => 1).RequireAuthorization();
                app.Run();
            }
        }
        """).CheckAsync();

    [Fact]
    public Task NoFix_where_a_directive_decides_about_the_call() => Minimal(Services, "#if !NEVER\napp.{|ASA1008:UseAuthorization|}();\n#endif\napp.UseRouting();\n" + Secret).NoFix().CheckAsync();

    private static string Branch(string map, string body) => $"app.{map}(\"/api\", api =>\n{{\n    {body.Replace("\n", "\n    ", StringComparison.Ordinal)}\n}});";

    private static CodeTest Startup(string pipeline, string? anchor) => Alone(StartupText(pipeline, anchor), "Startup.cs");

    private static string StartupText(string pipeline, string? anchor) => $$"""
        public class Startup
        {
            public void ConfigureServices(IServiceCollection services)
            {
                services.AddControllers();
                services.AddAuthentication().AddBearerToken();
            }

            public void {{(anchor is null ? "Configure" : "{|ASA1008:Configure|}")}}(IApplicationBuilder app, IWebHostEnvironment env)
            {
                {{pipeline.Replace("\n", "\n        ", StringComparison.Ordinal)}}
            }
        }

        [ApiController, Route("orders")]
        public class OrdersController : ControllerBase
        {
            [HttpGet, Authorize]
            public int Get() => 1;
        }
        """;

    private static CodeTest Alone(string text, string name = "Program.cs") => Code.Files((name, text))
        .ConfigFile(".editorconfig", "[*.cs]\n" + string.Concat(new[] { "ASA1001", "ASA1002", "ASA2001", "ASA3001", "ASA3002", "ASA4001" }.Select(static id => $"dotnet_diagnostic.{id}.severity = none\n")));

    private static CodeTest Minimal(string services, string pipeline) => Alone(Text(services, pipeline));

    private static string Text(string services, string pipeline, string create = "WebApplication.CreateBuilder") => $"var builder = {create}(args);\n{services}var app = builder.Build();\n{pipeline}\napp.Run();\n";
}
