using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Rules.Logging;

/// <summary>ASA4007: an application that exports neither metrics nor traces.</summary>
internal static class MissingTelemetryExport
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA4007",
        title: "Missing telemetry export",
        messageFormat: "'{0}' exports neither metrics nor traces, so repeated failures raise no alert",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "A log tells afterwards what happened; an alert needs numbers that something watches.",
        cwe: 778,
        topic: Topics.Logging,
        isEnabledByDefault: false);

    internal static void Inspect(EndpointDocument document, WebHost host)
    {
        if (TelemetryExport.Of(host, document.Context.Facts, document.CancellationToken) == Answer.No)
            document.Context.Report(Descriptor, EndpointAnalyzer.LocationOf(host.Anchor!), document.Context.Facts.Compilation.AssemblyName ?? "");
    }
}
