using System.IO.Compression;
using System.Reflection;
using System.Xml.Linq;

namespace ApiSecurityAnalyzers.Package.Tests.Kit;

/// <summary>
/// The package, packed once for all tests into a feed of its own. Consumers restore into a folder beside it, so that no cache of the machine
/// hides a change.
/// </summary>
public sealed class PackedPackage : IAsyncLifetime
{
    /// <summary>Where the test run keeps feed, packages and consumers.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("api-security-analyzers-").FullName;

    public string Feed => Path.Combine(Folder, "feed");

    public string PackagesFolder => Path.Combine(Folder, "packages");

    /// <summary>The packed file.</summary>
    public string File => Directory.GetFiles(Feed, "ApiSecurityAnalyzers.*.nupkg").Single();

    public string Version => Path.GetFileNameWithoutExtension(File)["ApiSecurityAnalyzers.".Length..];

    /// <summary>The unpacked files.</summary>
    public string Content => Path.Combine(Folder, "content");

    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Feed);
        // an own folder for what the pack builds: neither clashes with a build that goes on beside it, and a second run builds only what changed
        var result = await Dotnet.RunAsync(
            RepositoryRoot,
            packagesFolder: null,
            "pack", Path.Combine("src", "ApiSecurityAnalyzers.Package"),
            "-c", "Release",
            "-o", Feed,
            "-p:ContinuousIntegrationBuild=true",
            "-p:ArtifactsPath=" + Path.Combine(RepositoryRoot, "artifacts", "packed"));
        result.Succeeds();
        await ZipFile.ExtractToDirectoryAsync(File, Content);
    }

    public ValueTask DisposeAsync()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (IOException)
        {
            // a virus scanner or an ending compiler may still hold a file; the folder is a temporary one
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>The package description of a packed file.</summary>
    internal static XElement Nuspec(string package)
    {
        using var zip = ZipFile.OpenRead(package);
        using var stream = zip.Entries.Single(static e => e.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(stream).Root!;
    }

    internal static string Metadata(string key) =>
        typeof(PackedPackage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
