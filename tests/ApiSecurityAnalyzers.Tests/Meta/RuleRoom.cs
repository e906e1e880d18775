using System.Reflection;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Meta;

/// <summary>A rule and the four places where it lives, by convention: the same topic and name in all of them.</summary>
internal sealed record RuleRoom(string Id, string Topic, string Name, DiagnosticDescriptor Descriptor)
{
    public static IReadOnlyList<RuleRoom> All { get; } = [.. Load()];

    public string RuleFile => $"src/ApiSecurityAnalyzers/Rules/{Topic}/{Name}.cs";

    public string FixFile => $"src/ApiSecurityAnalyzers.CodeFixes/{Topic}/{Name}Fix.cs";

    public string TestFolder => $"tests/ApiSecurityAnalyzers.Tests/{Topic}";

    public string Page => $"docs/rules/{Id}.md";

    /// <summary>The test files: <c>NameTests.cs</c>, or several that begin with the name where one would be too long.</summary>
    public IEnumerable<string> TestFiles => Directory.Exists(Repository.PathOf(TestFolder))
        ? Directory.EnumerateFiles(Repository.PathOf(TestFolder), Name + "*.cs", SearchOption.AllDirectories).Where(f => Path.GetFileName(f).Contains("Tests", StringComparison.Ordinal))
        : [];

    public static RuleRoom Of(string id) => All.Single(r => r.Id == id);

    private static IEnumerable<RuleRoom> Load()
    {
        const string Rules = "ApiSecurityAnalyzers.Rules.";
        foreach (var type in Kit.Rules.AnalyzerAssembly.GetTypes().OrderBy(static t => t.FullName, StringComparer.Ordinal))
        {
            if (type.Namespace?.StartsWith(Rules, StringComparison.Ordinal) == true
                && type.GetField("Descriptor", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)?.GetValue(null) is DiagnosticDescriptor descriptor)
            {
                yield return new RuleRoom(descriptor.Id, type.Namespace[Rules.Length..], type.Name, descriptor);
            }
        }
    }
}
