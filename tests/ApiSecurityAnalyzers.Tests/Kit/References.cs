using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Kit;

/// <summary>The reference assemblies of the code under test, read once for all tests.</summary>
internal static class References
{
    private static readonly ConcurrentDictionary<string, MetadataReference> ByFile = new(StringComparer.Ordinal);
    private static readonly Lazy<ImmutableArray<MetadataReference>> Framework = new(() => [.. InPack("microsoft.netcore.app.ref")]);
    private static readonly Lazy<ImmutableArray<MetadataReference>> Web = new(() => [.. Framework.Value, .. InPack("microsoft.aspnetcore.app.ref")]);

    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    private static string PackageRoot { get; } = Metadata("NuGetPackageRoot");

    private static readonly Lazy<ImmutableArray<MetadataReference>> Standard = new(() => [File(Path.Combine(PackageRoot, "netstandard.library", "2.0.3", "build", "netstandard2.0", "ref", "netstandard.dll"))]);

    /// <summary>.NET 10 with ASP.NET Core.</summary>
    public static ImmutableArray<MetadataReference> AspNetCore => Web.Value;

    /// <summary>.NET 10 alone.</summary>
    public static ImmutableArray<MetadataReference> Net => Framework.Value;

    /// <summary>.NET Standard 2.0, whose types .NET Framework has too.</summary>
    public static ImmutableArray<MetadataReference> NetStandard => Standard.Value;

    /// <summary>All assemblies of a package, of the newest framework folder that .NET 10 can use.</summary>
    public static IEnumerable<MetadataReference> OfPackage(string id, string version)
    {
        var lib = Path.Combine(PackageRoot, id.ToLowerInvariant(), version, "lib");
        foreach (var framework in new[] { "net10.0", "net9.0", "net8.0", "net7.0", "net6.0", "netstandard2.1", "netstandard2.0" })
        {
            var folder = Path.Combine(lib, framework);
            if (Directory.Exists(folder))
                return Directory.EnumerateFiles(folder, "*.dll").Select(File);
        }

        throw new DirectoryNotFoundException($"Package {id} {version} has no usable folder below {lib}");
    }

    private static IEnumerable<MetadataReference> InPack(string id)
    {
        var versions = Directory.GetDirectories(Path.Combine(PackageRoot, id));
        var newest = versions.OrderBy(static v => Version.Parse(Path.GetFileName(v))).Last();
        return Directory.EnumerateFiles(Path.Combine(newest, "ref", "net10.0"), "*.dll").Select(File);
    }

    private static MetadataReference File(string path) => ByFile.GetOrAdd(path, static p => MetadataReference.CreateFromFile(p));

    private static string Metadata(string key) =>
        typeof(References).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
