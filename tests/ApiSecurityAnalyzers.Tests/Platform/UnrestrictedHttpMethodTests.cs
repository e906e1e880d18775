namespace ApiSecurityAnalyzers.Tests.Platform;

public sealed partial class UnrestrictedHttpMethodTests
{
    [Theory]
    [InlineData("public string {|ASA8001:Get|}(int id) => \"\";")]
    [InlineData("[Route(\"list\")] public string {|ASA8001:List|}() => \"\";")]
    [InlineData("[Route(\"a\"), Route(\"b\")] public string {|ASA8001:List|}() => \"\";")]
    [InlineData("[Route(\"a\"), Authorize(Roles = \"x\")] public void {|ASA8001:Delete|}(int id) { }")]
    [InlineData("[Route(\"a\"), Produces(\"application/json\")] public string {|ASA8001:List|}() => \"\";")]
    [InlineData("[Route(\"a\"), Consumes(\"application/json\")] public void {|ASA8001:Import|}([FromBody] string text) { }")]
    [InlineData("[Route(\"a\"), ActionName(\"b\")] public string {|ASA8001:List|}() => \"\";")]
    [InlineData("[Route(\"a\"), ApiExplorerSettings(IgnoreApi = true)] public string {|ASA8001:List|}() => \"\";")]
    [InlineData("[Route(\"a\")] public async Task<IActionResult> {|ASA8001:Upload|}(IFormFile file) { await Task.Yield(); return Ok(); }")]
    [InlineData("[Route(\"a\")] public IActionResult {|ASA8001:Find|}(int id) { if (id == 0) return NotFound(); return Ok(id); }")]
    public Task Reports_action(string action) => Code.Controller(action).CheckAsync();

    [Theory]
    [InlineData("[HttpGet] public string Get(int id) => \"\";")]
    [InlineData("[Route(\"a\"), HttpGet] public string Get(int id) => \"\";")]
    [InlineData("[Route(\"a\")] [HttpPost, HttpPut] public void Save(int id) { }")]
    [InlineData("[AcceptVerbs(\"POST\")] public void Save(int id) { }")]
    [InlineData("[AcceptVerbs(\"GET\", \"HEAD\", Route = \"a\")] public string Get(int id) => \"\";")]
    [InlineData("[NonAction] public string Describe(int id) => \"\";")]
    [InlineData("[HttpHead(\"a\")] public void Probe(int id) { }")]
    [InlineData("private string Describe(int id) => \"\";")]
    [InlineData("internal string Describe(int id) => \"\";")]
    [InlineData("public static string Describe(int id) => \"\";")]
    [InlineData("public override string ToString() => \"\";")]
    [InlineData("public T Echo<T>(T value) => value;")]
    [InlineData("[Route(\"/error\")] public IActionResult Handle() { return Problem(); }")]
    [InlineData("[Route(\"/oops\")] public IActionResult HandleError() { Response.Headers[\"x\"] = \"y\"; return Problem(); }")]
    [InlineData("[Route(\"/oops\")] public string Handle() => HttpContext.Features.Get<Microsoft.AspNetCore.Diagnostics.IExceptionHandlerFeature>()!.Path;")]
    [InlineData("[Route(\"any\")] public string Any() => Request.Method;")]
    [InlineData("[Route(\"any\")] public string Any(int id) { if (HttpMethods.IsPost(Request.Method)) return \"a\"; return \"b\"; }")]
    [InlineData("[Route(\"ws\")] public async Task Socket() { using var socket = await HttpContext.WebSockets.AcceptWebSocketAsync(); }")]
    [InlineData("[Route(\"{**rest}\")] public IActionResult Rest() => NotFound();")]
    [InlineData("[Route(\"old\")] public IActionResult Old() { return Redirect(\"/new\"); }")]
    public Task Silent_action(string action) => Code.Controller(action).CheckAsync();

    [Fact]
    public Task Reports_with_a_message() => Code.Controller("[Route(\"a\")] public string {|ASA8001:List|}() => \"\";")
        .Message("ASA8001", "'SubjectController.List' answers every HTTP method, so that whatever it does can be set off by a mere link").CheckAsync();

    [Theory]
    [InlineData("[Route(\"a\")] public class AController : ControllerBase { public string {|ASA8001:Get|}() => \"\"; }")]
    [InlineData("public class AController : ControllerBase { [Route(\"a\")] public string {|ASA8001:Get|}() => \"\"; }")]
    [InlineData("[Route(\"a\")] public class AController { public string {|ASA8001:Get|}() => \"\"; }")]
    [InlineData("[Route(\"api/a\")] public class AController : Controller { public string {|ASA8001:Get|}() => \"\"; }")]
    [InlineData("[ApiController, Route(\"a\")] public class AController : Controller { public IActionResult {|ASA8001:Get|}() { ViewData[\"x\"] = 1; return View(); } }")]
    [InlineData("[Route(\"a\")] public abstract class Base : ControllerBase { }\npublic class AController : Base { public string {|ASA8001:Get|}() => \"\"; }")]
    [InlineData("public abstract class Base : ControllerBase { [Route(\"x\")] public string {|ASA8001:Get|}() => \"\"; }\n[Route(\"a\")] public class AController : Base { }\n[Route(\"b\")] public class BController : Base { }")]
    [InlineData("public abstract class Crud<T> : ControllerBase { public string {|ASA8001:Get|}(T id) => \"\"; }\n[Route(\"a\")] public class AController : Crud<int> { }")]
    [InlineData("[Route(\"a\")] public partial class AController : ControllerBase { }\npublic partial class AController { public string {|ASA8001:Get|}() => \"\"; }")]
    [InlineData("namespace A { namespace B { [Microsoft.AspNetCore.Mvc.Route(\"a\")] public class AController(ILogger<AController> logger) : ControllerBase { public string {|ASA8001:Get|}() => logger.ToString()!; } } }")]
    public Task Reports_controller(string types) => Code.Library(types).CheckAsync();

    [Theory]
    [InlineData("public class AController : Controller { public IActionResult Index() => View(); public string Data() => \"\"; }")]
    [InlineData("[Route(\"a/[action]\")] public class AController : Controller { public IActionResult Index() => View(); }")]
    [InlineData("[Route(\"a\")] public abstract class AController : ControllerBase { public string Get() => \"\"; }")]
    [InlineData("[NonController, Route(\"a\")] public class AController : ControllerBase { public string Get() => \"\"; }")]
    [InlineData("[Route(\"a\")] class AController : ControllerBase { public string Get() => \"\"; }")]
    [InlineData("[Route(\"a\")] public abstract class Base : ControllerBase { [HttpGet] public virtual string Get() => \"\"; }\npublic class AController : Base { public override string Get() => \"a\"; }")]
    [InlineData("public class Reading : Attribute, Microsoft.AspNetCore.Mvc.Routing.IActionHttpMethodProvider { public IEnumerable<string> HttpMethods => [\"GET\"]; }\n[Route(\"a\")] public class AController : ControllerBase { [Reading] public string Get() => \"\"; }")]
    [InlineData("public class HttpLink() : Microsoft.AspNetCore.Mvc.Routing.HttpMethodAttribute([\"LINK\"]);\n[Route(\"a\")] public class AController : ControllerBase { [HttpLink] public string Get() => \"\"; }")]
    [InlineData("public class Reading : Attribute, Microsoft.AspNetCore.Routing.IHttpMethodMetadata { public IReadOnlyList<string> HttpMethods => [\"GET\"]; public bool AcceptCorsPreflight => false; }\n[Route(\"a\")] public class AController : ControllerBase { [Reading] public string Get() => \"\"; }")]
    [InlineData("public class Reading : Attribute, Microsoft.AspNetCore.Mvc.ActionConstraints.IActionConstraint { public int Order => 0; public bool Accept(Microsoft.AspNetCore.Mvc.ActionConstraints.ActionConstraintContext c) => true; }\n[Route(\"a\")] public class AController : ControllerBase { [Reading] public string Get() => \"\"; }")]
    [InlineData("public class Verbs : Microsoft.AspNetCore.Mvc.ApplicationModels.IActionModelConvention { public void Apply(Microsoft.AspNetCore.Mvc.ApplicationModels.ActionModel a) => a.Selectors[0].ActionConstraints.Add(new Microsoft.AspNetCore.Mvc.ActionConstraints.HttpMethodActionConstraint([\"GET\"])); }\n[Route(\"a\")] public class AController : ControllerBase { public string Get() => \"\"; }")]
    [InlineData("[Route(\"error\")] public class ErrorController : ControllerBase { public string Get(int code) => \"\"; }")]
    public Task Silent_controller(string types) => Code.Library(types).CheckAsync();

    [Fact]
    public Task Silent_in_a_test_project() => Code.Controller("[Route(\"a\")] public string List() => \"\";").Test().CheckAsync();

    [Fact]
    public Task Silent_with_an_attribute_that_cannot_be_resolved() => Code.Controller("[Route(\"a\"), Reading] public string List() => \"\";").Broken().CheckAsync();

    [Fact]
    public Task Reports_in_broken_code() => Code.Controller("[Route(\"a\")] public string {|ASA8001:List|}() => Missing(;").Broken().CheckAsync();

    [Theory]
    [InlineData("app.{|ASA8001:Map|}(\"/price\", (int id) => id * 2).RequireAuthorization();")]
    [InlineData("app.{|ASA8001:Map|}(\"/price\", async context => await context.Response.WriteAsync(\"x\")).RequireAuthorization();")]
    [InlineData("app.{|ASA8001:Map|}(\"/price\", Price).RequireAuthorization();\nstatic int Price(int id) => id;")]
    [InlineData("app.{|ASA8001:Map|}(\"/price\", (Delegate)((int id) => id)).RequireAuthorization();")]
    [InlineData("app.MapGroup(\"/shop\").RequireAuthorization().{|ASA8001:Map|}(\"/price\", (int id) => id);")]
    [InlineData("var shop = app.MapGroup(\"/shop\").RequireAuthorization();\nshop.{|ASA8001:Map|}(\"/price\", (int id) => id);\nshop.{|ASA8001:Map|}(\"/sum\", (int id) => id);")]
    [InlineData("app.{|ASA8001:Map|}(\"/price\", [HttpGet] (int id) => id).RequireAuthorization();")]
    [InlineData("app.{|ASA8001:Map|}(\"/price\", (int id) => id).WithName(\"price\").RequireAuthorization();")]
    [InlineData("app.{|ASA8001:Map|}(Microsoft.AspNetCore.Routing.Patterns.RoutePatternFactory.Parse(\"/price\"), (int id) => id).RequireAuthorization();")]
    [InlineData("app.{|ASA8001:MapFallback|}(([FromBody] string text) => text.Length).RequireAuthorization();")]
    [InlineData("app.{|ASA8001:MapFallback|}(\"/shop/{**rest}\", async (HttpContext context) => { var form = await context.Request.ReadFormAsync(); await context.Response.WriteAsync(form.Count.ToString()); }).RequireAuthorization();")]
    [InlineData("app.{|ASA8001:MapFallback|}((IOrderStore store) => store.ToString()).RequireAuthorization();")]
    public Task Reports_route(string routes) => Code.MinimalApi(routes).With("Store.cs", "public interface IOrderStore { }").CheckAsync();

    [Theory]
    [InlineData("app.MapGet(\"/price\", (int id) => id).RequireAuthorization();")]
    [InlineData("app.MapMethods(\"/price\", [\"GET\"], (int id) => id).RequireAuthorization();")]
    [InlineData("app.MapFallbackToFile(\"index.html\");")]
    [InlineData("app.MapFallback(() => Results.NotFound()).RequireAuthorization();")]
    [InlineData("app.MapFallback(async context => await context.Response.SendFileAsync(\"index.html\")).RequireAuthorization();")]
    [InlineData("app.Map(\"/branch\", branch => branch.UseHttpLogging());")]
    [InlineData("app.Map(\"/error\", () => Results.Problem()).RequireAuthorization();")]
    [InlineData("app.Map(\"/old\", () => Results.Redirect(\"/new\")).RequireAuthorization();")]
    [InlineData("app.Map(\"/gone\", () => { return Results.StatusCode(410); }).RequireAuthorization();")]
    [InlineData("app.Map(\"/stop\", string () => throw new InvalidOperationException()).RequireAuthorization();")]
    [InlineData("app.UseExceptionHandler(\"/oops\");\napp.Map(\"/oops\", (HttpContext context) => context.TraceIdentifier).RequireAuthorization();")]
    [InlineData("app.UseStatusCodePagesWithReExecute(\"/state/{0}\");\napp.Map(\"/state/{code}\", (int code) => code.ToString()).RequireAuthorization();")]
    [InlineData("app.Map(\"/ws\", async context => { using var socket = await context.WebSockets.AcceptWebSocketAsync(); }).RequireAuthorization();")]
    [InlineData("app.Map(\"/any\", (HttpRequest request) => request.Method).RequireAuthorization();")]
    [InlineData("app.Map(\"/price\", (int id) => id).RequireAuthorization().WithMetadata(new HttpMethodMetadata([\"GET\"]));")]
    [InlineData("app.MapGroup(\"/shop\").RequireAuthorization().WithMetadata(new HttpMethodMetadata([\"GET\"])).Map(\"/price\", (int id) => id);")]
    [InlineData("app.Map(\"/price\", [Reading] (int id) => id).RequireAuthorization();")]
    [InlineData("if (app.Environment.IsDevelopment())\n    app.Map(\"/price\", (int id) => id);")]
    [InlineData("var branch = ((IApplicationBuilder)app).New();\napp.Map(\"/legacy\", branch.Build()).RequireAuthorization();")]
    public Task Silent_route(string routes) => Code.MinimalApi(routes)
        .With("Reading.cs", "public class Reading : Attribute, IHttpMethodMetadata { public IReadOnlyList<string> HttpMethods => [\"GET\"]; public bool AcceptCorsPreflight { get => false; set { } } }").CheckAsync();

    [Fact]
    public Task Silent_action_that_an_exception_handler_runs() => Code.MinimalApi("app.UseExceptionHandler(\"/oops\");\napp.MapControllers().RequireAuthorization();")
        .With("A.cs", "[ApiController] public class AController : ControllerBase { [Route(\"/oops\")] public string Show() => HttpContext.TraceIdentifier; }").CheckAsync();
}
