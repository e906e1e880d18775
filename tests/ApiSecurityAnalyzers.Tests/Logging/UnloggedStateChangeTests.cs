using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Logging;

public sealed partial class UnloggedStateChangeTests
{
    private const string Store = """
        public interface IStore { Task SaveAsync(int id); void Save(int id); int Count(); }
        public class Store : IStore { public Task SaveAsync(int id) => Task.CompletedTask; public void Save(int id) { } public int Count() => 0; }
        """;

    [Theory]
    [InlineData("[HttpPost] public void {|ASA4002:Create|}(int id) => _store.Save(id);")]
    [InlineData("[HttpPut] public async Task {|ASA4002:Change|}(int id) { await _store.SaveAsync(id); }")]
    [InlineData("[HttpDelete(\"{id}\")] public IActionResult {|ASA4002:Delete|}(int id) { _store.Save(id); return NoContent(); }")]
    [InlineData("[HttpPatch] public Task {|ASA4002:Patch|}(int id) => _store.SaveAsync(id);")]
    [InlineData("[AcceptVerbs(\"POST\")] public void {|ASA4002:Create|}(int id) => _store.Save(id);")]
    [InlineData("[HttpPost] public void {|ASA4002:Create|}(Item item) { item.Name = \"x\"; }")]
    [InlineData("[HttpPost] public void {|ASA4002:Create|}(int id) { try { _store.Save(id); } catch (Exception) { _store.Save(0); } }")]
    [InlineData("[HttpPost] public void {|ASA4002:Create|}(int id) { Inner(id); } private void Inner(int id) => _store.Save(id);")]
    [InlineData("[HttpPost] public void {|ASA4002:LoginUser|}(int id) { Login(id); _store.Save(id); } private static void Login(int id) { }")]
    [InlineData("[HttpPost] public void {|ASA4002:Create|}(int id) { A(id); _store.Save(id); } void A(int i) => B(i); void B(int i) => C(i); void C(int i) => D(i); void D(int i) => LogIt(i); void LogIt(int i) { }")]
    public Task Reports_action(string members) => Actions(members).CheckAsync();

    [Theory]
    [InlineData("[HttpGet] public int Get() => _store.Count();")]
    [InlineData("[HttpPost] public int Search() => _store.Count();")]
    [InlineData("[HttpPost] public void Create(int id) { _logger.LogInformation(\"{Id}\", id); _store.Save(id); } private readonly ILogger _logger = null!;")]
    [InlineData("[HttpPost] public void Create(int id) { Log.Information(\"x\"); _store.Save(id); } static class Log { public static void Information(string text) { } }")]
    [InlineData("[HttpPost] public void Create(int id) { _audit.Record(id); _store.Save(id); } private readonly Audit _audit = new(); class Audit { public void Record(int id) { } }")]
    [InlineData("[HttpPost] public void Create(int id) { Inner(id); } private void Inner(int id) { _store.Save(id); _logger.LogWarning(\"x\"); } private readonly ILogger _logger = null!;")]
    [InlineData("[HttpPost] public void Create(int id) { A(id); _store.Save(id); } void A(int i) => B(i); void B(int i) => C(i); void C(int i) => _logger.LogInformation(\"x\"); private readonly ILogger _logger = null!;")]
    [InlineData("[NonAction] public void Create(int id) => _store.Save(id);")]
    [InlineData("[HttpPost] public Task Create([FromServices] Func<int, Task> save) => save(1);")]
    public Task Silent_action(string members) => Actions(members).CheckAsync();

    [Fact]
    public Task Reports_with_a_message() => Actions("[HttpPost] public void {|ASA4002:Create|}(int id) => _store.Save(id);")
        .Message("ASA4002", "'AController.Create' changes state and leaves no log entry, so nobody can tell afterwards who did what").CheckAsync();

    [Fact]
    public Task Silent_through_an_interface_whose_implementation_logs() => Library("""
        public interface IOrders { void Save(int id); }
        public class Orders(ILogger<Orders> logger) : IOrders { public void Save(int id) => logger.LogInformation("{Id}", id); }
        public class AController(IOrders orders) : ControllerBase { [HttpPost("a")] public void Create(int id) => orders.Save(id); }
        """).CheckAsync();

    [Fact]
    public Task Reports_through_an_interface_whose_implementation_does_not_log() => Library("""
        public interface IOrders { void Save(int id); }
        public class Orders : IOrders { public void Save(int id) { } }
        public class AController(IOrders orders) : ControllerBase { [HttpPost("a")] public void {|ASA4002:Create|}(int id) => orders.Save(id); }
        """).CheckAsync();

    [Fact]
    public Task Silent_through_an_interface_without_implementation() => Library("""
        public interface IOrders { void Save(int id); }
        public class AController(IOrders orders) : ControllerBase { [HttpPost("a")] public void Create(int id) => orders.Save(id); }
        """).CheckAsync();

    [Fact]
    public Task Silent_with_a_mediator() => Library("""
        public record Create(int Id);
        public class CreateHandler { public void Handle(Create create) { } }
        public class AController(MediatR.ISender sender) : ControllerBase { [HttpPost("a")] public Task Post(int id) => sender.Send(new Create(id)); }
        """).Reference(Stubs.Library("MediatR", "namespace MediatR { public interface ISender { Task Send(object request); } }")).CheckAsync();

    [Fact]
    public Task Silent_with_generated_log_methods() => Library("""
        public class AController(ILogger<AController> logger) : ControllerBase { [HttpPost("a")] public void Create(int id) { Messages.OrderCreated(logger, id); Update(id); } private void Update(int id) { } }
        public static partial class Messages { [LoggerMessage(Level = LogLevel.Information, Message = "{Id}")] public static partial void OrderCreated(ILogger logger, int id); }
        public static partial class Messages { public static partial void OrderCreated(ILogger logger, int id) { } }
        """).CheckAsync();

    [Theory]
    [InlineData("[Audited] [HttpPost(\"a\")] public void Create(int id) => Save(id);")]
    [InlineData("[ServiceFilter(typeof(AuditedAttribute))] [HttpPost(\"a\")] public void Create(int id) => Save(id);")]
    [InlineData("[ServiceFilter<AuditedAttribute>] [HttpPost(\"a\")] public void Create(int id) => Save(id);")]
    public Task Silent_with_a_filter_that_logs(string action) => Library($$"""
        using Microsoft.AspNetCore.Mvc.Filters;
        public class AuditedAttribute : ActionFilterAttribute { public override void OnActionExecuting(ActionExecutingContext context) { Audit.Write(context); } }
        public static class Audit { public static void Write(object o) { } }
        public class AController : ControllerBase { {{action}} private void Save(int id) { } }
        """).CheckAsync();

    [Theory]
    [InlineData("app.{|ASA4002:MapPost|}(\"/a\", (int id, IStore store) => store.Save(id));")]
    [InlineData("app.{|ASA4002:MapDelete|}(\"/a/{id}\", async (int id, IStore store) => { await store.SaveAsync(id); return Results.NoContent(); });")]
    [InlineData("app.MapGroup(\"/g\").{|ASA4002:MapPut|}(\"/a\", (int id, IStore store) => store.Save(id));")]
    [InlineData("app.{|ASA4002:MapMethods|}(\"/a\", [\"POST\"], (int id, IStore store) => store.Save(id));")]
    [InlineData("app.{|ASA4002:MapPost|}(\"/a\", Create);\nstatic void Create(int id, IStore store) => store.Save(id);")]
    [InlineData("app.{|ASA4002:MapPost|}(\"/a\", async context => { await new Store().SaveAsync(1); });")]
    public Task Reports_route(string routes) => Routes(routes).CheckAsync();

    [Theory]
    [InlineData("app.MapGet(\"/a\", (IStore store) => store.Count());")]
    [InlineData("app.MapPost(\"/a\", (int id, IStore store, ILogger<Store> logger) => { logger.LogInformation(\"x\"); store.Save(id); });")]
    [InlineData("app.MapPost(\"/a\", (int id, IStore store) => store.Save(id)).AddEndpointFilter(async (c, next) => { Log(\"x\"); return await next(c); });\nstatic void Log(string text) { }")]
    [InlineData("var logger = NullLog.Instance;\napp.MapPost(\"/a\", (int id, IStore store) => { logger.LogInformation(\"x\"); store.Save(id); });")]
    public Task Silent_route(string routes) => Routes(routes).With("Null.cs", "public static class NullLog { public static ILogger Instance => null!; }").CheckAsync();

    [Fact]
    public Task Silent_where_the_host_logs_requests() => Host("app.UseHttpLogging();\n", "app.MapPost(\"/a\", (int id, IStore store) => store.Save(id));").CheckAsync();

    [Fact]
    public Task Silent_where_nothing_logs_at_all() => Host("", "app.MapPost(\"/a\", (int id, IStore store) => store.Save(id));").CheckAsync();

    [Fact]
    public Task Reports_where_the_log_is_switched_off() => Host(
        "app.UseHttpLogging();\n",
        "app.{|ASA4002:MapPost|}(\"/a\", (int id, IStore store) => store.Save(id)).WithHttpLogging(Microsoft.AspNetCore.HttpLogging.HttpLoggingFields.None);").CheckAsync();

    [Fact]
    public Task Reports_route_of_a_group_in_another_file_where_the_log_is_switched_off() => Host("app.UseShop();\n", "app.MapOrders();\napp.MapControllers();")
        .With("Pipeline.cs", "public static class Pipeline { public static void UseShop(this WebApplication app) { app.UseHttpLogging(); } }")
        .With("Orders.cs", """
            public static class Orders
            {
                public static void MapOrders(this IEndpointRouteBuilder routes)
                {
                    var group = routes.MapGroup("/o");
                    group.{|ASA4002:MapPost|}("/", Handlers.Write).WithHttpLogging(Microsoft.AspNetCore.HttpLogging.HttpLoggingFields.None);
                }
            }

            public static class Handlers
            {
                public static void Write(int id, IStore store) => store.Save(id);
            }
            """).CheckAsync();

    [Fact]
    public Task Reports_route_where_only_controllers_log() => Host(
        "builder.Services.AddControllers(o => o.Filters.Add<Audit>());\napp.MapControllers();\n",
        "app.{|ASA4002:MapPost|}(\"/a\", (int id, IStore store) => store.Save(id));")
        .With("Audit.cs", "public class Audit(ILogger<Audit> logger) : Microsoft.AspNetCore.Mvc.Filters.IActionFilter { public void OnActionExecuting(Microsoft.AspNetCore.Mvc.Filters.ActionExecutingContext c) => logger.LogInformation(\"x\"); public void OnActionExecuted(Microsoft.AspNetCore.Mvc.Filters.ActionExecutedContext c) { } }").CheckAsync();

    [Fact]
    public Task Silent_under_a_log_for_some_paths() => Host(
        "app.UseWhen(c => c.Request.Path.StartsWithSegments(\"/a\"), b => b.UseHttpLogging());\n",
        "app.MapPost(\"/a\", (int id, IStore store) => store.Save(id));").CheckAsync();

    [Fact]
    public Task Silent_behind_a_gateway() => Actions("[HttpPost] public void Create(int id) => _store.Save(id);").Option("api_security.requests_logged_by_gateway", "true").CheckAsync();

    [Fact]
    public Task Silent_in_a_library_that_is_protected_elsewhere() => Actions("[HttpPost] public void Create(int id) => _store.Save(id);").Option("api_security.host", "protected").CheckAsync();

    [Fact]
    public Task Reports_as_suggestion_where_the_host_is_out_of_sight() =>
        Actions("[HttpPost] public void {|ASA4002:Create|}(int id) => _store.Save(id);").NoOption("api_security.host").Severity("ASA4002", DiagnosticSeverity.Info).CheckAsync();

    private static CodeTest Actions(string members) => Library($$"""
        public class Item { public string Name { get; set; } = ""; }

        [ApiController, Route("a")]
        public class AController : ControllerBase
        {
            private readonly IStore _store = null!;
            {{members}}
        }
        """);

    private static CodeTest Library(string types) => Quiet(Code.Files(("Types.cs", types))).Option("api_security.host", "unprotected");

    private static CodeTest Routes(string routes) => Quiet(Code.Files(("Routes.cs", $$"""
        public static class Routes
        {
            public static void Map(IEndpointRouteBuilder app)
            {
                {{routes}}
            }
        }
        """))).Option("api_security.host", "unprotected");

    private static CodeTest Host(string pipeline, string routes) => Quiet(Code.Program($"var builder = WebApplication.CreateBuilder(args);\nvar app = builder.Build();\n{pipeline}{routes}\napp.Run();\n"));

    private static CodeTest Quiet(CodeTest test) => test.With("Store.cs", Store).ConfigFile(".editorconfig", "[*.cs]\n" + string.Concat(new[] { "ASA1001", "ASA1002", "ASA1003", "ASA2001", "ASA3001", "ASA3002", "ASA4001" }.Select(static id => $"dotnet_diagnostic.{id}.severity = none\n")));
}
