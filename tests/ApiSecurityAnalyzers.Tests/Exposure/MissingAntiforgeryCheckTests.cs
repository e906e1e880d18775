using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Exposure;

/// <summary>ASA7006: what takes posted forms with the caller's cookies and checks no token.</summary>
public sealed partial class MissingAntiforgeryCheckTests
{
    [Fact]
    public Task Reports_post_action_of_a_controller_with_views() =>
        CookieHost.Members("[HttpPost(\"cancel\")] public IActionResult {|ASA7006:Cancel|}(int id) => View();")
            .Message("ASA7006", "'OrdersController.Cancel' takes form posts along with the caller's sign-in, and checks no anti-forgery token, so any other site can send them in the caller's name")
            .Severity("ASA7006", DiagnosticSeverity.Warning)
            .CheckAsync();

    [Theory]
    [InlineData("builder.Services.AddAuthentication().AddCookie(\"Cookies\");")]
    [InlineData("builder.Services.AddAuthentication(Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(o => o.SlidingExpiration = true);")]
    [InlineData("builder.Services.AddIdentity<Microsoft.AspNetCore.Identity.IdentityUser, Microsoft.AspNetCore.Identity.IdentityRole>();")]
    [InlineData("Microsoft.AspNetCore.Identity.IdentityCookieAuthenticationBuilderExtensions.AddIdentityCookies(builder.Services.AddAuthentication(Microsoft.AspNetCore.Identity.IdentityConstants.ApplicationScheme));")]
    [InlineData("builder.Services.AddAuthentication(\"Cookies\").AddCookie().AddBearerToken();")]
    [InlineData("builder.Services.AddIdentity<Microsoft.AspNetCore.Identity.IdentityUser, Microsoft.AspNetCore.Identity.IdentityRole>(); builder.Services.AddAuthentication().AddBearerToken();")]
    public Task Reports_whatever_signs_in_with_cookies(string authentication) =>
        CookieHost.Members("[HttpPost(\"cancel\")] public IActionResult {|ASA7006:Cancel|}(int id) => View();", CookieHost.Text(authentication)).CheckAsync();

    [Fact]
    public Task Reports_jwt_that_is_taken_from_a_cookie() =>
        CookieHost.Members("[HttpPost(\"cancel\")] public IActionResult {|ASA7006:Cancel|}(int id) => View();", CookieHost.Text("""
            builder.Services.AddAuthentication("Bearer").AddJwtBearer(options => options.Events = new Microsoft.AspNetCore.Authentication.JwtBearer.JwtBearerEvents
            {
                OnMessageReceived = context => { context.Token = context.Request.Cookies["token"]; return Task.CompletedTask; },
            });
            """)).Reference(Packages.JwtBearer).CheckAsync();

    [Theory]
    [InlineData("[HttpPost(\"a\"), Consumes(\"application/x-www-form-urlencoded\")] public IActionResult {|ASA7006:Place|}(string name) => View();")]
    [InlineData("[AcceptVerbs(\"POST\", Route = \"a\")] public IActionResult {|ASA7006:Place|}(string name) => View();")]
    [InlineData("[HttpPost(\"a\")] public async Task<IActionResult> {|ASA7006:Upload|}(IFormFile file) { await Task.Yield(); return View(); }")]
    [InlineData("[HttpPost(\"a\")] public IActionResult {|ASA7006:Place|}([FromForm] string name) => View();")]
    [InlineData("[HttpPost(\"a\")] public IActionResult {|ASA7006:Place|}(IFormCollection form) => View();")]
    [InlineData("[HttpPost(\"a\")] public IActionResult {|ASA7006:Logout|}() => View();")]
    [InlineData("[HttpPost(\"a\"), ResponseCache(NoStore = true)] public IActionResult {|ASA7006:Place|}(string name) => View();")]
    public Task Reports_forms_however_they_are_bound(string member) => CookieHost.Members(member).CheckAsync();

    [Fact]
    public Task Reports_the_class_where_none_of_its_posts_is_checked() => CookieHost.With("""
        [Authorize]
        public sealed class {|ASA7006:OrdersController|} : Controller
        {
            [HttpGet("list")] public IActionResult Index() => View();
            [HttpPost("place")] public IActionResult Place(string name) => View();
            [HttpPost("cancel")] public IActionResult Cancel(int id) => View();
        }
        """).CheckAsync();

    [Fact]
    public Task Reports_the_actions_where_one_of_the_posts_is_checked_or_sends_json() => CookieHost.With("""
        public sealed record Filter(string Name);

        [Authorize]
        public sealed class OrdersController : Controller
        {
            [HttpPost("place"), ValidateAntiForgeryToken] public IActionResult Place(string name) => View();
            [HttpPost("cancel")] public IActionResult {|ASA7006:Cancel|}(int id) => View();
            [HttpPost("pay")] public IActionResult {|ASA7006:Pay|}(int id) => View();
            [HttpPost("json")] public IActionResult Json([FromBody] Filter filter) => View();
        }
        """).CheckAsync();

    [Fact]
    public Task Reports_bound_form_of_an_api_controller() => CookieHost.With("""
        [ApiController, Authorize, Route("orders")]
        public sealed class OrdersController : ControllerBase
        {
            [HttpPost] public IActionResult {|ASA7006:Upload|}(IFormFile file) => Ok();
            [HttpPut] public IActionResult Put(string name) => Ok();
        }
        """).CheckAsync();

    [Fact]
    public Task Reports_endpoint_that_names_the_cookie_scheme() => CookieHost.With("""
        [Authorize(AuthenticationSchemes = "Cookies")]
        public sealed class OrdersController : Controller
        {
            [HttpPost("cancel")] public IActionResult {|ASA7006:Cancel|}(int id) => View();
        }
        """, CookieHost.Text("builder.Services.AddAuthentication(\"BearerToken\").AddBearerToken().AddCookie();")).CheckAsync();

    [Fact]
    public Task Reports_attribute_that_switches_a_filter_for_all_off() => CookieHost.Members("""
        [HttpPost("cancel"), {|ASA7006:IgnoreAntiforgeryToken|}]
        public IActionResult Cancel(int id) => View();
        """, CookieHost.Text(mvc: "builder.Services.AddControllersWithViews(options => options.Filters.Add(new AutoValidateAntiforgeryTokenAttribute()));"))
        .Message("ASA7006", "'OrdersController.Cancel' takes form posts along with the caller's sign-in, and '[IgnoreAntiforgeryToken]' switches the check of anti-forgery tokens off, so any other site can send them in the caller's name").CheckAsync();

    [Fact]
    public Task Reports_attribute_on_the_class_once() => CookieHost.With("""
        [Authorize, {|ASA7006:IgnoreAntiforgeryToken|}]
        public sealed class OrdersController : Controller
        {
            [HttpPost("place")] public IActionResult Place(string name) => View();
            [HttpPost("cancel")] public IActionResult Cancel(int id) => View();
            [HttpPost("pay"), ValidateAntiForgeryToken] public IActionResult Pay(int id) => View();
        }
        """).CheckAsync();

    [Fact]
    public Task Reports_page_that_switches_its_check_off() => CookieHost.With("""
        using Microsoft.AspNetCore.Mvc.RazorPages;

        [Authorize, {|ASA7006:IgnoreAntiforgeryToken|}]
        public sealed class CancelModel : PageModel
        {
            public void OnPost(int id) { }
        }
        """, CookieHost.Text(mvc: "builder.Services.AddRazorPages();", endpoints: "app.MapRazorPages();")).CheckAsync();

    [Fact]
    public Task Reports_filters_that_switch_everything_off() => Code.Files(("Program.cs", CookieHost.Text(
        mvc: "builder.Services.AddControllersWithViews(options => { options.Filters.{|ASA7006:Add|}(new IgnoreAntiforgeryTokenAttribute()); });\nbuilder.Services.AddRazorPages(options => { options.Conventions.{|ASA7006:ConfigureFilter|}(new IgnoreAntiforgeryTokenAttribute()); });")
            .Replace("var builder", "using Microsoft.AspNetCore.Mvc.ApplicationModels;\n\nvar builder", StringComparison.Ordinal).Insert(0, "using Microsoft.Extensions.DependencyInjection;\n"))).CheckAsync();

    [Theory]
    [InlineData("app.MapPost(\"/upload\", (IFormFile file) => Results.Ok()).RequireAuthorization().{|ASA7006:DisableAntiforgery|}();")]
    [InlineData("app.MapPost(\"/upload\", ([FromForm] string name) => Results.Ok()).{|ASA7006:DisableAntiforgery|}().RequireAuthorization();")]
    [InlineData("app.MapPut(\"/upload\", (IFormCollection form) => Results.Ok()).{|ASA7006:DisableAntiforgery|}().RequireAuthorization();")]
    [InlineData("var group = app.MapGroup(\"/a\").RequireAuthorization().{|ASA7006:DisableAntiforgery|}(); group.MapPost(\"/b\", (IFormFileCollection files) => Results.Ok()); group.MapPost(\"/c\", (IFormFile file) => Results.Ok());")]
    [InlineData("app.{|ASA7006:MapPost|}(\"/upload\", async (HttpRequest request) => { var form = await request.ReadFormAsync(); return form.Count; }).RequireAuthorization();")]
    [InlineData("app.{|ASA7006:MapPost|}(\"/upload\", (HttpContext context) => context.Request.Form.Count).RequireAuthorization();")]
    public Task Reports_mapped_forms(string endpoints) => Code.Files(("Program.cs", CookieHost.Text(endpoints: endpoints, middleware: "app.UseAntiforgery();"))).CheckAsync();

    [Fact]
    public Task Reports_in_a_classic_startup() => Code.Files(("Startup.cs", """
        public sealed class Startup
        {
            public void ConfigureServices(IServiceCollection services)
            {
                services.AddAuthentication("Cookies").AddCookie();
                services.AddControllersWithViews();
                services.AddHttpLogging(options => { });
                services.AddRateLimiter(options => options.GlobalLimiter = System.Threading.RateLimiting.PartitionedRateLimiter.Create<HttpContext, string>(
                    context => System.Threading.RateLimiting.RateLimitPartition.GetFixedWindowLimiter("all", key => new System.Threading.RateLimiting.FixedWindowRateLimiterOptions { PermitLimit = 100, Window = TimeSpan.FromMinutes(1) })));
            }

            public void Configure(IApplicationBuilder app)
            {
                app.UseHttpLogging();
                app.UseHttpsRedirection();
                app.UseRouting();
                app.UseAuthentication();
                app.UseRateLimiter();
                app.UseAuthorization();
                app.UseEndpoints(endpoints => endpoints.MapDefaultControllerRoute());
            }
        }
        """), ("Program.cs", "public static class Program { public static void Main(string[] args) => Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(web => web.UseStartup<Startup>()).Build().Run(); }"),
        ("OrdersController.cs", CookieHost.Controller("[HttpPost] public IActionResult {|ASA7006:Cancel|}(int id) => View();"))).CheckAsync();

    [Fact]
    public Task Reports_in_broken_code() => CookieHost.Members("[HttpPost(\"a\")] public IActionResult {|ASA7006:Cancel|}(int id) => Viev(;").Broken().CheckAsync();
}
