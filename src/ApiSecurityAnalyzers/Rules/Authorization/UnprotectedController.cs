using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Rules.Authorization;

/// <summary>ASA1001: unprotected controller.</summary>
internal static class UnprotectedController
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA1001",
        title: "Unprotected controller",
        messageFormat: "Anyone can call '{0}': no authorization applies to it",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "An endpoint without authorization answers every request, signed in or not.",
        cwe: 862,
        topic: Topics.Authorization);

    internal static void Inspect(EndpointDocument document)
    {
        if (document.Controllers.Count == 0 || document.IsProtectedElsewhere)
            return;
        var report = new CoverageReport(document, Descriptor, static m => m.AccessDecided, AccessDecision.IsByHandIn);
        foreach (var controller in document.Controllers)
            report.Class(controller, document.ForController(controller, attributeRouted: true), isHub: false, document.ForController(controller, attributeRouted: false));
    }
}
