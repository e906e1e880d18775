namespace ApiSecurityAnalyzers.Tests.Meta;

/// <summary>What the shipped assemblies refer to.</summary>
public sealed class AssemblyTests
{
    private static readonly System.Reflection.Assembly ReportAssembly = typeof(ApiSecurityAnalyzers.Report.EndpointReportAnalyzer).Assembly;

    /// <summary>The command-line compiler loads the analyzers without Workspaces (RS1038).</summary>
    [Fact]
    public void Analyzers_refer_to_the_compiler_only()
    {
        string[] allowed = ["netstandard", "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "System.Collections.Immutable", "System.Memory", "System.Buffers", "System.Reflection.Metadata", "System.Runtime.CompilerServices.Unsafe", "System.Threading.Tasks.Extensions"];
        Assert.All(Kit.Rules.AnalyzerAssembly.GetReferencedAssemblies(), a => Assert.Contains(a.Name, allowed));
        Assert.All(ReportAssembly.GetReferencedAssemblies(), a => Assert.Contains(a.Name, allowed.Append("ApiSecurityAnalyzers")));
    }

    /// <summary>
    /// A host brings its own System.Composition, the oldest one version 7; a reference to a newer one keeps the fixes from loading there. The attributes
    /// that need the reference ('[Shared]') have no effect in a NuGet package.
    /// </summary>
    [Fact]
    public void Fixes_refer_to_no_composition_assembly() =>
        Assert.DoesNotContain(Kit.Rules.FixAssembly.GetReferencedAssemblies(), static a => a.Name!.StartsWith("System.Composition", StringComparison.Ordinal));

    [Fact]
    public void Shipped_code_is_built_against_the_oldest_Roslyn()
    {
        foreach (var reference in Kit.Rules.AnalyzerAssembly.GetReferencedAssemblies().Concat(Kit.Rules.FixAssembly.GetReferencedAssemblies()).Concat(ReportAssembly.GetReferencedAssemblies()).Where(static a => a.Name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)))
            Assert.Equal(new Version(4, 8, 0, 0), reference.Version);
    }
}
