using System.Reflection;
using System.Runtime.Loader;

namespace ApiSecurityAnalyzers.Package.Tests;

/// <summary>Both assemblies load, with every type and attribute, in the oldest and in the installed host.</summary>
public sealed class LoadTests(PackedPackage package)
{
    [Fact]
    public void Loads_in_the_oldest_Roslyn()
    {
        var version = PackedPackage.Metadata("OldestRoslynVersion");
        var context = new HostContext(Path.Combine(package.Content, "analyzers", "dotnet", "cs"), [Tools, AppContext.BaseDirectory]);
        var roslyn = context.LoadFromAssemblyName(new AssemblyName("Microsoft.CodeAnalysis.CSharp.Workspaces"));
        Assert.Equal(version, roslyn.GetName().Version!.ToString(3));
        AssertLoads(context);
    }

    [Fact]
    public async Task Loads_in_the_installed_SDK()
    {
        var sdk = await SdkFolderAsync();
        var context = new HostContext(
            Path.Combine(package.Content, "analyzers", "dotnet", "cs"),
            [Tools, Path.Combine(sdk, "Roslyn", "bincore"), Path.Combine(sdk, "DotnetTools", "dotnet-format")]);
        AssertLoads(context);
    }

    private string Tools => Path.Combine(package.Content, "tools");

    private static void AssertLoads(HostContext context)
    {
        var analyzers = Load(context, "ApiSecurityAnalyzers", "DiagnosticAnalyzerAttribute");
        Assert.NotEmpty(analyzers);
        var ids = analyzers.SelectMany(static a => ((System.Collections.IEnumerable)Property(a, "SupportedDiagnostics")).Cast<object>()).Select(static d => (string)Property(d, "Id")).ToHashSet(StringComparer.Ordinal);

        // of the compiler run for the endpoint report; it is no rule
        var report = Assert.Single(Load(context, "ApiSecurityAnalyzers.Report", "DiagnosticAnalyzerAttribute"));
        Assert.Equal("EndpointReportAnalyzer", report.GetType().Name);

        var fixes = Load(context, "ApiSecurityAnalyzers.CodeFixes", "ExportCodeFixProviderAttribute");
        Assert.NotEmpty(fixes);
        foreach (var fix in fixes)
        {
            Assert.All((IEnumerable<string>)Property(fix, "FixableDiagnosticIds"), id => Assert.Contains(id, ids));
            Assert.NotNull(fix.GetType().GetMethod("GetFixAllProvider")!.Invoke(fix, null));
        }
    }

    /// <summary>Instances of all types with the attribute; the attribute is found by name because its type is that of the other context.</summary>
    private static List<object> Load(HostContext context, string assembly, string attribute) =>
        [.. context.LoadFromAssemblyName(new AssemblyName(assembly)).GetTypes()
            .Where(t => t.GetCustomAttributes(inherit: false).Any(a => a.GetType().Name == attribute))
            .Select(static t => Activator.CreateInstance(t)!)];

    private static object Property(object owner, string name) => owner.GetType().GetProperty(name)!.GetValue(owner)!;

    private async Task<string> SdkFolderAsync()
    {
        var version = (await Dotnet.RunAsync(package.Folder, null, "--version")).Succeeds().Output.Trim();
        var sdks = (await Dotnet.RunAsync(package.Folder, null, "--list-sdks")).Succeeds().Output;
        var line = sdks.Split('\n').Last(l => l.StartsWith(version + " [", StringComparison.Ordinal));
        return Path.Combine(line[(line.IndexOf('[', StringComparison.Ordinal) + 1)..line.IndexOf(']', StringComparison.Ordinal)], version);
    }

    /// <summary>Loads the package beside the Roslyn of a host, as the host does; what the host lacks comes from the runtime.</summary>
    private sealed class HostContext(string package, string[] host) : AssemblyLoadContext(nameof(HostContext))
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            foreach (var folder in (string[])[package, .. host])
            {
                var file = Path.Combine(folder, assemblyName.Name + ".dll");
                if (File.Exists(file))
                    return LoadFromAssemblyPath(file);
            }

            return null;
        }
    }
}
