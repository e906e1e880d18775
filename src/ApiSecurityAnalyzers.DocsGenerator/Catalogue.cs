using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiSecurityAnalyzers.DocsGenerator;

/// <summary>All rules of the package, found by reflection as the compiler finds them.</summary>
/// <param name="Rules">Ordered by id.</param>
internal sealed partial record Catalogue(ImmutableArray<RuleInfo> Rules)
{
    public bool Has(string id) => Rules.Any(r => r.Id == id);

    public static Catalogue Load(string root)
    {
        var analyzers = Instances<DiagnosticAnalyzer>(typeof(Descriptors).Assembly);
        var fixes = Instances<CodeFixProvider>(Assembly.Load("ApiSecurityAnalyzers.CodeFixes")).ToList();
        var releases = Releases(Path.Combine(root, "src", "ApiSecurityAnalyzers"));
        return new Catalogue([.. analyzers
            .SelectMany(static a => a.SupportedDiagnostics)
            .DistinctBy(static d => d.Id)
            .OrderBy(static d => d.Id, StringComparer.Ordinal)
            .Select(d => new RuleInfo(d, [.. fixes.Where(f => f.FixableDiagnosticIds.Contains(d.Id)).SelectMany(f => Actions(f, d.Id)).Distinct()], releases.GetValueOrDefault(d.Id, "?")))]);
    }

    private static IEnumerable<T> Instances<T>(Assembly assembly) => assembly.GetTypes()
        .Where(static t => !t.IsAbstract && typeof(T).IsAssignableFrom(t))
        .OrderBy(static t => t.FullName, StringComparer.Ordinal)
        .Select(static t => (T)Activator.CreateInstance(t)!);

    /// <summary>The key constants <c>ID.VerbObject</c> of a fix, in the order in which they are declared, as words.</summary>
    private static IEnumerable<string> Actions(CodeFixProvider fix, string id)
    {
        for (var type = fix.GetType(); type is not null && type != typeof(CodeFixProvider); type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (field is { IsLiteral: true } && field.GetRawConstantValue() is string key && key.StartsWith(id + ".", StringComparison.Ordinal))
                    yield return Words(key[(id.Length + 1)..]);
            }
        }
    }

    /// <summary><c>SetFallbackPolicy</c> as "set fallback policy".</summary>
    private static string Words(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var starts = char.IsUpper(name[i]) && (i == 0 || !char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            var isWord = starts && (i + 1 == name.Length || !char.IsUpper(name[i + 1]));
            if (starts && i > 0)
                text.Append(' ');
            text.Append(isWord && i > 0 ? char.ToLowerInvariant(name[i]) : name[i]);
        }

        return text.ToString();
    }

    /// <summary>Which release brought a rule, from the files that the release-tracking rules check.</summary>
    private static Dictionary<string, string> Releases(string folder)
    {
        var version = typeof(Descriptors).Assembly.GetName().Version!.ToString(3);
        var releases = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in new[] { "AnalyzerReleases.Shipped.md", "AnalyzerReleases.Unshipped.md" })
        {
            var release = version;
            foreach (var line in File.ReadLines(Path.Combine(folder, file)))
            {
                if (ReleaseHeading().Match(line) is { Success: true } heading)
                    release = heading.Groups[1].Value;
                else if (RuleLine().Match(line) is { Success: true } rule)
                    releases.TryAdd(rule.Groups[1].Value, release);
            }
        }

        return releases;
    }

    [GeneratedRegex(@"^## Release (\S+)", RegexOptions.CultureInvariant)]
    private static partial Regex ReleaseHeading();

    [GeneratedRegex(@"^(ASA\d{4}) *\|", RegexOptions.CultureInvariant)]
    private static partial Regex RuleLine();
}
