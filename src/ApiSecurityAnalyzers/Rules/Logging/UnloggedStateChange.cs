using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Rules.Logging;

/// <summary>ASA4002: unlogged state change.</summary>
internal static class UnloggedStateChange
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA4002",
        title: "Unlogged state change",
        messageFormat: "'{0}' changes state and leaves no log entry",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A change that nobody can attribute afterwards cannot be audited.",
        cwe: 778,
        topic: Topics.Logging);
}
