using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ApiSecurityAnalyzers.Report;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiSecurityAnalyzers.Tests.Report;

/// <summary>What the analyzer hands to the build.</summary>
public sealed class EndpointReportAnalyzerTests
{
    private const string Application = """
        var app = WebApplication.CreateBuilder(args).Build();
        app.MapGet("/orders/{id}", (int id) => id).RequireAuthorization("CanRead");
        app.MapPost("/orders", () => 1);
        app.Run();
        """;

    [Fact]
    public async Task Application_has_a_report()
    {
        var diagnostic = await ReportAsync(Code.Program(Application));
        Assert.Equal(["apiSecurityReportJson", "apiSecurityReportPage", "apiSecurityReportRecord"], diagnostic.Properties.Keys.Order(StringComparer.Ordinal));

        using var json = JsonDocument.Parse(Text(diagnostic, EndpointReportAnalyzer.JsonKey));
        Assert.Equal("Shop", json.RootElement.GetProperty("project").GetString());
        var endpoints = json.RootElement.GetProperty("endpoints").EnumerateArray().Select(static e => $"{e.GetProperty("methods")[0]} {e.GetProperty("route")} {e.GetProperty("access")} {e.GetProperty("file")}:{e.GetProperty("line")}");
        Assert.Equal(["POST /orders open Program.cs:3", "GET /orders/{id} protected Program.cs:2"], endpoints);
        Assert.Contains("/orders/<wbr>{id}", Text(diagnostic, EndpointReportAnalyzer.PageKey), StringComparison.Ordinal);
        Assert.DoesNotContain("\"line\"", Text(diagnostic, EndpointReportAnalyzer.RecordKey), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Application_without_endpoints_has_one_too() =>
        Assert.Contains("\"endpoints\": []", Text(await ReportAsync(Code.Program("WebApplication.CreateBuilder(args).Build().Run();")), EndpointReportAnalyzer.JsonKey), StringComparison.Ordinal);

    [Fact]
    public async Task Library_with_endpoints_has_one() =>
        Assert.NotEmpty((await ReportAsync(Code.Files(("C.cs", """
            [ApiController, Route("orders")]
            public sealed class OrdersController : ControllerBase
            {
                [HttpGet]
                public int Count() => 1;
            }
            """)))).Properties);

    [Fact]
    public async Task Library_without_endpoints_has_none() => Assert.Empty((await ReportAsync(Code.Files(("C.cs", "public class C { }")))).Properties);

    [Fact]
    public async Task Project_without_the_framework_has_none() => Assert.Empty((await ReportAsync(Code.Files(("C.cs", "System.Console.WriteLine();")).NotWeb())).Properties);

    [Fact]
    public async Task Tests_have_none() => Assert.Empty((await ReportAsync(Code.Program(Application), ("build_property.IsTestProject", "true"))).Properties);

    [Fact]
    public void Cannot_be_configured() => Assert.Contains(WellKnownDiagnosticTags.NotConfigurable, EndpointReportAnalyzer.Descriptor.CustomTags);

    /// <summary>What the error log escapes, or MSBuild expands, splits or takes for a path, does not remain.</summary>
    [Fact]
    public void Text_survives_the_build()
    {
        var text = string.Concat(Enumerable.Range(0, 128).Select(static c => (char)c)) + "äß–%41%2541\r\n\\";
        var escaped = BuildText.Escape(text);
        Assert.DoesNotContain(escaped, static c => c is '"' or '\\' or '\'' or ';' or '$' or '@' or '(' or ')' or '*' or '?' or < ' ');
        Assert.Equal(text, Unescape(Unescape(escaped)));
    }

    private static string Text(Diagnostic diagnostic, string key) => Unescape(Unescape(diagnostic.Properties[key]!));

    /// <summary>As MSBuild does it.</summary>
    private static string Unescape(string text) => Regex.Replace(text, "%([0-9A-F]{2})", static m => ((char)Convert.ToInt32(m.Groups[1].Value, 16)).ToString());

    private static async Task<Diagnostic> ReportAsync(CodeTest test, params (string Key, string Value)[] options)
    {
        var project = TestProject.Create(test, test.Inputs);
        var compilation = (await project.GetCompilationAsync())!;
        Assert.DoesNotContain(compilation.GetDiagnostics(), static d => d.Severity == DiagnosticSeverity.Error);
        var provider = new Provider(options.Append(("build_property._ApiSecurityReportProject", Base64("Shop"))).Append(("build_property._ApiSecurityReportRoot", Base64("/project"))).ToImmutableDictionary(static o => o.Item1, static o => o.Item2, StringComparer.OrdinalIgnoreCase));
        var diagnostics = await compilation.WithAnalyzers([new EndpointReportAnalyzer()], new AnalyzerOptions([], provider)).GetAnalyzerDiagnosticsAsync();
        var diagnostic = Assert.Single(diagnostics);
        Assert.Equal(EndpointReportAnalyzer.Descriptor.Id, diagnostic.Id);
        return diagnostic;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private sealed class Provider(ImmutableDictionary<string, string> values) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(values);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Values(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
        }
    }
}
