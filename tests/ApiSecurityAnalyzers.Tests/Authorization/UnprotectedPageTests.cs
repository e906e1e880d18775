using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Authorization;

/// <summary>ASA1006: Razor Pages that anyone can reach.</summary>
public sealed partial class UnprotectedPageTests
{
    private const string Edit = """
        public class {|ASA1006:EditModel|} : PageModel
        {
            public void OnGet() { }
            public IActionResult OnPost() => RedirectToPage();
        }
        """;

    private static CodeTest Pages(string statements, params (string Name, string Text)[] pages)
    {
        var test = Code.MinimalApi("builder.Services.AddRazorPages();\n" + statements);
        foreach (var (name, text) in pages)
            test.With(name, "using Microsoft.AspNetCore.Mvc.RazorPages;\n\n" + text);
        return test;
    }

    private static string Unmarked(string text) => text.Replace("{|ASA1006:", "", StringComparison.Ordinal).Replace("|}", "", StringComparison.Ordinal);

    [Fact]
    public Task Reports_page_that_takes_forms() =>
        Pages("app.MapRazorPages();", ("Pages/Orders/Edit.cshtml.cs", Edit)).Message("ASA1006", "Anyone can reach page 'EditModel': no authorization applies to its 'OnPost'").CheckAsync();

    [Theory]
    [InlineData("public async Task<IActionResult> OnPostAsync() { await Task.Yield(); return Page(); }")]
    [InlineData("public IActionResult OnPostDelete(int id) => Page();")]
    [InlineData("public Task OnPostDeleteAsync(int id) => Task.CompletedTask;")]
    [InlineData("public void OnPut() { }")]
    [InlineData("public void OnDelete(int id) { }")]
    [InlineData("public void OnPatchAsync() { }")]
    [InlineData("[BindProperty] public string? Name { get; set; } public void OnGet() { } public void OnPost() { }")]
    [InlineData("[Obsolete] public void OnPost() { }")]
    public Task Reports_each_handler_that_is_not_get(string members) =>
        Pages("app.MapRazorPages();", ("Edit.cs", $$"""public class {|ASA1006:EditModel|} : PageModel { {{members}} }""")).CheckAsync();

    [Theory]
    [InlineData("internal sealed class {|ASA1006:EditModel|}(ILogger<EditModel> logger) : PageModel { public void OnPost() => logger.LogInformation(\"posted\"); }")]
    [InlineData("public abstract class BasePage : PageModel { public virtual void OnPost() { } } public class {|ASA1006:EditModel|} : BasePage { }")]
    [InlineData("public class CrudModel<T> : PageModel { public void OnPost(T item) { } } public class {|ASA1006:EditModel|} : CrudModel<string> { }")]
    [InlineData("public class CommonModel : PageModel { public void OnPost() { } } public class {|ASA1006:EditModel|} : CommonModel { }")]
    [InlineData("public partial class EditModel { public void OnPost() { } } public partial class {|ASA1006:EditModel|} : PageModel { }")]
    [InlineData("namespace Shop.Pages.Orders { public class {|ASA1006:EditModel|} : PageModel { public void OnPost() { } } }")]
    [InlineData("[ValidateAntiForgeryToken] public class {|ASA1006:EditModel|} : PageModel { public void OnPost() { } }")]
    public Task Reports_each_way_to_write_a_page_model(string types) => Pages("app.MapRazorPages();", ("Edit.cs", types)).CheckAsync();

    [Theory]
    [InlineData("app.UseRouting(); app.UseEndpoints(endpoints => endpoints.MapRazorPages());")]
    [InlineData("app.MapRazorPages().WithStaticAssets();")]
    [InlineData("app.MapGroup(\"/site\").MapRazorPages();")]
    [InlineData("builder.Services.AddMvc(options => options.EnableEndpointRouting = false); app.UseMvc();")]
    [InlineData("builder.Services.AddRazorPages(options => options.Conventions.AuthorizeFolder(\"/Admin\")); app.MapRazorPages();")]
    [InlineData("builder.Services.AddRazorPages(options => options.Conventions.AuthorizePage(\"/Orders/Edits\")); app.MapRazorPages();")]
    [InlineData("builder.Services.AddRazorPages(options => options.Conventions.AuthorizeAreaFolder(\"Orders\", \"/\")); app.MapRazorPages();")]
    [InlineData("builder.Services.AddRazorPages(options => options.Conventions.AddPageRoute(\"/Orders/Edit\", \"/edit\")); app.MapRazorPages();")]
    public Task Reports_each_way_to_map_pages(string statements) => Pages(statements, ("Pages/Orders/Edit.cshtml.cs", Edit)).CheckAsync();

    [Theory]
    [InlineData("", "[Authorize] public class AdminModel : PageModel { public void OnGet() { } }")]
    [InlineData("builder.Services.AddRazorPages(options => options.Conventions.AuthorizeFolder(\"/Admin\"));", "")]
    [InlineData("builder.Services.AddRazorPages(options => { options.Conventions.AuthorizePage(\"/Admin\"); });", "")]
    [InlineData("builder.Services.AddRazorPages().AddRazorPagesOptions(options => options.Conventions.AuthorizeAreaPage(\"Admin\", \"/Index\"));", "")]
    [InlineData("builder.Services.Configure<RazorPagesOptions>(options => options.Conventions.AuthorizeAreaFolder(\"Admin\", \"/\", \"admins\"));", "")]
    public Task Reports_page_that_shows_something_beside_closed_pages(string statements, string other) =>
        Pages(statements + "app.MapRazorPages();", ("Pages/Orders/List.cshtml.cs", "public class {|ASA1006:ListModel|} : PageModel { public void OnGet() { } }"), ("Pages/Admin.cshtml.cs", other))
            .With("Usings.cs", "global using Microsoft.AspNetCore.Mvc.RazorPages;")
            .Message("ASA1006", "Anyone can reach page 'ListModel': no authorization applies to it, while other pages demand it").CheckAsync();

    [Fact]
    public Task Reports_page_without_handlers_beside_closed_pages() =>
        Pages("app.MapRazorPages();", ("Pages/Orders/List.cshtml.cs", "public class {|ASA1006:ListModel|} : PageModel { }"), ("Pages/Orders/Edit.cshtml.cs", "[Authorize] public class EditModel : PageModel { public void OnPost() { } }")).CheckAsync();

    [Fact]
    public Task Reports_once_for_several_handlers() =>
        Pages("app.MapRazorPages();", ("Edit.cs", "public class {|ASA1006:EditModel|} : PageModel { public void OnPost() { } public void OnPostDelete() { } public void OnPutAsync() { } }")).CheckAsync();

    [Fact]
    public Task Reports_in_a_startup_class() =>
        Hosts.Startup("services.AddRazorPages();", "app.UseRouting();\napp.UseAuthorization();\napp.UseEndpoints(endpoints => endpoints.MapRazorPages());")
            .With("Edit.cs", "using Microsoft.AspNetCore.Mvc.RazorPages; " + Edit).CheckAsync();

    [Fact]
    public Task Reports_in_a_library_as_suggestion() =>
        Code.Files(("Edit.cs", "using Microsoft.AspNetCore.Mvc.RazorPages; " + Edit)).Severity("ASA1006", DiagnosticSeverity.Info).CheckAsync();

    [Theory]
    [InlineData("[Authorize]")]
    [InlineData("[Authorize(Policy = \"x\")]")]
    [InlineData("[AllowAnonymous]")]
    [InlineData("[Microsoft.AspNetCore.Mvc.TypeFilter(typeof(Guard))]")]
    public Task Silent_with_attribute(string attribute) =>
        Pages("app.MapRazorPages();", ("Pages/Edit.cshtml.cs", attribute + "\n" + Unmarked(Edit))).With("Guard.cs", """
            using Microsoft.AspNetCore.Mvc.Filters;
            public class Guard : IAuthorizationFilter { public void OnAuthorization(AuthorizationFilterContext context) => context.Result = new ForbidResult(); }
            """).CheckAsync();

    [Theory]
    [InlineData("app.MapRazorPages().RequireAuthorization();")]
    [InlineData("app.MapRazorPages().AllowAnonymous();")]
    [InlineData("app.MapGroup(\"\").RequireAuthorization().MapRazorPages();")]
    [InlineData("if (app.Environment.IsDevelopment()) app.MapRazorPages();")]
    [InlineData("")]
    [InlineData("builder.Services.AddRazorPages(options => options.Conventions.AuthorizeFolder(\"/\")); app.MapRazorPages();")]
    [InlineData("builder.Services.AddRazorPages(options => options.Conventions.AuthorizeFolder(\"/orders/\")); app.MapRazorPages();")]
    [InlineData("builder.Services.AddRazorPages(options => options.Conventions.AuthorizePage(\"/Orders/Edit\", \"admins\")); app.MapRazorPages();")]
    [InlineData("builder.Services.AddRazorPages(options => options.Conventions.AuthorizeFolder(\"/Admin\").AllowAnonymousToPage(\"/Orders/Edit\")); app.MapRazorPages();")]
    [InlineData("builder.Services.AddRazorPages(options => options.Conventions.AllowAnonymousToFolder(\"/Orders\")); app.MapRazorPages();")]
    [InlineData("builder.Services.AddRazorPages(options => { foreach (var folder in args) options.Conventions.AuthorizeFolder(folder); }); app.MapRazorPages();")]
    [InlineData("builder.Services.AddRazorPages(options => PageConventionCollectionExtensions.AuthorizeFolder(options.Conventions, \"/Orders\")); app.MapRazorPages();")]
    [InlineData("builder.Services.AddRazorPages(options => options.Conventions.AuthorizeFolder(policy: \"x\", folderPath: \"/Orders\")); app.MapRazorPages();")]
    [InlineData("builder.Services.AddRazorPages(options => options.Conventions.ConfigureFilter(new Microsoft.AspNetCore.Mvc.Authorization.AuthorizeFilter())); app.MapRazorPages();")]
    [InlineData("builder.Services.AddRazorPages(options => options.Conventions.AddFolderApplicationModelConvention(\"/\", model => model.EndpointMetadata.Add(new AuthorizeAttribute()))); app.MapRazorPages();")]
    [InlineData("builder.Services.AddMvc(options => options.Filters.Add(new Microsoft.AspNetCore.Mvc.Authorization.AuthorizeFilter())); app.MapRazorPages();")]
    [InlineData("app.UseWhen(context => context.Request.Path.StartsWithSegments(\"/Orders\"), orders => orders.Use((context, next) => { if (context.User.Identity?.IsAuthenticated != true) { context.Response.StatusCode = 401; return Task.CompletedTask; } return next(context); })); app.MapRazorPages();")]
    public Task Silent_with_decision_in_the_host(string statements) => Pages(statements, ("Pages/Orders/Edit.cshtml.cs", Unmarked(Edit))).CheckAsync();

    [Theory]
    [InlineData("options.Conventions.AuthorizeAreaFolder(\"Admin\", \"/\")")]
    [InlineData("options.Conventions.AuthorizeAreaFolder(\"Admin\", \"/Users\")")]
    [InlineData("options.Conventions.AuthorizeAreaPage(\"Admin\", \"/Users/Edit\")")]
    [InlineData("options.Conventions.AllowAnonymousToAreaPage(\"Admin\", \"/Users/Edit\")")]
    [InlineData("options.Conventions.AllowAnonymousToAreaFolder(\"admin\", \"/users\")")]
    public Task Silent_with_decision_about_the_area(string convention) =>
        Pages($"builder.Services.AddRazorPages(options => {convention}); app.MapRazorPages();", ("Areas/Admin/Pages/Users/Edit.cshtml.cs", Unmarked(Edit))).CheckAsync();

    [Theory]
    [InlineData("options.Conventions.AuthorizeFolder(\"/\")")]
    [InlineData("options.Conventions.AuthorizeAreaFolder(\"Admin\", \"/User\")")]
    [InlineData("options.Conventions.AuthorizeAreaPage(\"Sales\", \"/Users/Edit\")")]
    public Task Reports_page_of_an_area_that_conventions_leave_out(string convention) =>
        Pages($"builder.Services.AddRazorPages(options => {convention}); app.MapRazorPages();", ("Areas/Admin/Pages/Users/Edit.cshtml.cs", Edit)).CheckAsync();

    [Theory]
    [InlineData("LoginModel")]
    [InlineData("RegisterModel")]
    [InlineData("LogoutModel")]
    [InlineData("ForgotPasswordModel")]
    [InlineData("ErrorModel")]
    [InlineData("AccessDenied")]
    [InlineData("LoginWith2faModel")]
    public Task Silent_for_pages_that_must_be_open(string name) =>
        Pages("app.MapRazorPages();", ("Page.cs", $$"""
            public class {{name}} : PageModel { public void OnGet() { } public void OnPost() { } }
            [Authorize] public class AdminModel : PageModel { public void OnGet() { } }
            """)).CheckAsync();

    [Fact]
    public Task Silent_for_page_that_signs_in() =>
        Pages("app.MapRazorPages();", ("Pages/Enter.cshtml.cs", """
            using Microsoft.AspNetCore.Authentication;
            public class EnterModel : PageModel { public Task OnPostAsync() => HttpContext.SignInAsync(new System.Security.Claims.ClaimsPrincipal()); }
            """)).CheckAsync();

    [Theory]
    [InlineData("Pages/Index.cshtml.cs", "IndexModel")]
    [InlineData("Pages/Privacy.cshtml.cs", "PrivacyModel")]
    [InlineData("Pages/Shop/About.cshtml.cs", "AboutModel")]
    public Task Silent_for_what_a_site_shows_to_all(string file, string name) =>
        Pages("app.MapRazorPages();", (file, $$"""public class {{name}} : PageModel { public void OnGet() { } }"""), ("Pages/Admin.cshtml.cs", "[Authorize] public class AdminModel : PageModel { public void OnGet() { } }")).CheckAsync();

    [Theory]
    [InlineData("public class ListModel : PageModel { public void OnGet() { } }")]
    [InlineData("public class ListModel : PageModel { public void OnGet() { } private void OnPost() { } }")]
    [InlineData("public class ListModel : PageModel { public void OnGet() { } [NonHandler] public void OnPost() { } }")]
    [InlineData("public class ListModel : PageModel { public void OnGet() { } public static void OnPost() { } public void OnPost<T>() { } public void Once() { } public void OnAsync() { } }")]
    [InlineData("public class ListModel : PageModel { }")]
    [InlineData("public abstract class ListModel : PageModel { public void OnPost() { } }")]
    [InlineData("public class EditModel { public void OnPost() { } }")]
    [InlineData("public class EditModel : PageModel { public IActionResult OnPost() => User.Identity?.IsAuthenticated == true ? Page() : Forbid(); }")]
    [InlineData("public class EditModel : PageModel { public IActionResult OnPost() { if (!User.IsInRole(\"x\")) return Unauthorized(); return Page(); } }")]
    [InlineData("public class EditModel : PageModel { public void OnPost() { } public override void OnPageHandlerExecuting(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context) { if (User.Identity?.IsAuthenticated != true) context.Result = new ForbidResult(); } }")]
    public Task Silent_where_nothing_is_to_be_protected(string types) => Pages("app.MapRazorPages();", ("List.cs", types)).CheckAsync();

    [Fact]
    public Task Silent_with_fallback_policy() =>
        Code.Program(Hosts.Minimal("services.AddRazorPages(); services.AddAuthorization(options => options.FallbackPolicy = options.DefaultPolicy);", "app.MapRazorPages();"))
            .With("Edit.cs", "using Microsoft.AspNetCore.Mvc.RazorPages; " + Unmarked(Edit)).CheckAsync();

    [Theory]
    [InlineData("@page\n@attribute [Authorize]\n@model EditModel\n")]
    [InlineData("@page\n@attribute [AllowAnonymous]\n@model EditModel\n")]
    [InlineData("@model EditModel\n<p>a part of another page</p>\n")]
    public Task Silent_where_the_page_says_so(string markup) =>
        Pages("app.MapRazorPages();", ("Pages/Edit.cshtml.cs", Unmarked(Edit))).AdditionalFile("Pages/Edit.cshtml", markup).CheckAsync();

    [Fact]
    public Task Reports_page_with_markup() =>
        Pages("app.MapRazorPages();", ("Pages/Edit.cshtml.cs", Edit)).AdditionalFile("Pages/Edit.cshtml", "@page \"{id}\"\n@model EditModel\n<p>edit</p>\n").CheckAsync();

    [Fact]
    public Task Silent_in_a_library_that_is_protected() =>
        Code.Files(("Edit.cs", "using Microsoft.AspNetCore.Mvc.RazorPages; " + Unmarked(Edit))).Option("api_security.host", "protected").CheckAsync();

    [Fact]
    public Task Silent_where_code_out_of_sight_maps_pages() =>
        Pages("""
            app.MapDefaultEndpoints();
            app.MapRazorPages();
            """, ("Edit.cs", Unmarked(Edit))).With("Usings.cs", "global using Company.Defaults;").Reference(Libraries.Defaults).CheckAsync();

    [Fact]
    public Task Silent_for_broken_code() =>
        Pages("builder.Services.AddRazorPages(options => options.Conventions.AuthorizeFolder( )); app.MapRazorPages(", ("Edit.cs", "public class : PageModel { public void OnPost( } class X : PageModel { public OnPost() }")).Broken().CheckAsync();
}
