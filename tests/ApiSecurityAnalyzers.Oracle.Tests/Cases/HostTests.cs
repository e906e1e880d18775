namespace ApiSecurityAnalyzers.Oracle.Tests.Cases;

/// <summary>Hosts and pipelines: Startup classes, explicit routing, branches, own middleware.</summary>
public sealed class HostTests
{
    private const string Items = """
        [Route("items")] public class ItemsController : Controller
        {
            [HttpGet] public string Get() => "reached";
            [HttpPost, Authorize] public string Post() => "reached";
            [HttpPut, AllowAnonymous] public string Put() => "reached";
        }
        """;

    private static SourceApplication Startup(string configure, string services = "", string members = "") => new(
        $$"""
        Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(web => web.UseStartup<Startup>()).Build().Run();

        public class Startup
        {
            public void ConfigureServices(IServiceCollection services)
            {
                services.AddAuthentication().AddBearerToken();
                services.AddAuthorization();
                services.AddControllersWithViews();
                {{services}}
            }

            public void Configure(IApplicationBuilder app, IWebHostEnvironment env)
            {
                {{configure}}
            }
            {{members}}
        }
        """,
        Items);

    [Fact]
    public Task Startup_class() => Agreement.HoldsAsync(Startup("""
        if (env.IsDevelopment())
            app.UseDeveloperExceptionPage();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseEndpoints(endpoints =>
        {
            endpoints.MapControllers();
            endpoints.MapGet("/open", context => context.Response.WriteAsync("reached"));
            endpoints.MapGet("/closed", context => context.Response.WriteAsync("reached")).RequireAuthorization();
        });
        """), 5);

    [Fact]
    public Task Startup_class_with_a_fallback_policy() => Agreement.HoldsAsync(Startup(
        "app.UseRouting().UseAuthentication().UseAuthorization().UseEndpoints(e => e.MapControllers());",
        "services.AddAuthorization(o => o.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());"), 3);

    [Fact]
    public Task Startup_class_whose_fallback_policy_nothing_reads() => Agreement.HoldsAsync(Startup(
        "app.UseRouting(); app.UseEndpoints(e => e.MapGet(\"a\", context => context.Response.WriteAsync(\"reached\")));",
        "services.AddAuthorization(o => o.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());"), 1);

    [Theory]
    [InlineData("app.UseAuthorization(); app.UseRouting();")]
    [InlineData("app.UseRouting(); app.UseEndpoints(e => e.MapGet(\"early\", context => context.Response.WriteAsync(\"reached\"))); app.UseAuthorization();")]
    public Task Fallback_policy_behind_authorization_in_a_wrong_place(string order) => Agreement.HoldsAsync(Startup(
        order + " app.UseEndpoints(e => e.MapGet(\"a\", context => context.Response.WriteAsync(\"reached\")));",
        "services.AddAuthorization(o => o.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());"), order.Contains("early", StringComparison.Ordinal) ? 2 : 1);

    [Fact]
    public Task Environment_variants_of_startup() => Agreement.HoldsAsync(Startup(
        "app.UseRouting(); app.UseAuthorization(); app.UseEndpoints(e => e.MapControllers());",
        members: """
            public void ConfigureDevelopment(IApplicationBuilder app, IWebHostEnvironment env) => app.UseRouting().UseEndpoints(e => e.MapGet("dev", context => context.Response.WriteAsync("reached")));
            public void ConfigureDevelopmentServices(IServiceCollection services) => services.AddAuthorization(o => o.FallbackPolicy = o.DefaultPolicy);
            """), 3);

    [Fact]
    public Task Base_startup_and_own_extension_methods() => Agreement.HoldsAsync(new SourceApplication(
        """
        Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(web => web.UseStartup<Startup>()).Build().Run();

        public abstract class StartupBase
        {
            public virtual void ConfigureServices(IServiceCollection services) => services.AddSecurity().AddControllersWithViews();
        }

        public class Startup : StartupBase
        {
            public void Configure(IApplicationBuilder app) => app.UseSecurity().UseEndpoints(e => e.MapAll());
        }

        static class Extensions
        {
            public static IServiceCollection AddSecurity(this IServiceCollection services)
            {
                services.AddAuthentication().AddBearerToken();
                return services.AddAuthorization(o => o.FallbackPolicy = o.DefaultPolicy);
            }

            public static IApplicationBuilder UseSecurity(this IApplicationBuilder app) => app.UseRouting().UseAuthentication().UseAuthorization();

            public static void MapAll(this IEndpointRouteBuilder endpoints)
            {
                endpoints.MapControllers();
                endpoints.MapGet("extra", context => context.Response.WriteAsync("reached"));
            }
        }
        """,
        Items), 4);

    [Fact]
    public Task Web_host_builder_with_lambdas() => Agreement.HoldsAsync(new SourceApplication(
        """
        Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(web => web
            .ConfigureServices(services => { services.AddAuthentication().AddBearerToken(); services.AddAuthorization(); services.AddRouting(); })
            .Configure(app => app.UseRouting().UseAuthorization().UseEndpoints(e =>
            {
                e.MapGet("a", context => context.Response.WriteAsync("reached"));
                e.MapGet("b", context => context.Response.WriteAsync("reached")).RequireAuthorization();
            }))).Build().Run();
        """), 2);

    [Fact]
    public Task Program_class_with_methods() => Agreement.HoldsAsync(new SourceApplication(
        """
        public class Program
        {
            public static void Main(string[] args)
            {
                var builder = WebApplication.CreateBuilder(args);
                ConfigureServices(builder.Services);
                var app = builder.Build();
                Configure(app);
                app.Run();
            }

            private static void ConfigureServices(IServiceCollection services)
            {
                services.AddAuthentication().AddBearerToken();
                services.AddAuthorization(o => o.FallbackPolicy = o.DefaultPolicy);
                services.AddControllersWithViews();
            }

            private static void Configure(WebApplication app)
            {
                app.MapControllers();
                app.MapGet("m", () => "reached");
            }
        }
        """,
        Items), 4);

    [Fact]
    public Task Explicit_routing_in_a_minimal_host() => Agreement.HoldsAsync(Agreement.Minimal("""
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseAntiforgery();
        app.UseEndpoints(endpoints => endpoints.MapGet("a", () => "reached").RequireAuthorization());
        app.MapGet("b", () => "reached");
        """), 2);

    [Fact]
    public Task Own_middleware_that_guards_a_path() => Agreement.HoldsAsync(Agreement.Minimal(
        """
        app.Use(async (context, next) =>
        {
            if (context.Request.Path.StartsWithSegments("/admin") && context.User.Identity?.IsAuthenticated != true)
            {
                context.Response.StatusCode = 401;
                return;
            }

            await next();
        });
        app.MapGet("/admin/a", () => "reached");
        app.MapGet("/b", () => "reached");
        """), 2, unknown: 1);

    [Fact]
    public Task Branches_with_their_own_endpoints() => Agreement.HoldsAsync(new SourceApplication(
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication().AddBearerToken();
        builder.Services.AddAuthorization();
        var app = builder.Build();
        app.MapGet("main", () => "reached").RequireAuthorization();
        app.Run();
        """), 1);

    [Fact]
    public Task Start_up_filter_and_hosted_services_beside() => Agreement.HoldsAsync(Agreement.Minimal(
        """app.MapGet("a", () => "reached"); app.MapGet("b", () => "reached").RequireAuthorization();""",
        """
        class Worker : BackgroundService { protected override Task ExecuteAsync(CancellationToken token) => Task.CompletedTask; }
        """,
        "builder.Services.AddHostedService<Worker>();"), 2);

    [Fact]
    public Task Endpoints_under_conditions_of_the_environment() => Agreement.HoldsAsync(Agreement.Minimal("""
        if (app.Environment.IsDevelopment())
            app.MapGet("dev", () => "reached");
        if (app.Environment.IsProduction())
            app.MapGet("prod", () => "reached").RequireAuthorization();
        app.MapGet("always", () => "reached");
        """), 2);

    [Theory]
    [InlineData("AddTransient<IStartupFilter, Filter>()")]
    [InlineData("AddSingleton<IStartupFilter>(new Filter())")]
    public Task Start_up_filters(string registration) => Agreement.HoldsAsync(Agreement.Minimal(
        """app.MapGet("a", () => "reached");""",
        """
        class Filter : IStartupFilter
        {
            public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
            {
                app.Use(async (context, following) => { context.Response.Headers["X-Seen"] = "1"; await following(); });
                next(app);
            };
        }
        """,
        $"builder.Services.{registration};"), 1);

    [Fact]
    public Task Start_up_filter_that_turns_everyone_away() => Agreement.HoldsAsync(Agreement.Minimal(
        """app.MapGet("a", () => "reached");""",
        """
        class Filter : IStartupFilter
        {
            public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
            {
                app.Use(async (HttpContext context, RequestDelegate following) => { context.Response.StatusCode = 401; await Task.Yield(); });
                next(app);
            };
        }
        """,
        "builder.Services.AddTransient<IStartupFilter, Filter>();"), 1, unknown: 1);

    [Fact]
    public Task Hosting_start_up() => Agreement.HoldsAsync(new SourceApplication(
        """
        [assembly: HostingStartup(typeof(Addition))]
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication().AddBearerToken();
        builder.Services.AddAuthorization();
        var app = builder.Build();
        app.MapGet("a", () => "reached");
        app.Run();
        class Addition : IHostingStartup
        {
            public void Configure(IWebHostBuilder builder) => builder.ConfigureServices(services => services.AddAuthorization(o => o.FallbackPolicy = o.DefaultPolicy));
        }
        """), 1);

    [Fact]
    public Task Own_conventions_for_controllers() => Agreement.HoldsAsync(Agreement.Controllers(
        Items + """
        class Closing : Microsoft.AspNetCore.Mvc.ApplicationModels.IControllerModelConvention
        {
            public void Apply(Microsoft.AspNetCore.Mvc.ApplicationModels.ControllerModel controller) => controller.Filters.Add(new AuthorizeFilter(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build()));
        }
        """,
        services: "builder.Services.AddControllers(o => o.Conventions.Add(new Closing()));"), 3, unknown: 1);

    [Theory]
    [InlineData("app.UseWhen(c => c.Request.Path.StartsWithSegments(\"/x\"), branch => branch.Use(async (c, next) => await next()));")]
    [InlineData("app.Map(\"/branch\", branch => branch.Run(c => c.Response.WriteAsync(\"branch\")));")]
    [InlineData("app.MapWhen(c => c.Request.Query.ContainsKey(\"q\"), branch => branch.Run(c => c.Response.WriteAsync(\"branch\")));")]
    public Task Branches_that_guard_nothing(string branch) => Agreement.HoldsAsync(Agreement.Minimal(
        branch + """ app.MapGet("a", () => "reached"); app.MapGet("b", () => "reached").RequireAuthorization();"""), 2);

    [Fact]
    public Task Branch_that_guards_a_path() => Agreement.HoldsAsync(Agreement.Minimal(
        """
        app.UseWhen(c => c.Request.Path.StartsWithSegments("/admin"), branch => branch.Use(async (c, next) =>
        {
            if (c.User.Identity?.IsAuthenticated != true)
                c.Response.StatusCode = 401;
            else
                await next();
        }));
        app.MapGet("admin/a", () => "reached");
        app.MapGet("b", () => "reached");
        """), 2, unknown: 1);

    [Fact]
    public Task Short_circuits_hosts_and_other_conventions() => Agreement.HoldsAsync(Agreement.Minimal("""
        app.MapGet("a", () => "reached").ShortCircuit();
        app.MapGet("b", () => "reached").RequireHost("localhost");
        app.MapGet("c", () => "reached").WithName("c").WithDisplayName("C").Produces(200).CacheOutput().WithOrder(2).RequireCors("x").RequireAuthorization();
        """,
        services: "builder.Services.AddOutputCache(); builder.Services.AddCors(o => o.AddPolicy(\"x\", p => p.AllowAnyOrigin()));"), 3);
}
