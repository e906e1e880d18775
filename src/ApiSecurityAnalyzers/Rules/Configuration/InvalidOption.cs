using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Rules.Configuration;

/// <summary>ASA0001: invalid option.</summary>
internal static class InvalidOption
{
    /// <summary>The property that tells the fix the option's key as written.</summary>
    internal const string KeyKey = "Key";

    /// <summary>The property that tells the fix the option's value as written.</summary>
    internal const string ValueKey = "Value";

    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA0001",
        title: "Invalid option",
        messageFormat: "Option '{0}' is not valid: {1}",
        category: Categories.Configuration,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A misspelt key or a wrong value would silently change what is analysed.",
        topic: Topics.Configuration);
}
