using System.Globalization;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers;

/// <summary>Makes the descriptors of all rules, so that help links and tags are the same everywhere.</summary>
internal static class Descriptors
{
    /// <summary>Where the pages of the rules are published; <c>&lt;ID&gt;.md</c> is appended.</summary>
    public const string HelpLinkBase = "https://github.com/ApiSecurityAnalyzers/ApiSecurityAnalyzers/blob/main/docs/rules/";

    /// <summary>Creates a descriptor. The parameter names are those that the Roslyn release-tracking rules look for.</summary>
    /// <param name="id">The permanent id, <c>ASA</c> and four digits.</param>
    /// <param name="title">The fault as a noun phrase, sentence case, no period.</param>
    /// <param name="messageFormat">What happens and what it costs, one sentence without period.</param>
    /// <param name="category">One of <see cref="Categories"/>.</param>
    /// <param name="defaultSeverity">The severity without any configuration.</param>
    /// <param name="description">The consequence, in one or two sentences.</param>
    /// <param name="topic">One of <see cref="Topics"/>.</param>
    /// <param name="cwe">The number of the weakness in the Common Weakness Enumeration (MITRE); 0 for none.</param>
    /// <param name="isEnabledByDefault"><see langword="false"/> for opt-in rules.</param>
    public static DiagnosticDescriptor Create(
        string id,
        string title,
        string messageFormat,
        string category,
        DiagnosticSeverity defaultSeverity,
        string description,
        string topic,
        int cwe = 0,
        bool isEnabledByDefault = true)
    {
        string[] tags = cwe == 0
            ? ["security", topic]
            : ["security", "external/cwe/cwe-" + cwe.ToString("000", CultureInfo.InvariantCulture), topic];
        return new DiagnosticDescriptor(id, title, messageFormat, category, defaultSeverity, isEnabledByDefault, description, HelpLinkBase + id + ".md", tags);
    }
}
