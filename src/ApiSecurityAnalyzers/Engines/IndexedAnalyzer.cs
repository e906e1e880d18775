using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiSecurityAnalyzers.Engines;

/// <summary>
/// The plumbing of every engine: it is called once a document, and only where the compilation has what the engine looks for and
/// one of its names occurs in the text. No operation or syntax node is visited by the driver on its behalf.
/// </summary>
/// <remarks>
/// It registers for syntax trees, not for semantic models: before a semantic model action, the driver binds the whole document anew to
/// raise its events, on every key stroke, whether the engine has anything to look at or not. Most documents have nothing.
/// </remarks>
public abstract class IndexedAnalyzer : DiagnosticAnalyzer
{
    private protected IndexedAnalyzer()
    {
    }

    /// <summary>The names without which a document is skipped; <see langword="null"/> when the engine decides itself.</summary>
    private protected abstract NameSet? Names { get; }

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            var facts = CompilationFacts.For(start.Compilation, start.Options);
            if (AppliesTo(facts))
                start.RegisterSyntaxTreeAction(c => AnalyzeDocument(c, facts));
        });
    }

    /// <summary>Whether the compilation references what the engine looks for.</summary>
    private protected abstract bool AppliesTo(CompilationFacts facts);

    /// <summary>Looks at one document in which one of <see cref="Names"/> occurs.</summary>
    private protected abstract void Analyze(DocumentContext context);

    private void AnalyzeDocument(SyntaxTreeAnalysisContext context, CompilationFacts facts)
    {
        var tree = context.Tree;
        var index = NameIndex.For(tree, context.CancellationToken);
        if (Names is { } names && !index.HasAny(names))
            return;
        Analyze(new DocumentContext(context, facts, index));
    }
}
