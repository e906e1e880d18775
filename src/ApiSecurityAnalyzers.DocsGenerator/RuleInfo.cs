using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.DocsGenerator;

/// <summary>What is known of a rule without reading its page.</summary>
/// <param name="Descriptor">As the compiler sees it.</param>
/// <param name="Fixes">What the light bulb offers, in order.</param>
/// <param name="Since">The release that brought the rule.</param>
internal sealed record RuleInfo(DiagnosticDescriptor Descriptor, ImmutableArray<string> Fixes, string Since)
{
    private const string CweTag = "external/cwe/cwe-";

    public string Id => Descriptor.Id;

    public string Title => Descriptor.Title.ToString(CultureInfo.InvariantCulture);

    /// <summary>The last tag: one of <see cref="Topics"/>.</summary>
    public string Topic => Descriptor.CustomTags.Last();

    /// <summary>The weakness as a link, or a dash.</summary>
    public string Cwe => CweNumber is { } number ? $"[CWE-{number}](https://cwe.mitre.org/data/definitions/{number}.html)" : "–";

    private int? CweNumber => Descriptor.CustomTags.FirstOrDefault(static t => t.StartsWith(CweTag, StringComparison.Ordinal)) is { } tag
        ? int.Parse(tag[CweTag.Length..], CultureInfo.InvariantCulture)
        : null;
}
