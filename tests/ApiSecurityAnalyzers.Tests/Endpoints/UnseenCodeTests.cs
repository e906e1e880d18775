using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;

namespace ApiSecurityAnalyzers.Tests.Endpoints;

/// <summary>A host that hands its builders to other assemblies: what these cannot do is known by the names that they mention.</summary>
public sealed class UnseenCodeTests
{
    private const string Main = """
        var builder = WebApplication.CreateBuilder(args);
        builder.AddDefaults();
        builder.Services.AddShared();
        builder.Services.AddControllers();
        var app = builder.Build();
        app.UseShared();
        app.MapShared();
        app.MapGet("/a", () => 1);
        app.Run();
        """;

    private const string Frame = """
        public static class Shared
        {{
            public static T AddDefaults<T>(this T builder) where T : IHostApplicationBuilder {{ {0} return builder; }}
            public static IServiceCollection AddShared(this IServiceCollection services) {{ {1} return services; }}
            public static IApplicationBuilder UseShared(this IApplicationBuilder app) {{ {2} return app; }}
            public static WebApplication MapShared(this WebApplication app) {{ app.MapHealthChecks("/health"); return app; }}
        }}
        {3}
        """;

    /// <summary>How the other assembly stands before the compiler.</summary>
    public enum Form
    {
        /// <summary>As in an editor: its compilation.</summary>
        Source,

        /// <summary>As a package: its file.</summary>
        Compiled,

        /// <summary>As a project reference of a build: its file without bodies.</summary>
        Reference,
    }

    [Theory]
    [InlineData(Form.Source, "ASA1002 ASA2001 ASA3001 ASA4001")]
    [InlineData(Form.Compiled, "ASA1002 ASA2001 ASA3001 ASA4001")]
    [InlineData(Form.Reference, "")]
    public async Task Reports_what_code_out_of_sight_cannot_have_done(Form form, string ids) =>
        Assert.Equal(ids, await ReportedAsync(form, "builder.Services.AddHealthChecks();", "services.AddCors(); /* FallbackPolicy */", "app.UseCors();"));

    [Theory]
    [InlineData("", "services.AddAuthorization(o => o.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());", "", "ASA2001 ASA3001 ASA4001")]
    [InlineData("builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());", "", "", "ASA2001 ASA3001 ASA4001")]
    [InlineData("", "", "app.UseHttpsRedirection();", "ASA1002 ASA3001 ASA4001")]
    [InlineData("", "", "app.UseRateLimiter();", "ASA1002 ASA2001 ASA4001")]
    [InlineData("", "", "app.UseHttpLogging();", "ASA1002 ASA2001 ASA3001")]
    [InlineData("", "", "app.UseW3CLogging();", "ASA1002 ASA2001 ASA3001")]
    [InlineData("", "services.Configure<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>(o => o.ListenAnyIP(443, l => l.UseHttps()));", "", "ASA1002 ASA3001 ASA4001")]
    [InlineData("", "", "app.UseMiddleware<Guard>();", "")]
    [InlineData("", "", "app.Use((context, next) => next(context));", "")]
    [InlineData("", "services.AddTransient<IStartupFilter, Filter>();", "", "")]
    public async Task Silent_about_what_it_may_have_done(string host, string services, string pipeline, string ids)
    {
        foreach (var form in new[] { Form.Source, Form.Compiled })
            Assert.Equal(ids, await ReportedAsync(form, host, services, pipeline));
    }

    /// <summary>Middleware that only a pipeline call could add says nothing where only services are handed over.</summary>
    [Fact]
    public async Task Services_add_no_middleware()
    {
        var main = Main.Replace("app.UseShared();\napp.MapShared();\n", "", StringComparison.Ordinal);
        Assert.NotEqual(Main, main);
        foreach (var form in new[] { Form.Source, Form.Compiled })
            Assert.Equal("ASA1002 ASA2001 ASA3001 ASA4001", await ReportedAsync(form, "", "", "app.UseMiddleware<Guard>();", main));
    }

    [Fact]
    public async Task Follows_from_assembly_to_assembly()
    {
        foreach (var form in new[] { Form.Source, Form.Compiled })
        {
            var inner = As(form, Compile("Inner", OutputKind.DynamicallyLinkedLibrary, "public static class Inner { public static void AddInner(this IServiceCollection services) => services.AddAuthorization(o => o.FallbackPolicy = o.DefaultPolicy); }", []));
            var outer = As(form, Compile("Outer", OutputKind.DynamicallyLinkedLibrary, string.Format(null, Frame, "", "services.AddInner();", "", ""), [inner]));
            Assert.Equal("ASA2001 ASA3001 ASA4001", await ReportedAsync(Main, [inner, outer]));
        }
    }

    /// <summary>A project may refer to a package that it never gives a builder.</summary>
    [Fact]
    public async Task Leaves_packages_alone_that_a_project_does_not_use()
    {
        var package = As(Form.Compiled, Compile("Package", OutputKind.DynamicallyLinkedLibrary, "public static class Package { public static void AddPackage(this IServiceCollection services) => services.AddAuthorization(o => o.FallbackPolicy = o.DefaultPolicy); }", []));
        foreach (var (call, ids) in new[] { ("", "ASA1002 ASA2001 ASA3001 ASA4001"), ("services.AddPackage();", "ASA2001 ASA3001 ASA4001") })
        {
            var shared = As(Form.Source, Compile("Shared", OutputKind.DynamicallyLinkedLibrary, string.Format(null, Frame, "", call, "", ""), [package]));
            Assert.Equal(ids, await ReportedAsync(Main, [package, shared]));
        }
    }

    [Fact]
    public void Knows_every_name_that_it_groups() =>
        Assert.Empty(UnseenCode.Middleware.Concat(UnseenCode.Filters).Concat(UnseenCode.Authorization).Concat(UnseenCode.Addresses).Except(UnseenCode.Names.Names, StringComparer.Ordinal));

    private static Task<string> ReportedAsync(Form form, string host, string services, string pipeline, string main = Main)
    {
        const string Types = """
            public class Guard(RequestDelegate next) { public Task InvokeAsync(HttpContext context) => next(context); }
            public class Filter : IStartupFilter { public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => next; }
            """;
        var types = (pipeline.Contains("Guard", StringComparison.Ordinal) ? Types.Split('\n')[0] : "") + (services.Contains("Filter>", StringComparison.Ordinal) ? Types.Split('\n')[1] : "");
        return ReportedAsync(main, [As(form, Compile("Shared", OutputKind.DynamicallyLinkedLibrary, string.Format(null, Frame, host, services, pipeline, types), []))]);
    }

    private static async Task<string> ReportedAsync(string main, MetadataReference[] references)
    {
        var compilation = Compile("Main", OutputKind.ConsoleApplication, main, references);
        var found = await compilation.WithAnalyzers(Kit.Rules.Analyzers).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return string.Join(' ', found.Where(static d => d.Severity == DiagnosticSeverity.Warning).Select(static d => d.Id).Distinct().Order(StringComparer.Ordinal));
    }

    private static MetadataReference As(Form form, CSharpCompilation compilation)
    {
        if (form == Form.Source)
            return compilation.ToMetadataReference();
        using var stream = new MemoryStream();
        var emitted = compilation.Emit(stream, options: new EmitOptions(metadataOnly: form == Form.Reference, includePrivateMembers: form != Form.Reference), cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        return MetadataReference.CreateFromImage(stream.ToArray());
    }

    private static CSharpCompilation Compile(string name, OutputKind kind, string text, MetadataReference[] references)
    {
        var compilation = CSharpCompilation.Create(
            name,
            new[] { text, TestProject.GlobalUsings + "\n" + TestProject.WebUsings }.Select(static t => CSharpSyntaxTree.ParseText(t, cancellationToken: TestContext.Current.CancellationToken)),
            References.AspNetCore.AddRange(references),
            new CSharpCompilationOptions(kind));
        Assert.DoesNotContain(compilation.GetDiagnostics(TestContext.Current.CancellationToken), static d => d.Severity == DiagnosticSeverity.Error);
        return compilation;
    }
}
