using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiSecurityAnalyzers.Tests.Kit;

/// <summary>Everything that the package contains, found by reflection as the compiler finds it.</summary>
internal static class Rules
{
    public static readonly Assembly AnalyzerAssembly = typeof(Descriptors).Assembly;

    public static readonly Assembly FixAssembly = Assembly.Load("ApiSecurityAnalyzers.CodeFixes");

    public static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers = [.. Instances<DiagnosticAnalyzer>(AnalyzerAssembly)];

    public static readonly ImmutableArray<CodeFixProvider> Fixes = [.. Instances<CodeFixProvider>(FixAssembly)];

    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
        [.. Analyzers.SelectMany(static a => a.SupportedDiagnostics).DistinctBy(static d => d.Id).OrderBy(static d => d.Id, StringComparer.Ordinal)];

    /// <summary>Suggestions that nearly every small host deserves: only tests that ask for them see them, so that the others stay short.</summary>
    public static readonly ImmutableHashSet<string> OnlyWhenAsked = ["ASA1005", "ASA1021", "ASA2002", "ASA4007", "ASA4008"];

    private static IEnumerable<T> Instances<T>(Assembly assembly) =>
        assembly.GetTypes().Where(static t => !t.IsAbstract && typeof(T).IsAssignableFrom(t)).OrderBy(static t => t.FullName, StringComparer.Ordinal).Select(static t => (T)Activator.CreateInstance(t)!);
}
