using System.Text;
using ApiSecurityAnalyzers.Compilations;

namespace ApiSecurityAnalyzers.DocsGenerator;

/// <summary>The table of the <c>api_security.*</c> options.</summary>
internal static class OptionTable
{
    public static string Table()
    {
        var text = new StringBuilder().Append("| Option | Values | Default | What it says |\n|---|---|---|---|\n");
        foreach (var option in ApiSecurityOptions.All)
        {
            var values = option.Kind switch
            {
                OptionKind.Boolean => "`true`, `false`",
                OptionKind.Choice => string.Join(", ", option.Values.Select(static v => $"`{v}`")),
                _ => "names, separated by commas",
            };
            text.Append("| `").Append(option.Key).Append("` | ").Append(values).Append(" | ").Append(option.Default.Length == 0 ? "–" : $"`{option.Default}`").Append(" | ").Append(option.Description).Append(" |\n");
        }

        return text.ToString();
    }
}
