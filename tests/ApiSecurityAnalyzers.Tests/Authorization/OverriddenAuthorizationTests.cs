namespace ApiSecurityAnalyzers.Tests.Authorization;

/// <summary>ASA1007: what is reported, and where.</summary>
public sealed class OverriddenAuthorizationTests
{
    [Fact]
    public Task Reports_action_below_an_open_controller() =>
        Hosts.Mvc("""
            [ApiController, Route("orders"), AllowAnonymous]
            public class OrdersController : ControllerBase
            {
                [HttpGet] public string Get() => "";
                [HttpDelete("{id}"), {|ASA1007:Authorize|}] public string Delete(int id) => "";
            }
            """)
            .Message("ASA1007", "'[Authorize]' on 'OrdersController.Delete' has no effect: '[AllowAnonymous]' on 'OrdersController' lets everyone in")
            .CheckAsync();

    [Theory]
    [InlineData("[AllowAnonymous] public class X : ControllerBase { [HttpGet(\"x\")] [{|ASA1007:Authorize(Roles = \"Admin\")|}] public string Get() => \"\"; }")]
    [InlineData("[AllowAnonymous] public class X : ControllerBase { [HttpGet(\"x\")] [{|ASA1007:Authorize(\"Admin\")|}] public string Get() => \"\"; [HttpPost(\"x\")] [{|ASA1007:Authorize|}] public string Post() => \"\"; }")]
    [InlineData("[AllowAnonymous] [{|ASA1007:Authorize|}] public class X : ControllerBase { [HttpGet(\"x\")] public string Get() => \"\"; }")]
    [InlineData("[{|ASA1007:Authorize|}, AllowAnonymous] public class X : ControllerBase { [HttpGet(\"x\")] public string Get() => \"\"; }")]
    [InlineData("[Authorize] public class X : ControllerBase { [HttpGet(\"x\"), AllowAnonymous, {|ASA1007:Authorize(Roles = \"Admin\")|}] public string Get() => \"\"; }")]
    [InlineData("[AllowAnonymous] public abstract class B : ControllerBase { } [{|ASA1007:Authorize|}] public class X : B { [HttpGet(\"x\")] public string Get() => \"\"; }")]
    [InlineData("[AllowAnonymous] public abstract class B : ControllerBase { } public class X : B { [HttpGet(\"x\"), {|ASA1007:Authorize|}] public string Get() => \"\"; }")]
    [InlineData("[AllowAnonymous] public abstract class B<T> : ControllerBase { [HttpGet(\"x\"), {|ASA1007:Authorize|}] public string Get() => \"\"; } public class X : B<int> { }")]
    [InlineData("public abstract class B : ControllerBase { [AllowAnonymous] public virtual string Get() => \"\"; } [Authorize] public class X : B { [HttpGet(\"x\"), {|ASA1007:Authorize(Roles = \"Admin\")|}] public override string Get() => \"\"; }")]
    [InlineData("[Open] public class X : ControllerBase { [HttpGet(\"x\"), {|ASA1007:Authorize|}] public string Get() => \"\"; } public class OpenAttribute : Attribute, IAllowAnonymous { }")]
    [InlineData("[AllowAnonymous] public class X : ControllerBase { [HttpGet(\"x\"), {|ASA1007:Staff|}] public string Get() => \"\"; } public class StaffAttribute : AuthorizeAttribute { }")]
    [InlineData("[AllowAnonymous] public partial class X : ControllerBase { } public partial class X { [HttpGet(\"x\"), {|ASA1007:Authorize|}] public string Get() => \"\"; }")]
    [InlineData("[AllowAnonymous] public class X : ControllerBase { [HttpGet(\"x\"), {|ASA1007:Authorize(AuthenticationSchemes = \"Bearer\")|}] public string Get() => \"\"; }")]
    [InlineData("[Microsoft.AspNetCore.Authorization.AllowAnonymousAttribute] public class X : ControllerBase { [HttpGet(\"x\"), {|ASA1007:AuthorizeAttribute|}] public string Get() => \"\"; }")]
    public Task Reports_attributes_of_controllers(string types) => Hosts.Mvc(types).CheckAsync();

    [Fact]
    public Task Reports_base_class_in_another_file() =>
        Hosts.Mvc("""
            [ApiController, Route("orders")]
            public class OrdersController : OpenController
            {
                [HttpGet, {|ASA1007:Authorize|}] public string Get() => "";
            }
            """).With("OpenController.cs", "[AllowAnonymous] public abstract class OpenController : ControllerBase { }")
            .Message("ASA1007", "'[Authorize]' on 'OrdersController.Get' has no effect: '[AllowAnonymous]' on 'OpenController' lets everyone in")
            .CheckAsync();

    [Fact]
    public Task Reports_controller_of_a_library() =>
        Code.Files(("Orders.cs", """
            [ApiController, Route("orders"), AllowAnonymous]
            public class OrdersController : ControllerBase
            {
                [HttpGet, {|ASA1007:Authorize|}] public string Get() => "";
            }
            """)).Option("api_security.host", "protected").CheckAsync();

    [Theory]
    [InlineData("app.MapGet(\"/x\", () => 1).AllowAnonymous().{|ASA1007:RequireAuthorization|}();")]
    [InlineData("app.MapGet(\"/x\", () => 1).{|ASA1007:RequireAuthorization|}(\"Staff\").AllowAnonymous();")]
    [InlineData("app.MapGet(\"/x\", [{|ASA1007:Authorize|}] () => 1).AllowAnonymous();")]
    [InlineData("app.MapGet(\"/x\", [AllowAnonymous] () => 1).{|ASA1007:RequireAuthorization|}();")]
    [InlineData("app.MapGet(\"/x\", [AllowAnonymous, {|ASA1007:Authorize|}] () => 1);")]
    [InlineData("app.MapGet(\"/x\", Get).{|ASA1007:RequireAuthorization|}(); [AllowAnonymous] static int Get() => 1;")]
    [InlineData("app.MapGroup(\"/x\").AllowAnonymous().MapGet(\"/\", () => 1).{|ASA1007:RequireAuthorization|}();")]
    [InlineData("app.MapGroup(\"/x\").AllowAnonymous().MapGet(\"/\", [{|ASA1007:Authorize|}] () => 1);")]
    [InlineData("app.MapGroup(\"/x\").AllowAnonymous().MapGroup(\"/y\").{|ASA1007:RequireAuthorization|}().MapGet(\"/\", () => 1);")]
    [InlineData("app.MapGroup(\"/x\").{|ASA1007:RequireAuthorization|}().AllowAnonymous().MapGet(\"/\", () => 1);")]
    [InlineData("var x = app.MapGroup(\"/x\"); x.MapGet(\"/\", () => 1).{|ASA1007:RequireAuthorization|}(); x.AllowAnonymous();")]
    [InlineData("var x = app.MapGroup(\"/x\").AllowAnonymous(); var y = x.MapGroup(\"/y\"); y.MapGet(\"/\", () => 1); y.MapPost(\"/\", () => 1).{|ASA1007:RequireAuthorization|}();")]
    [InlineData("app.MapGet(\"/x\", () => 1).WithMetadata(new AllowAnonymousAttribute()).{|ASA1007:RequireAuthorization|}();")]
    [InlineData("if (app.Configuration[\"x\"] == \"y\") app.MapGroup(\"/x\").AllowAnonymous().MapGet(\"/\", () => 1).{|ASA1007:RequireAuthorization|}();")]
    [InlineData("app.MapGroup(\"/x\").AllowAnonymous().MapOrders();")]
    [InlineData("var x = app.MapGroup(\"/x\"); x.Open(); x.MapGet(\"/\", () => 1).{|ASA1007:RequireAuthorization|}();")]
    [InlineData("app.MapHub<ChatHub>(\"/chat\").{|ASA1007:RequireAuthorization|}().AllowAnonymous();")]
    [InlineData("app.MapGroup(\"/x\").AllowAnonymous().MapHub<ChatHub>(\"/chat\").{|ASA1007:RequireAuthorization|}();")]
    [InlineData("app.MapHealthChecks(\"/health\").AllowAnonymous().{|ASA1007:RequireAuthorization|}();")]
    public Task Reports_minimal_apis_groups_and_hubs(string statements) =>
        Code.MinimalApi(statements)
            .With("Hubs.cs", "public class ChatHub : Hub { }")
            .With("Groups.cs", statements.Contains("MapOrders", StringComparison.Ordinal)
                ? "public static class Groups { public static void MapOrders(this IEndpointRouteBuilder routes) => routes.MapGet(\"/\", () => 1).{|ASA1007:RequireAuthorization|}(); }"
                : "public static class Groups { public static void Open(this RouteGroupBuilder group) => group.AllowAnonymous(); }")
            .CheckAsync();

    [Fact]
    public Task Reports_endpoint_of_an_open_group_by_route() =>
        Code.MinimalApi("""
            var orders = app.MapGroup("/orders").AllowAnonymous();
            orders.MapGet("/", () => 1);
            orders.MapDelete("/{id}", (int id) => id).{|ASA1007:RequireAuthorization|}();
            """)
            .Message("ASA1007", "'RequireAuthorization' on 'DELETE /orders/{id}' has no effect: 'AllowAnonymous' on '/orders' lets everyone in")
            .CheckAsync();

    [Theory]
    [InlineData("[AllowAnonymous, {|ASA1007:Authorize|}] public class ChatHub : Hub { public void Send() { } }", "app.MapHub<ChatHub>(\"/chat\");")]
    [InlineData("[AllowAnonymous] public class Open : Hub { } [{|ASA1007:Authorize|}] public class ChatHub : Open { public void Send() { } }", "app.MapHub<ChatHub>(\"/chat\");")]
    [InlineData("[{|ASA1007:Authorize|}] public class ChatHub : Hub { public void Send() { } }", "app.MapHub<ChatHub>(\"/chat\").AllowAnonymous();")]
    [InlineData("[AllowAnonymous] public class ChatHub : Hub { public void Send() { } }", "app.MapHub<ChatHub>(\"/chat\").{|ASA1007:RequireAuthorization|}();")]
    [InlineData("[AllowAnonymous, {|ASA1007:Authorize|}] public class EditModel : Microsoft.AspNetCore.Mvc.RazorPages.PageModel { }", "app.MapRazorPages();")]
    [InlineData("[AllowAnonymous] public class Page { } [{|ASA1024:{|ASA1007:Authorize|}|}] public class Orders : Page { }", "")]
    public Task Reports_hubs_pages_and_components(string types, string statements) => Code.MinimalApi(statements).With("Types.cs", types).CheckAsync();

    [Fact]
    public Task Reports_once_where_all_controllers_are_open() =>
        Code.MinimalApi("app.MapControllers().{|ASA1007:AllowAnonymous|}();").With("Types.cs", """
            [ApiController, Route("orders"), Authorize]
            public class OrdersController : ControllerBase
            {
                [HttpGet] public string Get() => "";
            }

            [ApiController, Route("bills"), Authorize]
            public class BillsController : ControllerBase
            {
                [HttpGet] public string Get() => "";
            }
            """)
            .Message("ASA1007", "'[Authorize]' on 'OrdersController' has no effect: 'AllowAnonymous' on 'MapControllers' lets everyone in")
            .CheckAsync();

    [Fact]
    public Task Reports_endpoint_that_is_open_on_one_of_its_ways() =>
        Code.MinimalApi("""
            app.MapGroup("/a").MapOrders();
            app.MapGroup("/b").AllowAnonymous().MapOrders();
            """).With("Groups.cs", """
            public static class Groups
            {
                public static void MapOrders(this IEndpointRouteBuilder routes) => routes.MapGet("/orders", () => 1).{|ASA1007:RequireAuthorization|}();
            }
            """).CheckAsync();

    [Fact]
    public Task Reports_grpc_method_below_an_open_service() =>
        Code.MinimalApi("").Reference(Grpc).With("Greeter.cs", """
            public abstract class GreeterBindings { }

            [Grpc.Core.BindServiceMethod(typeof(GreeterBindings), "Bind")]
            public abstract class GreeterBase { public virtual Task Say(string text) => Task.CompletedTask; }

            [AllowAnonymous]
            public class GreeterService : GreeterBase
            {
                [{|ASA1007:Authorize|}]
                public override Task Say(string text) => Task.CompletedTask;
            }
            """).CheckAsync();

    private static readonly Lazy<System.Collections.Immutable.ImmutableArray<Microsoft.CodeAnalysis.MetadataReference>> Grpc = Stubs.Library("Grpc.Core.Api", """
        namespace Grpc.Core
        {
            [AttributeUsage(AttributeTargets.Class)]
            public sealed class BindServiceMethodAttribute(Type type, string name) : Attribute { public Type Type => type; public string Name => name; }
        }
        """);
}
