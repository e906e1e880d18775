namespace ApiSecurityAnalyzers.Tests.Authorization;

/// <summary>ASA1007: what is fine.</summary>
public sealed class OverriddenAuthorizationSilentTests
{
    [Theory]
    [InlineData("[Authorize] public class X : ControllerBase { [HttpGet(\"x\"), AllowAnonymous] public string Get() => \"\"; [HttpPost(\"x\")] public string Post() => \"\"; }")]
    [InlineData("[Authorize] public abstract class B : ControllerBase { } [AllowAnonymous] public class X : B { [HttpGet(\"x\")] public string Get() => \"\"; }")]
    [InlineData("[Authorize] public abstract class B : ControllerBase { [HttpGet(\"x\"), Authorize(Roles = \"Admin\")] public string Get() => \"\"; } [AllowAnonymous] public class X : B { }")]
    [InlineData("[Authorize] public class X : ControllerBase { [HttpGet(\"x\"), Authorize(Roles = \"Admin\")] public string Get() => \"\"; }")]
    [InlineData("[AllowAnonymous] public class X : ControllerBase { [HttpGet(\"x\")] public string Get() => \"\"; }")]
    [InlineData("[AllowAnonymous] public class X : ControllerBase { [HttpGet(\"x\"), AllowAnonymous] public string Get() => \"\"; }")]
    [InlineData("public abstract class B : ControllerBase { [Authorize] public virtual string Get() => \"\"; } [Authorize] public class X : B { [HttpGet(\"x\"), AllowAnonymous] public override string Get() => \"\"; }")]
    [InlineData("[Authorize] public class X : ControllerBase { [HttpGet(\"x\"), AllowAnonymous, Authorize(AuthenticationSchemes = \"Bearer\")] public string Get() => \"\"; }")]
    [InlineData("[AllowAnonymous] public class X : ControllerBase { [HttpGet(\"x\"), Check] public string Get() => \"\"; } public class CheckAttribute : AuthorizeAttribute, Microsoft.AspNetCore.Mvc.Filters.IAuthorizationFilter { public void OnAuthorization(Microsoft.AspNetCore.Mvc.Filters.AuthorizationFilterContext context) => context.Result = new ForbidResult(); }")]
    [InlineData("[AllowAnonymous] public class X : ControllerBase { [HttpGet(\"x\"), Check] public string Get() => \"\"; } public class CheckAttribute : Attribute, Microsoft.AspNetCore.Mvc.Filters.IAuthorizationFilter { public void OnAuthorization(Microsoft.AspNetCore.Mvc.Filters.AuthorizationFilterContext context) => context.Result = new ForbidResult(); }")]
    [InlineData("public class Outer { [AllowAnonymous] public class A { } [{|ASA1024:Authorize|}] public class B { } }")]
    [InlineData("[Shop.Authorize, AllowAnonymous] public class X : ControllerBase { [HttpGet(\"x\")] public string Get() => \"\"; } namespace Shop { public class AuthorizeAttribute : Attribute { } }")]
    [InlineData("#if DEBUG\n[AllowAnonymous]\n#endif\npublic class X : ControllerBase { [HttpGet(\"x\"), Authorize] public string Get() => \"\"; [HttpPost(\"x\"), Authorize] public string Post() => \"\"; }")]
    public Task Silent_about_attributes_that_act(string types) => Hosts.Mvc(types).CheckAsync();

    [Theory]
    [InlineData("app.MapGroup(\"/x\").RequireAuthorization().MapGet(\"/\", () => 1).AllowAnonymous();")]
    [InlineData("app.MapGroup(\"/x\").RequireAuthorization().MapGet(\"/\", [AllowAnonymous] () => 1);")]
    [InlineData("app.MapGroup(\"/x\").RequireAuthorization().MapGroup(\"/y\").AllowAnonymous().MapGet(\"/\", () => 1);")]
    [InlineData("app.MapGroup(\"/x\").RequireAuthorization().MapGet(\"/\", () => 1).RequireAuthorization(\"Staff\");")]
    [InlineData("var x = app.MapGroup(\"/x\"); x.MapGet(\"/\", () => 1).RequireAuthorization(); x.MapGet(\"/y\", () => 1).AllowAnonymous();")]
    [InlineData("var x = app.MapGroup(\"/x\"); if (app.Environment.IsDevelopment()) x.AllowAnonymous(); x.MapGet(\"/\", () => 1).RequireAuthorization();")]
    [InlineData("var x = app.MapGroup(\"/x\"); if (app.Configuration[\"auth\"] == \"off\") x.AllowAnonymous(); x.MapGet(\"/\", () => 1).RequireAuthorization();")]
    [InlineData("var x = app.MapGet(\"/x\", () => 1); if (app.Configuration[\"auth\"] == \"off\") x.AllowAnonymous(); else x.RequireAuthorization();")]
    [InlineData("if (app.Environment.IsDevelopment()) app.MapGet(\"/x\", () => 1).RequireAuthorization().AllowAnonymous();")]
    [InlineData("app.MapControllers().RequireAuthorization();")]
    [InlineData("app.MapGet(\"/x\", Handlers.Get); app.MapGet(\"/y\", Handlers.Post).AllowAnonymous();")]
    [InlineData("app.MapHub<ChatHub>(\"/chat\");")]
    [InlineData("app.MapGroup(\"/x\").RequireAuthorization().MapHub<OpenHub>(\"/open\");")]
    [InlineData("new Other().AllowAnonymous().RequireAuthorization();")]
    [InlineData("app.MapGet(\"/x\", () => 1).AllowAnonymous(); app.MapPost(\"/x\", () => 1).RequireAuthorization();")]
    public Task Silent_about_conventions_that_act(string statements) =>
        Code.MinimalApi(statements).With("Types.cs", """
            [AllowAnonymous]
            public static class Handlers
            {
                [Authorize] public static int Get() => 1;
                public static int Post() => 1;
            }

            [AllowAnonymous]
            public class ChatHub : Hub
            {
                [Authorize] public void Send() { }
                [AllowAnonymous, Authorize] public void Join() { }
            }

            [AllowAnonymous]
            public class OpenHub : Hub { }

            public class Other
            {
                public Other AllowAnonymous() => this;
                public Other RequireAuthorization() => this;
            }

            [ApiController, Route("open"), AllowAnonymous]
            public class OpenController : ControllerBase
            {
                [HttpGet] public string Get() => "";
            }
            """).CheckAsync();

    [Fact]
    public Task Silent_where_all_controllers_are_open_and_none_demands_anything() =>
        Code.MinimalApi("app.MapControllers().AllowAnonymous();").With("Types.cs", Hosts.Controller).CheckAsync();

    [Fact]
    public Task Silent_about_page_handlers_whose_attributes_nothing_reads() =>
        Code.MinimalApi("app.MapRazorPages();").With("Page.cs", """
            [AllowAnonymous]
            public class EditModel : Microsoft.AspNetCore.Mvc.RazorPages.PageModel
            {
                [{|ASA1024:Authorize|}] public void OnPost() { }
            }
            """).CheckAsync();

    [Fact]
    public Task Silent_in_tests() =>
        Code.Library("[AllowAnonymous] public class X : ControllerBase { [HttpGet(\"x\"), Authorize] public string Get() => \"\"; }").Test().CheckAsync();

    [Fact]
    public Task Silent_about_code_that_is_being_typed() =>
        Code.Library("[AllowAnonymous] public class X : ControllerBase { [Authorize").Broken().CheckAsync();
}
