using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiSecurityAnalyzers.Engines;

/// <summary>
/// The plumbing of every engine: it is called once a document, and only where the compilation has what the engine looks for and
/// one of its names occurs in the text. No operation or syntax node is visited by the driver on its behalf.
/// </summary>
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
                start.RegisterSemanticModelAction(c => AnalyzeDocument(c, facts));
        });
    }

    /// <summary>Whether the compilation references what the engine looks for.</summary>
    private protected abstract bool AppliesTo(CompilationFacts facts);

    /// <summary>Looks at one document in which one of <see cref="Names"/> occurs.</summary>
    private protected abstract void Analyze(DocumentContext context);

    private void AnalyzeDocument(SemanticModelAnalysisContext context, CompilationFacts facts)
    {
        var tree = context.SemanticModel.SyntaxTree;
        var index = NameIndex.For(tree, context.CancellationToken);
        if (Names is { } names && !index.HasAny(names))
            return;
        Analyze(new DocumentContext(context, facts, index));
    }
}
