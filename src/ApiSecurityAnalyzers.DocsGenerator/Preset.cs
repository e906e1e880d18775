using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.DocsGenerator;

/// <summary>One value of <c>ApiSecurityAnalysisMode</c> and the global configuration that it selects.</summary>
/// <param name="Name">As written in the project file.</param>
/// <param name="Purpose">For the head of the file and the index.</param>
/// <param name="Configured">The severity that the file sets for a rule, or <see langword="null"/> where it leaves the rule's own.</param>
internal sealed record Preset(string Name, string Purpose, Func<DiagnosticDescriptor, string?> Configured)
{
    public const string Folder = "src/ApiSecurityAnalyzers.Package/buildTransitive/config/";

    /// <summary>
    /// What a preset names it also takes away from <c>dotnet_analyzer_diagnostic.*</c> settings and from rules that report at a lower severity where
    /// evidence is partial; so each names as little as it can.
    /// </summary>
    public static readonly ImmutableArray<Preset> All =
    [
        new("None", "every rule is off; switch rules on one by one", static _ => "none"),
        new("Default", "every rule as it is documented; opt-in rules are off", static _ => null),
        new("Recommended", "as Default, and opt-in rules as suggestions", static d => d.IsEnabledByDefault ? null : "suggestion"),
        new("Strict", "every rule is a warning, opt-in rules too, also where evidence is partial", static _ => "warning"),
    ];

    // CA1308: file names are lower case, so that they are found on every file system
#pragma warning disable CA1308
    public string FileName => Name.ToLowerInvariant() + ".globalconfig";
#pragma warning restore CA1308

    /// <summary>The severity in effect, in the words of <c>.editorconfig</c>.</summary>
    public string Severity(DiagnosticDescriptor descriptor) => Configured(descriptor) ?? (descriptor.IsEnabledByDefault ? Word(descriptor.DefaultSeverity) : "none");

    public string Text(Catalogue catalogue)
    {
        var text = new StringBuilder()
            .Append("# ApiSecurityAnalysisMode ").Append(Name).Append(": ").Append(Purpose).Append(".\n")
            .Append("# Generated from the rules; any .editorconfig or .globalconfig of the project wins over it.\n")
            .Append("is_global = true\n")
            .Append("global_level = -100\n");
        var lines = catalogue.Rules.Where(r => Configured(r.Descriptor) is not null).ToList();
        foreach (var rule in lines)
            text.Append("\n# ").Append(rule.Title).Append("\ndotnet_diagnostic.").Append(rule.Id).Append(".severity = ").Append(Configured(rule.Descriptor)).Append('\n');
        return text.ToString();
    }

    private static string Word(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        DiagnosticSeverity.Info => "suggestion",
        _ => "silent",
    };
}
