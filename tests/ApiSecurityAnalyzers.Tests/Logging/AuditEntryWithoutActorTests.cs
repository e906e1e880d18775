namespace ApiSecurityAnalyzers.Tests.Logging;

public sealed class AuditEntryWithoutActorTests
{
    private const string Key = "ASA4008.AddUser";

    private const string Fields = """
        private readonly ILogger _logger = null!;
        private readonly List<int> _store = [];

        """;

    [Theory]
    [InlineData("[HttpPost] public void A(int id) { _store.Add(id); _logger.{|ASA4008:LogInformation|}(\"added {Id}\", id); }")]
    [InlineData("[HttpDelete] public void A(int id) { _logger.{|ASA4008:LogInformation|}($\"removed {id}\"); _store.Remove(id); }")]
    [InlineData("[HttpPut] public void A(int id) { _logger.{|ASA4008:LogInformation|}(\"changed\"); _store.Clear(); }")]
    [InlineData("[HttpPatch] public void A(int id) { _logger.{|ASA4008:LogInformation|}(1, \"changed {Id}\", id); _store.Clear(); }")]
    [InlineData("[HttpPost] public void A(int id) { _logger.{|ASA4008:Log|}(LogLevel.Information, \"added {Id}\", id); _store.Add(id); }")]
    [InlineData("[HttpPost] public void A(int id) { _logger?.{|ASA4008:LogInformation|}(\"added {Id}\", id); _store.Add(id); }")]
    [InlineData("[HttpPost] public void A(int id) { _store.Add(id); _logger.{|ASA4008:LogInformation|}(\"added {Id}\", id); _logger.LogInformation(\"done\"); }")]
    [InlineData("[HttpPost] public void A(int id) { if (id > 0) { _store.Add(id); _logger.{|ASA4008:LogInformation|}(\"added {Id}\", id); } }")]
    [InlineData("[HttpPost] public void A(int id) { _logger.LogDebug(\"user\"[0..1]); _logger.{|ASA4008:LogInformation|}(\"authorized {Id}\", id); _store.Add(id); }")]
    [InlineData("[HttpPost] public void A(int id) { _store.Add(id); {|ASA4008:LogAdded|}(_logger, id); } private static void LogAdded(ILogger logger, int id) => logger.LogInformation(\"{Id}\", id);")]
    public Task Reports_entry(string members) => Controller(members).CheckAsync();

    [Theory]
    [InlineData("[HttpPost] public void A(int id) { _store.Add(id); _logger.LogInformation(\"added {Id} by {User}\", id, User.Identity?.Name); }")]
    [InlineData("[HttpPost] public void A(int id) { _store.Add(id); _logger.LogInformation($\"added {id} by {User.Identity?.Name}\"); }")]
    [InlineData("[HttpPost] public void A(int id) { var userId = 1; _store.Add(id); _logger.LogInformation(\"added {Id} by {By}\", id, userId); }")]
    [InlineData("[HttpPost] public void A(int id) { _store.Add(id); _logger.LogInformation(\"customer {Id} added\", id); }")]
    [InlineData("[HttpPost] public void A(int id) { _logger.LogInformation(\"begin\"); _store.Add(id); _logger.LogInformation(\"added by {Actor}\", id); }")]
    [InlineData("[HttpPost] public void A(int id) { using var s = _logger.BeginScope(\"{User}\", User.Identity?.Name); _store.Add(id); _logger.LogInformation(\"added {Id}\", id); }")]
    [InlineData("[HttpGet] public void A(int id) { _logger.LogInformation(\"read {Id}\", id); }")]
    [InlineData("[HttpPost] public void A(int id) { if (id == 0) { _logger.LogWarning(\"no {Id}\", id); return; } _store.Add(id); }")]
    [InlineData("[HttpPost] public void A(int id) { _logger.LogDebug(\"adding {Id}\", id); _store.Add(id); }")]
    [InlineData("[HttpPost] public void A(int id) { try { _store.Add(id); } catch (Exception e) { _logger.LogError(e, \"failed\"); } }")]
    [InlineData("[HttpPost] public void A(int id) { _store.Add(id); }")]
    [InlineData("[HttpPost] public void Query(int id) { _store.Insert(0, id); _logger.LogInformation(\"asked {Id}\", id); }")]
    [InlineData("[HttpPost, AllowAnonymous] public void A(int id) { _store.Add(id); _logger.LogInformation(\"added {Id}\", id); }")]
    [InlineData("[HttpPost] public void A(int id) { _store.Add(id); _audit.Record(id); } private readonly Audit _audit = new(null!); class Audit(IHttpContextAccessor accessor) { public void Record(int id) => accessor.HttpContext?.User.ToString(); }")]
    [InlineData("[HttpPost] public void A(int id) { _store.Add(id); _audit.Record(id); } private readonly IAudit _audit = null!; public interface IAudit { void Record(int id); }")]
    public Task Silent_for_entry(string members) => Controller(members).CheckAsync();

    [Fact]
    public Task Reports_with_a_message() => Controller("[HttpPost] public void A(int id) { _store.Add(id); _logger.{|ASA4008:LogInformation|}(\"added {Id}\", id); }")
        .Message("ASA4008", "'SubjectController.A' logs a change and not who makes it").CheckAsync();

    [Fact]
    public Task Reports_an_audit_service_that_knows_nobody() => Controller("[HttpPost] public void A(int id) { _store.Add(id); _audit.{|ASA4008:Record|}(id); } private readonly Audit _audit = new(); class Audit { public void Record(int id) => Console.WriteLine(id); }").NoFix().CheckAsync();

    [Fact]
    public Task Silent_where_middleware_adds_the_user() => Controller("[HttpPost] public void A(int id) { _store.Add(id); _logger.LogInformation(\"added {Id}\", id); }").With("Scope.cs", """
        public class Scope(RequestDelegate next, ILogger<Scope> logger)
        {
            public async Task InvokeAsync(HttpContext context)
            {
                using (logger.BeginScope("{User}", context.User.Identity?.Name))
                    await next(context);
            }
        }
        """).CheckAsync();

    [Fact]
    public Task Silent_for_a_webhook_that_a_key_guards() => On(Code.Library("""
        public sealed class SelfHostedAttribute : Attribute { }

        [ApiController, SelfHosted, Route("a")]
        public sealed class HookController(List<int> store, ILogger<HookController> logger) : ControllerBase
        {
            [HttpPost] public void A(int id) { store.Add(id); logger.LogInformation("added {Id}", id); }
        }
        """)).CheckAsync();

    [Fact]
    public Task Silent_unless_switched_on() => Code.Controller(Fields + "[HttpPost] public void A(int id) { _store.Add(id); _logger.LogInformation(\"added {Id}\", id); }").Asks("ASA4008").CheckAsync();

    [Fact]
    public Task Fixes_entries_of_a_controller() => Controller("""
        [HttpPost]
        public void A(int id)
        {
            _store.Add(id);
            _logger.{|ASA4008:LogInformation|}("Added {Id}.", id); // done
        }

        [HttpPut]
        public void B(int id)
        {
            _store.Clear();
            _logger.{|ASA4008:LogInformation|}(
                "Changed {Id} of {Count}",
                id,
                _store.Count);
        }

        [HttpPatch]
        public void C(int id)
        {
            _store.Clear();
            _logger.{|ASA4008:LogInformation|}($"Cleared {id}");
        }

        [HttpDelete]
        public void D() { _store.Clear(); _logger.{|ASA4008:LogInformation|}(@"Cleared"); }
        """).FixedBy(Key, Fields + """
        [HttpPost]
        public void A(int id)
        {
            _store.Add(id);
            _logger.LogInformation("Added {Id} by {User}.", id, User.Identity?.Name); // done
        }

        [HttpPut]
        public void B(int id)
        {
            _store.Clear();
            _logger.LogInformation(
                "Changed {Id} of {Count} by {User}",
                id,
                _store.Count,
                User.Identity?.Name);
        }

        [HttpPatch]
        public void C(int id)
        {
            _store.Clear();
            _logger.LogInformation($"Cleared {id} by {User.Identity?.Name}");
        }

        [HttpDelete]
        public void D() { _store.Clear(); _logger.LogInformation(@"Cleared by {User}", User.Identity?.Name); }
        """).CheckAsync();

    [Fact]
    public Task Fixes_route_handlers() => On(Code.MinimalApi("""
        app.MapPost("/a", (List<int> store, ILogger<Program> logger) =>
        {
            store.Add(1);
            logger.{|ASA4008:LogInformation|}("Added");
        }).RequireAuthorization();
        app.MapDelete("/b", (HttpContext context, List<int> store) =>
        {
            store.Clear();
            app.Logger.{|ASA4008:LogInformation|}("Cleared");
        }).RequireAuthorization();
        """)).FixedBy(Key, """
        using System.Security.Claims;

        app.MapPost("/a", (List<int> store, ILogger<Program> logger, ClaimsPrincipal user) =>
        {
            store.Add(1);
            logger.LogInformation("Added by {User}", user.Identity?.Name);
        }).RequireAuthorization();
        app.MapDelete("/b", (HttpContext context, List<int> store) =>
        {
            store.Clear();
            app.Logger.LogInformation("Cleared by {User}", context.User.Identity?.Name);
        }).RequireAuthorization();
        """).CheckAsync();

    [Theory]
    [InlineData("[HttpPost] public void A(int id) { _store.Add(id); _logger.{|ASA4008:LogInformation|}(Text, id); } private const string Text = \"added {Id}\";")]
    [InlineData("[HttpPost] public void A(int id) { _store.Add(id); _logger.{|ASA4008:LogInformation|}(\"added {Id}\", new object[] { id }); }")]
    [InlineData("[HttpPost] public void A(int id) { _store.Add(id); _logger.{|ASA4008:LogInformation|}(message: \"added\"); }")]
    [InlineData("[HttpPost] public void A(int id) { _store.Add(id); _logger.{|ASA4008:LogInformation|}(\"added \" + id); }")]
    public Task NoFix_for_other_messages(string members) => Controller(members).NoFix().CheckAsync();

    private static CodeTest Controller(string members) => On(Code.Controller(Fields + members));

    private static CodeTest On(CodeTest test) => test.Asks("ASA4008").Option("dotnet_diagnostic.ASA4008.severity", "warning");
}
