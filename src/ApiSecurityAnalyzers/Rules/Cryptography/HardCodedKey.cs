using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Rules.Cryptography;

/// <summary>ASA6004: hard-coded key.</summary>
internal static class HardCodedKey
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA6004",
        title: "Hard-coded key",
        messageFormat: "The key of '{0}' is written in the code, where everyone with the binary can read it",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A key in the code is known to everyone who has the source or the binary, and cannot be changed without a release.",
        cwe: 321,
        topic: Topics.Cryptography);
}
