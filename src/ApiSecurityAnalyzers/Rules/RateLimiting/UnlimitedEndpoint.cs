using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Rules.RateLimiting;

/// <summary>ASA3002: unlimited endpoint.</summary>
internal static class UnlimitedEndpoint
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA3002",
        title: "Unlimited endpoint",
        messageFormat: "No rate limiter covers '{0}', although the application has one",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A limiter that is registered but not applied to an endpoint does not protect it.",
        cwe: 770,
        topic: Topics.RateLimiting);
}
