using System.Text;

namespace ApiSecurityAnalyzers.DocsGenerator;

/// <summary>The list of all rules, and the table of families for the readme.</summary>
internal static class RuleIndex
{
    public static string Page(Catalogue catalogue)
    {
        var text = new StringBuilder()
            .Append("# Rules\n\n")
            .Append("Generated from the rules. Severities are those of each `ApiSecurityAnalysisMode`; in mode `None` every rule is off.\n\n");
        foreach (var mode in Preset.All)
            text.Append("- `").Append(mode.Name).Append("`: ").Append(mode.Purpose).Append(".\n");
        text.Append("\n| Id | Title | Topic | Default | Recommended | Strict | Fix | Weakness |\n|---|---|---|---|---|---|---|---|\n");
        foreach (var rule in catalogue.Rules)
        {
            text.Append("| [").Append(rule.Id).Append("](").Append(rule.Id).Append(".md) | ").Append(rule.Title)
                .Append(" | ").Append(TopicName(rule.Topic))
                .Append(" | ").Append(string.Join(" | ", Preset.All.Skip(1).Select(p => p.Severity(rule.Descriptor))))
                .Append(" | ").Append(rule.Fixes.IsEmpty ? "–" : "yes")
                .Append(" | ").Append(rule.Cwe).Append(" |\n");
        }

        return text.ToString();
    }

    /// <summary>One line a family, with links to the pages of its rules.</summary>
    public static string Families(Catalogue catalogue, string linkBase)
    {
        var text = new StringBuilder().Append("| Family | Rules |\n|---|---|\n");
        foreach (var family in catalogue.Rules.GroupBy(static r => r.Topic).OrderBy(static f => f.Key == Topics.Configuration).ThenBy(static f => f.First().Id, StringComparer.Ordinal))
        {
            text.Append("| ").Append(TopicName(family.Key)).Append(" | ")
                .Append(string.Join("<br>", family.Select(r => $"[{r.Id}]({linkBase}{r.Id}.md) {r.Title}"))).Append(" |\n");
        }

        return text.ToString();
    }

    public static string TopicName(string topic) => topic switch
    {
        Topics.Authorization => "Authentication and authorization",
        Topics.Soap => "SOAP and XML services",
        _ => char.ToUpperInvariant(topic[0]) + topic[1..].Replace('-', ' '),
    };
}
