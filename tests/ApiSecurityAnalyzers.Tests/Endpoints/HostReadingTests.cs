using ApiSecurityAnalyzers.Tests.Authorization;

namespace ApiSecurityAnalyzers.Tests.Endpoints;

/// <summary>The endpoint model: hosts in each form are found and read, one by one.</summary>
public sealed class HostReadingTests
{
    private const string Endpoint = """app.{|ASA1002:MapGet|}("/x", () => 1);""";

    private const string Covered = """app.MapGet("/x", () => 1);""";

    private const string Fallback = "services.AddAuthorization(options => options.FallbackPolicy = options.DefaultPolicy);";

    private static string Text(string services, string statements) => Hosts.Minimal(services, statements);

    [Theory]
    [InlineData("", Endpoint)]
    [InlineData(Fallback, Covered)]
    public Task Reports_in_Main(string services, string statements) =>
        Code.Files(("Program.cs", $$"""
            public static class Program
            {
                public static async Task Main(string[] args)
                {
                    {{Text(services, statements).Replace("app.Run();", "await app.RunAsync();")}}
                }
            }
            """)).CheckAsync();

    [Theory]
    [InlineData("", Endpoint)]
    [InlineData(Fallback, Covered)]
    public Task Reports_where_a_method_makes_the_builder(string services, string statements) =>
        Code.Files(("Program.cs", $$"""
            public class Program
            {
                public static void Main(string[] args)
                {
                    var builder = CreateBuilder(args);
                    {{Text(services, statements).Replace("var builder = WebApplication.CreateBuilder(args);", "")}}
                }

                private static WebApplicationBuilder CreateBuilder(string[] args) => WebApplication.CreateBuilder(args);
            }
            """)).CheckAsync();

    [Theory]
    [InlineData("", Endpoint)]
    [InlineData(Fallback, Covered)]
    public Task Reports_where_a_method_makes_the_application(string services, string statements) =>
        Code.Files(("Program.cs", $$"""
            public class Program
            {
                public static void Main(string[] args)
                {
                    var app = CreateApp(args);
                    {{statements}}
                    app.Run();
                }

                private static WebApplication CreateApp(string[] args)
                {
                    {{Text(services, "").Replace("app.Run();", "return app;")}}
                }
            }
            """)).CheckAsync();

    [Theory]
    [InlineData("", Endpoint)]
    [InlineData(Fallback, Covered)]
    public Task Reports_where_extension_methods_configure(string services, string statements) =>
        Code.Files(
            ("Program.cs", """
            var builder = WebApplication.CreateBuilder(args).AddShop();
            var app = builder.Build().UseShop();
            await app.RunAsync();
            """),
            ("Shop.cs", $$"""
            public static class Shop
            {
                public static WebApplicationBuilder AddShop(this WebApplicationBuilder builder)
                {
                    var services = builder.Services;
                    services.AddHttpLogging(options => { });
                    services.AddRateLimiter(options => options.GlobalLimiter = System.Threading.RateLimiting.PartitionedRateLimiter.Create<HttpContext, string>(context => System.Threading.RateLimiting.RateLimitPartition.GetConcurrencyLimiter("all", key => new System.Threading.RateLimiting.ConcurrencyLimiterOptions { PermitLimit = 9 })));
                    services.AddShopServices();
                    return builder;
                }

                private static IServiceCollection AddShopServices(this IServiceCollection services)
                {
                    {{services}}
                    return services;
                }

                public static WebApplication UseShop(this WebApplication app)
                {
                    app.UseHttpsRedirection();
                    app.UseHttpLogging();
                    app.UseRateLimiter();
                    {{statements}}
                    return app;
                }
            }
            """)).CheckAsync();

    [Theory]
    [InlineData("", "endpoints.{|ASA1002:MapGet|}(\"/x\", () => 1)")]
    [InlineData("services.AddAuthorization(options => options.FallbackPolicy = options.DefaultPolicy);", "endpoints.MapGet(\"/x\", () => 1)")]
    public Task Reports_in_startup_with_its_base_class(string services, string endpoint) =>
        Code.Files(
            ("Program.cs", "WebHost.CreateDefaultBuilder(args).UseStartup<Startup>().Build().Run();"),
            ("Usings.cs", "global using Microsoft.AspNetCore;"),
            ("Startup.cs", $$"""
            public abstract class StartupBase
            {
                public virtual void ConfigureServices(IServiceCollection services)
                {
                    services.AddHttpLogging(options => { });
                    services.AddRateLimiter(options => options.GlobalLimiter = System.Threading.RateLimiting.PartitionedRateLimiter.Create<HttpContext, string>(context => System.Threading.RateLimiting.RateLimitPartition.GetConcurrencyLimiter("all", key => new System.Threading.RateLimiting.ConcurrencyLimiterOptions { PermitLimit = 9 })));
                    {{services}}
                }
            }

            public class Startup : StartupBase
            {
                public void Configure(IApplicationBuilder app)
                {
                    app.UseHttpsRedirection();
                    app.UseHttpLogging();
                    app.UseRouting();
                    app.UseRateLimiter();
                    app.UseAuthorization();
                    app.UseEndpoints(endpoints => {{endpoint}});
                }
            }
            """)).CheckAsync();

    [Fact]
    public Task Silent_where_only_a_test_or_worker_host_exists() =>
        Code.Files(
            ("Program.cs", """
            var builder = Host.CreateApplicationBuilder(args);
            builder.Services.AddHostedService<Worker>();
            builder.Build().Run();
            """),
            ("Worker.cs", "public class Worker : BackgroundService { protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask; }"))
            .CheckAsync();

    [Fact]
    public Task Reports_conventions_added_after_mapping_in_another_method() =>
        Code.MinimalApi("""
            var orders = app.MapGroup("/orders");
            Map(orders);
            Close(orders);
            var customers = app.{|ASA1002:MapGroup|}("/customers");
            Map(customers);

            static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/", () => 1);
            static void Close(RouteGroupBuilder group) => group.RequireAuthorization();
            """).CheckAsync();

    [Fact]
    public Task Reports_with_FastEndpoints_only_what_is_mapped_beside() =>
        Code.MinimalApi("""
            app.UseFastEndpoints();
            app.{|ASA1002:MapGet|}("/x", () => 1);
            """).With("FastEndpoints.cs", """
            namespace FastEndpoints
            {
                public abstract class Endpoint<TRequest> { public virtual void Configure() { } protected void Get(string route) { } protected void AllowAnonymous() { } public virtual Task HandleAsync(TRequest request, CancellationToken ct) => Task.CompletedTask; }
            }

            public static class FastEndpointsExtensions { public static IApplicationBuilder UseFastEndpoints(this IApplicationBuilder app) => app; }

            public class GetOrders : FastEndpoints.Endpoint<string> { public override void Configure() => Get("/orders"); }
            """).CheckAsync();

    [Fact]
    public Task Reports_Carter_modules_that_are_open() =>
        Code.MinimalApi("""
            using Carter;

            app.MapCarter();
            """).With("Modules.cs", """
            public class Orders : Carter.ICarterModule
            {
                public void AddRoutes(IEndpointRouteBuilder app) => app.{|ASA1002:MapGet|}("/orders", () => 1);
            }

            public class Customers : Carter.ICarterModule
            {
                public void AddRoutes(IEndpointRouteBuilder app) => app.MapGet("/customers", () => 1).RequireAuthorization();
            }

            public class Invoices : Carter.CarterModule
            {
                public Invoices() : base("/invoices") => RequireAuthorization();

                public override void AddRoutes(IEndpointRouteBuilder app) => app.MapGet("/", () => 1);
            }
            """).Reference(Libraries.Carter).CheckAsync();

    [Fact]
    public Task Reports_handlers_that_own_methods_map() =>
        Code.MinimalApi("""
            foreach (var group in new EndpointGroup[] { new Orders(), new Customers() })
                group.Map(app);
            """).With("Groups.cs", """
            public abstract class EndpointGroup
            {
                public abstract void Map(WebApplication app);
            }

            public static class Mapping
            {
                public static RouteHandlerBuilder MapGet(this IEndpointRouteBuilder routes, Delegate handler, string pattern = "") => routes.MapGet(pattern, handler).WithName(handler.Method.Name);

                public static IEndpointRouteBuilder MapPost(this IEndpointRouteBuilder routes, Delegate handler)
                {
                    routes.MapPost("", handler);
                    return routes;
                }
            }

            public class Orders : EndpointGroup
            {
                public override void Map(WebApplication app)
                {
                    app.{|ASA1002:MapGet|}(GetOrders, "/orders");
                    app.MapGet(GetOwn, "/own");
                    app.MapGet(GetOrders, "/closed").RequireAuthorization();
                    app.{|ASA1002:MapPost|}(GetOrders);
                }

                public static string GetOrders() => "";

                [Authorize] public static string GetOwn() => "";
            }

            public class Customers : EndpointGroup
            {
                public override void Map(WebApplication app) => app.MapGroup("/customers").RequireAuthorization().MapGet(() => "");
            }
            """).CheckAsync();

    [Fact]
    public Task Fixes_controller_beside_top_level_statements() =>
        Code.Program(Hosts.Minimal("services.AddControllers();", "app.MapControllers();") + "\n\n" + Hosts.OpenController)
            .FixedBy("ASA1001.Authorize", Hosts.Authorized("services.AddControllers();\nbuilder.Services.AddAuthentication().AddBearerToken();", "app.MapControllers();") + "\n\n" + Hosts.Controller.Replace("public class", "[Authorize]\npublic class"))
            .CheckAsync();
}
