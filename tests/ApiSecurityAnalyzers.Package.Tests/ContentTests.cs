using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace ApiSecurityAnalyzers.Package.Tests;

public sealed class ContentTests(PackedPackage package)
{
    private static readonly string[] Listed =
    [
        "ApiSecurityAnalyzers.nuspec",
        "CHANGELOG.md",
        "LICENSE",
        "README.md",
        "analyzers/dotnet/cs/ApiSecurityAnalyzers.CodeFixes.dll",
        "analyzers/dotnet/cs/ApiSecurityAnalyzers.dll",
        "build/ApiSecurityAnalyzers.props",
        "build/ApiSecurityAnalyzers.targets",
        "buildTransitive/ApiSecurityAnalyzers.Report.targets",
        "buildTransitive/ApiSecurityAnalyzers.props",
        "buildTransitive/ApiSecurityAnalyzers.targets",
        "buildTransitive/config/default.globalconfig",
        "buildTransitive/config/none.globalconfig",
        "buildTransitive/config/recommended.globalconfig",
        "buildTransitive/config/strict.globalconfig",
        "icon.png",
        "tools/ApiSecurityAnalyzers.Report.dll",
    ];

    /// <summary>What the oldest host (.NET 8 SDK, Visual Studio 17.8) brings; an assembly that asks for more does not load there.</summary>
    private static readonly Dictionary<string, Version> OldestHost = new(StringComparer.Ordinal)
    {
        ["netstandard"] = new(2, 0, 0, 0),
        ["Microsoft.CodeAnalysis"] = new(4, 8, 0, 0),
        ["Microsoft.CodeAnalysis.CSharp"] = new(4, 8, 0, 0),
        ["Microsoft.CodeAnalysis.Workspaces"] = new(4, 8, 0, 0),
        ["Microsoft.CodeAnalysis.CSharp.Workspaces"] = new(4, 8, 0, 0),
        ["System.Collections.Immutable"] = new(7, 0, 0, 0),
        ["System.Composition.AttributedModel"] = new(7, 0, 0, 0),
        ["System.Memory"] = new(4, 0, 1, 2),
        ["System.Buffers"] = new(4, 0, 3, 0),
        ["System.Reflection.Metadata"] = new(7, 0, 0, 0),
        ["System.Runtime.CompilerServices.Unsafe"] = new(6, 0, 0, 0),
        ["System.Threading.Tasks.Extensions"] = new(4, 2, 0, 1),
        ["System.Text.Encoding.CodePages"] = new(7, 0, 0, 0),
    };

    public static TheoryData<string> Assemblies => ["analyzers/dotnet/cs/ApiSecurityAnalyzers.dll", "analyzers/dotnet/cs/ApiSecurityAnalyzers.CodeFixes.dll", "tools/ApiSecurityAnalyzers.Report.dll"];

    [Fact]
    public void Holds_what_is_listed_and_nothing_else()
    {
        string[] ofNuGet = ["_rels/", "package/", "[Content_Types].xml"];
        var files = Directory.EnumerateFiles(package.Content, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(package.Content, f).Replace('\\', '/'))
            .Where(f => !ofNuGet.Any(n => f.StartsWith(n, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal);
        Assert.Equal(Listed, files);
    }

    [Fact]
    public void Describes_itself_as_a_development_dependency_without_dependencies()
    {
        var metadata = PackedPackage.Nuspec(package.File).Elements().Single();
        string? Value(string name) => metadata.Elements().SingleOrDefault(e => e.Name.LocalName == name)?.Value;

        Assert.Equal("ApiSecurityAnalyzers", Value("id"));
        Assert.Equal("true", Value("developmentDependency"));
        Assert.Equal("MIT", Value("license"));
        Assert.Equal("README.md", Value("readme"));
        Assert.Equal("icon.png", Value("icon"));
        Assert.Null(Value("dependencies"));
        var repository = metadata.Elements().Single(static e => e.Name.LocalName == "repository");
        Assert.Equal("git", repository.Attribute("type")!.Value);
        Assert.StartsWith("https://", repository.Attribute("url")!.Value, StringComparison.Ordinal);
        Assert.Matches("^[0-9a-f]{40}$", repository.Attribute("commit")!.Value);
    }

    [Fact]
    public void Icon_is_a_square_png()
    {
        var bytes = File.ReadAllBytes(Path.Combine(package.Content, "icon.png"));
        Assert.Equal("PNG", Encoding.ASCII.GetString(bytes, 1, 3));
        Assert.Equal([0, 0, 0, 128, 0, 0, 0, 128], bytes[16..24]);
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Assembly_asks_for_nothing_that_the_oldest_host_lacks(string name)
    {
        using var stream = File.OpenRead(Path.Combine(package.Content, name));
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        foreach (var reference in metadata.AssemblyReferences.Select(metadata.GetAssemblyReference))
        {
            var to = metadata.GetString(reference.Name);
            if (to == "ApiSecurityAnalyzers")
                continue;
            Assert.True(OldestHost.TryGetValue(to, out var newest), $"{name} refers to {to}, which no host is known to bring");
            Assert.True(reference.Version <= newest, $"{name} refers to {to} {reference.Version}; the oldest host has {newest}");
        }
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Assembly_carries_symbols_and_source_link_and_no_path_of_the_build(string name)
    {
        var file = Path.Combine(package.Content, name);
        using var stream = File.OpenRead(file);
        using var image = new PEReader(stream);
        var entry = image.ReadDebugDirectory().Single(static e => e.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        Assert.Contains(image.ReadDebugDirectory(), static e => e.Type == DebugDirectoryEntryType.Reproducible);
        using var provider = image.ReadEmbeddedPortablePdbDebugDirectoryData(entry);
        var symbols = provider.GetMetadataReader();
        var sourceLink = symbols.CustomDebugInformation.Select(symbols.GetCustomDebugInformation)
            .Single(i => symbols.GetGuid(i.Kind) == new Guid("CC110556-A091-4D38-9FEC-25AB9A351A6A"));
        Assert.Matches("\"/_/\\*\":\"https://[^\"]+/[0-9a-f]{40}/\\*\"", Encoding.UTF8.GetString(symbols.GetBlobBytes(sourceLink.Value)));
        foreach (var document in symbols.Documents.Select(symbols.GetDocument))
            Assert.StartsWith("/_", symbols.GetString(document.Name), StringComparison.Ordinal);

        Assert.DoesNotContain(PackedPackage.RepositoryRoot, Encoding.Latin1.GetString(File.ReadAllBytes(file)), StringComparison.Ordinal);
    }
}
