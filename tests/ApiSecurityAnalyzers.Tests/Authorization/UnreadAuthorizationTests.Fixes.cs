namespace ApiSecurityAnalyzers.Tests.Authorization;

/// <content>What the fixes write.</content>
public sealed partial class UnreadAuthorizationTests
{
    [Fact]
    public Task Fixes_page_handlers() =>
        App("app.MapRazorPages();", """
            namespace Shop
            {
                /// <summary>Edits.</summary>
                [ValidateAntiForgeryToken] // for all forms
                public class EditModel : PageModel
                {
                    // shows
                    public void OnGet() => _ = User.Identity?.IsAuthenticated == true ? null : Forbid();

                    #region saving
                    /// <summary>Saves.</summary>
                    [{|ASA1024:Authorize(Roles = "admin")|}]
                    public void OnPost() => _ = User.Identity?.IsAuthenticated == true ? null : Forbid(); // saves

                    [Obsolete, {|ASA1024:Authorize(Roles = "admin")|}]
                    public void OnPostDelete() => _ = User.Identity?.IsAuthenticated == true ? null : Forbid();
                    #endregion
                }
            }
            """)
            .FixedBy("ASA1024.Move", ("Types.cs", """
            using Microsoft.AspNetCore.Mvc.RazorPages;
            using Microsoft.AspNetCore.Components;

            namespace Shop
            {
                /// <summary>Edits.</summary>
                [Authorize(Roles = "admin")]
                [ValidateAntiForgeryToken] // for all forms
                public class EditModel : PageModel
                {
                    // shows
                    public void OnGet() => _ = User.Identity?.IsAuthenticated == true ? null : Forbid();

                    #region saving
                    /// <summary>Saves.</summary>
                    public void OnPost() => _ = User.Identity?.IsAuthenticated == true ? null : Forbid(); // saves

                    [Obsolete]
                    public void OnPostDelete() => _ = User.Identity?.IsAuthenticated == true ? null : Forbid();
                    #endregion
                }
            }
            """))
            .FixedBy("ASA1024.Remove", ("Types.cs", """
            using Microsoft.AspNetCore.Mvc.RazorPages;
            using Microsoft.AspNetCore.Components;

            namespace Shop
            {
                /// <summary>Edits.</summary>
                [ValidateAntiForgeryToken] // for all forms
                public class EditModel : PageModel
                {
                    // shows
                    public void OnGet() => _ = User.Identity?.IsAuthenticated == true ? null : Forbid();

                    #region saving
                    /// <summary>Saves.</summary>
                    public void OnPost() => _ = User.Identity?.IsAuthenticated == true ? null : Forbid(); // saves

                    [Obsolete]
                    public void OnPostDelete() => _ = User.Identity?.IsAuthenticated == true ? null : Forbid();
                    #endregion
                }
            }
            """))
            .CheckAsync();

    [Fact]
    public Task Fixes_page_handler_and_host() =>
        Code.Files(("Program.cs", Hosts.Minimal("services.AddRazorPages();", "app.MapRazorPages();")), ("Edit.cs", """
            public class {|ASA1006:EditModel|} : Microsoft.AspNetCore.Mvc.RazorPages.PageModel
            {
                [{|ASA1024:Authorize|}]
                public void OnPost() { }
            }
            """))
            .FixedBy("ASA1024.Move", ("Program.cs", Hosts.Authorized("services.AddRazorPages();\nbuilder.Services.AddAuthentication(\"Cookies\").AddCookie();", "app.MapRazorPages();")), ("Edit.cs", """
            [Authorize]
            public class EditModel : Microsoft.AspNetCore.Mvc.RazorPages.PageModel
            {
                public void OnPost() { }
            }
            """))
            .CheckAsync();

    [Theory]
    [InlineData("Authorize", "RequireAuthorization()")]
    [InlineData("Authorize(\"admins\")", "RequireAuthorization(\"admins\")")]
    [InlineData("Authorize(Policy = Names.Admins)", "RequireAuthorization(\"admins\")")]
    [InlineData("Authorize(Roles = \"admin\", AuthenticationSchemes = \"Bearer\")", "RequireAuthorization(new AuthorizeAttribute { Roles = \"admin\", AuthenticationSchemes = \"Bearer\" })")]
    [InlineData("Authorize(\"admins\", Roles = \"admin\")", "RequireAuthorization(new AuthorizeAttribute(\"admins\") { Roles = \"admin\" })")]
    public Task Fixes_method_that_a_route_lambda_calls(string attribute, string convention) =>
        App("app.{|ASA1002:MapGet|}(\"/orders\", () => Orders.List()); // all\napp.MapGet(\"/none\", () => 1).AllowAnonymous();", $$"""
            public static class Names { public const string Admins = "admins"; }

            public static class Orders
            {
                /// <summary>Lists.</summary>
                [{|ASA1024:{{attribute}}|}]
                public static string List() => "";
            }
            """)
            .FixedBy("ASA1024.Move", ("Program.cs", Code.MinimalApi("builder.Services.AddRazorPages();\napp.MapGet(\"/orders\", () => Orders.List())." + convention + "; // all\napp.MapGet(\"/none\", () => 1).AllowAnonymous();").Inputs[0].Text), ("Types.cs", """
            using Microsoft.AspNetCore.Mvc.RazorPages;
            using Microsoft.AspNetCore.Components;

            public static class Names { public const string Admins = "admins"; }

            public static class Orders
            {
                /// <summary>Lists.</summary>
                public static string List() => "";
            }
            """))
            .CheckAsync();

    [Fact]
    public Task Fixes_class_of_handlers_and_several_methods() =>
        App("""
            app.{|ASA1002:MapGet|}("/orders", Orders.List)
                .WithName("orders");
            app.{|ASA1002:MapPost|}("/orders", () => Store.Save());
            """, """
            [{|ASA1024:Authorize|}]
            public static class Orders
            {
                public static string List() => "";
            }

            public static class Store
            {
                [{|ASA1024:Authorize("writers")|}]
                public static string Save() => "";
            }
            """)
            .FixedBy("ASA1024.Move", ("Program.cs", Code.MinimalApi("""
            builder.Services.AddRazorPages();
            app.MapGet("/orders", Orders.List)
                .RequireAuthorization()
                .WithName("orders");
            app.MapPost("/orders", () => Store.Save()).RequireAuthorization("writers");
            """).Inputs[0].Text), ("Types.cs", """
            using Microsoft.AspNetCore.Mvc.RazorPages;
            using Microsoft.AspNetCore.Components;

            public static class Orders
            {
                public static string List() => "";
            }

            public static class Store
            {
                public static string Save() => "";
            }
            """))
            .CheckAsync();

    [Fact]
    public Task Fixes_component_and_service_by_removal() =>
        App("", """
            #if !NEVER
            [{|ASA1024:Authorize|}]
            #endif
            public class Panel : ComponentBase { }

            public class OrderService
            {
                [Obsolete]
                [{|ASA1024:Authorize|}] // admins only
                public void Save() { }
            }
            """)
            .FixedBy("ASA1024.Remove", ("Types.cs", """
            using Microsoft.AspNetCore.Mvc.RazorPages;
            using Microsoft.AspNetCore.Components;

            #if !NEVER
            #endif
            public class Panel : ComponentBase { }

            public class OrderService
            {
                [Obsolete]
                // admins only
                public void Save() { }
            }
            """))
            .CheckAsync();
}
