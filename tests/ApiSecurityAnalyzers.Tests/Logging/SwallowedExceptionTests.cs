using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Logging;

public sealed partial class SwallowedExceptionTests
{
    private const string Work = "private static void Work() { } ";

    [Theory]
    [InlineData("[HttpGet] public void A() { try { Work(); } {|ASA4006:catch|} { } }")]
    [InlineData("[HttpGet] public void A() { try { Work(); } {|ASA4006:catch|} (Exception) { } }")]
    [InlineData("[HttpGet] public void A() { try { Work(); } {|ASA4006:catch|} (Exception ex) { } }")]
    [InlineData("[HttpGet] public void A() { try { Work(); } {|ASA4006:catch|} (InvalidOperationException) { ; } }")]
    [InlineData("[HttpGet] public void A() { try { Work(); } {|ASA4006:catch|} (IOException) { } {|ASA4006:catch|} (FormatException) { } }")]
    [InlineData("[HttpGet] public void A() { foreach (var i in new[] { 1 }) { try { Work(); } {|ASA4006:catch|} { continue; } } }")]
    [InlineData("[HttpGet] public async Task A() { try { await Task.Yield(); } {|ASA4006:catch|} (Exception) { return; } }")]
    [InlineData("[HttpGet] public void A() { try { Work(); } {|ASA4006:catch|} { } finally { Work(); } }")]
    [InlineData("[HttpGet] public void A() { try { Work(); } {|ASA4006:catch|} { /* ignore */ } }")]
    [InlineData("[HttpGet] public void A() { try { Work(); } {|ASA4006:catch|} { /* Swallow exception */ } }")]
    [InlineData("[HttpGet] public void A() { try { Work(); } {|ASA4006:catch|} { /* TODO: log this error */ } }")]
    [InlineData("[HttpGet] public void A() { try { Work(); } {|ASA4006:catch|} (Exception) { /* Console.WriteLine(\"failed again\"); */ } }")]
    [InlineData("[HttpGet] public void A() => Inner(); private void Inner() { try { Work(); } {|ASA4006:catch|} { } }")]
    [InlineData("[HttpGet] public void A() { new List<int>().ForEach(i => { try { Work(); } {|ASA4006:catch|} { } }); }")]
    public Task Reports_in_action(string members) => Info(Code.Controller(Work + members)).CheckAsync();

    [Theory]
    [InlineData("[HttpGet] public void A() { try { Work(); } catch { throw; } }")]
    [InlineData("[HttpGet] public IActionResult A() { try { Work(); } catch (KeyNotFoundException) { return NotFound(); } return Ok(); }")]
    [InlineData("[HttpGet] public int A() { try { Work(); } catch { return 0; } return 1; }")]
    [InlineData("[HttpGet] public int A() { var count = 1; try { Work(); } catch (FormatException) { count = 0; } return count; }")]
    [InlineData("[HttpGet] public void A() { try { Work(); } catch (OperationCanceledException) { } }")]
    [InlineData("[HttpGet] public void A() { try { Work(); } catch (TaskCanceledException) { } }")]
    [InlineData("[HttpGet] public void A() { try { Work(); } catch (ObjectDisposedException) { } }")]
    [InlineData("[HttpGet] public void A() { try { Work(); } catch (System.Net.WebSockets.WebSocketException) { } }")]
    [InlineData("[HttpGet] public void A() { try { Work(); } catch (Microsoft.AspNetCore.Connections.ConnectionResetException) { } }")]
    [InlineData("[HttpGet] public void A() { try { Work(); } catch (IOException) when (HttpContext.RequestAborted.IsCancellationRequested) { } }")]
    [InlineData("[HttpGet] public void A() { try { Work(); } catch { /* the file may be gone already */ } }")]
    [InlineData("[HttpGet] public void A() { try { Work(); } catch { /* best effort */ } }")]
    [InlineData("[HttpGet] public void A() { try { Work(); } catch { /* ignored on purpose */ } }")]
    [InlineData("[HttpGet] public bool A() { var done = false; try { Work(); done = true; } catch { } return done; }")]
    [InlineData("[HttpGet] public void A() { try { Work(); } finally { } }")]
    [InlineData("private readonly ILogger _logger = null!; [HttpGet] public void A() { try { Work(); } catch (Exception e) { _logger.LogError(e, \"failed\"); } }")]
    public Task Silent_in_action(string members) => Code.Controller(Work + members).CheckAsync();

    [Fact]
    public Task Reports_with_a_message() => Code.Controller(Work + "[HttpGet] public void A() { try { Work(); } {|ASA4006:catch|} (IOException) { } }")
        .Message("ASA4006", "'SubjectController.A' catches 'IOException' and does nothing about it, so that a failure, or an attack that causes it, leaves no trace")
        .Severity("ASA4006", DiagnosticSeverity.Info).CheckAsync();

    [Theory]
    [InlineData("app.MapGet(\"/a\", () => { try { Console.Beep(); } {|ASA4006:catch|} { } }).AllowAnonymous();")]
    [InlineData("app.MapGet(\"/a\", Handle).AllowAnonymous();\nstatic void Handle() { try { Console.Beep(); } {|ASA4006:catch|} { } }")]
    [InlineData("app.MapGet(\"/a\", H.Handle).AllowAnonymous();\napp.Run();\nstatic class H { public static void Handle() { try { Console.Beep(); } {|ASA4006:catch|} { } } }")]
    [InlineData("app.Use(async (context, next) => { try { await next(); } {|ASA4006:catch|} { } });")]
    [InlineData("app.UseMiddleware<M>();\napp.Run();\nclass M(RequestDelegate next) { public async Task InvokeAsync(HttpContext context) { try { await next(context); } {|ASA4006:catch|} { } } }")]
    [InlineData("app.Run();\nclass M : IMiddleware { public async Task InvokeAsync(HttpContext context, RequestDelegate next) { try { await next(context); } {|ASA4006:catch|} { } } }")]
    [InlineData("app.Run();\nclass F : Microsoft.AspNetCore.Mvc.Filters.ActionFilterAttribute { public override void OnActionExecuted(Microsoft.AspNetCore.Mvc.Filters.ActionExecutedContext c) { try { Console.Beep(); } {|ASA4006:catch|} { } } }")]
    [InlineData("app.Run();\nclass F : IEndpointFilter { public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext c, EndpointFilterDelegate next) { try { Console.Beep(); } {|ASA4006:catch|} { } return await next(c); } }")]
    [InlineData("app.MapHub<H>(\"/h\");\napp.Run();\n[Authorize] public class H : Hub { public void Send() { try { Console.Beep(); } {|ASA4006:catch|} { } } }")]
    [InlineData("app.Run();\npublic class P : Microsoft.AspNetCore.Mvc.RazorPages.PageModel { public void OnGet() { try { Console.Beep(); } {|ASA4006:catch|} { } } }")]
    public Task Reports_in_other_request_code(string statements) => Info(Minimal(statements)).CheckAsync();

    [Theory]
    [InlineData("try { Console.Beep(); } catch { }")]
    [InlineData("app.Run();\nclass Clock { public void Tick() { try { Console.Beep(); } catch { } } }")]
    [InlineData("app.Run();\nclass Job : BackgroundService { protected override async Task ExecuteAsync(CancellationToken t) { try { await Task.Delay(1, t); } catch { } } }")]
    [InlineData("app.Run();\nstatic class E { public static string? Read(HttpContext context) { try { return context.Request.Path; } catch { } return null; } }")]
    public Task Silent_outside_of_request_code(string statements) => Minimal(statements).CheckAsync();

    [Fact]
    public Task Silent_in_a_test_project() => Code.Controller(Work + "[HttpGet] public void A() { try { Work(); } catch { } }").Test().CheckAsync();

    [Fact]
    public Task Silent_where_another_build_does_something() => Code.Controller(Work + """

        [HttpGet]
        public void A()
        {
            try
            {
                Work();
            }
            catch (Exception)
            {
        #if TRACING
                Work();
        #endif
            }
        }
        """).CheckAsync();

    [Theory]
    [InlineData("[HttpGet] public void A() { try { Work(); } {|ASA4006:catch|} ( { } }")]
    [InlineData("[HttpGet] public void A() { try { Work(); } {|ASA4006:catch|} (Gone) { } }")]
    public Task Reports_in_broken_code(string members) => Info(Code.Controller(Work + members)).Broken().CheckAsync();

    private static CodeTest Info(CodeTest test) => test.Severity("ASA4006", DiagnosticSeverity.Info);

    /// <summary>Types behind 'app.Run();' stand in a file of their own.</summary>
    private static CodeTest Minimal(string statements)
    {
        var parts = statements.Split("app.Run();\n");
        var test = Code.MinimalApi(parts[0]);
        return parts.Length == 1 ? test : test.With("Types.cs", parts[1]);
    }
}
