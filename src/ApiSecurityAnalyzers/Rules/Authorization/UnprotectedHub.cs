using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Rules.Authorization;

/// <summary>ASA1003: unprotected hub.</summary>
internal static class UnprotectedHub
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA1003",
        title: "Unprotected hub",
        messageFormat: "Anyone can connect to hub '{0}': no authorization applies to it",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A hub without authorization lets anyone connect and invoke its methods.",
        cwe: 862,
        topic: Topics.Authorization);

    internal static void Inspect(EndpointDocument document)
    {
        if (document.Hubs.Count == 0 || document.IsProtectedElsewhere)
            return;
        var report = new CoverageReport(document, Descriptor, static m => m.AccessDecided, AccessDecision.IsByHandIn);
        foreach (var hub in document.Hubs)
            report.Class(hub, document.ForHub(hub), isHub: true);
    }
}
