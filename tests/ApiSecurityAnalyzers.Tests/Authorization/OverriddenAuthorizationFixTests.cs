namespace ApiSecurityAnalyzers.Tests.Authorization;

/// <summary>ASA1007: what the fixes leave.</summary>
public sealed class OverriddenAuthorizationFixTests
{
    private const string RemoveAllowAnonymous = "ASA1007.RemoveAllowAnonymous";
    private const string RemoveAuthorize = "ASA1007.RemoveAuthorize";

    private static CodeTest Controllers(string text) => Code.Files(("Orders.cs", text)).Option("api_security.host", "protected");

    [Fact]
    public Task Fixes_controller_and_keeps_its_other_actions_open() =>
        Controllers("""
            /// <summary>Orders.</summary>
            [ApiController]
            [AllowAnonymous] // for now
            [Route("orders")]
            public class OrdersController : ControllerBase
            {
                // all
                [HttpGet]
                public string Get() => "";

                [HttpPut] public string Put() => "";

                #region Changes
                /// <summary>Deletes.</summary>
                [{|ASA1007:Authorize|}]
                [HttpDelete("{id}")]
                public string Delete(int id) => "";

                [HttpPost, {|ASA1007:Authorize(Roles = "Admin")|}]
                public string Post() => "";
                #endregion

                [NonAction] public string Help() => "";
            }
            """)
            .FixedBy(RemoveAllowAnonymous, """
            /// <summary>Orders.</summary>
            [ApiController]
            // for now
            [Route("orders")]
            public class OrdersController : ControllerBase
            {
                // all
                [HttpGet]
                [AllowAnonymous]
                public string Get() => "";

                [HttpPut] [AllowAnonymous] public string Put() => "";

                #region Changes
                /// <summary>Deletes.</summary>
                [Authorize]
                [HttpDelete("{id}")]
                public string Delete(int id) => "";

                [HttpPost, Authorize(Roles = "Admin")]
                public string Post() => "";
                #endregion

                [NonAction] public string Help() => "";
            }
            """)
            .FixedBy(RemoveAuthorize, """
            /// <summary>Orders.</summary>
            [ApiController]
            [AllowAnonymous] // for now
            [Route("orders")]
            public class OrdersController : ControllerBase
            {
                // all
                [HttpGet]
                public string Get() => "";

                [HttpPut] public string Put() => "";

                #region Changes
                /// <summary>Deletes.</summary>
                [HttpDelete("{id}")]
                public string Delete(int id) => "";

                [HttpPost]
                public string Post() => "";
                #endregion

                [NonAction] public string Help() => "";
            }
            """)
            .CheckAsync();

    [Theory]
    [InlineData("[{|ASA1007:Authorize|}, AllowAnonymous, Route(\"x\")]\npublic class X : ControllerBase { [HttpGet] public string Get() => \"\"; }", "[Authorize, Route(\"x\")]\npublic class X : ControllerBase { [HttpGet] public string Get() => \"\"; }", "[AllowAnonymous, Route(\"x\")]\npublic class X : ControllerBase { [HttpGet] public string Get() => \"\"; }")]
    [InlineData("#if !NEVER\n[AllowAnonymous]\n#endif\n[{|ASA1007:Authorize|}] [Route(\"x\")] public class X : ControllerBase { [HttpGet] public string Get() => \"\"; }", "#if !NEVER\n#endif\n[Authorize] [Route(\"x\")] public class X : ControllerBase { [HttpGet] public string Get() => \"\"; }", "#if !NEVER\n[AllowAnonymous]\n#endif\n[Route(\"x\")] public class X : ControllerBase { [HttpGet] public string Get() => \"\"; }")]
    [InlineData("[Authorize]\npublic class X : ControllerBase\n{\n    [AllowAnonymous] // open\n    [{|ASA1007:Authorize(\"Staff\")|}]\n    [HttpGet(\"x\")]\n    public string Get() => \"\";\n}", "[Authorize]\npublic class X : ControllerBase\n{\n    // open\n    [Authorize(\"Staff\")]\n    [HttpGet(\"x\")]\n    public string Get() => \"\";\n}", "[Authorize]\npublic class X : ControllerBase\n{\n    [AllowAnonymous] // open\n    [HttpGet(\"x\")]\n    public string Get() => \"\";\n}")]
    public Task Fixes_attributes(string before, string closed, string same) =>
        Controllers(before).FixedBy(RemoveAllowAnonymous, ("Orders.cs", closed)).FixedBy(RemoveAuthorize, ("Orders.cs", same)).CheckAsync();

    [Theory]
    [InlineData("app.MapGet(\"/x\", () => 1).AllowAnonymous().{|ASA1007:RequireAuthorization|}();", "app.MapGet(\"/x\", () => 1).RequireAuthorization();", "app.MapGet(\"/x\", () => 1).AllowAnonymous();")]
    [InlineData("app.MapGet(\"/x\", () => 1)\n    // staff\n    .{|ASA1007:RequireAuthorization|}(\"Staff\")\n    .AllowAnonymous(); // open", "app.MapGet(\"/x\", () => 1)\n    // staff\n    .RequireAuthorization(\"Staff\"); // open", "app.MapGet(\"/x\", () => 1)\n    // staff\n    .AllowAnonymous(); // open")]
    [InlineData("app.MapGet(\"/x\", [{|ASA1007:Authorize|}] () => 1).AllowAnonymous();", "app.MapGet(\"/x\", [Authorize] () => 1);", "app.MapGet(\"/x\", () => 1).AllowAnonymous();")]
    [InlineData("app.MapGet(\"/x\", [AllowAnonymous] () => 1).{|ASA1007:RequireAuthorization|}();", "app.MapGet(\"/x\", () => 1).RequireAuthorization();", "app.MapGet(\"/x\", [AllowAnonymous] () => 1);")]
    [InlineData("var x = app.MapGet(\"/x\", () => 1);\nx.{|ASA1007:RequireAuthorization|}();\nx.AllowAnonymous();", "var x = app.MapGet(\"/x\", () => 1);\nx.RequireAuthorization();", "var x = app.MapGet(\"/x\", () => 1);\nx.AllowAnonymous();")]
    [InlineData("app.MapHub<ChatHub>(\"/chat\").{|ASA1007:RequireAuthorization|}().AllowAnonymous();", "app.MapHub<ChatHub>(\"/chat\").RequireAuthorization();", "app.MapHub<ChatHub>(\"/chat\").AllowAnonymous();")]
    public Task Fixes_endpoints(string before, string closed, string same) =>
        Code.MinimalApi(before).With("Hubs.cs", "public class ChatHub : Hub { }").FixedBy(RemoveAllowAnonymous, closed).FixedBy(RemoveAuthorize, same).CheckAsync();

    [Fact]
    public Task Fixes_group_and_keeps_its_other_endpoints_open() =>
        Code.MinimalApi("""
            var shop = app.MapGroup("/shop").RequireAuthorization();
            var orders = shop.MapGroup("/orders")
                .AllowAnonymous()
                .WithTags("orders");
            orders.MapGet("/", () => 1);
            orders.MapPut("/", () => 1)
                .WithName("put");
            orders.MapPost("/", () => 2).{|ASA1007:RequireAuthorization|}();
            orders.MapDelete("/", () => 3).WithName("x").{|ASA1007:RequireAuthorization|}("Staff");
            orders.MapPatch("/", () => 4).AllowAnonymous();
            """)
            .FixedBy(RemoveAllowAnonymous, """
            var shop = app.MapGroup("/shop").RequireAuthorization();
            var orders = shop.MapGroup("/orders")
                .WithTags("orders");
            orders.MapGet("/", () => 1).AllowAnonymous();
            orders.MapPut("/", () => 1)
                .AllowAnonymous()
                .WithName("put");
            orders.MapPost("/", () => 2).RequireAuthorization();
            orders.MapDelete("/", () => 3).WithName("x").RequireAuthorization("Staff");
            orders.MapPatch("/", () => 4).AllowAnonymous();
            """)
            .FixedBy(RemoveAuthorize, """
            var shop = app.MapGroup("/shop").RequireAuthorization();
            var orders = shop.MapGroup("/orders")
                .AllowAnonymous()
                .WithTags("orders");
            orders.MapGet("/", () => 1);
            orders.MapPut("/", () => 1)
                .WithName("put");
            orders.MapPost("/", () => 2);
            orders.MapDelete("/", () => 3).WithName("x");
            orders.MapPatch("/", () => 4).AllowAnonymous();
            """)
            .CheckAsync();

    [Fact]
    public Task Fixes_what_several_declarations_open() =>
        Code.MinimalApi("""
            var shop = app.MapGroup("/shop").AllowAnonymous();
            var orders = shop.MapGroup("/orders").AllowAnonymous();
            orders.MapGet("/", () => 1);
            orders.MapPost("/", () => 2).{|ASA1007:RequireAuthorization|}();
            """)
            .FixedBy(RemoveAllowAnonymous, """
            var shop = app.MapGroup("/shop");
            var orders = shop.MapGroup("/orders");
            orders.MapGet("/", () => 1).AllowAnonymous();
            orders.MapPost("/", () => 2).RequireAuthorization();
            """)
            .CheckAsync();

    [Fact]
    public Task Fixes_all_controllers_at_once() =>
        Code.MinimalApi("app.MapControllers().{|ASA1007:AllowAnonymous|}();").With("Types.cs", Hosts.Controller.Replace("[ApiController, ", "[ApiController, Authorize, ", StringComparison.Ordinal))
            .FixedBy(RemoveAllowAnonymous, "app.MapControllers();")
            .CheckAsync();

    [Fact]
    public Task Fixes_base_class_in_another_file() =>
        Controllers("""
            public class OrdersController : Shop.OpenController
            {
                [HttpGet("x"), {|ASA1007:Authorize|}] public string Get() => "";
            }
            """).With("OpenController.cs", """
            namespace Shop;

            [AllowAnonymous]
            public abstract class OpenController : ControllerBase
            {
                [HttpGet("ping")]
                public string Ping() => "";
            }
            """)
            .FixedBy(RemoveAllowAnonymous, ("Orders.cs", """
            public class OrdersController : Shop.OpenController
            {
                [HttpGet("x"), Authorize] public string Get() => "";
            }
            """), ("OpenController.cs", """
            namespace Shop;

            public abstract class OpenController : ControllerBase
            {
                [HttpGet("ping")]
                [AllowAnonymous]
                public string Ping() => "";
            }
            """))
            .CheckAsync();

    [Fact]
    public Task NoFix_where_neither_can_go() =>
        Code.MinimalApi("""
            app.MapGroup("/a").RequireAuthorization().MapOrders();
            app.MapGroup("/b").Open().MapOrders();
            """).With("Groups.cs", """
            public static class Groups
            {
                public static RouteGroupBuilder Open(this RouteGroupBuilder group) => group.AllowAnonymous();
                public static void MapOrders(this IEndpointRouteBuilder routes) => routes.MapGet("/orders", () => 1).{|ASA1007:RequireAuthorization|}();
            }
            """).NoFix().CheckAsync();
}
