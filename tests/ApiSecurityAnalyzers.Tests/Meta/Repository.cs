using System.Text.RegularExpressions;

namespace ApiSecurityAnalyzers.Tests.Meta;

/// <summary>The files of the repository, for tests that read them.</summary>
internal static partial class Repository
{
    public static string PathOf(string file) => Path.Combine(References.RepositoryRoot, file.Replace('/', Path.DirectorySeparatorChar));

    public static bool Has(string file) => File.Exists(PathOf(file));

    public static string Read(string file) => File.ReadAllText(PathOf(file)).ReplaceLineEndings("\n");

    /// <summary>The C# files below a folder, build output excepted.</summary>
    public static IEnumerable<string> Sources(string folder) => Directory.EnumerateFiles(PathOf(folder), "*.cs", SearchOption.AllDirectories)
        .Where(static f => !BuildOutput().IsMatch(f))
        .Order(StringComparer.Ordinal);

    /// <summary>The markdown files that people read.</summary>
    public static IEnumerable<string> Documents() => Directory.EnumerateFiles(References.RepositoryRoot, "*.md")
        .Concat(Directory.EnumerateFiles(PathOf("docs"), "*.md", SearchOption.AllDirectories))
        .Order(StringComparer.Ordinal);

    [GeneratedRegex(@"[\\/](bin|obj|artifacts)[\\/]", RegexOptions.CultureInvariant)]
    private static partial Regex BuildOutput();
}
