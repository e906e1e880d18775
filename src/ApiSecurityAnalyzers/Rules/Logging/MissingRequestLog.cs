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
}
