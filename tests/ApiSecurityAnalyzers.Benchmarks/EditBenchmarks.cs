using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.Benchmarks;

/// <summary>What typing pays: one edit of one file in a large application, until the diagnostics of that file are there.</summary>
public class EditBenchmarks
{
    private CSharpCompilation _compilation = null!;
    private SyntaxTree _tree = null!;
    private int _edits;

    /// <summary>The file that is edited: 0 a controller, 1 a repository with SQL, 2 cryptography, 3 endpoints, 4 none of these.</summary>
    [Params(0, 1, 2, 3, 4)]
    public int File { get; set; }

    [GlobalSetup]
    public void Generate()
    {
        _compilation = Application.Create(8);
        Application.Check(_compilation);
        _tree = _compilation.SyntaxTrees.Single(t => t.FilePath.EndsWith($"/File{25 + File}.cs", StringComparison.Ordinal));
    }

    /// <summary>An edit inside a method, and what an editor then asks all rules for.</summary>
    [Benchmark]
    public async Task<int> Edit()
    {
        var compilation = Change();
        var withAnalyzers = compilation.WithAnalyzers(Application.Analyzers);
        var syntactic = await withAnalyzers.GetAnalyzerSyntaxDiagnosticsAsync(_tree, CancellationToken.None);
        var semantic = await withAnalyzers.GetAnalyzerSemanticDiagnosticsAsync(compilation.GetSemanticModel(_tree), filterSpan: null, CancellationToken.None);
        return syntactic.Length + semantic.Length;
    }

    /// <summary>The same edit, and the compiler's own diagnostics of the file without any rule.</summary>
    [Benchmark(Baseline = true)]
    public int EditAlone() => Change().GetSemanticModel(_tree).GetDiagnostics().Length;

    private CSharpCompilation Change()
    {
        var text = _tree.GetText();
        var position = text.ToString().IndexOf("var ", StringComparison.Ordinal);
        var changed = _tree.WithChangedText(text.WithChanges(new TextChange(new TextSpan(Math.Max(position, 0), 0), $"/*{_edits++ % 10}*/ ")));
        var compilation = _compilation.ReplaceSyntaxTree(_tree, changed);
        _compilation = compilation;
        _tree = changed;
        return compilation;
    }
}
