using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Rules.Authorization;

/// <summary>ASA1004: unprotected gRPC service.</summary>
internal static class UnprotectedGrpcService
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA1004",
        title: "Unprotected gRPC service",
        messageFormat: "Anyone can call gRPC service '{0}': no authorization applies to it",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A gRPC service without authorization answers every call, signed in or not.",
        cwe: 862,
        topic: Topics.Authorization);

    internal static void Inspect(EndpointDocument document)
    {
        if (document.GrpcServices.Count == 0 || document.IsProtectedElsewhere)
            return;
        var report = new CoverageReport(document, Descriptor, static m => m.AccessDecided, GrpcAccess.IsDecidedIn);
        foreach (var service in document.GrpcServices)
            report.Service(service, document.ForGrpcService(service));
    }
}
