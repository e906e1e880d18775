using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Rules.Cryptography;

/// <summary>ASA6001: broken hash.</summary>
internal static class BrokenHash
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA6001",
        title: "Broken hash",
        messageFormat: "'{0}' is broken: {1}",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "Collisions of MD5 and SHA-1 can be computed, so they protect neither signatures nor integrity.",
        cwe: 328,
        topic: Topics.Cryptography);
}
