using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiSecurityAnalyzers.Benchmarks;

/// <summary>What a build pays: all rules over an application of growing size, beside the compiler's own work on it.</summary>
[MemoryDiagnoser]
public class BatchBenchmarks
{
    private CSharpCompilation _application = null!;
    private CSharpCompilation _fresh = null!;

    /// <summary>The size of the application; one unit is about 25,000 lines.</summary>
    [Params(1, 2, 4, 8)]
    public int Units { get; set; }

    [GlobalSetup]
    public void Generate()
    {
        _application = Application.Create(Units);
        Application.Check(_application);
    }

    /// <summary>Every run starts from parsed trees and nothing else, as a build does.</summary>
    [IterationSetup]
    public void Forget() => _fresh = Application.Fresh(_application);

    /// <summary>Binding and flow analysis of everything.</summary>
    [Benchmark(Baseline = true)]
    public int Compile() => _fresh.GetDiagnostics().Length;

    /// <summary>The same, with all rules on.</summary>
    [Benchmark]
    public async Task<int> CompileWithAllRules()
    {
        var withAnalyzers = _fresh.WithAnalyzers(Application.Analyzers, new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false));
        return (await withAnalyzers.GetAllDiagnosticsAsync()).Length;
    }
}
