using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Rules.Cryptography;

/// <summary>ASA6003: weak cipher mode.</summary>
internal static class WeakCipherMode
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA6003",
        title: "Weak cipher mode",
        messageFormat: "'{0}' {1}",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "The mode and padding decide whether ciphertext reveals or lets change what it hides.",
        cwe: 327,
        topic: Topics.Cryptography);
}
