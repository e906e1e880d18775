using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Authorization;

/// <summary>ASA1001: what is reported, and where.</summary>
public sealed class UnprotectedControllerTests
{
    [Fact]
    public Task Reports_controller_without_attribute() =>
        Hosts.Mvc(Hosts.OpenController)
            .Message("ASA1001", "Anyone can call 'OrdersController': no authorization applies to it")
            .CheckAsync();

    [Theory]
    [InlineData("public class {|ASA1001:OrdersController|} : Controller { [HttpGet(\"/x\")] public IActionResult Get() => Ok(); }")]
    [InlineData("public class {|ASA1001:Orders|} : ControllerBase { [HttpGet(\"/x\")] public void Get() { } }")]
    [InlineData("[Controller, Route(\"x\")] public class {|ASA1001:Orders|} { [HttpGet] public string Get() => \"\"; }")]
    [InlineData("[Route(\"x\")] public class {|ASA1001:OrdersController|} { [HttpGet] public string Get() => \"\"; }")]
    [InlineData("public abstract class Base : ControllerBase { } [Route(\"x\")] public sealed class {|ASA1001:OrdersController|} : Base { [HttpGet] public string Get() => \"\"; }")]
    [InlineData("public abstract class Crud<T> : ControllerBase { [HttpGet] public T? Get() => default; } [Route(\"x\")] public class {|ASA1001:OrdersController|} : Crud<int> { }")]
    [InlineData("namespace Shop { [Route(\"x\")] public class {|ASA1001:OrdersController|}(ILogger<OrdersController> logger) : ControllerBase { [HttpGet] public string Get() => logger.ToString()!; } }")]
    [InlineData("[Route(\"x\")] public class {|ASA1001:OrdersController|} : ControllerBase { [HttpGet] public async Task<int> Get() { await Task.Yield(); return 1; } [HttpGet(\"{id}\")] public int Get(int id) => id; }")]
    [InlineData("[Route(\"x\")] public partial class {|ASA1001:OrdersController|} : ControllerBase { [HttpGet] public int Get() => 1; } public partial class OrdersController { [HttpPost] public int Post() => 1; }")]
    public Task Reports_each_way_to_write_a_controller(string types) => Hosts.Mvc(types).CheckAsync();

    [Theory]
    [InlineData("[Obsolete]")]
    [InlineData("[Produces(\"application/json\")]")]
    [InlineData("[ServiceFilter(typeof(Timing))]")]
    [InlineData("[TypeFilter<Timing>]")]
    [InlineData("[ServiceFilter<Errors>]")]
    [InlineData("[ErrorsAsAnswers]")]
    [InlineData("[RequireHttps]")]
    [InlineData("[RequiredScope(\"read\")]")]
    [InlineData("[ResponseCache(NoStore = true)]")]
    public Task Reports_despite_attributes_that_let_everyone_in(string attribute) =>
        Hosts.Mvc($$"""
            using Microsoft.AspNetCore.Mvc.Filters;
            using Microsoft.Identity.Web.Resource;

            {{attribute}}
            [Route("orders")]
            public class {|ASA1001:OrdersController|} : ControllerBase
            {
                [HttpGet] public string Get() => "";
            }

            public class Timing : IActionFilter
            {
                public void OnActionExecuting(ActionExecutingContext context) { }
                public void OnActionExecuted(ActionExecutedContext context) { }
            }

            public class Errors : IExceptionFilter
            {
                public void OnException(ExceptionContext context) => context.Result = context.Exception is UnauthorizedAccessException ? new UnauthorizedResult() : null;
            }

            public class ErrorsAsAnswersAttribute : ExceptionFilterAttribute
            {
                public override void OnException(ExceptionContext context) => context.Result = new ForbidResult();
            }

            namespace Microsoft.Identity.Web.Resource
            {
                [AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
                public class RequiredScopeAttribute(params string[] scopes) : Attribute, IAuthRequiredScopeMetadata { public IEnumerable<string> AcceptedScope => scopes; }
                public interface IAuthRequiredScopeMetadata { IEnumerable<string> AcceptedScope { get; } }
            }
            """).CheckAsync();

    [Fact]
    public Task Reports_interface_attribute_that_MVC_does_not_honour() =>
        Hosts.Mvc("""
            public interface IOrders { [Authorize] string Get(); }

            [Route("orders")]
            public class {|ASA1001:OrdersController|} : ControllerBase, IOrders
            {
                [HttpGet] public string Get() => "";
            }
            """).CheckAsync();

    [Fact]
    public Task Reports_base_class_attribute_that_is_not_inherited() =>
        Hosts.Mvc("""
            [AttributeUsage(AttributeTargets.Class, Inherited = false)]
            public class SecuredAttribute : AuthorizeAttribute { }

            [Secured] public abstract class Base : ControllerBase { }

            [Route("orders")]
            public class {|ASA1001:OrdersController|} : Base
            {
                [HttpGet] public string Get() => "";
            }
            """).CheckAsync();

    [Fact]
    public Task Reports_open_actions_of_a_partly_covered_controller() =>
        Hosts.Mvc("""
            [ApiController, Route("orders")]
            public class OrdersController : ControllerBase
            {
                [HttpGet, Authorize] public string Get() => "";
                [HttpPost] public string {|ASA1001:Post|}() => "";
                [HttpPut, AllowAnonymous] public string Put() => "";
                [HttpDelete] public string {|ASA1001:Delete|}(int id) => "";
                [HttpDelete("all")] public string {|ASA1001:Delete|}() => "";
                [NonAction] public string Helper() => "";
                private string Hidden() => "";
                public static string Shared() => "";
                public T Generic<T>(T value) => value;
                public override string ToString() => "";
            }
            """)
            .Message("ASA1001", "Anyone can call 'OrdersController.Post': no authorization applies to it")
            .CheckAsync();

    [Fact]
    public Task Reports_open_actions_in_each_part_of_a_partial_controller() =>
        Hosts.Mvc("""
            [ApiController, Route("orders")]
            public partial class OrdersController : ControllerBase
            {
                [HttpGet, Authorize] public string Get() => "";
                [HttpPost] public string {|ASA1001:Post|}() => "";
            }
            """)
            .With("OrdersController.Delete.cs", """
            public partial class OrdersController
            {
                [HttpDelete] public string {|ASA1001:Delete|}() => "";
            }
            """)
            .CheckAsync();

    [Fact]
    public Task Reports_the_class_for_an_open_action_that_it_inherits() =>
        Hosts.Mvc("""
            public abstract class Base : ControllerBase
            {
                [HttpGet("version")] public string Version() => "";
            }

            [Route("orders")]
            public class {|ASA1001:OrdersController|} : Base
            {
                [HttpGet, Authorize] public string Get() => "";
            }
            """).CheckAsync();

    [Theory]
    [InlineData("options.{|ASA1009:FallbackPolicy|} = null;")]
    [InlineData("options.DefaultPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();")]
    [InlineData("options.AddPolicy(\"all\", policy => policy.RequireAuthenticatedUser());")]
    public Task Reports_despite_options_that_do_not_apply(string option) =>
        Code.Program(Hosts.Minimal($"services.AddControllers(); services.AddAuthorization(options => {{ {option} }});", "app.MapControllers();"))
            .With("Types.cs", Hosts.OpenController).Severity("ASA1009", DiagnosticSeverity.Info).CheckAsync();

    [Fact]
    public Task Reports_fallback_policy_of_development() =>
        Code.Program(Hosts.Minimal("""
            services.AddControllers();
            if (builder.Environment.IsDevelopment())
                services.AddAuthorization(options => options.FallbackPolicy = options.DefaultPolicy);
            """, "app.MapControllers();"))
            .With("Types.cs", Hosts.OpenController).CheckAsync();

    [Fact]
    public Task Reports_fallback_policy_that_no_middleware_enforces() =>
        Hosts.Startup("services.AddControllers(); services.AddAuthorization(options => options.FallbackPolicy = options.DefaultPolicy);", """
            app.UseRouting();
            app.UseEndpoints(endpoints => endpoints.MapControllers());
            """)
            .With("Types.cs", Hosts.OpenController).ConfigFile(".editorconfig", "[*.cs]\ndotnet_diagnostic.ASA1008.severity = none\n").CheckAsync();

    [Fact]
    public Task Reports_authorization_of_a_conventional_route_only() =>
        Code.Program(Hosts.Minimal("services.AddControllersWithViews(); services.AddAuthentication().AddBearerToken();", """app.MapControllerRoute("default", "{controller}/{action}").RequireAuthorization();"""))
            .With("Types.cs", Hosts.OpenController)
            .With("Home.cs", "public class HomeController : Controller { public IActionResult Index() => Ok(); }").CheckAsync();

    [Fact]
    public Task Reports_beside_middleware_that_maps_exceptions() =>
        Code.Program(Hosts.Minimal("services.AddControllers();", """
            app.UseExceptionHandler(errors => errors.Run(context => { context.Response.StatusCode = StatusCodes.Status401Unauthorized; return Task.CompletedTask; }));
            app.UseMiddleware<ErrorMiddleware>();
            app.Use(async (context, next) => { try { await next(context); } {|ASA4003:catch|} (UnauthorizedAccessException) { context.Response.StatusCode = 401; } });
            app.MapControllers();
            """))
            .With("Types.cs", Hosts.OpenController)
            .With("ErrorMiddleware.cs", """
            public class ErrorMiddleware(RequestDelegate next)
            {
                public async Task InvokeAsync(HttpContext context)
                {
                    try
                    {
                        await next(context);
                    }
                    catch (Exception e)
                    {
                        context.Response.StatusCode = CodeOf(e);
                    }
                }

                private static int CodeOf(Exception e) => e switch
                {
                    UnauthorizedAccessException => StatusCodes.Status401Unauthorized,
                    _ => StatusCodes.Status500InternalServerError,
                };
            }
            """).CheckAsync();

    [Fact]
    public Task Reports_beside_a_guard_of_another_path() =>
        Code.Program(Hosts.Minimal("services.AddControllers();", """
            app.UseWhen(context => context.Request.Path.StartsWithSegments("/admin"), branch => branch.Use(async (context, next) =>
            {
                if (context.User.Identity?.IsAuthenticated != true) { context.Response.StatusCode = 401; return; }
                await next(context);
            }));
            app.MapControllers();
            """))
            .With("Types.cs", Hosts.OpenController).CheckAsync();

    [Fact]
    public Task Reports_in_a_library_as_suggestion() =>
        Code.Files(("Types.cs", Hosts.OpenController)).Severity("ASA1001", DiagnosticSeverity.Info).Option("api_security.rate_limited_by_gateway", "true").CheckAsync();

    [Fact]
    public Task Reports_in_a_library_with_unprotected_host() =>
        Code.Files(("Types.cs", Hosts.OpenController)).Option("api_security.host", "unprotected").Option("api_security.rate_limited_by_gateway", "true").CheckAsync();

    [Fact]
    public Task Reports_in_broken_code() =>
        Hosts.Mvc("""
            [Route("orders")]
            public class {|ASA1001:OrdersController|} : ControllerBase
            {
                [HttpGet] public string Get() => Missing(;
            """).Broken().CheckAsync();

    [Fact]
    public Task Reports_check_that_does_not_ask_who_calls() =>
        Hosts.Mvc("""
            public record User(string Name, string Password);

            [Route("orders")]
            public class {|ASA1001:AccountController|} : ControllerBase
            {
                [HttpPost]
                public IActionResult {|ASA3004:Login|}(string name, string password)
                {
                    User user = new(name, password);
                    return user.Password == "" ? Unauthorized() : Ok();
                }
            }

            namespace Shop.Models
            {
                public static class User { public static string? Authorize(AuthorizationRequest request) => request.Name; }
                public record AuthorizationRequest(string Name);

                [Route("authorizations")]
                public class {|ASA1001:AuthorizationsController|} : ControllerBase
                {
                    [HttpPost]
                    public IActionResult Post(AuthorizationRequest request) => Shop.Models.User.Authorize(request) is { } token ? Ok(token) : Unauthorized();
                }
            }
            """).CheckAsync();

    /// <summary>The chain of a conventional route acts on the actions that it leads to, not on those with routes of their own.</summary>
    [Fact]
    public Task Reports_actions_that_an_authorized_conventional_route_does_not_lead_to() =>
        Code.Program(Hosts.Minimal("services.AddControllersWithViews(); services.AddAuthentication().AddBearerToken();", "app.MapDefaultControllerRoute().RequireAuthorization();"))
            .With("Types.cs", """
            public class HomeController : Controller
            {
                [HttpPost] public IActionResult Save() => Ok();
                [HttpGet("about")] public IActionResult {|ASA1001:About|}() => Ok();
            }
            """).CheckAsync();
}
