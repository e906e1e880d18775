using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiSecurityAnalyzers.Tests.Endpoints;

/// <summary>A project reference in an editor shows the source of the other project, which its own compilation must bind.</summary>
public sealed class ReferencedProjectTests
{
    private const string Shared = """
        public class RequireAttribute : TypeFilterAttribute { public RequireAttribute() : base(typeof(Filter)) { } }
        public class Filter : Microsoft.AspNetCore.Mvc.Filters.IActionFilter { public void OnActionExecuting(Microsoft.AspNetCore.Mvc.Filters.ActionExecutingContext c) { } public void OnActionExecuted(Microsoft.AspNetCore.Mvc.Filters.ActionExecutedContext c) { } }
        public class AuditedAttribute : Microsoft.AspNetCore.Mvc.Filters.ActionFilterAttribute { }
        public abstract class SharedController : ControllerBase { [HttpPost("base")] public void Post() => Handlers.Save(1); }
        public class Journal(RequestDelegate next) { public Task InvokeAsync(HttpContext c) => next(c); }
        public class SharedStartup { public void ConfigureServices(IServiceCollection services) { } public void Configure(IApplicationBuilder app) => app.UseRouting(); }
        public static class Handlers
        {
            public static bool IsDev(this IHostEnvironment env) => env.IsDevelopment();
            public static void Save(int id) => Inner(id);
            private static void Inner(int id) { }
            public static void MapShared(this IEndpointRouteBuilder routes) => routes.MapPost("/s", Save);
            public static Task Guard(HttpContext c, RequestDelegate next) { if (c.Request.Path.StartsWithSegments("/x")) { c.Response.StatusCode = 401; return Task.CompletedTask; } return next(c); }
            public static IServiceCollection AddShared(this IServiceCollection services) => services.AddOptions();
        }
        """;

    private const string Main = """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddShared().AddControllers(o => o.Filters.Add<Filter>());
        var app = builder.Build();
        if (app.Environment.IsDev()) app.UseHttpsRedirection();
        app.UseMiddleware<Journal>();
        app.Use(Handlers.Guard);
        app.UseHttpLogging();
        app.MapShared();
        app.MapPost("/a", Handlers.Save).WithHttpLogging(Microsoft.AspNetCore.HttpLogging.HttpLoggingFields.None);
        app.MapControllers();
        app.Run();

        [Require, Audited] public class AController : SharedController { [HttpPost("a")] public void Create(int id) => Handlers.Save(id); }
        public class Startup : SharedStartup { }
        """;

    [Fact]
    public async Task Nothing_is_thrown()
    {
        var shared = Compile("Shared", OutputKind.DynamicallyLinkedLibrary, Shared, []);
        var main = Compile("Main", OutputKind.ConsoleApplication, Main, [shared.ToMetadataReference()]);
        Assert.DoesNotContain(main.GetDiagnostics(TestContext.Current.CancellationToken), static d => d.Severity == DiagnosticSeverity.Error);
        var found = await main.WithAnalyzers(Kit.Rules.Analyzers).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(found, static d => d.Id == "AD0001");
    }

    private static CSharpCompilation Compile(string name, OutputKind kind, string text, MetadataReference[] references) => CSharpCompilation.Create(
        name,
        new[] { text, TestProject.GlobalUsings + "\n" + TestProject.WebUsings }.Select(static t => CSharpSyntaxTree.ParseText(t, cancellationToken: TestContext.Current.CancellationToken)),
        References.AspNetCore.AddRange(references),
        new CSharpCompilationOptions(kind));
}
