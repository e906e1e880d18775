using ApiSecurityAnalyzers.CodeFixes.Exposure;

namespace ApiSecurityAnalyzers.Tests.Exposure;

/// <content>What the fix does.</content>
public sealed partial class MissingAntiforgeryCheckTests
{
    [Fact]
    public Task Fixes_actions_with_the_filter_where_there_are_views() => CookieHost.Members("""
        // cancels
        [HttpPost("cancel")]
        public IActionResult {|ASA7006:Cancel|}(int id) => View();

        #region Payment
        [HttpPost("pay")] public IActionResult {|ASA7006:Pay|}(int id) => View();
        #endregion

        [HttpPost("find")]
        public IActionResult Find(int id) => View();
        """)
        .FixedBy(MissingAntiforgeryCheckFix.CheckToken, ("OrdersController.cs", CookieHost.Controller("""
        // cancels
        [HttpPost("cancel")]
        [ValidateAntiForgeryToken]
        public IActionResult Cancel(int id) => View();

        #region Payment
        [HttpPost("pay")] [ValidateAntiForgeryToken] public IActionResult Pay(int id) => View();
        #endregion

        [HttpPost("find")]
        public IActionResult Find(int id) => View();
        """))).CheckAsync();

    [Fact]
    public Task Fixes_the_class() => CookieHost.With("""
        namespace Shop
        {
            [Authorize]
            public sealed class {|ASA7006:OrdersController|} : Controller
            {
                [HttpPost("place")] public IActionResult Place(string name) => View();
                [HttpPost("cancel")] public IActionResult Cancel(int id) => View();
            }
        }
        """)
        .FixedBy(MissingAntiforgeryCheckFix.CheckToken, ("OrdersController.cs", """
        namespace Shop
        {
            [Authorize]
            [AutoValidateAntiforgeryToken]
            public sealed class OrdersController : Controller
            {
                [HttpPost("place")] public IActionResult Place(string name) => View();
                [HttpPost("cancel")] public IActionResult Cancel(int id) => View();
            }
        }
        """)).CheckAsync();

    [Fact]
    public Task Fixes_without_views_by_the_middleware() => CookieHost.With("""
        [ApiController, Authorize, Route("orders")]
        public sealed class OrdersController : ControllerBase
        {
            [HttpPost]
            public IActionResult {|ASA7006:Upload|}(IFormFile file) => Ok();

            [HttpPut]
            public IActionResult Put(string name) => Ok();
        }
        """, CookieHost.Text(mvc: "builder.Services.AddControllers();"))
        .FixedBy(MissingAntiforgeryCheckFix.CheckToken, ("OrdersController.cs", """
        using Microsoft.AspNetCore.Antiforgery;

        [ApiController, Authorize, Route("orders")]
        public sealed class OrdersController : ControllerBase
        {
            [HttpPost]
            [RequireAntiforgeryToken]
            public IActionResult Upload(IFormFile file) => Ok();

            [HttpPut]
            public IActionResult Put(string name) => Ok();
        }
        """), ("Program.cs", CookieHost.Text(mvc: "builder.Services.AddControllers();", middleware: "app.UseAntiforgery();").Replace("var app =", "builder.Services.AddAntiforgery();\nvar app =", StringComparison.Ordinal))).CheckAsync();

    [Fact]
    public Task Fixes_by_removing_the_attribute_where_something_else_checks() => CookieHost.Members("""
        [HttpPost("cancel")]
        [{|ASA7006:IgnoreAntiforgeryToken|}] // for the old client
        public IActionResult Cancel(int id) => View();

        [HttpPost("pay"), {|ASA7006:IgnoreAntiforgeryToken|}]
        public IActionResult Pay(int id) => View();
        """, CookieHost.Text(mvc: "builder.Services.AddControllersWithViews(options => options.Filters.Add(new AutoValidateAntiforgeryTokenAttribute()));"))
        .FixedBy(MissingAntiforgeryCheckFix.RemoveOptOut, ("OrdersController.cs", CookieHost.Controller("""
        [HttpPost("cancel")]
        // for the old client
        public IActionResult Cancel(int id) => View();

        [HttpPost("pay")]
        public IActionResult Pay(int id) => View();
        """))).CheckAsync();

    [Fact]
    public Task Fixes_by_replacing_the_attribute_where_nothing_else_checks() => CookieHost.Members("""
        [HttpPost("cancel"), {|ASA7006:IgnoreAntiforgeryToken(Order = 2000)|}]
        public IActionResult Cancel(int id) => View();
        """)
        .FixedBy(MissingAntiforgeryCheckFix.RemoveOptOut, ("OrdersController.cs", CookieHost.Controller("""
        [HttpPost("cancel"), ValidateAntiForgeryToken(Order = 2000)]
        public IActionResult Cancel(int id) => View();
        """))).CheckAsync();

    [Fact]
    public Task Fixes_a_page() => CookieHost.With("""
        using Microsoft.AspNetCore.Mvc.RazorPages;

        [Authorize]
        [{|ASA7006:IgnoreAntiforgeryToken|}]
        public sealed class CancelModel : PageModel
        {
            public void OnPost(int id) { }
        }
        """, CookieHost.Text(mvc: "builder.Services.AddRazorPages();", endpoints: "app.MapRazorPages();"))
        .FixedBy(MissingAntiforgeryCheckFix.RemoveOptOut, ("OrdersController.cs", """
        using Microsoft.AspNetCore.Mvc.RazorPages;

        [Authorize]
        public sealed class CancelModel : PageModel
        {
            public void OnPost(int id) { }
        }
        """)).CheckAsync();

    [Fact]
    public Task Fixes_mapped_forms() => Code.Files(("Program.cs", CookieHost.Text(mvc: "", endpoints: """
        app.MapPost("/a", (IFormFile file) => Results.Ok())
            .RequireAuthorization()
            .{|ASA7006:DisableAntiforgery|}();
        app.MapPost("/b", (IFormCollection form) => Results.Ok()).{|ASA7006:DisableAntiforgery|}().RequireAuthorization();
        """)))
        .FixedBy(MissingAntiforgeryCheckFix.RemoveOptOut, ("Program.cs", CookieHost.Text(mvc: "", middleware: "app.UseAntiforgery();", endpoints: """
        app.MapPost("/a", (IFormFile file) => Results.Ok())
            .RequireAuthorization();
        app.MapPost("/b", (IFormCollection form) => Results.Ok()).RequireAuthorization();
        """).Replace("var app =", "builder.Services.AddAntiforgery();\nvar app =", StringComparison.Ordinal)))
        .CheckAsync();

    [Fact]
    public Task Fixes_forms_that_are_read_by_hand() => Code.Files(("Program.cs", CookieHost.Text(mvc: "", middleware: "app.UseAntiforgery();", endpoints: """
        app.{|ASA7006:MapPost|}("/b", (HttpContext context) => context.Request.Form.Count).RequireAuthorization();
        """)))
        .FixedBy(MissingAntiforgeryCheckFix.CheckToken, ("Program.cs", "using Microsoft.AspNetCore.Antiforgery;\n\n" + CookieHost.Text(mvc: "", middleware: "app.UseAntiforgery();", endpoints: """
        app.MapPost("/b", (HttpContext context) => context.Request.Form.Count).WithMetadata(new RequireAntiforgeryTokenAttribute()).RequireAuthorization();
        """))).CheckAsync();

    [Fact]
    public Task Fixes_a_filter_for_all() => Code.Files(("Program.cs", CookieHost.Text(mvc: """
        builder.Services.AddControllersWithViews(options =>
        {
            options.MaxModelValidationErrors = 10;
            options.Filters.{|ASA7006:Add|}(new IgnoreAntiforgeryTokenAttribute());
        });
        """)))
        .FixedBy(MissingAntiforgeryCheckFix.RemoveOptOut, ("Program.cs", CookieHost.Text(mvc: """
        builder.Services.AddControllersWithViews(options =>
        {
            options.MaxModelValidationErrors = 10;
        });
        """))).CheckAsync();

    [Fact]
    public Task NoFix_where_the_filter_is_all_that_the_lambda_does() => Code.Files(("Program.cs", CookieHost.Text(
        mvc: "builder.Services.AddControllersWithViews(options => options.Filters.{|ASA7006:Add|}(new IgnoreAntiforgeryTokenAttribute()));"))).NoFix().CheckAsync();
}
