using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace ApiSecurityAnalyzers.Tests.Meta;

/// <summary>The page of a rule, cut into its sections.</summary>
internal sealed partial class RulePage
{
    private readonly Dictionary<string, string> _sections = new(StringComparer.Ordinal);

    private RulePage(string text)
    {
        var parts = Heading().Split(text);
        Head = parts[0];
        for (var i = 1; i + 1 < parts.Length; i += 2)
            _sections[parts[i].Trim()] = parts[i + 1].Trim();
        Sections = [.. Heading().Matches(text).Select(static m => m.Groups[1].Value.Trim())];
    }

    /// <summary>The text before the first section.</summary>
    public string Head { get; }

    /// <summary>The headings in order.</summary>
    public ImmutableArray<string> Sections { get; }

    public string this[string section] => _sections.GetValueOrDefault(section, "");

    public static RulePage Of(string id) => new(Repository.Read(RuleRoom.Of(id).Page));

    public static bool Exists(string id) => Repository.Has(RuleRoom.Of(id).Page);

    /// <summary>The code blocks of a section, with their languages.</summary>
    public IEnumerable<(string Language, string Code)> Blocks(string section) =>
        Block().Matches(this[section]).Select(static m => (m.Groups[1].Value, m.Groups[2].Value));

    [GeneratedRegex(@"^## (.+)$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^```(\w*)[^\n]*\n(.*?)^```", RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
