namespace ApiSecurityAnalyzers.Tests.Authorization;

/// <summary>Hosts that lack nothing but what a test adds, so that only the access rules speak.</summary>
internal static class Hosts
{
    private const string Services = """
            services.AddHttpLogging(options => { });
            services.AddRateLimiter(options => options.GlobalLimiter = System.Threading.RateLimiting.PartitionedRateLimiter.Create<HttpContext, string>(
                context => System.Threading.RateLimiting.RateLimitPartition.GetFixedWindowLimiter("all", key => new System.Threading.RateLimiting.FixedWindowRateLimiterOptions { PermitLimit = 100, Window = TimeSpan.FromMinutes(1) })));
        """;

    /// <summary>A controller that says nothing.</summary>
    public const string OpenController = """
        [ApiController, Route("orders")]
        public class {|ASA1001:OrdersController|} : ControllerBase
        {
            [HttpGet] public string Get() => "";
        }
        """;

    /// <summary>The same without a mark.</summary>
    public const string Controller = """
        [ApiController, Route("orders")]
        public class OrdersController : ControllerBase
        {
            [HttpGet] public string Get() => "";
        }
        """;

    /// <summary>A secured minimal host that maps controllers, and types beside it.</summary>
    public static CodeTest Mvc(string types) => Code.MinimalApi("app.MapControllers();\n").With("Types.cs", types);

    /// <summary>A minimal host with statements for its services and for what follows <c>Build()</c>, without authentication.</summary>
    public static string Minimal(string services, string statements) => Minimal(services, "app.UseRateLimiter();", statements);

    /// <summary>The same with the calls that a fix writes where the host has services for them.</summary>
    public static string Authorized(string services, string statements) => Minimal(services, "app.UseAuthentication();\napp.UseRateLimiter();\napp.UseAuthorization();", statements);

    private static string Minimal(string services, string limiter, string statements) => $$"""
        var builder = WebApplication.CreateBuilder(args);
        var services = builder.Services;
        {{Services.Replace("    services", "services").Replace("        context", "    context")}}
        {{services}}
        var app = builder.Build();
        app.UseHttpsRedirection();
        app.UseHttpLogging();
        {{limiter}}
        {{statements}}
        app.Run();
        """;

    /// <summary>A host with a <c>Startup</c> class in the file <c>Startup.cs</c>.</summary>
    public static CodeTest Startup(string services, string pipeline) => Code.Files(
        ("Program.cs", """
        public class Program
        {
            public static void Main(string[] args) => CreateHostBuilder(args).Build().Run();

            public static IHostBuilder CreateHostBuilder(string[] args) =>
                Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(web => web.UseStartup<Startup>());
        }
        """),
        ("Startup.cs", StartupText(services, pipeline)));

    public static string StartupText(string services, string pipeline) => $$"""
        public class Startup
        {
            public void ConfigureServices(IServiceCollection services)
            {
        {{Services.Replace("\n", "\n    ").Insert(0, "    ")}}
                {{services}}
            }

            public void Configure(IApplicationBuilder app)
            {
                app.UseHttpsRedirection();
                app.UseHttpLogging();
                app.UseRateLimiter();
                {{pipeline.Replace("\n", "\n        ")}}
            }
        }
        """;
}
