using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Rules.Cryptography;

/// <summary>ASA6002: broken cipher.</summary>
internal static class BrokenCipher
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA6002",
        title: "Broken cipher",
        messageFormat: "'{0}' is a broken cipher: {1}",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "DES, 3DES, RC2 and RC4 can be broken or leak plaintext within practical effort.",
        cwe: 327,
        topic: Topics.Cryptography);
}
