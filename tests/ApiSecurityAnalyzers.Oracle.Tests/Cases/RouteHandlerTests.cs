namespace ApiSecurityAnalyzers.Oracle.Tests.Cases;

/// <summary>Minimal APIs: every mapping call, groups, handlers, conventions.</summary>
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
        app.MapMethods("/named", new[] { HttpMethods.Put, "patch" }, () => "reached");
        app.Map("/any", () => "reached");
        app.MapFallback(() => "reached");
        """), 9);

    [Fact]
    public Task Fallback_with_a_pattern() => Agreement.HoldsAsync(Agreement.Minimal("""
        app.MapFallback("/old/{**rest}", (string rest) => "reached").RequireAuthorization();
        """), 1);

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

    [Fact]
    public Task Chains_of_empty_groups() => Agreement.HoldsAsync(Agreement.Minimal("""
        app.MapGroup("").RequireAuthorization().MapGroup("/").MapGroup("x").MapGet("", () => "reached");
        app.MapGroup("y").MapGet("/", () => "reached");
        app.MapGroup("/z/").WithTags("t").AllowAnonymous().MapGroup("/{part}").MapPost("/end/", (string part) => "reached");
        """), 3);

    [Fact]
    public Task Groups_through_locals_fields_and_returned_values() => Agreement.HoldsAsync(Agreement.Minimal(
        """
        RouteGroupBuilder outer = app.MapGroup("outer");
        RouteGroupBuilder inner;
        inner = outer.MapGroup("inner");
        inner.RequireAuthorization();
        inner.MapGet("a", () => "reached");
        outer.MapGet("b", () => "reached");
        Api(app).MapGet("c", () => "reached");
        Protect(app.MapGroup("d")).MapGet("e", () => "reached");
        static RouteGroupBuilder Api(IEndpointRouteBuilder routes) => routes.MapGroup("api").RequireAuthorization("Staff");
        static RouteGroupBuilder Protect(RouteGroupBuilder group)
        {
            group.RequireAuthorization();
            return group;
        }
        """), 4);

    [Fact]
    public Task Own_extension_methods_and_static_handler_classes() => Agreement.HoldsAsync(Agreement.Minimal(
        """
        app.MapOrders();
        app.MapGroup("secure").RequireAuthorization().MapOrders();
        OrderEndpoints.MapStatic(app);
        """,
        """
        static class OrderEndpoints
        {
            public static IEndpointRouteBuilder MapOrders(this IEndpointRouteBuilder routes)
            {
                var group = routes.MapGroup("orders");
                group.MapGet("", List);
                group.MapPost("", Create).RequireAuthorization("Staff");
                group.MapDelete("{id}", Delete);
                return routes;
            }

            public static void MapStatic(WebApplication app) => app.MapGet("static", List);

            static string List() => "reached";

            [Authorize]
            static string Create() => "reached";

            [AllowAnonymous]
            static string Delete(string id) => "reached";
        }
        """), 7);

    [Fact]
    public Task Attributes_on_lambdas_local_functions_and_methods() => Agreement.HoldsAsync(Agreement.Minimal(
        """
        app.MapGet("a", [Authorize] () => "reached");
        app.MapGet("b", [AllowAnonymous] [Authorize(Policy = "Staff")] () => "reached");
        app.MapGet("c", Local);
        app.MapGet("d", new Handlers().Instance);
        app.MapGet("e", [Authorize(Roles = "Admin,Support")] async (HttpContext context) => { await Task.Yield(); return "reached"; });
        app.MapGet("f", [EnableRateLimiting("slow")] () => "reached");
        app.MapGet("g", [DisableRateLimiting] () => "reached").RequireRateLimiting("fast");
        [Authorize("Audit")] static string Local() => "reached";
        """,
        """
        class Handlers
        {
            [Authorize(AuthenticationSchemes = "BearerToken")]
            public string Instance() => "reached";
        }
        """), 7);

    [Fact]
    public Task Own_attributes_that_derive_or_implement() => Agreement.HoldsAsync(Agreement.Minimal(
        """
        app.MapGet("a", [StaffOnly] () => "reached");
        app.MapGet("b", [Public] () => "reached").RequireAuthorization();
        app.MapGet("c", [Demands] () => "reached");
        app.MapGet("d", () => "reached").WithMetadata(new AuthorizeAttribute("Staff"));
        app.MapGet("e", () => "reached").WithMetadata(new Public(), new AuthorizeAttribute());
        app.MapGet("f", [Requirement] () => "reached");
        """,
        """
        class StaffOnlyAttribute : AuthorizeAttribute { public StaffOnlyAttribute() => Policy = "Staff"; }
        class Public : Attribute, IAllowAnonymous { }
        class Demands : Attribute, IAuthorizeData
        {
            public string? Policy { get; set; }
            public string? Roles { get; set; }
            public string? AuthenticationSchemes { get; set; }
        }
        class Requirement : Attribute, IAuthorizationRequirementData
        {
            public IEnumerable<IAuthorizationRequirement> GetRequirements() => [new Microsoft.AspNetCore.Authorization.Infrastructure.DenyAnonymousAuthorizationRequirement()];
        }
        """), 6);

    [Fact]
    public Task Limiters_of_groups_handlers_and_endpoints() => Agreement.HoldsAsync(Agreement.Minimal(
        """
        var group = app.MapGroup("g").RequireRateLimiting("slow");
        group.MapGet("a", () => "reached");
        group.MapGet("b", [EnableRateLimiting("fast")] () => "reached");
        group.MapGet("c", [EnableRateLimiting("fast")] () => "reached").RequireRateLimiting("slow");
        group.MapGet("d", () => "reached").DisableRateLimiting();
        group.MapGroup("inner").RequireRateLimiting("fast").MapGet("e", () => "reached");
        app.MapGet("f", () => "reached").RequireRateLimiting(Names.Slow);
        app.MapGroup("off").DisableRateLimiting().MapGet("h", [EnableRateLimiting("fast")] () => "reached");
        """,
        """static class Names { public const string Slow = "sl" + "ow"; }"""), 7);

    [Fact]
    public Task Forms_and_antiforgery() => Agreement.HoldsAsync(Agreement.Minimal("""
        app.MapPost("form", ([FromForm] string? name) => "reached");
        app.MapPost("file", (IFormFile? file) => "reached");
        app.MapPost("collection", (IFormCollection? form) => "reached").DisableAntiforgery();
        app.MapPost("json", (HttpContext context) => "reached");
        app.MapPost("asked", [RequireAntiforgeryToken] (HttpContext context) => "reached");
        app.MapPost("refused", [RequireAntiforgeryToken(false)] (HttpContext context) => "reached");
        app.MapGroup("group").DisableAntiforgery().MapPost("in", (HttpContext context) => "reached");
        app.MapGroup("forms").DisableAntiforgery().MapGroup("inner").MapPost("in", ([FromForm] string? name) => "reached");
        app.MapPost("protected", ([FromForm] string? name) => "reached").RequireAuthorization();
        """), 9);

    [Fact]
    public Task Filters_that_turn_callers_away() => Agreement.HoldsAsync(Agreement.Minimal(
        """
        app.MapGet("a", () => "reached").AddEndpointFilter<KeyFilter>();
        app.MapGet("b", () => "reached").AddEndpointFilter(async (context, next) => context.HttpContext.User.Identity?.IsAuthenticated == true ? await next(context) : Results.Unauthorized());
        app.MapGet("c", () => "reached").AddEndpointFilter(async (context, next) => await next(context));
        app.MapGroup("g").AddEndpointFilterFactory((factory, next) => context => new ValueTask<object?>(Results.Forbid())).MapGet("d", () => "reached");
        """,
        """
        class KeyFilter : IEndpointFilter
        {
            public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
                context.HttpContext.Request.Headers.ContainsKey("X-Api-Key") ? next(context) : new ValueTask<object?>(Results.StatusCode(401));
        }
        """), 4);

    [Fact]
    public Task Modules_that_are_known_by_name() => Agreement.HoldsAsync(Agreement.Minimal(
        """
        IModule[] modules = [new Orders(), new Users()];
        foreach (var module in modules)
            module.Map(app);
        """,
        """
        interface IModule { void Map(IEndpointRouteBuilder routes); }
        class Orders : IModule { public void Map(IEndpointRouteBuilder routes) => routes.MapGet("orders", () => "reached"); }
        class Users : IModule { public void Map(IEndpointRouteBuilder routes) => routes.MapGet("users", () => "reached").RequireAuthorization(); }
        """), 2);

    [Fact]
    public Task Request_delegates_and_conditions() => Agreement.HoldsAsync(Agreement.Minimal("""
        app.MapGet("a", context => context.Response.WriteAsync("reached"));
        app.MapGet("b", (RequestDelegate)(context => context.Response.WriteAsync("reached"))).RequireAuthorization();
        app.MapGet("c", async context => await context.Response.WriteAsync("reached")).RequireAuthorization("Staff", "Audit");
        app.MapGet("d", () => "reached").RequireAuthorization(policy => policy.RequireRole("Admin"));
        app.MapGet("e", () => "reached").RequireAuthorization(new AuthorizeAttribute { Policy = "Staff" });
        app.MapGet("f", () => "reached").RequireAuthorization(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        if (!app.Environment.IsDevelopment())
            app.MapGet("g", () => "reached").RequireAuthorization();
        """), 7);

    [Fact]
    public Task Fallback_policy() => Agreement.HoldsAsync(Agreement.Minimal(
        """
        app.MapGet("a", () => "reached");
        app.MapGet("b", () => "reached").AllowAnonymous();
        app.MapGroup("c").AllowAnonymous().MapGet("d", () => "reached");
        app.MapGet("e", () => "reached").RequireAuthorization();
        """,
        services: "builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());"), 4);

    [Theory]
    [InlineData("builder.Services.AddAuthorizationBuilder().AddFallbackPolicy(\"all\", p => p.RequireAuthenticatedUser());")]
    [InlineData("builder.Services.AddAuthorizationBuilder().AddFallbackPolicy(\"all\", new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());")]
    [InlineData("builder.Services.AddAuthorization(o => o.FallbackPolicy = o.DefaultPolicy);")]
    [InlineData("builder.Services.Configure<AuthorizationOptions>(o => o.FallbackPolicy = new AuthorizationPolicyBuilder().RequireRole(\"x\").Build());")]
    [InlineData("builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(null);")]
    [InlineData("builder.Services.AddAuthorizationBuilder().AddFallbackPolicy(\"all\", p => p.RequireAssertion(_ => true));")]
    [InlineData("builder.Services.AddAuthorizationBuilder().SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireAssertion(_ => true).Build());")]
    [InlineData("builder.Services.PostConfigure<AuthorizationOptions>(o => o.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());")]
    [InlineData("builder.Services.AddOptions<AuthorizationOptions>().Configure(o => o.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());")]
    public Task Ways_to_set_policies_for_all(string service) => Agreement.HoldsAsync(Agreement.Minimal(
        """
        app.MapGet("a", () => "reached");
        app.MapGet("b", () => "reached").RequireAuthorization();
        """,
        services: service), 2);

    [Fact]
    public Task Fallback_policy_that_an_own_policy_displaces() => Agreement.HoldsAsync(Agreement.Minimal(
        """
        app.MapGet("a", () => "reached");
        app.MapGet("b", () => "reached").RequireAuthorization("Open");
        """,
        services: """
            builder.Services.AddAuthorization(options =>
            {
                options.FallbackPolicy = options.DefaultPolicy;
                options.AddPolicy("Open", p => p.RequireAssertion(_ => true));
            });
            """), 2);

    [Fact]
    public Task Patterns_that_own_methods_are_given() => Agreement.HoldsAsync(Agreement.Minimal(
        """
        app.MapCrud("orders");
        app.MapCrud("users", "v2").RequireAuthorization();
        app.MapNamed(Handlers.List);
        app.MapNamed(Handlers.List, "{id}");
        """,
        """
        static class Crud
        {
            public static RouteGroupBuilder MapCrud(this IEndpointRouteBuilder routes, string name, string version = "v1")
            {
                var group = routes.MapGroup($"{version}/{name}");
                group.MapGet("", () => "reached");
                group.MapGet(name + "/{id}", (string id) => "reached");
                return group;
            }

            public static RouteHandlerBuilder MapNamed(this IEndpointRouteBuilder routes, Delegate handler, string pattern = "") => routes.MapPost("named/" + pattern, handler);
        }

        static class Handlers { [Authorize] public static string List() => "reached"; }
        """), 6);
}
