using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Authorization;

/// <summary>ASA1002: what is reported, and where.</summary>
public sealed class UnprotectedMinimalApiTests
{
    [Fact]
    public Task Reports_endpoint() =>
        Code.MinimalApi("""app.{|ASA1002:MapGet|}("/orders/{id}", (int id) => id);""")
            .Message("ASA1002", "Anyone can call 'GET /orders/{id}': no authorization applies to it")
            .CheckAsync();

    [Theory]
    [InlineData("app.{|ASA1002:MapPost|}(\"/x\", (Order order) => order);")]
    [InlineData("app.{|ASA1002:MapPut|}(\"/x\", (Order order) => order);")]
    [InlineData("app.{|ASA1002:MapDelete|}(\"/x\", () => Results.Ok());")]
    [InlineData("app.{|ASA1002:MapPatch|}(\"/x\", () => Results.Ok());")]
    [InlineData("app.{|ASA1002:MapMethods|}(\"/x\", [\"GET\", \"HEAD\"], () => 1);")]
    [InlineData("app.{|ASA1002:MapMethods|}(\"/x\", new[] { \"GET\" }, handler: () => 1);")]
    [InlineData("app.{|ASA1002:Map|}(\"/x\", (HttpRequest request) => request.Method);")]
    [InlineData("app.{|ASA1002:MapFallback|}(() => \"x\");")]
    [InlineData("app.{|ASA1002:MapFallback|}(\"/x/{**rest}\", () => \"x\");")]
    [InlineData("app.{|ASA1002:MapGet|}(\"/x\", async context => await context.Response.WriteAsync(\"x\"));")]
    [InlineData("app.{|ASA1002:MapGet|}(\"/x\", (RequestDelegate)(context => Task.CompletedTask));")]
    [InlineData("app.{|ASA1002:MapGet|}(\"/x\", Handlers.Get);")]
    [InlineData("app.{|ASA1002:MapGet|}(\"/x\", new Handlers().Own);")]
    [InlineData("app.{|ASA1002:MapGet|}(\"/x\", Local); static string Local() => \"\";")]
    [InlineData("app.{|ASA1002:MapGet|}(\"/x\", static () => { return 1; }).WithName(\"x\").WithTags(\"y\");")]
    [InlineData("EndpointRouteBuilderExtensions.{|ASA1002:MapGet|}(app, \"/x\", () => 1);")]
    [InlineData("IEndpointRouteBuilder routes = app; routes.{|ASA1002:MapGet|}(\"/x\", () => 1);")]
    [InlineData("const string path = \"/x\"; app.{|ASA1002:MapGet|}(path, () => 1);")]
    [InlineData("foreach (var path in new[] { \"a\", \"b\" }) app.{|ASA1002:MapGet|}(path, () => 1);")]
    [InlineData("app.{|ASA1002:MapGet|}(\"/x\", () => 1).AddEndpointFilter(async (context, next) => await next(context));")]
    [InlineData("app.{|ASA1002:MapGet|}(\"/x\", () => 1).RequireHost(\"localhost\").RequireCors(\"x\").WithMetadata(new ObsoleteAttribute());")]
    [InlineData("app.UseRouting(); app.UseEndpoints(endpoints => endpoints.{|ASA1002:MapGet|}(\"/x\", () => 1));")]
    [InlineData("app.{|ASA1002:MapGet|}(\"/signin\", (string returnUrl) => Results.Redirect(returnUrl));")]
    [InlineData("app.{|ASA1002:MapPost|}(\"/x\", (Order order) => order.Id > 0 ? Results.Ok() : Results.Unauthorized());")]
    [InlineData("if (app.Configuration[\"x\"] == \"y\") app.{|ASA1002:MapGet|}(\"/x\", () => 1);")]
    public Task Reports_each_way_to_map(string statements) =>
        Code.MinimalApi(statements).With("Types.cs", """
            public record Order(int Id);

            [{|ASA1024:Authorize|}]
            public class Handlers
            {
                public static string Get() => "";
                public string Own() => "";
            }
            """).CheckAsync();

    [Fact]
    public Task Reports_the_group_none_of_whose_endpoints_is_covered() =>
        Code.MinimalApi("""
            var orders = app.{|ASA1002:MapGroup|}("/orders");
            orders.MapGet("/", () => 1);
            orders.MapPost("/", () => 2);
            """)
            .Message("ASA1002", "Anyone can call '/orders': no authorization applies to it")
            .CheckAsync();

    [Theory]
    [InlineData("app.{|ASA1002:MapGroup|}(\"/x\").WithTags(\"x\").MapGet(\"/y\", () => 1);")]
    [InlineData("var x = app.{|ASA1002:MapGroup|}(\"/x\"); var y = x.MapGroup(\"/y\"); y.MapGet(\"/\", () => 1); x.MapGet(\"/\", () => 2);")]
    [InlineData("app.{|ASA1002:MapGroup|}(\"/x\").MapGroup(\"/y\").MapGet(\"/\", () => 1);")]
    [InlineData("app.{|ASA1002:MapGroup|}(\"\").WithTags(\"x\").MapOrders();")]
    [InlineData("app.{|ASA1002:MapGroup|}(\"/x\").MapOrders();")]
    [InlineData("Groups.MapOrders(app.{|ASA1002:MapGroup|}(\"/x\"));")]
    [InlineData("Build(app.{|ASA1002:MapGroup|}(\"/x\")); static void Build(RouteGroupBuilder group) => group.MapGet(\"/\", () => 1);")]
    [InlineData("foreach (var name in new[] { \"a\" }) { var x = app.{|ASA1002:MapGroup|}(name); x.MapGet(\"/\", () => 1); }")]
    public Task Reports_groups_however_they_are_kept(string statements) =>
        Code.MinimalApi(statements).With("Groups.cs", """
            public static class Groups
            {
                public static IEndpointRouteBuilder MapOrders(this IEndpointRouteBuilder routes)
                {
                    routes.MapGet("/orders", () => 1);
                    return routes;
                }
            }
            """).CheckAsync();

    [Fact]
    public Task Reports_group_that_an_extension_method_makes() =>
        Code.MinimalApi("""
            var orders = app.MapOrders();
            orders.WithTags("orders");
            """).With("Groups.cs", """
            public static class Groups
            {
                public static RouteGroupBuilder MapOrders(this WebApplication app)
                {
                    var group = app.{|ASA1002:MapGroup|}("/orders");
                    group.MapGet("/", () => 1);
                    return group;
                }
            }
            """).CheckAsync();

    [Fact]
    public Task Reports_each_open_endpoint_of_a_partly_covered_group() =>
        Code.MinimalApi("""
            var orders = app.MapGroup("/orders");
            orders.MapGet("/", () => 1).RequireAuthorization();
            orders.{|ASA1002:MapPost|}("/", () => 2);
            orders.{|ASA1002:MapDelete|}("/{id}", (int id) => id);
            orders.MapPut("/", () => 3).AllowAnonymous();
            """)
            .Message("ASA1002", "Anyone can call 'POST /orders': no authorization applies to it")
            .CheckAsync();

    [Fact]
    public Task Reports_the_group_through_which_shared_endpoints_are_open() =>
        Code.MinimalApi("""
            app.MapGroup("/a").RequireAuthorization().MapOrders();
            app.{|ASA1002:MapGroup|}("/b").MapOrders();
            """).With("Groups.cs", """
            public static class Groups
            {
                public static void MapOrders(this IEndpointRouteBuilder routes) => routes.MapGroup("/orders").MapGet("/", () => 1);
            }
            """).CheckAsync();

    [Fact]
    public Task Reports_endpoint_that_is_open_in_one_of_two_ways() =>
        Code.MinimalApi("""
            app.MapGroup("/a").RequireAuthorization().MapOrders();
            app.MapOrders();
            """).With("Groups.cs", """
            public static class Groups
            {
                public static void MapOrders(this IEndpointRouteBuilder routes) => routes.{|ASA1002:MapGet|}("/orders", () => 1);
            }
            """).CheckAsync();

    [Fact]
    public Task Reports_open_inner_group_beside_a_covered_one() =>
        Code.MinimalApi("""
            var api = app.MapGroup("/api");
            api.MapGroup("/a").RequireAuthorization().MapGet("/", () => 1);
            var b = api.{|ASA1002:MapGroup|}("/b");
            b.MapGet("/", () => 2);
            b.MapGet("/c", () => 3);
            """)
            .Message("ASA1002", "Anyone can call '/api/b': no authorization applies to it")
            .CheckAsync();

    [Fact]
    public Task Reports_modules_that_are_found_through_an_interface() =>
        Code.MinimalApi("""
            foreach (var module in app.Services.GetServices<IModule>())
                module.Map(app);
            """).With("Modules.cs", """
            public interface IModule { void Map(IEndpointRouteBuilder routes); }

            public class Orders : IModule
            {
                public void Map(IEndpointRouteBuilder routes) => routes.{|ASA1002:MapGet|}("/orders", () => 1);
            }

            public class Customers : IModule
            {
                public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/customers", () => 1).RequireAuthorization();
            }
            """).CheckAsync();

    [Fact]
    public Task Reports_modules_mapped_into_an_optional_group() =>
        Code.MinimalApi("app.MapModules();").With("Modules.cs", """
            public abstract class Module { public abstract void Map(IEndpointRouteBuilder routes); }

            public class Orders : Module
            {
                public override void Map(IEndpointRouteBuilder routes) => routes.{|ASA1002:MapGet|}("/orders", () => 1);
            }

            public static class Modules
            {
                public static void MapModules(this WebApplication app, RouteGroupBuilder? group = null)
                {
                    IEndpointRouteBuilder routes = group is null ? app : group;
                    foreach (var module in app.Services.GetRequiredService<IEnumerable<Module>>())
                        module.Map(routes);
                }
            }
            """).CheckAsync();

    [Fact]
    public Task Reports_in_the_one_of_two_hosts_that_is_open() =>
        Code.Files(("Program.cs", """
            public static class Program
            {
                public static void Main() { Public(); Admin(); }

                private static void Public()
                {
                    var app = Builder().Build();
                    Pipeline(app);
                    app.{|ASA1002:MapGet|}("/x", () => 1);
                    app.Run();
                }

                private static void Admin()
                {
                    var builder = WebApplication.CreateBuilder();
                    Services(builder);
                    builder.Services.AddAuthorization(options => options.FallbackPolicy = options.DefaultPolicy);
                    var app = builder.Build();
                    Pipeline(app);
                    app.MapGet("/y", () => 1);
                    app.Run();
                }

                private static WebApplicationBuilder Builder()
                {
                    var builder = WebApplication.CreateBuilder();
                    Services(builder);
                    return builder;
                }

                private static void Services(WebApplicationBuilder builder)
                {
                    builder.Services.AddHttpLogging(options => { });
                    builder.Services.AddRateLimiter(options => options.GlobalLimiter = System.Threading.RateLimiting.PartitionedRateLimiter.Create<HttpContext, string>(
                        context => System.Threading.RateLimiting.RateLimitPartition.GetConcurrencyLimiter("all", key => new System.Threading.RateLimiting.ConcurrencyLimiterOptions { PermitLimit = 9 })));
                }

                private static void Pipeline(WebApplication app)
                {
                    app.UseHttpsRedirection();
                    app.UseHttpLogging();
                    app.UseRateLimiter();
                }
            }
            """)).CheckAsync();

    [Fact]
    public Task Reports_in_a_library_as_suggestion() =>
        Code.Files(("Api.cs", """
            public static class Api
            {
                public static IEndpointRouteBuilder MapShop(this IEndpointRouteBuilder routes)
                {
                    routes.MapGroup("/customers").RequireAuthorization().MapCustomers();
                    routes.{|ASA1002:MapGroup|}("/orders").MapOrders();
                    return routes;
                }
            }
            """), ("Orders.cs", """
            internal static class Orders
            {
                public static void MapCustomers(this RouteGroupBuilder group) => group.MapGet("/", () => 1);

                public static void MapOrders(this RouteGroupBuilder group) => group.MapGet("/", () => 1);
            }
            """))
            .Option("api_security.rate_limited_by_gateway", "true")
            .Severity("ASA1002", DiagnosticSeverity.Info).CheckAsync();

    [Fact]
    public Task Reports_in_startup() =>
        Hosts.Startup("services.AddRouting();", """
            app.UseRouting();
            app.UseEndpoints(endpoints =>
            {
                endpoints.{|ASA1002:MapGet|}("/x", async context => await context.Response.WriteAsync("x"));
            });
            """).CheckAsync();

    [Fact]
    public Task Reports_in_broken_code() =>
        Code.MinimalApi("""
            app.{|ASA1002:MapGet|}("/x", () => missing);
            app.MapGet("/y", );
            """).Broken().CheckAsync();

    [Fact]
    public Task Reports_in_other_host_builders() =>
        Code.Program("""
            var builder = WebApplication.CreateSlimBuilder(args);
            builder.Services.AddHttpLogging(options => { });
            builder.Services.AddRateLimiter(options => options.GlobalLimiter = System.Threading.RateLimiting.PartitionedRateLimiter.Create<HttpContext, string>(
                context => System.Threading.RateLimiting.RateLimitPartition.GetConcurrencyLimiter("all", key => new System.Threading.RateLimiting.ConcurrencyLimiterOptions { PermitLimit = 9 })));
            WebApplication app = builder.Build();
            app.UseHttpsRedirection().UseHttpLogging().UseRateLimiter();
            app.{|ASA1002:MapGet|}("/x", () => 1);
            await app.RunAsync();
            """).CheckAsync();
}
