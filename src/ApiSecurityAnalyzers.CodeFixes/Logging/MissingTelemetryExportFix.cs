using System.Collections.Immutable;
using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Rules.Logging;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ApiSecurityAnalyzers.CodeFixes.Logging;

/// <summary>ASA4007: exports the framework's own metrics and traces with OpenTelemetry.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MissingTelemetryExportFix))]
public sealed class MissingTelemetryExportFix : HostFix
{
    internal const string AddOpenTelemetry = "ASA4007.AddOpenTelemetry";

    /// <summary>The framework measures requests, sign-ins and limits itself; what is missing is somebody who is told.</summary>
    private const string Services = """
        AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddMeter("Microsoft.AspNetCore.*"))
            .WithTracing(tracing => tracing.AddSource("Microsoft.AspNetCore"))
            .UseOtlpExporter()
        """;

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(MissingTelemetryExport.Descriptor.Id);

    private protected override string Title => "Add 'AddOpenTelemetry()'";

    private protected override string Key => AddOpenTelemetry;

    /// <summary>Without an exporter nothing leaves the process, so both packages must be there.</summary>
    private protected override bool CanEdit(HostEditor editor) =>
        editor.Facts.Types.Has("Microsoft.Extensions.DependencyInjection.OpenTelemetryServicesExtensions") && editor.Facts.Types.Has("OpenTelemetry.OpenTelemetryBuilderOtlpExporterExtensions")
        && editor.CanAddServices && !editor.Registers(static n => n == "AddOpenTelemetry");

    private protected override Task EditAsync(HostEditor editor, CancellationToken cancellationToken) => editor.AddServiceAsync(Services, cancellationToken);
}
