namespace ApiSecurityAnalyzers.Tests.Authorization;

/// <summary>ASA1002: what is not reported.</summary>
public sealed class UnprotectedMinimalApiSilentTests
{
    [Theory]
    [InlineData("app.MapGet(\"/x\", () => 1).RequireAuthorization();")]
    [InlineData("app.MapGet(\"/x\", () => 1).WithName(\"x\").RequireAuthorization(\"policy\");")]
    [InlineData("app.MapGet(\"/x\", () => 1).RequireAuthorization(policy => policy.RequireRole(\"x\"));")]
    [InlineData("app.MapGet(\"/x\", () => 1).RequireAuthorization(new AuthorizeAttribute { Roles = \"x\" });")]
    [InlineData("app.MapGet(\"/x\", () => 1).AllowAnonymous();")]
    [InlineData("app.MapGet(\"/x\", [Authorize] () => 1);")]
    [InlineData("app.MapGet(\"/x\", [AllowAnonymous] (int id) => id);")]
    [InlineData("app.MapGet(\"/x\", [Authorize] async (context) => await context.Response.WriteAsync(\"x\"));")]
    [InlineData("app.MapGet(\"/x\", [Secured] () => 1);")]
    [InlineData("app.MapGet(\"/x\", Handlers.Get);")]
    [InlineData("app.MapGet(\"/x\", new Handlers().Own);")]
    [InlineData("app.MapGet(\"/x\", Local); [Authorize] static string Local() => \"\";")]
    [InlineData("var endpoint = app.MapGet(\"/x\", () => 1); endpoint.RequireAuthorization();")]
    [InlineData("app.MapGet(\"/x\", () => 1).WithMetadata(new AuthorizeAttribute());")]
    [InlineData("app.MapGet(\"/x\", () => 1).WithMetadata(new AllowAnonymousAttribute(), new ObsoleteAttribute());")]
    [InlineData("app.MapGet(\"/x\", () => 1).AddEndpointFilter<KeyFilter>();")]
    [InlineData("app.MapGet(\"/x\", () => 1).AddEndpointFilter(new KeyFilter());")]
    [InlineData("app.MapGet(\"/x\", () => 1).AddEndpointFilter(async (context, next) => context.HttpContext.Request.Headers.ContainsKey(\"X-Key\") ? await next(context) : Results.Unauthorized());")]
    [InlineData("app.MapGet(\"/x\", () => 1).AddEndpointFilterFactory((factory, next) => async context => context.HttpContext.User.Identity?.IsAuthenticated == true ? await next(context) : Results.Json(1, statusCode: 401));")]
    [InlineData("app.MapGet(\"/x\", () => 1).Closed();")]
    [InlineData("app.MapGet(\"/x\", () => 1).Add(builder => builder.Metadata.Add(new AuthorizeAttribute()));")]
    [InlineData("app.MapGet(\"/x\", (System.Security.Claims.ClaimsPrincipal user) => user.Identity?.IsAuthenticated == true ? Results.Ok() : Results.Unauthorized());")]
    [InlineData("if (app.Environment.IsDevelopment()) app.MapGet(\"/debug\", () => 1);")]
    [InlineData("app.MapGet(\"/error\", () => Results.Problem());")]
    [InlineData("app.Map(\"/Error\", () => Results.Problem());")]
    [InlineData("app.MapGet(\"/health\", () => \"ok\");")]
    [InlineData("app.MapGet(\"/health/ready\", () => \"ok\");")]
    [InlineData("app.MapGet(\"/\", () => Results.Redirect(\"/swagger\"));")]
    [InlineData("app.MapGet(\"robots.txt\", () => \"User-agent: *\");")]
    [InlineData("app.MapHealthChecks(\"/healthz\");")]
    [InlineData("app.MapStaticAssets();")]
    [InlineData("app.MapFallbackToFile(\"index.html\");")]
    [InlineData("app.MapShortCircuit(404, \"favicon.ico\");")]
    [InlineData("app.MapIdentityApi<User>();")]
    [InlineData("app.MapGroup(\"/account\").MapIdentityApi<User>();")]
    [InlineData("app.Map(\"/branch\", branch => branch.Run(context => Task.CompletedTask));")]
    [InlineData("app.MapWhen(context => true, branch => branch.Run(context => Task.CompletedTask));")]
    public Task Silent_with_endpoint(string statements) => Check(statements);

    [Theory]
    [InlineData("app.MapGroup(\"/x\").RequireAuthorization().MapGet(\"/\", () => 1);")]
    [InlineData("app.MapGroup(\"\").WithTags(\"x\").RequireAuthorization().MapOrders();")]
    [InlineData("var x = app.MapGroup(\"/x\"); x.MapGet(\"/\", () => 1); x.RequireAuthorization();")]
    [InlineData("var x = app.MapGroup(\"/x\").RequireAuthorization(); var y = x.MapGroup(\"/y\"); y.MapGet(\"/\", () => 1);")]
    [InlineData("app.MapGroup(\"/x\").AllowAnonymous().MapGet(\"/\", () => 1);")]
    [InlineData("app.MapGroup(\"/x\").AddEndpointFilter<KeyFilter>().MapGet(\"/\", () => 1);")]
    [InlineData("app.MapGroup(\"/x\").WithMetadata(new AuthorizeAttribute()).MapGet(\"/\", () => 1);")]
    [InlineData("app.MapGroup(\"/x\").Closed().MapGet(\"/\", () => 1);")]
    [InlineData("app.MapClosedGroup(\"/x\").MapGet(\"/\", () => 1);")]
    [InlineData("var orders = app.MapOrders(); orders.RequireAuthorization();")]
    [InlineData("app.MapOrders().RequireAuthorization();")]
    [InlineData("Groups.MapOrders(app.MapGroup(\"/x\").RequireAuthorization());")]
    [InlineData("Build(app.MapGroup(\"/x\").RequireAuthorization()); static void Build(RouteGroupBuilder group) => group.MapGet(\"/\", () => 1);")]
    [InlineData("RouteGroupBuilder group; group = app.MapGroup(\"/x\"); group.RequireAuthorization(); group.MapGet(\"/\", () => 1);")]
    [InlineData("app.MapGroup(\"/x\").RequireAuthorization();")]
    [InlineData("var x = app.MapGroup(\"/x\"); x.MapGet(\"/health\", () => \"ok\").AllowAnonymous();")]
    [InlineData("new Api(app).Map();")]
    [InlineData("(app.Environment.IsDevelopment() ? app.MapGroup(\"/x\") : app.MapGroup(\"/y\").RequireAuthorization()).MapGet(\"/\", () => 1);")]
    public Task Silent_with_group(string statements) => Check(statements);

    [Theory]
    [InlineData("services.AddAuthorization(options => options.FallbackPolicy = options.DefaultPolicy);", "app.MapGet(\"/x\", () => 1);")]
    [InlineData("services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());", "app.MapGroup(\"/x\").MapGet(\"/\", () => 1);")]
    [InlineData("services.AddAuthorization();", "app.UseWhen(context => context.Request.Path.StartsWithSegments(\"/api\"), api => api.Use((context, next) => { if (context.Request.Headers[\"X-Key\"] != \"k\") { context.Response.StatusCode = 401; return Task.CompletedTask; } return next(context); })); app.MapGet(\"/api/x\", () => 1); app.{|ASA1002:MapGet|}(\"/x\", () => 1);")]
    [InlineData("services.AddAuthorization();", "app.Use((context, next) => { if (context.Request.Path.StartsWithSegments(\"/api\") && context.User.Identity?.IsAuthenticated == false) { context.Response.StatusCode = 401; return Task.CompletedTask; } return next(context); }); app.MapGroup(\"/api\").MapGet(\"/x\", () => 1); app.{|ASA1002:MapGet|}(\"/x\", () => 1);")]
    public Task Silent_by_host(string services, string statements) =>
        Code.Program(Hosts.Minimal(services, statements)).CheckAsync();

    [Fact]
    public Task Silent_where_library_code_out_of_sight_configures_the_host() =>
        Code.Files(
            ("Program.cs", """
            using Company.Defaults;

            var builder = WebApplication.CreateBuilder(args);
            builder.AddServiceDefaults();
            var app = builder.Build();
            app.MapGet("/x", () => 1);
            app.Run();
            """))
            .Reference(Libraries.Defaults)
            .CheckAsync();

    [Fact]
    public Task Reports_where_own_code_configures_the_host() =>
        Code.Program(Hosts.Minimal("builder.AddServiceDefaults();", """app.{|ASA1002:MapGet|}("/x", () => 1);"""))
            .With("Defaults.cs", """
            public static class Extensions
            {
                public static IHostApplicationBuilder AddServiceDefaults(this IHostApplicationBuilder builder)
                {
                    builder.Services.AddHealthChecks();
                    return builder;
                }
            }
            """).CheckAsync();

    [Fact]
    public Task Silent_in_a_library_with_protected_host() =>
        Code.Library("""
            public static class Api
            {
                public static void MapOrders(this IEndpointRouteBuilder routes) => routes.MapGet("/orders", () => 1);
            }
            """).CheckAsync();

    private static Task Check(string statements) =>
        Code.MinimalApi(statements).With("Types.cs", """
            public class User { }

            public class SecuredAttribute : AuthorizeAttribute { }

            public class Handlers
            {
                [Authorize] public static string Get() => "";
                [AllowAnonymous] public string Own() => "";
            }

            public class KeyFilter : IEndpointFilter
            {
                public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
                    context.HttpContext.Request.Headers.ContainsKey("X-Key") ? await next(context) : Results.StatusCode(StatusCodes.Status401Unauthorized);
            }

            public class Api(WebApplication app)
            {
                private readonly RouteGroupBuilder _group = app.MapGroup("/api");

                public void Map() => _group.MapGet("/x", () => 1);
            }

            public static class Groups
            {
                public static TBuilder Closed<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder => builder.RequireAuthorization();

                public static RouteGroupBuilder MapClosedGroup(this IEndpointRouteBuilder routes, string prefix) => routes.MapGroup(prefix).RequireAuthorization();

                public static RouteGroupBuilder MapOrders(this IEndpointRouteBuilder routes)
                {
                    var group = routes.MapGroup("/orders");
                    group.MapGet("/", () => 1);
                    return group;
                }
            }
            """).CheckAsync();
}
