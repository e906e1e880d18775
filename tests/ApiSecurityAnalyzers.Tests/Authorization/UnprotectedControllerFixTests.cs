namespace ApiSecurityAnalyzers.Tests.Authorization;

/// <summary>ASA1001: what the fixes write on controllers and actions.</summary>
public sealed class UnprotectedControllerFixTests
{
    [Fact]
    public Task Fixes_controller() =>
        Hosts.Mvc(Hosts.OpenController)
            .FixedBy("ASA1001.Authorize", ("Types.cs", """
            [ApiController, Route("orders")]
            [Authorize]
            public class OrdersController : ControllerBase
            {
                [HttpGet] public string Get() => "";
            }
            """))
            .FixedBy("ASA1001.AllowAnonymous", ("Types.cs", """
            [ApiController, Route("orders")]
            [AllowAnonymous]
            public class OrdersController : ControllerBase
            {
                [HttpGet] public string Get() => "";
            }
            """))
            .CheckAsync();

    [Theory]
    [InlineData(
        "public class {|ASA1001:OrdersController|} : Controller { [HttpGet(\"/x\")] public void Get() { } }",
        "[Authorize]\npublic class OrdersController : Controller { [HttpGet(\"/x\")] public void Get() { } }")]
    [InlineData(
        "/// <summary>Orders.</summary>\npublic class {|ASA1001:OrdersController|} : Controller { [HttpGet(\"/x\")] public void Get() { } }",
        "/// <summary>Orders.</summary>\n[Authorize]\npublic class OrdersController : Controller { [HttpGet(\"/x\")] public void Get() { } }")]
    [InlineData(
        "[ApiController] [Route(\"x\")] public class {|ASA1001:OrdersController|} : Controller { [HttpGet] public void Get() { } }",
        "[ApiController] [Route(\"x\")] [Authorize] public class OrdersController : Controller { [HttpGet] public void Get() { } }")]
    [InlineData(
        "[ApiController] // an API\n[Route(\"x\")] // at x\npublic class {|ASA1001:OrdersController|} : Controller { [HttpGet] public void Get() { } }",
        "[ApiController] // an API\n[Route(\"x\")] // at x\n[Authorize]\npublic class OrdersController : Controller { [HttpGet] public void Get() { } }")]
    [InlineData(
        "namespace Shop\n{\n    // all orders\n    [Route(\"x\")]\n    public class {|ASA1001:OrdersController|}(ILogger<OrdersController> logger) : ControllerBase\n    {\n        [HttpGet] public string Get() => logger.ToString()!;\n    }\n}",
        "namespace Shop\n{\n    // all orders\n    [Route(\"x\")]\n    [Authorize]\n    public class OrdersController(ILogger<OrdersController> logger) : ControllerBase\n    {\n        [HttpGet] public string Get() => logger.ToString()!;\n    }\n}")]
    [InlineData(
        "namespace Shop;\n\n#region Orders\npublic class {|ASA1001:OrdersController|} : Controller { [HttpGet(\"/x\")] public void Get() { } }\n#endregion",
        "namespace Shop;\n\n#region Orders\n[Authorize]\npublic class OrdersController : Controller { [HttpGet(\"/x\")] public void Get() { } }\n#endregion")]
    [InlineData(
        "[Route(\"x\")]\n#if !DEBUG\n[ApiController]\n#endif\npublic class {|ASA1001:OrdersController|} : Controller { [HttpGet] public void Get() { } }",
        "[Route(\"x\")]\n#if !DEBUG\n[ApiController]\n#endif\n[Authorize]\npublic class OrdersController : Controller { [HttpGet] public void Get() { } }")]
    [InlineData(
        "#if NEVER\n[Authorize]\n#endif\npublic class {|ASA1001:OrdersController|} : Controller { [HttpGet(\"/x\")] public void Get() { } }",
        "#if NEVER\n[Authorize]\n#endif\n[Authorize]\npublic class OrdersController : Controller { [HttpGet(\"/x\")] public void Get() { } }")]
    [InlineData(
        "public partial class {|ASA1001:OrdersController|} : Controller;\n\npublic partial class OrdersController { [HttpGet(\"/x\")] public void Get() { } }",
        "[Authorize]\npublic partial class OrdersController : Controller;\n\npublic partial class OrdersController { [HttpGet(\"/x\")] public void Get() { } }")]
    [InlineData(
        "public class AuthorizeAttribute : Attribute { }\n\npublic class {|ASA1001:OrdersController|} : Controller { [HttpGet(\"/x\")] public void Get() { } }",
        "public class AuthorizeAttribute : Attribute { }\n\n[Microsoft.AspNetCore.Authorization.Authorize]\npublic class OrdersController : Controller { [HttpGet(\"/x\")] public void Get() { } }")]
    public Task Fixes_controllers_in_each_style(string before, string after) =>
        Hosts.Mvc(before).FixedBy("ASA1001.Authorize", ("Types.cs", after)).CheckAsync();

    [Fact]
    public Task Fixes_actions() =>
        Hosts.Mvc("""
            [ApiController, Route("orders")]
            public class OrdersController : ControllerBase
            {
                [HttpGet, Authorize] public string Get() => "";

                /// <summary>Adds one.</summary>
                [HttpPost]
                public string {|ASA1001:Post|}() => "";

                [HttpDelete("a")] public string {|ASA1001:Delete|}(int id) => "";
                [HttpDelete] public string {|ASA1001:Delete|}() => "";
            }
            """)
            .FixedBy("ASA1001.Authorize", ("Types.cs", """
            [ApiController, Route("orders")]
            public class OrdersController : ControllerBase
            {
                [HttpGet, Authorize] public string Get() => "";

                /// <summary>Adds one.</summary>
                [HttpPost]
                [Authorize]
                public string Post() => "";

                [HttpDelete("a")] [Authorize] public string Delete(int id) => "";
                [HttpDelete] [Authorize] public string Delete() => "";
            }
            """))
            .FixedBy("ASA1001.AllowAnonymous", ("Types.cs", """
            [ApiController, Route("orders")]
            public class OrdersController : ControllerBase
            {
                [HttpGet, Authorize] public string Get() => "";

                /// <summary>Adds one.</summary>
                [HttpPost]
                [AllowAnonymous]
                public string Post() => "";

                [HttpDelete("a")] [AllowAnonymous] public string Delete(int id) => "";
                [HttpDelete] [AllowAnonymous] public string Delete() => "";
            }
            """))
            .CheckAsync();

    [Fact]
    public Task Fixes_controllers_of_several_documents() =>
        Hosts.Mvc("""
            public class {|ASA1001:AController|} : Controller { [HttpGet("/a")] public void Get() { } }

            public class {|ASA1001:BController|} : Controller { [HttpGet("/b")] public void Get() { } }
            """)
            .With("C.cs", """
            namespace Shop;

            public class {|ASA1001:CController|} : Controller { [HttpGet("/c")] public void Get() { } }
            """)
            .FixedBy("ASA1001.Authorize", ("Types.cs", """
            [Authorize]
            public class AController : Controller { [HttpGet("/a")] public void Get() { } }

            [Authorize]
            public class BController : Controller { [HttpGet("/b")] public void Get() { } }
            """), ("C.cs", """
            namespace Shop;

            [Authorize]
            public class CController : Controller { [HttpGet("/c")] public void Get() { } }
            """))
            .CheckAsync();

    [Fact]
    public Task Fixes_with_the_application_s_own_attribute() =>
        Code.Program(Hosts.Minimal("services.AddControllers();", "app.MapControllers();"))
            .With("Types.cs", """
            using Shop.Helpers;

            public class {|ASA1001:OrdersController|} : Controller { [HttpGet("/x")] public void Get() { } }

            public class CustomersController : Controller { [HttpGet("/y"), Shop.Helpers.Authorize] public void Get() { } }
            """)
            .With("Authorize.cs", """
            using Microsoft.AspNetCore.Mvc.Filters;

            namespace Shop.Helpers
            {
                [AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
                public class AuthorizeAttribute(params string[] roles) : Attribute, IAuthorizationFilter
                {
                    public void OnAuthorization(AuthorizationFilterContext context) => context.Result = roles.Length == 0 ? null : new UnauthorizedResult();
                }
            }
            """)
            .FixedBy("ASA1001.Authorize", ("Types.cs", """
            using Shop.Helpers;

            [Shop.Helpers.Authorize]
            public class OrdersController : Controller { [HttpGet("/x")] public void Get() { } }

            public class CustomersController : Controller { [HttpGet("/y"), Shop.Helpers.Authorize] public void Get() { } }
            """))
            .CheckAsync();

    [Fact]
    public Task Fixes_library_and_adds_the_import() =>
        Code.Files(("Types.cs", """
            // Copyright Shop
            // All rights reserved

            namespace Shop;

            [Microsoft.AspNetCore.Mvc.Route("x")]
            public class {|ASA1001:OrdersController|} : Microsoft.AspNetCore.Mvc.ControllerBase
            {
                [Microsoft.AspNetCore.Mvc.HttpGet] public string Get() => "";
            }
            """))
            .NoWebUsings()
            .Option("api_security.rate_limited_by_gateway", "true").Option("api_security.host", "unprotected")
            .FixedBy("ASA1001.Authorize", ("Types.cs", """
            // Copyright Shop
            // All rights reserved

            using Microsoft.AspNetCore.Authorization;

            namespace Shop;

            [Microsoft.AspNetCore.Mvc.Route("x")]
            [Authorize]
            public class OrdersController : Microsoft.AspNetCore.Mvc.ControllerBase
            {
                [Microsoft.AspNetCore.Mvc.HttpGet] public string Get() => "";
            }
            """))
            .CheckAsync();

    [Theory]
    [InlineData(
        "using System;\nusing Microsoft.AspNetCore.Mvc;\n\npublic class {|ASA1001:OrdersController|} : Controller { [HttpGet(\"/x\")] public void Get() { } }",
        "using System;\nusing Microsoft.AspNetCore.Authorization;\nusing Microsoft.AspNetCore.Mvc;\n\n[Authorize]\npublic class OrdersController : Controller { [HttpGet(\"/x\")] public void Get() { } }")]
    [InlineData(
        "namespace Shop\n{\n    using Microsoft.AspNetCore.Mvc;\n\n    public class {|ASA1001:OrdersController|} : Controller { [HttpGet(\"/x\")] public void Get() { } }\n}",
        "namespace Shop\n{\n    using Microsoft.AspNetCore.Authorization;\n    using Microsoft.AspNetCore.Mvc;\n\n    [Authorize]\n    public class OrdersController : Controller { [HttpGet(\"/x\")] public void Get() { } }\n}")]
    [InlineData(
        "// Orders\nusing Microsoft.AspNetCore.Mvc;\nusing Json = System.Text.Json;\n\npublic class {|ASA1001:OrdersController|} : Controller { [HttpGet(\"/x\")] public void Get() { } }",
        "// Orders\nusing Microsoft.AspNetCore.Authorization;\nusing Microsoft.AspNetCore.Mvc;\nusing Json = System.Text.Json;\n\n[Authorize]\npublic class OrdersController : Controller { [HttpGet(\"/x\")] public void Get() { } }")]
    [InlineData(
        "/// <summary>Orders.</summary>\npublic class {|ASA1001:OrdersController|} : Microsoft.AspNetCore.Mvc.Controller { [Microsoft.AspNetCore.Mvc.HttpGet(\"/x\")] public void Get() { } }",
        "using Microsoft.AspNetCore.Authorization;\n\n/// <summary>Orders.</summary>\n[Authorize]\npublic class OrdersController : Microsoft.AspNetCore.Mvc.Controller { [Microsoft.AspNetCore.Mvc.HttpGet(\"/x\")] public void Get() { } }")]
    public Task Fixes_imports_in_each_style(string before, string after) =>
        Code.Files(("Types.cs", before)).NoWebUsings()
            .Option("api_security.rate_limited_by_gateway", "true").Option("api_security.host", "unprotected")
            .FixedBy("ASA1001.Authorize", ("Types.cs", after)).CheckAsync();
}
