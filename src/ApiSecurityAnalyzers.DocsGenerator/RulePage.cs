using System.Text;

namespace ApiSecurityAnalyzers.DocsGenerator;

/// <summary>The table at the head of a rule's page.</summary>
internal static class RulePage
{
    public static string Table(RuleInfo rule) => new StringBuilder()
        .Append("| | |\n|---|---|\n")
        .Append("| Severity | ").Append(string.Join(" · ", Preset.All.Skip(1).Select(p => $"{p.Name}: {p.Severity(rule.Descriptor)}"))).Append(" |\n")
        .Append("| Category | ").Append(rule.Descriptor.Category).Append(" |\n")
        .Append("| Topic | ").Append(RuleIndex.TopicName(rule.Topic)).Append(" |\n")
        .Append("| Weakness | ").Append(rule.Cwe).Append(" |\n")
        .Append("| OWASP | ").Append(Owasp.Of(rule)).Append(" |\n")
        .Append("| Fixes | ").Append(rule.Fixes.IsEmpty ? "–" : string.Join(" · ", rule.Fixes)).Append(" |\n")
        .Append("| Since | ").Append(rule.Since).Append(" |\n")
        .ToString();
}
