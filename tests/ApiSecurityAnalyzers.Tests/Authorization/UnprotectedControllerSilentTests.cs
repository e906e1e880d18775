namespace ApiSecurityAnalyzers.Tests.Authorization;

/// <summary>ASA1001: what is not reported.</summary>
public sealed class UnprotectedControllerSilentTests
{
    private const string Filters = """
        using Microsoft.AspNetCore.Mvc.Filters;

        public class SecuredAttribute : AuthorizeAttribute { public SecuredAttribute(string permission) => Policy = permission; }
        public class OpenAttribute : Attribute, IAllowAnonymous { }
        public class OwnAttribute : Attribute, IAuthorizeData { public string? Policy { get; set; } public string? Roles { get; set; } public string? AuthenticationSchemes { get; set; } }
        public class MinimumAgeAttribute(int age) : Attribute, IAuthorizationRequirementData { public IEnumerable<IAuthorizationRequirement> GetRequirements() { yield break; } public int Age => age; }
        public class KeyAttribute : Attribute, IAuthorizationFilter { public void OnAuthorization(AuthorizationFilterContext context) => context.Result = new UnauthorizedResult(); }
        public class AsyncKeyAttribute : Attribute, IAsyncAuthorizationFilter { public Task OnAuthorizationAsync(AuthorizationFilterContext context) => Task.CompletedTask; }
        public class KeyFilter : IAuthorizationFilter { public void OnAuthorization(AuthorizationFilterContext context) => context.Result = new UnauthorizedResult(); }
        public class NeedsKeyAttribute : TypeFilterAttribute { public NeedsKeyAttribute() : base(typeof(KeyFilter)) { } }
        public class NeedsTypedKeyAttribute : TypeFilterAttribute<KeyFilter> { }
        public class ActionKeyAttribute : ActionFilterAttribute
        {
            public override void OnActionExecuting(ActionExecutingContext context)
            {
                if (!context.HttpContext.Request.Headers.ContainsKey("X-Key"))
                    context.Result = new ObjectResult(null) { StatusCode = 403 };
            }
        }
        public class HasPermissionAttribute(string name) : Attribute { public string Name => name; }
        public class MarkerAttribute : Attribute { }
        """;

    [Theory]
    [InlineData("[Authorize]")]
    [InlineData("[Authorize(Policy = \"x\")]")]
    [InlineData("[AllowAnonymous]")]
    [InlineData("[Secured(\"orders\")]")]
    [InlineData("[Open]")]
    [InlineData("[Own]")]
    [InlineData("[MinimumAge(18)]")]
    [InlineData("[Key]")]
    [InlineData("[AsyncKey]")]
    [InlineData("[TypeFilter(typeof(KeyFilter))]")]
    [InlineData("[ServiceFilter(typeof(KeyFilter))]")]
    [InlineData("[TypeFilter<KeyFilter>]")]
    [InlineData("[ServiceFilter<KeyFilter>]")]
    [InlineData("[NeedsKey]")]
    [InlineData("[NeedsTypedKey]")]
    [InlineData("[ActionKey]")]
    [InlineData("[HasPermission(\"orders\")]")]
    [InlineData("[NonController]")]
    public async Task Silent_with_attribute(string attribute)
    {
        await Hosts.Mvc($$"""
            {{attribute}}
            [Route("orders")]
            public class OrdersController : ControllerBase
            {
                [HttpGet] public string Get() => "";
            }
            """).With("Filters.cs", Filters).CheckAsync();
        if (attribute == "[NonController]")
            return;
        await Hosts.Mvc($$"""
            [Route("orders")]
            public class OrdersController : ControllerBase
            {
                {{attribute}} [HttpGet] public string Get() => "";
            }
            """).With("Filters.cs", Filters).CheckAsync();
    }

    [Theory]
    [InlineData("[Authorize] public abstract class Base : ControllerBase { }", "public class OrdersController : Base { [HttpGet(\"/x\")] public string Get() => \"\"; }")]
    [InlineData("[Authorize] public abstract class Base<T> : ControllerBase { }", "public class OrdersController : Base<int> { [HttpGet(\"/x\")] public string Get() => \"\"; }")]
    [InlineData("public abstract class Base : ControllerBase { [Authorize] public virtual string Get() => \"\"; }", "public class OrdersController : Base { [HttpGet(\"/x\")] public override string Get() => \"\"; }")]
    [InlineData("[Authorize] public abstract class Base : ControllerBase { }", "public abstract class Middle : Base { } public class OrdersController : Middle { [HttpGet(\"/x\")] public string Get() => \"\"; }")]
    [InlineData("public abstract class Base : Controller { public override void OnActionExecuting(Microsoft.AspNetCore.Mvc.Filters.ActionExecutingContext context) { if (context.HttpContext.Session.GetString(\"user\") is null) context.Result = Unauthorized(); } }", "public class OrdersController : Base { [HttpGet(\"/x\")] public string Get() => \"\"; }")]
    public Task Silent_by_base_class(string @base, string types) => Hosts.Mvc(@base + "\n" + types).CheckAsync();

    [Theory]
    [InlineData("[Route(\"x\")] public abstract class OrdersController : ControllerBase { [HttpGet] public string Get() => \"\"; }")]
    [InlineData("[Route(\"x\")] internal class OrdersController : ControllerBase { [HttpGet] public string Get() => \"\"; }")]
    [InlineData("[Route(\"x\")] public class OrdersController<T> : ControllerBase { [HttpGet] public string Get() => \"\"; }")]
    [InlineData("public class Outer { [Route(\"x\")] public class OrdersController : ControllerBase { [HttpGet] public string Get() => \"\"; } }")]
    [InlineData("[Route(\"x\")] public class OrdersController : ControllerBase { [NonAction] public string Get() => \"\"; }")]
    [InlineData("[Route(\"x\")] public class OrdersController : ControllerBase { private string Get() => \"\"; protected string Post() => \"\"; internal string Put() => \"\"; public static string Patch() => \"\"; }")]
    [InlineData("[Route(\"x\")] public class OrdersController : ControllerBase, IDisposable { public void Dispose() { } }")]
    [InlineData("public class MotorController { public int Speed() => 1; }")]
    [InlineData("public static class OrdersController { public static int Get() => 1; }")]
    [InlineData("public struct OrdersController { public int Get() => 1; }")]
    [InlineData("public class OrdersController : ControllerBase { }")]
    [InlineData("public interface IOrdersController { int Get(); }")]
    public Task Silent_where_no_action_exists(string types) => Hosts.Mvc(types).CheckAsync();

    [Theory]
    [InlineData("services.AddAuthorization(options => options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());")]
    [InlineData("services.AddAuthorization(options => options.FallbackPolicy = options.DefaultPolicy);")]
    [InlineData("services.AddAuthorization(o => { o.AddPolicy(\"x\", p => p.RequireRole(\"x\")); o.FallbackPolicy = o.GetPolicy(\"x\"); });")]
    [InlineData("services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());")]
    [InlineData("services.AddAuthorizationBuilder().AddFallbackPolicy(\"all\", p => p.RequireAuthenticatedUser());")]
    [InlineData("services.AddAuthorizationBuilder().AddFallbackPolicy(\"all\", new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());")]
    [InlineData("services.AddAuthorizationBuilder().AddPolicy(\"x\", p => p.RequireRole(\"x\")).SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());")]
    [InlineData("services.Configure<AuthorizationOptions>(options => options.FallbackPolicy = options.DefaultPolicy);")]
    [InlineData("services.PostConfigure<AuthorizationOptions>(options => options.FallbackPolicy = options.DefaultPolicy);")]
    [InlineData("services.AddSingleton<Microsoft.Extensions.Options.IConfigureOptions<AuthorizationOptions>, Closed>();")]
    [InlineData("services.ConfigureOptions<Closed>();")]
    [InlineData("services.AddOptions<AuthorizationOptions>().Configure(options => options.FallbackPolicy = options.DefaultPolicy);")]
    [InlineData("services.AddAuthorization(Closed.Everywhere);")]
    [InlineData("services.AddOwnAuthorization();")]
    [InlineData("builder.AddOwn();")]
    [InlineData("if (!builder.Environment.IsDevelopment()) services.AddAuthorization(options => options.FallbackPolicy = options.DefaultPolicy);")]
    [InlineData("services.AddControllers(options => options.Filters.Add(new Microsoft.AspNetCore.Mvc.Authorization.AuthorizeFilter()));")]
    [InlineData("services.AddControllers(options => { var policy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build(); options.Filters.Add(new Microsoft.AspNetCore.Mvc.Authorization.AuthorizeFilter(policy)); });")]
    [InlineData("services.AddControllers(options => options.Filters.Add<Microsoft.AspNetCore.Mvc.Authorization.AuthorizeFilter>());")]
    [InlineData("services.AddControllers(options => options.Filters.Add(typeof(KeyFilter)));")]
    [InlineData("services.AddControllers(options => options.Filters.AddService<KeyFilter>());")]
    [InlineData("services.AddControllers().AddMvcOptions(options => options.Filters.Add(new KeyFilter()));")]
    [InlineData("services.Configure<MvcOptions>(options => options.Filters.Add(new KeyFilter()));")]
    [InlineData("services.AddMvcCore(options => options.Filters.Add(new Microsoft.AspNetCore.Mvc.Authorization.AuthorizeFilter(\"x\")));")]
    [InlineData("services.AddControllersWithViews(options => options.Conventions.Add(new Closed()));")]
    public Task Silent_by_services(string statement) =>
        Code.Program(Hosts.Minimal("services.AddControllers();\n" + statement, "app.MapControllers();"))
            .With("Types.cs", Hosts.Controller)
            .With("Own.cs", """
            using Microsoft.AspNetCore.Mvc.ApplicationModels;
            using Microsoft.AspNetCore.Mvc.Authorization;
            using Microsoft.AspNetCore.Mvc.Filters;
            using Microsoft.Extensions.Options;

            public class Closed : IConfigureOptions<AuthorizationOptions>, IControllerModelConvention
            {
                public void Configure(AuthorizationOptions options) => options.FallbackPolicy = options.DefaultPolicy;
                public static void Everywhere(AuthorizationOptions options) => options.FallbackPolicy = options.DefaultPolicy;
                public void Apply(ControllerModel controller) => controller.Filters.Add(new AuthorizeFilter());
            }

            public class KeyFilter : IAuthorizationFilter
            {
                public void OnAuthorization(AuthorizationFilterContext context) => context.Result = new UnauthorizedResult();
            }

            public static class Extensions
            {
                public static IServiceCollection AddOwnAuthorization(this IServiceCollection services) => services.AddAuthorization(options => options.FallbackPolicy = options.DefaultPolicy);
                public static WebApplicationBuilder AddOwn(this WebApplicationBuilder builder) { builder.Services.AddOwnAuthorization(); return builder; }
            }
            """).CheckAsync();

    [Theory]
    [InlineData("app.MapControllers().RequireAuthorization();")]
    [InlineData("app.MapControllers().WithDisplayName(\"x\").RequireAuthorization(\"x\");")]
    [InlineData("app.MapControllers().AllowAnonymous();")]
    [InlineData("app.MapGroup(\"api\").RequireAuthorization().MapControllers();")]
    [InlineData("var all = app.MapControllers(); all.RequireAuthorization();")]
    [InlineData("app.MapControllers().WithMetadata(new AuthorizeAttribute());")]
    [InlineData("app.UseRouting(); app.UseAuthorization(); app.UseEndpoints(endpoints => { endpoints.MapControllers().RequireAuthorization(); });")]
    [InlineData("app.MapControllers().Add(endpoint => endpoint.Metadata.Add(new AuthorizeAttribute()));")]
    [InlineData("app.UseMiddleware<KeyMiddleware>(); app.MapControllers();")]
    [InlineData("app.UseKey(); app.MapControllers();")]
    [InlineData("app.Use(async (context, next) => { if (!context.Request.Headers.ContainsKey(\"X-Key\")) { context.Response.StatusCode = 401; return; } await next(context); }); app.MapControllers();")]
    [InlineData("app.UseWhen(context => context.Request.Path.StartsWithSegments(\"/orders\"), branch => branch.UseMiddleware<KeyMiddleware>()); app.MapControllers();")]
    [InlineData("app.UseWhen(context => !context.Request.Path.StartsWithSegments(\"/health\"), branch => branch.UseMiddleware<KeyMiddleware>()); app.MapControllers();")]
    [InlineData("app.MapWhen(context => context.Request.Path.Value!.StartsWith(\"/orders\"), branch => { branch.UseMiddleware<KeyMiddleware>(); branch.UseRouting(); }); app.MapControllers();")]
    [InlineData("app.Map(\"/orders\", branch => branch.UseMiddleware<KeyMiddleware>()); app.MapControllers();")]
    [InlineData("app.Use(async (context, next) => { if (context.User.Identity?.IsAuthenticated != true) { context.Response.Redirect(\"/signin\"); return; } await next(context); }); app.MapControllers();")]
    public Task Silent_by_pipeline(string statements) =>
        Code.Program(Hosts.Minimal("services.AddControllers(); services.AddAuthentication().AddBearerToken();", statements))
            .With("Types.cs", Hosts.Controller)
            .With("KeyMiddleware.cs", """
            public class KeyMiddleware(RequestDelegate next)
            {
                public Task InvokeAsync(HttpContext context)
                {
                    if (context.Request.Headers.ContainsKey("X-Key"))
                        return next(context);
                    context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                    return Task.CompletedTask;
                }
            }

            public static class KeyExtensions
            {
                public static IApplicationBuilder UseKey(this IApplicationBuilder app) => app.UseMiddleware<KeyMiddleware>();
            }
            """).CheckAsync();

    [Fact]
    public Task Silent_with_conventional_route_that_requires_authorization() =>
        Code.Program(Hosts.Minimal("services.AddControllersWithViews(); services.AddAuthentication().AddBearerToken();", """app.MapDefaultControllerRoute().RequireAuthorization();"""))
            .With("Types.cs", "public class HomeController : Controller { public IActionResult Index() => Ok(); [HttpPost] public IActionResult Save() => Ok(); [ActionName(\"x\"), HttpGet] public IActionResult Other() => Ok(); }").CheckAsync();

    [Fact]
    public Task Silent_with_startup_and_fallback_policy() =>
        Hosts.Startup("services.AddControllers(); services.AddAuthorization(options => options.FallbackPolicy = options.DefaultPolicy);", """
            app.UseRouting();
            app.UseAuthentication();
            app.UseAuthorization();
            app.UseEndpoints(endpoints => endpoints.MapControllers());
            """)
            .With("Types.cs", Hosts.Controller).CheckAsync();

    [Theory]
    [InlineData("Marker")]
    [InlineData("MarkerAttribute")]
    [InlineData("Shop.Marker")]
    [InlineData("Other, Shop.MarkerAttribute")]
    public Task Silent_with_own_attribute_by_option(string value) =>
        Hosts.Mvc("""
            using Shop;

            [Marker, Route("orders")]
            public class OrdersController : ControllerBase
            {
                [HttpGet] public string Get() => "";
            }

            namespace Shop
            {
                public class MarkerAttribute : Attribute { }
            }
            """).Option("api_security.authorization_attributes", value).CheckAsync();

    [Fact]
    public Task Silent_in_a_library_with_protected_host() =>
        Code.Files(("Types.cs", Hosts.Controller)).Option("api_security.host", "protected").CheckAsync();

    [Fact]
    public Task Silent_in_test_project() => Hosts.Mvc(Hosts.Controller).Test().CheckAsync();

    [Fact]
    public Task Silent_where_action_checks_the_caller_by_hand() =>
        Hosts.Mvc("""
            [Route("orders")]
            public class OrdersController(IAuthorizationService authorization) : ControllerBase
            {
                [HttpGet]
                public async Task<IActionResult> Get() => (await authorization.AuthorizeAsync(User, "orders")).Succeeded ? Ok() : Forbid();

                [HttpPost]
                public IActionResult Post() => User.Identity?.IsAuthenticated == true ? Ok() : Unauthorized();
            }
            """).CheckAsync();

    [Fact]
    public Task Silent_where_nothing_maps_controllers() =>
        Code.MinimalApi("").With("Types.cs", Hosts.Controller).CheckAsync();
}
