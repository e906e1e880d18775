using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints.Inventory;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiSecurityAnalyzers.Report;

/// <summary>
/// Hands the endpoint report to the build. An analyzer writes no files: the texts are properties of one diagnostic, which the compiler writes to the error
/// log of the report's own compiler run, from which a target of the package takes them (<c>ApiSecurityAnalyzers.Report.targets</c>).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EndpointReportAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The property with the JSON file.</summary>
    internal const string JsonKey = "apiSecurityReportJson";

    /// <summary>The property with the JSON file without line numbers.</summary>
    internal const string RecordKey = "apiSecurityReportRecord";

    /// <summary>The property with the page.</summary>
    internal const string PageKey = "apiSecurityReportPage";

    /// <summary>Never shown. It cannot be configured, so no setting of the project can lose the report.</summary>
    internal static readonly DiagnosticDescriptor Descriptor = new(
        id: "ASA0902",
        title: "Endpoint report",
        messageFormat: "Endpoint report: {0}",
        category: Categories.Configuration,
        defaultSeverity: DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        customTags: [WellKnownDiagnosticTags.NotConfigurable, WellKnownDiagnosticTags.CompilationEnd]);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationAction(Report);
    }

    private static void Report(CompilationAnalysisContext context)
    {
        var facts = CompilationFacts.For(context.Compilation, context.Options);
        var endpoints = facts.IsWeb && !facts.IsTestProject
            ? EndpointInventory.Read(facts, context.CancellationToken)
            : ImmutableArray<EndpointDescription>.Empty;

        // a library without endpoints has no page; an application without any has one that says so
        var isApplication = facts.IsWeb && !facts.IsTestProject && context.Compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication;
        if (endpoints.IsEmpty && !isApplication)
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptor, location: null, "nothing to report"));
            return;
        }

        var report = EndpointReport.Create(ReportSettings.Read(context.Options.AnalyzerConfigOptionsProvider.GlobalOptions), endpoints);
        var properties = ImmutableDictionary<string, string?>.Empty
            .Add(JsonKey, BuildText.Escape(JsonReport.Write(report, withLines: true)))
            .Add(RecordKey, BuildText.Escape(JsonReport.Write(report, withLines: false)))
            .Add(PageKey, BuildText.Escape(HtmlReport.Write(report)));
        context.ReportDiagnostic(Diagnostic.Create(Descriptor, location: null, properties, endpoints.Length));
    }
}
