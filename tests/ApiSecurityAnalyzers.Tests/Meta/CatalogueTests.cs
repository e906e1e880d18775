using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Meta;

/// <summary>What every descriptor must be.</summary>
public sealed partial class CatalogueTests
{
    public static TheoryData<string> Ids => [.. Kit.Rules.All.Select(static d => d.Id)];

    [Fact]
    public void Ids_are_unique_and_each_rule_file_is_run()
    {
        var doubled = RuleRoom.All.GroupBy(static r => r.Id).Where(static g => g.Count() > 1).Select(static g => g.Key);
        Assert.Empty(doubled);
        Assert.Equal(Kit.Rules.All.Select(static d => d.Id), RuleRoom.All.Select(static r => r.Id).Order(StringComparer.Ordinal));
        foreach (var descriptors in Kit.Rules.Analyzers.SelectMany(static a => a.SupportedDiagnostics).GroupBy(static d => d.Id))
            Assert.Single(descriptors.Distinct());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Id_is_in_the_range_of_its_category_and_topic(string id)
    {
        var rule = RuleRoom.Of(id);
        Assert.Matches("^ASA[0-9]{4}$", id);
        var ranges = Repository.Read("src/ApiSecurityAnalyzers/DiagnosticCategoryAndIdRanges.txt").Split('\n')
            .Select(static l => Range().Match(l)).Where(static m => m.Success)
            .ToDictionary(static m => m.Groups[1].Value, static m => (m.Groups[2].Value, m.Groups[3].Value));
        var (first, last) = ranges[rule.Descriptor.Category];
        Assert.True(string.CompareOrdinal(first, id) <= 0 && string.CompareOrdinal(id, last) <= 0, $"{id} is not in {first}-{last}");
        var expected = id[3] switch
        {
            '0' => "Configuration",
            '1' => "Authorization",
            '2' => "Transport",
            '3' => "RateLimiting",
            '4' => "Logging",
            '5' => "Injection",
            '6' => "Cryptography",
            '7' => "Exposure",
            '8' => "Platform",
            _ => "Soap",
        };
        Assert.Equal(expected, rule.Topic);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Descriptor_says_what_users_and_tools_need(string id)
    {
        var descriptor = RuleRoom.Of(id).Descriptor;
        var title = descriptor.Title.ToString(CultureInfo.InvariantCulture);
        Assert.Matches("^[A-Z][^A-Z.]*( [a-zA-Z0-9-]+)*$", title);
        var message = descriptor.MessageFormat.ToString(CultureInfo.InvariantCulture);
        Assert.False(message.EndsWith('.'), "a message ends without period");
        Assert.DoesNotMatch(Hedge(), message);
        Assert.EndsWith(".", descriptor.Description.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var topics = typeof(Topics).GetFields().Select(static f => (string)f.GetRawConstantValue()!);
        Assert.Contains("security", descriptor.CustomTags);
        Assert.Contains(descriptor.CustomTags.Last(), topics);
        if (descriptor.Category == Categories.Security)
            Assert.Contains(descriptor.CustomTags, static t => Cwe().IsMatch(t));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Help_link_leads_to_the_page(string id)
    {
        var link = RuleRoom.Of(id).Descriptor.HelpLinkUri;
        Assert.True(Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps, link);
        Assert.EndsWith("/" + RuleRoom.Of(id).Page, uri.AbsolutePath, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Release_is_tracked(string id)
    {
        var descriptor = RuleRoom.Of(id).Descriptor;
        var lines = new[] { "Shipped", "Unshipped" }.SelectMany(static f => Repository.Read($"src/ApiSecurityAnalyzers/AnalyzerReleases.{f}.md").Split('\n')).Where(l => l.StartsWith(id + " ", StringComparison.Ordinal)).ToList();
        var cells = Assert.Single(lines).Split('|').Select(static c => c.Trim()).ToArray();
        Assert.Equal(descriptor.Category, cells[1]);
        Assert.Equal(descriptor.IsEnabledByDefault ? descriptor.DefaultSeverity.ToString() : "Disabled", cells[2]);
        Assert.Equal(descriptor.Title.ToString(CultureInfo.InvariantCulture), cells[3]);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Light_bulb_is_not_lost_to_the_end_of_the_compilation(string id) =>
        Assert.DoesNotContain(WellKnownDiagnosticTags.CompilationEnd, RuleRoom.Of(id).Descriptor.CustomTags);

    [Fact]
    public void No_analyzer_waits_for_the_end_of_the_compilation()
    {
        foreach (var file in Repository.Sources("src/ApiSecurityAnalyzers"))
            Assert.DoesNotContain("RegisterCompilationEndAction", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^(\w+): *(ASA\d{4})-(ASA\d{4})", RegexOptions.CultureInvariant)]
    private static partial Regex Range();

    [GeneratedRegex(@"\b(may|might|potential|potentially|ensure|possibly)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Hedge();

    [GeneratedRegex(@"^external/cwe/cwe-\d{3,4}$", RegexOptions.CultureInvariant)]
    private static partial Regex Cwe();
}
