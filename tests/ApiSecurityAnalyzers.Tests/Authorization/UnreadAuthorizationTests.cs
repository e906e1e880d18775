using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Authorization;

/// <summary>ASA1024: authorization attributes that nothing reads.</summary>
public sealed partial class UnreadAuthorizationTests
{
    private static CodeTest App(string statements, string types) => Code.MinimalApi("builder.Services.AddRazorPages();\n" + statements).With("Types.cs", "using Microsoft.AspNetCore.Mvc.RazorPages;\nusing Microsoft.AspNetCore.Components;\n\n" + types);

    [Fact]
    public Task Reports_page_handler() =>
        App("app.MapRazorPages();", """
            [AllowAnonymous]
            public class EditModel : PageModel
            {
                public void OnGet() { }

                [{|ASA1024:Authorize|}]
                public void OnPost() { }
            }
            """)
            .Message("ASA1024", "'[Authorize]' on 'EditModel.OnPost' has no effect: Razor Pages reads the attributes of the page model, not those of its methods")
            .CheckAsync();

    [Theory]
    [InlineData("[{|ASA1024:Authorize|}] public void OnGet() { }")]
    [InlineData("[{|ASA1024:Authorize(Roles = \"admin\")|}] public Task OnPostDeleteAsync() => Task.CompletedTask;")]
    [InlineData("[{|ASA1024:Authorize(\"admins\")|}] public IActionResult OnPostEdit() => Page();")]
    [InlineData("[{|ASA1024:AuthorizeAttribute|}] public void OnPost() { }")]
    [InlineData("[{|ASA1024:Microsoft.AspNetCore.Authorization.Authorize|}] public void OnPost() { }")]
    [InlineData("[ValidateAntiForgeryToken, {|ASA1024:Authorize|}] public void OnPost() { }")]
    [InlineData("[{|ASA1024:Authorize|}] private void Load() { }")]
    [InlineData("[{|ASA1024:Authorize|}] public void OnGet() { } [{|ASA1024:Authorize|}] public void OnPost() { }")]
    public Task Reports_each_method_of_a_page(string members) => App("app.MapRazorPages();", $$"""[AllowAnonymous] public class EditModel : PageModel { {{members}} }""").CheckAsync();

    [Theory]
    [InlineData("[{|ASA1024:Authorize|}] public class Panel : ComponentBase { }")]
    [InlineData("[{|ASA1024:Authorize(Roles = \"x\")|}] internal sealed class Panel : ComponentBase { }")]
    [InlineData("[{|ASA1024:Authorize|}] public class Main : LayoutComponentBase { }")]
    [InlineData("[{|ASA1024:Authorize|}] public class Raw : IComponent { public void Attach(RenderHandle handle) { } public Task SetParametersAsync(ParameterView parameters) => Task.CompletedTask; }")]
    [InlineData("[Route(\"/panel\"), Authorize] public class Panel : ComponentBase { [{|ASA1024:Authorize|}] public void Save() { } }")]
    public Task Reports_component_that_is_no_page(string types) => App("", types.Replace("[Route(", "[Microsoft.AspNetCore.Components.Route(", StringComparison.Ordinal)).CheckAsync();

    [Fact]
    public Task Reports_method_that_a_route_lambda_calls() =>
        App("app.MapGet(\"/orders\", () => Orders.List()).AllowAnonymous();", """
            public static class Orders
            {
                [{|ASA1024:Authorize|}]
                public static string List() => "";
            }
            """)
            .Message("ASA1024", "'[Authorize]' on 'Orders.List' has no effect: an endpoint calls it, and only the attributes of the handler itself are read")
            .CheckAsync();

    [Theory]
    [InlineData("app.MapGet(\"/x\", (Orders orders) => orders.List()).AllowAnonymous();", "public class Orders { [{|ASA1024:Authorize|}] public string List() => \"\"; }")]
    [InlineData("app.MapGet(\"/x\", async (IOrders orders) => await orders.ListAsync()).AllowAnonymous();", "public interface IOrders { Task<string> ListAsync(); } public class Orders : IOrders { [{|ASA1024:Authorize|}] public Task<string> ListAsync() => Task.FromResult(\"\"); }")]
    [InlineData("app.MapGet(\"/x\", () => { var orders = new Orders(); return Results.Ok(orders.List()); }).AllowAnonymous();", "public class Orders { [{|ASA1024:Authorize|}] public string List() => \"\"; }")]
    [InlineData("app.MapGet(\"/x\", Api.Get).AllowAnonymous();", "public static class Api { public static string Get() => Orders.List(); } public static class Orders { [{|ASA1024:Authorize|}] public static string List() => \"\"; }")]
    [InlineData("app.MapGroup(\"/g\").MapPost(\"/x\", (int id) => Orders.Save(id)).AllowAnonymous();", "public static class Orders { [{|ASA1024:Authorize(Policy = \"x\")|}] public static int Save(int id) => id; }")]
    public Task Reports_each_way_to_call_a_method(string statements, string types) => App(statements, types).CheckAsync();

    [Theory]
    [InlineData("public class OrderService { [{|ASA1024:Authorize|}] public void Save() { } }")]
    [InlineData("public interface IOrderService { void Save(); } public class OrderService : IOrderService { [{|ASA1024:Authorize|}] public void Save() { } }")]
    [InlineData("[{|ASA1024:Authorize|}] public class OrderService { public void Save() { } }")]
    [InlineData("public sealed class OrderService : IDisposable { [{|ASA1024:Authorize|}] private void Check() { } public void Dispose() => Check(); }")]
    [InlineData("public static class Rules { [{|ASA1024:Authorize|}] public static bool Check() => true; } public class Order { public bool IsOpen => Rules.Check(); }")]
    [InlineData("[ApiController, Authorize, Microsoft.AspNetCore.Mvc.Route(\"x\")] public class OrdersController : ControllerBase { [{|ASA1024:Authorize(Roles = \"x\")|}] private void Check() { } }")]
    [InlineData("[ApiController, Authorize, Microsoft.AspNetCore.Mvc.Route(\"x\")] public class OrdersController : ControllerBase { [NonAction, {|ASA1024:Authorize|}] public void Check() { } }")]
    [InlineData("[ApiController, Authorize, Microsoft.AspNetCore.Mvc.Route(\"x\")] public class OrdersController : ControllerBase { [{|ASA1024:Authorize|}] public static void Check() { } }")]
    [InlineData("[Authorize] public class ChatHub : Hub { [{|ASA1024:Authorize|}] protected void Check() { } }")]
    [InlineData("[{|ASA1024:Authorize|}] public class Timing { public Task InvokeAsync(HttpContext context) => Task.CompletedTask; }")]
    public Task Reports_services_and_methods_that_nobody_calls_from_outside(string types) => App("", types).CheckAsync();

    [Fact]
    public Task Reports_class_of_handlers() =>
        App("app.MapGet(\"/orders\", Orders.List).AllowAnonymous();", """
            [{|ASA1024:Authorize|}]
            public static class Orders
            {
                public static string List() => "";
            }
            """)
            .Message("ASA1024", "'[Authorize]' on 'Orders' has no effect: of a handler only its own attributes are read, not those of the class around it")
            .CheckAsync();

    [Fact]
    public Task Reports_class_that_maps_lambdas() =>
        App("app.MapOrders();", """
            [{|ASA1024:Authorize|}]
            public static class Orders
            {
                public static void MapOrders(this IEndpointRouteBuilder routes) => routes.MapGet("/orders", () => "").AllowAnonymous();
            }
            """).CheckAsync();

    [Fact]
    public Task Reports_in_a_startup_class() =>
        Hosts.Startup("services.AddAuthorization();", "app.UseRouting();\napp.UseAuthorization();\napp.UseEndpoints(endpoints => endpoints.MapGet(\"/x\", () => Orders.List()).AllowAnonymous());")
            .With("Orders.cs", "public static class Orders { [{|ASA1024:Authorize|}] public static string List() => \"\"; }").CheckAsync();

    [Fact]
    public Task Reports_local_function_that_is_no_handler() =>
        App("app.MapGet(\"/x\", () => List()).AllowAnonymous();\n[{|ASA1024:Authorize|}] static string List() => \"\";", "").CheckAsync();

    [Fact]
    public Task Reports_beside_filters_that_only_describe_the_api() =>
        App("app.MapRazorPages();", """
            public interface IOperationFilter { bool Apply(System.Reflection.MethodInfo method); }
            public class Padlocks : IOperationFilter { public bool Apply(System.Reflection.MethodInfo method) => method.GetCustomAttributes(true).OfType<AuthorizeAttribute>().Any(); }
            [AllowAnonymous] public class EditModel : PageModel { [{|ASA1024:Authorize|}] public void OnPost() { } }
            """).CheckAsync();

    [Theory]
    [InlineData("[ApiController, Microsoft.AspNetCore.Mvc.Route(\"x\")] public class OrdersController : ControllerBase { [HttpGet, Authorize] public string Get() => \"\"; }")]
    [InlineData("[Authorize] public abstract class Base : ControllerBase { [Authorize(Roles = \"x\")] public virtual string Get() => \"\"; } [ApiController, Microsoft.AspNetCore.Mvc.Route(\"x\")] public class OrdersController : Base { [HttpGet] public override string Get() => \"\"; }")]
    [InlineData("[Authorize] public class ChatHub : Hub { [Authorize(Roles = \"x\")] public void Send() { } }")]
    [InlineData("[Authorize] public class EditModel : PageModel { public void OnPost() { } }")]
    [InlineData("[Authorize] public abstract class Secured : PageModel { }")]
    [InlineData("[Authorize] public abstract class Page : ComponentBase { } [Microsoft.AspNetCore.Components.Route(\"/x\")] public class Orders : Page { }")]
    [InlineData("[Authorize] public class Page : ComponentBase { } [Microsoft.AspNetCore.Components.Route(\"/x\")] public class Orders : Page { }")]
    [InlineData("[Microsoft.AspNetCore.Components.Route(\"/x\"), Authorize] public class Orders : ComponentBase { }")]
    [InlineData("[Authorize] public class Wire : Microsoft.AspNetCore.Connections.ConnectionHandler { public override Task OnConnectedAsync(Microsoft.AspNetCore.Connections.ConnectionContext connection) => Task.CompletedTask; }")]
    [InlineData("public class AuthorizeAttribute : Attribute { } [Authorize] public class OrderService { [Authorize] public void Save() { } }")]
    [InlineData("public class OwnAttribute : AuthorizeAttribute { } [Own] public class OrderService { [Own] public void Save() { } }")]
    [InlineData("public static class Handlers { [Authorize] public static string Get() => \"\"; }")]
    [InlineData("public interface IOrders { [Authorize] void Save(); }")]
    [InlineData("public abstract class Handler { [Authorize] public abstract void Run(); }")]
    public Task Silent_where_it_acts_or_may_act(string types) => App("", types).CheckAsync();

    [Theory]
    [InlineData("app.MapGet(\"/x\", Orders.List);", "public static class Orders { [Authorize] public static string List() => \"\"; }")]
    [InlineData("app.MapGet(\"/x\", [Authorize] () => 1);", "")]
    [InlineData("app.MapGet(\"/x\", List);\n[Authorize] static string List() => \"\";", "")]
    [InlineData("Delegate handler = Orders.List; app.MapGet(\"/x\", handler);", "public static class Orders { [Authorize] public static string List() => \"\"; }")]
    [InlineData("app.MapOrders();", "public static class Orders { public static void MapOrders(this IEndpointRouteBuilder routes) => routes.MapGet(\"/x\", List); [Authorize] private static string List() => \"\"; }")]
    [InlineData("var orders = new Orders(); app.MapGet(\"/x\", orders.List);", "public class Orders { [Authorize] public string List() => \"\"; }")]
    public Task Silent_for_handlers(string statements, string types) => App(statements, types).CheckAsync();

    [Theory]
    [InlineData("public class Aspect : System.Reflection.DispatchProxy { protected override object? Invoke(System.Reflection.MethodInfo? method, object?[]? arguments) => method!.GetCustomAttributes(typeof(AuthorizeAttribute), true).Length > 0 ? null : method; }")]
    [InlineData("public class Filter : Microsoft.AspNetCore.Mvc.Filters.IPageFilter { public void OnPageHandlerSelected(Microsoft.AspNetCore.Mvc.Filters.PageHandlerSelectedContext context) { if (System.Reflection.CustomAttributeExtensions.GetCustomAttributes(context.HandlerMethod!.MethodInfo).OfType<IAuthorizeData>().Any()) return; } public void OnPageHandlerExecuting(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context) { } public void OnPageHandlerExecuted(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutedContext context) { } }")]
    [InlineData("public static class Behaviour { public static bool Demands(object request) => Attribute.IsDefined(request.GetType(), typeof(AuthorizeAttribute)); }")]
    public Task Silent_where_own_code_reads_attributes(string reader) =>
        App("app.MapRazorPages();", reader + """

            [AllowAnonymous] public class EditModel : PageModel { [Authorize] public void OnPost() { } }
            public class OrderService { [Authorize] public void Save() { } }
            [Authorize] public record Command(int Id);
            """).CheckAsync();

    [Theory]
    [InlineData("PostSharp", "namespace PostSharp { public class Aspect : System.Attribute { } }", "public class OrderService { [PostSharp.Aspect, Authorize] public void Save() { } }")]
    [InlineData("MediatR", "namespace MediatR { public interface IRequest { } }", "[Authorize] public class Save : MediatR.IRequest { }")]
    [InlineData("CoreWCF.Primitives", "namespace CoreWCF { public class ServiceContractAttribute : System.Attribute { } }", "[CoreWCF.ServiceContract] public interface IOrders { void Save(); } public class Orders : IOrders { [Authorize] public void Save() { } }")]
    [InlineData("HotChocolate.Types", "namespace HotChocolate { public class QueryTypeAttribute : System.Attribute { } }", "[HotChocolate.QueryType] public static class Query { [Authorize] public static string Orders() => \"\"; }")]
    [InlineData("Functions.Worker", "namespace Functions { public class FunctionAttribute : System.Attribute { } }", "public class Orders { [Functions.Function, Authorize] public string Get() => \"\"; }")]
    [InlineData("FastEndpoints", "namespace FastEndpoints { public abstract class Endpoint { public abstract void Handle(); } }", "public class Save : FastEndpoints.Endpoint { [Authorize] public override void Handle() { } }")]
    public Task Silent_where_a_library_may_read_attributes(string assembly, string library, string types) => App("", types).Reference(Stubs.WithoutBodies(assembly, library)).CheckAsync();

    [Theory]
    [InlineData("@page \"/panel\"\n<p>panel</p>\n", "Authorize")]
    [InlineData("<p>panel</p>\n", "{|ASA1024:Authorize|}")]
    public Task Reports_component_unless_its_markup_makes_it_a_page(string markup, string attribute) =>
        App("", "").With("Panel.razor.cs", $$"""[{{attribute}}] public partial class Panel : Microsoft.AspNetCore.Components.ComponentBase { }""").AdditionalFile("Panel.razor", markup).CheckAsync();

    [Theory]
    [InlineData("Panel.razor.cs")]
    [InlineData("Panel.cs")]
    public Task Silent_for_partial_component_whose_other_part_is_out_of_sight(string file) =>
        App("", "").With(file, "[Authorize] public partial class Panel : Microsoft.AspNetCore.Components.ComponentBase { }").CheckAsync();

    [Fact]
    public Task Reports_component_with_generated_part() =>
        App("", "").With("Panel.razor.cs", "[{|ASA1024:Authorize|}] public partial class Panel { }")
            .With("Panel_razor.g.cs", "public partial class Panel : Microsoft.AspNetCore.Components.ComponentBase { }").CheckAsync();

    [Fact]
    public Task Silent_for_page_with_generated_part() =>
        App("", "").With("Panel.razor.cs", "[Authorize] public partial class Panel { }")
            .With("Panel_razor.g.cs", "[Microsoft.AspNetCore.Components.Route(\"/panel\")] public partial class Panel : Microsoft.AspNetCore.Components.ComponentBase { }").CheckAsync();

    [Fact]
    public Task Silent_in_a_test_project() => App("", "public class OrderService { [Authorize] public void Save() { } }").Test().CheckAsync();

    [Fact]
    public Task Reports_in_a_library() =>
        Code.Files(("Edit.cs", "using Microsoft.AspNetCore.Mvc.RazorPages; [AllowAnonymous] public class EditModel : PageModel { [{|ASA1024:Authorize|}] public void OnPost() { } }")).CheckAsync();

    [Fact]
    public Task Reports_services_of_a_library_as_suggestion() =>
        Code.Files(("Service.cs", "public class OrderService { [{|ASA1024:Authorize|}] public void Save() { } }")).Severity("ASA1024", DiagnosticSeverity.Info).CheckAsync();

    [Fact]
    public Task Silent_for_broken_code() =>
        App("", "[Authorize] class { [Authorize] void ( } [Authorize class C : Missing { [Authorize] public void M() { } } class D { [Authorize] }").Broken().CheckAsync();
}
