using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Rules.Authorization;

/// <summary>ASA1002: unprotected minimal API.</summary>
internal static class UnprotectedMinimalApi
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA1002",
        title: "Unprotected minimal API",
        messageFormat: "Anyone can call '{0}': no authorization applies to it",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "An endpoint without authorization answers every request, signed in or not.",
        cwe: 862,
        topic: Topics.Authorization);
}
