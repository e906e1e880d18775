using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiSecurityAnalyzers.Compilations;

/// <summary>What all engines know of a compilation; one instance a compilation, everything in it computed when first asked for.</summary>
internal sealed class CompilationFacts
{
    private static readonly ConditionalWeakTable<Compilation, CompilationFacts> Cache = new();

    private bool? _isTestProject;

    private CompilationFacts(Compilation compilation, AnalyzerOptions options)
    {
        Compilation = compilation;
        Types = WellKnownTypes.For(compilation);
        Options = new ApiSecurityOptions(options.AnalyzerConfigOptionsProvider, compilation.SyntaxTrees.FirstOrDefault());
        AnalyzerOptions = options;
    }

    public Compilation Compilation { get; }

    public WellKnownTypes Types { get; }

    public ApiSecurityOptions Options { get; }

    public AnalyzerOptions AnalyzerOptions { get; }

    /// <summary>Whether ASP.NET Core is referenced at all.</summary>
    public bool IsWeb => Types.Has("Microsoft.AspNetCore.Http.HttpContext") || Types.Has("Microsoft.AspNetCore.Builder.IApplicationBuilder");

    /// <summary>
    /// Whether the project holds tests: the option first, then the SDK's <c>IsTestProject</c>, then a reference to a test framework
    /// in a project that says nothing.
    /// </summary>
    public bool IsTestProject => _isTestProject ??= ComputeIsTestProject();

    public static CompilationFacts For(Compilation compilation, AnalyzerOptions options) =>
        Cache.TryGetValue(compilation, out var facts) ? facts : Cache.GetValue(compilation, c => new CompilationFacts(c, options));

    /// <summary>The semantic model of a tree, shared with the compiler driver where it provides one.</summary>
#pragma warning disable RS1030 // the driver attaches its cache of models to the compilation, so this does not bind twice
    public SemanticModel ModelOf(SyntaxTree tree)
    {
        ConsultedTrees.Add(tree);
        return Compilation.GetSemanticModel(tree);
    }
#pragma warning restore RS1030

    /// <summary>Whether a rule is on, for a tree or at all; what is off must cost nothing.</summary>
    public bool IsEnabled(DiagnosticDescriptor descriptor, SyntaxTree? tree, CancellationToken cancellationToken)
    {
        var options = Compilation.Options;
        if (options.SpecificDiagnosticOptions.TryGetValue(descriptor.Id, out var specific))
        {
            if (specific != ReportDiagnostic.Default)
                return specific != ReportDiagnostic.Suppress;
        }
        else if (options.SyntaxTreeOptionsProvider is { } provider)
        {
            if (tree is not null && provider.TryGetDiagnosticValue(tree, descriptor.Id, cancellationToken, out var local))
                return local != ReportDiagnostic.Suppress;
            if (provider.TryGetGlobalDiagnosticValue(descriptor.Id, cancellationToken, out var global))
                return global != ReportDiagnostic.Suppress;
        }

        return descriptor.IsEnabledByDefault;
    }

    private bool ComputeIsTestProject()
    {
        if (Options.Boolean(ApiSecurityOptions.TestProject) is { } told)
            return told;
        if (Options.Provider.GlobalOptions.TryGetValue("build_property.IsTestProject", out var property) && bool.TryParse(property, out var isTest))
            return isTest;
        foreach (var name in Compilation.ReferencedAssemblyNames)
        {
            if (name.Name is "xunit.core" or "xunit.v3.core" or "nunit.framework" or "Microsoft.VisualStudio.TestPlatform.TestFramework" or "TUnit.Core" or "MSTest.TestFramework")
                return true;
        }

        return false;
    }
}
