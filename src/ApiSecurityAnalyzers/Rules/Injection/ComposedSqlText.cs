using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Rules.Injection;

/// <summary>ASA5002: composed SQL text.</summary>
internal static class ComposedSqlText
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA5002",
        title: "Composed SQL text",
        messageFormat: "'{0}' becomes part of the SQL text of '{1}', which lets its value change the statement",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "SQL text that is put together from values lets whoever controls a value change the statement.",
        cwe: 89,
        topic: Topics.Injection);
}
