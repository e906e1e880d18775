namespace ApiSecurityAnalyzers.Tests.Authorization;

/// <content>What the fixes write.</content>
public sealed partial class UnprotectedPageTests
{
    [Fact]
    public Task Fixes_page() =>
        Pages("app.MapRazorPages();", ("Pages/Edit.cshtml.cs", """
            namespace Shop.Pages;

            // edits an order
            public class {|ASA1006:EditModel|} : PageModel
            {
                public void OnPost() { }
            }
            """))
            .FixedBy("ASA1006.Authorize", ("Pages/Edit.cshtml.cs", """
            using Microsoft.AspNetCore.Mvc.RazorPages;

            namespace Shop.Pages;

            // edits an order
            [Authorize]
            public class EditModel : PageModel
            {
                public void OnPost() { }
            }
            """))
            .FixedBy("ASA1006.AllowAnonymous", ("Pages/Edit.cshtml.cs", """
            using Microsoft.AspNetCore.Mvc.RazorPages;

            namespace Shop.Pages;

            // edits an order
            [AllowAnonymous]
            public class EditModel : PageModel
            {
                public void OnPost() { }
            }
            """))
            .CheckAsync();

    [Fact]
    public Task Fixes_several_pages() =>
        Pages("app.MapRazorPages();", ("Pages.cs", """
            namespace Shop.Pages
            {
            #if NET
                [ValidateAntiForgeryToken]
            #endif
                public class {|ASA1006:EditModel|} : PageModel { public void OnPost() { } }

                #region new
                /// <summary>Creates.</summary>
                public class {|ASA1006:CreateModel|} : PageModel { public void OnPost() { } }
                #endregion
            }
            """))
            .FixedBy("ASA1006.Authorize", ("Pages.cs", """
            using Microsoft.AspNetCore.Mvc.RazorPages;

            namespace Shop.Pages
            {
            #if NET
                [ValidateAntiForgeryToken]
            #endif
                [Authorize]
                public class EditModel : PageModel { public void OnPost() { } }

                #region new
                /// <summary>Creates.</summary>
                [Authorize]
                public class CreateModel : PageModel { public void OnPost() { } }
                #endregion
            }
            """))
            .CheckAsync();

    [Fact]
    public Task Fixes_host_without_authentication_by_cookies() =>
        Code.Files(
            ("Program.cs", Hosts.Minimal("services.AddRazorPages();", "app.MapRazorPages();")),
            ("Edit.cs", """
            public class {|ASA1006:EditModel|} : Microsoft.AspNetCore.Mvc.RazorPages.PageModel
            {
                public void OnPost() { }
            }
            """))
            .FixedBy("ASA1006.Authorize", ("Program.cs", Hosts.Authorized("services.AddRazorPages();\nbuilder.Services.AddAuthentication(\"Cookies\").AddCookie();", "app.MapRazorPages();")), ("Edit.cs", """
            [Authorize]
            public class EditModel : Microsoft.AspNetCore.Mvc.RazorPages.PageModel
            {
                public void OnPost() { }
            }
            """))
            .CheckAsync();

    [Fact]
    public Task Fixes_all_pages_by_a_fallback_policy() =>
        Pages("app.MapRazorPages();", ("Edit.cs", """
            public class {|ASA1006:EditModel|} : PageModel { public void OnPost() { } }
            public class {|ASA1006:CreateModel|} : PageModel { public void OnPost() { } }
            """))
            .FixedBy("ASA1006.SetFallbackPolicy", ("Program.cs", Fallback()))
            .CheckAsync();

    /// <summary>The secured host of the kit with the policy in its place.</summary>
    private static string Fallback()
    {
        var host = Code.MinimalApi("builder.Services.AddRazorPages();\napp.MapRazorPages();").Inputs[0].Text;
        return host.Replace("AddAuthorization();", "AddAuthorization(options => options.FallbackPolicy = options.DefaultPolicy);", StringComparison.Ordinal);
    }
}
