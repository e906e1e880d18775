namespace ApiSecurityAnalyzers.Tests.Authorization;

public sealed class UnprotectedControllerTests
{
    [Fact]
    public Task Reports_controller_without_attribute() =>
        Host("""
            [ApiController, Route("orders")]
            public class {|ASA1001:OrdersController|} : ControllerBase
            {
                [HttpGet] public string Get() => "";
            }
            """)
            .Message("ASA1001", "Anyone can call 'OrdersController': no authorization applies to it")
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

    [Fact]
    public Task Silent_with_Authorize() =>
        Host("""
            [ApiController, Authorize, Route("orders")]
            public class OrdersController : ControllerBase
            {
                [HttpGet] public string Get() => "";
            }
            """).CheckAsync();

    private static CodeTest Host(string types) => Code.MinimalApi("app.MapControllers();\n").With("Types.cs", types);
}
