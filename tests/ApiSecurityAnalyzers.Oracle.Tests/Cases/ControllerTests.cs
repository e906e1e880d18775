namespace ApiSecurityAnalyzers.Oracle.Tests.Cases;

/// <summary>Controllers: what is one, what is an action, where it answers, what protects it.</summary>
public sealed class ControllerTests
{
    [Fact]
    public Task Attribute_routes_and_tokens() => Agreement.HoldsAsync(Agreement.Controllers("""
        [ApiController, Route("api/[controller]")]
        public class OrdersController : ControllerBase
        {
            [HttpGet] public string List() => "reached";
            [HttpGet("{id}")] public string Get(int id) => "reached";
            [HttpPost, Authorize] public string Create() => "reached";
            [HttpPut("~/absolute/[action]")] public string Absolute() => "reached";
            [HttpDelete("/rooted")] public string Rooted() => "reached";
            [HttpGet("[action]")] public string LoadAsync() => "reached";
            [HttpGet("named/[action]"), ActionName("other")] public string Named() => "reached";
            [HttpPatch("[[brackets]]")] public string Brackets() => "reached";
        }
        """), 8);

    [Fact]
    public Task Several_routes_and_verbs() => Agreement.HoldsAsync(Agreement.Controllers("""
        [Route("a"), Route("b")]
        public class ManyController : Controller
        {
            [HttpGet("x"), HttpPost("y")] public string Two() => "reached";
            [HttpGet, HttpPost("z")] public string SilentBesideDefining() => "reached";
            [Route("r"), HttpGet, HttpHead] public string Joined() => "reached";
            [AcceptVerbs("PUT", "PATCH", Route = "v")] public string Accepts() => "reached";
            [HttpDelete, Route("s"), Route("t")] public string RoutesWithVerb() => "reached";
            [AcceptVerbs("OPTIONS", "HEAD"), HttpPost("n")] public string Mixed() => "reached";
        }
        """), 2 * (2 + 2 + 1 + 1 + 2 + 2));

    [Fact]
    public Task What_is_a_controller() => Agreement.HoldsAsync(Agreement.Controllers("""
        [Route("poco")] public class PocoController { [HttpGet] public string Get() => "reached"; }
        [Controller, Route("marked")] public class Marked { [HttpGet] public string Get() => "reached"; }
        [Route("suffixless")] public class Suffixless : ControllerBase { [HttpGet] public string Get() => "reached"; }
        [NonController, Route("not")] public class NotController : Controller { [HttpGet] public string Get() => "reached"; }
        [Route("abstract")] public abstract class AbstractController : Controller { [HttpGet] public string Get() => "reached"; }
        [Route("generic")] public class GenericController<T> : Controller { [HttpGet] public string Get() => "reached"; }
        [Route("internal")] internal class InternalController : Controller { [HttpGet] public string Get() => "reached"; }
        public class Outer { [Route("nested")] public class NestedController : Controller { [HttpGet] public string Get() => "reached"; } }
        [Route("static")] public static class StaticController { [HttpGet] public static string Get() => "reached"; }
        """), 3);

    [Fact]
    public Task What_is_an_action() => Agreement.HoldsAsync(Agreement.Controllers("""
        public interface IThing { string Explicit(); }
        [Route("c/[action]")]
        public class ActionsController : Controller, IThing, IDisposable
        {
            public string Plain() => "reached";
            public string Overload() => "reached";
            [HttpPost] public string Overload(int x) => "reached";
            [NonAction] public string Not() => "reached";
            public static string Static() => "reached";
            private string Private() => "reached";
            protected string Protected() => "reached";
            internal string Internal() => "reached";
            public string Generic<T>() => "reached";
            string IThing.Explicit() => "reached";
            public string Property { get; set; } = "";
            public new void Dispose() { }
            public override string ToString() => "reached";
            public override bool Equals(object? other) => false;
            public override int GetHashCode() => 0;
        }
        """), 3);

    [Fact]
    public Task Inherited_actions_routes_and_attributes() => Agreement.HoldsAsync(Agreement.Controllers("""
        [Authorize, Route("base/[controller]")]
        public abstract class BaseController : ControllerBase
        {
            [HttpGet] public virtual string Get() => "reached";
            [HttpPost, AllowAnonymous] public virtual string Post() => "reached";
            [HttpPut] public string Put() => "reached";
        }
        public class FirstController : BaseController { public override string Get() => "reached"; }
        [Route("second")] public class SecondController : BaseController { [HttpGet("own")] public override string Get() => "reached"; }
        [AllowAnonymous] public class ThirdController : BaseController { [HttpDelete, Authorize("Staff")] public string Delete() => "reached"; }
        """), 3 + 3 + 4);

    [Fact]
    public Task Generic_bases_and_partial_classes() => Agreement.HoldsAsync(Agreement.Controllers("""
        [Route("[controller]")]
        public abstract class CrudController<T> : ControllerBase
        {
            [HttpGet("{id}")] public virtual string Get(int id) => "reached";
            [HttpDelete("{id}"), Authorize] public virtual string Delete(int id) => "reached";
        }
        public class Item { }
        public class ItemsController : CrudController<Item> { }
        public partial class PartsController : CrudController<string> { [HttpGet] public string All() => "reached"; }
        [Authorize] public partial class PartsController { [HttpPost, AllowAnonymous] public string Add() => "reached"; }
        """), 2 + 4);

    [Fact]
    public Task Conventional_routes_and_areas() => Agreement.HoldsAsync(Agreement.Controllers(
        """
        public class HomeController : Controller
        {
            public string Index() => "reached";
            [Authorize] public string Secret() => "reached";
            [HttpPost] public string Save() => "reached";
            [HttpGet("attributed")] public string Attributed() => "reached";
        }
        [Area("Admin"), Authorize]
        public class UsersController : Controller
        {
            public string Index() => "reached";
            [AllowAnonymous] public string Help() => "reached";
        }
        """,
        """
        app.MapAreaControllerRoute("admin", "Admin", "Admin/{controller=Users}/{action=Index}/{id?}");
        app.MapControllerRoute("default", "{controller=Home}/{action=Index}/{id?}");
        """), 6);

    [Fact]
    public Task Default_route() => Agreement.HoldsAsync(Agreement.Controllers(
        """
        public class HomeController : Controller { public string Index() => "reached"; [Authorize] public string About() => "reached"; }
        """,
        "app.MapDefaultControllerRoute();"), 2);

    [Fact]
    public Task Areas_by_constraint() => Agreement.HoldsAsync(Agreement.Controllers(
        """
        [Area("Shop")] public class CartController : Controller { public string Index() => "reached"; }
        public class HomeController : Controller { public string Index() => "reached"; }
        """,
        """
        app.MapControllerRoute("areas", "{area:exists}/{controller=Home}/{action=Index}/{id?}");
        app.MapControllerRoute("default", "{controller=Home}/{action=Index}/{id?}");
        """), 2);

    [Fact]
    public Task Demands_on_all_controllers() => Agreement.HoldsAsync(Agreement.Controllers(
        """
        [Route("a")] public class AController : Controller { [HttpGet] public string Get() => "reached"; [HttpPost, AllowAnonymous] public string Post() => "reached"; }
        [Route("b"), EnableRateLimiting("fast")] public class BController : Controller { [HttpGet] public string Get() => "reached"; [HttpPost, DisableRateLimiting] public string Post() => "reached"; }
        """,
        """app.MapControllers().RequireAuthorization("Staff").RequireRateLimiting("slow");"""), 4);

    [Fact]
    public Task Controllers_in_a_group() => Agreement.HoldsAsync(Agreement.Controllers(
        """
        [Route("a")] public class AController : Controller { [HttpGet] public string Get() => "reached"; [HttpPost, AllowAnonymous] public string Post() => "reached"; }
        """,
        """app.MapGroup("v1").RequireAuthorization().MapControllers();"""), 2);

    [Fact]
    public Task Global_authorize_filter() => Agreement.HoldsAsync(Agreement.Controllers(
        """
        [Route("a")] public class AController : Controller { [HttpGet] public string Get() => "reached"; [HttpPost, AllowAnonymous] public string Post() => "reached"; }
        """,
        services: "builder.Services.AddControllers(options => options.Filters.Add(new AuthorizeFilter(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())));"), 2);

    [Fact]
    public Task Own_filters() => Agreement.HoldsAsync(Agreement.Controllers(
        """
        public class KeyAttribute : Attribute, IAuthorizationFilter
        {
            public void OnAuthorization(AuthorizationFilterContext context)
            {
                if (!context.HttpContext.Request.Headers.ContainsKey("X-Key"))
                    context.Result = new UnauthorizedResult();
            }
        }
        public class KeyFilter : IAsyncActionFilter
        {
            public Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
            {
                context.Result = new StatusCodeResult(403);
                return Task.CompletedTask;
            }
        }
        public class ByTypeAttribute : TypeFilterAttribute { public ByTypeAttribute() : base(typeof(KeyFilter)) { } }
        [Route("f/[action]")]
        public class FiltersController : Controller
        {
            [HttpGet, Key] public string A() => "reached";
            [HttpGet, TypeFilter(typeof(KeyFilter))] public string B() => "reached";
            [HttpGet, ServiceFilter(typeof(KeyFilter))] public string C() => "reached";
            [HttpGet, ByType] public string D() => "reached";
            [HttpGet] public string E() => "reached";
            [HttpGet, TypeFilter<KeyFilter>] public string F() => "reached";
        }
        """,
        services: "builder.Services.AddScoped<KeyFilter>();"), 6);

    [Fact]
    public Task Antiforgery_attributes() => Agreement.HoldsAsync(Agreement.Controllers("""
        [Route("v/[action]"), AutoValidateAntiforgeryToken]
        public class FormsController : Controller
        {
            [HttpGet] public string Read() => "reached";
            [HttpPost] public string Write() => "reached";
            [HttpPost, IgnoreAntiforgeryToken] public string Ignore() => "reached";
            [HttpGet, ValidateAntiForgeryToken] public string Strict() => "reached";
        }
        [Route("w/[action]")]
        public class PlainController : Controller
        {
            [HttpPost] public string Open() => "reached";
            [HttpPost, ValidateAntiForgeryToken] public string Checked() => "reached";
        }
        """), 6);

    [Fact]
    public Task Fallback_policy_and_anonymous_actions() => Agreement.HoldsAsync(Agreement.Controllers(
        """
        [Route("a")] public class AController : Controller { [HttpGet] public string Get() => "reached"; [HttpPost, AllowAnonymous] public string Post() => "reached"; }
        """,
        services: "builder.Services.AddAuthorization(options => options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());"), 2);

    [Fact]
    public Task Controllers_that_nothing_maps() => Agreement.HoldsAsync(Agreement.Controllers(
        """
        [Route("a")] public class AController : Controller { [HttpGet] public string Get() => "reached"; }
        """,
        """app.MapGet("only", () => "reached");"""), 1);

    [Fact]
    public Task Attributes_on_overridden_methods_and_their_verbs() => Agreement.HoldsAsync(Agreement.Controllers("""
        public abstract class RootController : ControllerBase
        {
            [HttpGet("root"), Authorize] public virtual string Get() => "reached";
            [HttpPost("root")] public virtual string Post() => "reached";
        }
        [Route("mid")] public abstract class MiddleController : RootController { public override string Get() => "reached"; }
        public class LeafController : MiddleController
        {
            [HttpHead("leaf")] public override string Get() => "reached";
            [Authorize] public override string Post() => "reached";
        }
        """), 2);

    [Fact]
    public Task Roles_and_schemes() => Agreement.HoldsAsync(Agreement.Controllers("""
        [Route("a/[action]"), Authorize(Roles = "Admin")]
        public class RolesController : Controller
        {
            [HttpGet, Authorize(Roles = "Support,Sales")] public string A() => "reached";
            [HttpGet, Authorize("Staff", AuthenticationSchemes = "BearerToken")] public string B() => "reached";
        }
        """), 2);

    [Fact]
    public Task Constants_in_templates() => Agreement.HoldsAsync(Agreement.Controllers("""
        static class Paths { public const string Root = "api/v" + Version; public const string Version = "2"; }
        [Route(Paths.Root + "/[controller]")]
        public class ItemsController : ControllerBase
        {
            [HttpGet(nameof(Get))] public string Get() => "reached";
            [HttpGet(template: "{id:int}")] public string ById(int id) => "reached";
            [HttpGet("x", Name = "route", Order = 1)] public string X() => "reached";
        }
        """), 3);
}
