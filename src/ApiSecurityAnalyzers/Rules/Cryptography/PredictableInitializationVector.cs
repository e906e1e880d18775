using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Rules.Cryptography;

/// <summary>ASA6005: predictable initialization vector.</summary>
internal static class PredictableInitializationVector
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA6005",
        title: "Predictable initialization vector",
        messageFormat: "'{0}' gets a predictable value, so equal plaintexts can be recognised",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "An initialization vector, nonce or salt that repeats makes equal plaintexts visible, and with GCM reveals the authentication key.",
        cwe: 329,
        topic: Topics.Cryptography);
}
