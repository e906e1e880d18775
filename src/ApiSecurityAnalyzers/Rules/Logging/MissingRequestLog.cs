using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Rules.Logging;

/// <summary>ASA4001: missing request log.</summary>
internal static class MissingRequestLog
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA4001",
        title: "Missing request log",
        messageFormat: "'{0}' logs no requests, so an attack leaves no trace",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "Without a log of requests an attack can neither be noticed nor reconstructed.",
        cwe: 778,
        topic: Topics.Logging);

    internal static void Inspect(EndpointDocument document, WebHost host)
    {
        var facts = document.Context.Facts;
        if (facts.Options.IsTrue(ApiSecurityOptions.RequestsLoggedByGateway))
            return;
        if (host.ControllerLog != Answer.No || HostMechanisms.RequestLog(host, facts, document.CancellationToken) != Answer.No)
            return;
        document.Context.Report(Descriptor, EndpointAnalyzer.LocationOf(host.Anchor!), facts.Compilation.AssemblyName ?? "");
    }
}
