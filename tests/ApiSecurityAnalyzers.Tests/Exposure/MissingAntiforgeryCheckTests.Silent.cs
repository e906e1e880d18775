namespace ApiSecurityAnalyzers.Tests.Exposure;

/// <content>What is checked, or what no other site can send.</content>
public sealed partial class MissingAntiforgeryCheckTests
{
    private const string Post = "[HttpPost(\"cancel\")] public IActionResult Cancel(int id) => View();";

    [Theory]
    [InlineData("builder.Services.AddAuthentication().AddBearerToken();")]
    [InlineData("builder.Services.AddAuthentication(\"BearerToken\").AddBearerToken().AddCookie();")]
    [InlineData("builder.Services.AddAuthentication().AddBearerToken().AddCookie();")]
    [InlineData("builder.Services.AddAuthentication();")]
    [InlineData("builder.Services.AddAuthentication().AddScheme<Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions, KeyHandler>(\"Key\", null);")]
    [InlineData("builder.Services.AddAuthentication().AddCookie().AddScheme<Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions, KeyHandler>(\"Key\", null);")]
    public Task Silent_where_no_cookie_signs_in_or_the_default_is_unknown(string authentication) => CookieHost.Members(Post, CookieHost.Text(authentication)).With("KeyHandler.cs", """
        using Microsoft.AspNetCore.Authentication;
        using Microsoft.Extensions.Options;

        public sealed class KeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, System.Text.Encodings.Web.UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
        {
            protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.NoResult());
        }
        """).CheckAsync();

    [Theory]
    [InlineData("[HttpPost(\"a\"), ValidateAntiForgeryToken] public IActionResult Cancel(int id) => View();")]
    [InlineData("[HttpPost(\"a\"), AutoValidateAntiforgeryToken] public IActionResult Cancel(int id) => View();")]
    [InlineData("[HttpPost(\"a\"), Microsoft.AspNetCore.Antiforgery.RequireAntiforgeryToken] public IActionResult Cancel(int id) => View();")]
    [InlineData("[HttpPost(\"a\"), AllowAnonymous] public IActionResult Login(string name) => View();")]
    [InlineData("[HttpPost(\"a\"), AllowAnonymous, IgnoreAntiforgeryToken] public IActionResult Webhook(string name) => View();")]
    [InlineData("[HttpPost(\"a\")] public IActionResult Cancel([FromBody] string[] names) => View();")]
    [InlineData("[HttpPost(\"a\"), Consumes(\"application/json\")] public IActionResult Cancel(string name) => View();")]
    [InlineData("[HttpPost(\"a\")] public IActionResult Search(string name) => View();")]
    [InlineData("[HttpPost(\"a\")] public IActionResult GetPage(int page) => View();")]
    [InlineData("[HttpPut(\"a\")] public IActionResult Cancel(int id) => View();")]
    [InlineData("[HttpDelete(\"a\")] public IActionResult Cancel(int id) => View();")]
    [InlineData("[HttpGet(\"a\")] public IActionResult Cancel(int id) => View();")]
    [InlineData("[HttpGet(\"a\"), IgnoreAntiforgeryToken] public IActionResult Error() => View();")]
    [InlineData("[HttpPost(\"a\"), NonAction] public IActionResult Cancel(int id) => View();")]
    [InlineData("[HttpPost(\"a\"), Authorize(AuthenticationSchemes = \"Bearer\")] public IActionResult Cancel(int id) => View();")]
    public Task Silent_about_actions_that_are_checked_or_cannot_be_forged(string member) => CookieHost.Members(member).CheckAsync();

    [Theory]
    [InlineData("builder.Services.AddControllersWithViews(options => options.Filters.Add(new AutoValidateAntiforgeryTokenAttribute()));")]
    [InlineData("builder.Services.AddControllersWithViews(options => options.Filters.Add<AutoValidateAntiforgeryTokenAttribute>());")]
    [InlineData("builder.Services.AddControllersWithViews(options => options.Filters.Add(typeof(AutoValidateAntiforgeryTokenAttribute)));")]
    [InlineData("builder.Services.AddMvc(options => { options.Filters.Add(new ValidateAntiForgeryTokenAttribute()); });")]
    [InlineData("builder.Services.Configure<MvcOptions>(options => options.Filters.Add(new AutoValidateAntiforgeryTokenAttribute())); builder.Services.AddControllersWithViews();")]
    public Task Silent_where_a_filter_checks_everything(string mvc) => CookieHost.Members(Post, CookieHost.Text(mvc: mvc)).CheckAsync();

    [Fact]
    public Task Silent_where_the_class_or_a_base_is_checked() => CookieHost.With("""
        [AutoValidateAntiforgeryToken]
        public abstract class SiteController : Controller
        {
        }

        [Authorize]
        public sealed class OrdersController : SiteController
        {
            [HttpPost("cancel")] public IActionResult Cancel(int id) => View();
        }
        """).CheckAsync();

    [Fact]
    public Task Silent_about_json_of_api_controllers() => CookieHost.With("""
        public sealed record Order(int Id);

        [ApiController, Authorize, Route("orders")]
        public sealed class OrdersController : ControllerBase
        {
            [HttpPost] public IActionResult Place(Order order) => Ok();
            [HttpPost("{id}")] public IActionResult Cancel(int id) => Ok();
        }
        """).CheckAsync();

    [Fact]
    public Task Silent_where_own_middleware_checks_tokens() => CookieHost.Members(Post, CookieHost.Text(middleware: """
        app.Use(async (context, next) =>
        {
            await context.RequestServices.GetRequiredService<Microsoft.AspNetCore.Antiforgery.IAntiforgery>().ValidateRequestAsync(context);
            await next(context);
        });
        """)).CheckAsync();

    [Fact]
    public Task Silent_in_a_library() => Code.Files(("OrdersController.cs", CookieHost.Controller(Post))).Option("api_security.host", "protected").CheckAsync();

    [Fact]
    public Task Silent_about_pages_that_check_or_show_errors() => CookieHost.With("""
        using Microsoft.AspNetCore.Mvc.RazorPages;

        [Authorize]
        public sealed class CancelModel : PageModel
        {
            public void OnPost(int id) { }
        }

        [IgnoreAntiforgeryToken]
        public sealed class ErrorModel : PageModel
        {
            public void OnGet() { }
        }

        [AllowAnonymous, IgnoreAntiforgeryToken]
        public sealed class HookModel : PageModel
        {
            public void OnPost() { }
        }
        """, CookieHost.Text(mvc: "builder.Services.AddRazorPages();", endpoints: "app.MapRazorPages();")).CheckAsync();

    [Theory]
    [InlineData("app.MapPost(\"/upload\", (IFormFile file) => Results.Ok()).RequireAuthorization();")]
    [InlineData("app.MapPost(\"/upload\", (IFormFile file) => Results.Ok()).AllowAnonymous().DisableAntiforgery();")]
    [InlineData("app.MapGet(\"/upload\", () => Results.Ok()).RequireAuthorization().DisableAntiforgery();")]
    [InlineData("app.MapPost(\"/upload\", (string[] names) => Results.Ok()).RequireAuthorization().DisableAntiforgery();")]
    [InlineData("app.MapPost(\"/upload\", (HttpContext context) => context.Request.Form.Count).RequireAuthorization().WithMetadata(new Microsoft.AspNetCore.Antiforgery.RequireAntiforgeryTokenAttribute());")]
    [InlineData("app.MapPost(\"/upload\", [Microsoft.AspNetCore.Antiforgery.RequireAntiforgeryToken] (HttpContext context) => context.Request.Form.Count).RequireAuthorization();")]
    [InlineData("app.MapPost(\"/upload\", [Authorize(AuthenticationSchemes = \"Bearer\")] (IFormFile file) => Results.Ok()).DisableAntiforgery();")]
    public Task Silent_about_mapped_forms_that_are_checked_or_open(string endpoints) => Code.Files(("Program.cs", CookieHost.Text(endpoints: endpoints, middleware: "app.UseAntiforgery();"))).CheckAsync();
}
