using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiSecurityAnalyzers.Engines;

/// <summary>One document under analysis, with all that is known around it.</summary>
internal sealed class DocumentContext
{
    private readonly Action<Diagnostic> _report;
    private SemanticModel? _model;
    private SyntaxNode? _root;

    public DocumentContext(SyntaxTreeAnalysisContext context, CompilationFacts facts, NameIndex index)
    {
        Tree = context.Tree;
        Facts = facts;
        Index = index;
        _report = context.ReportDiagnostic;
        CancellationToken = context.CancellationToken;
    }

    public DocumentContext(SemanticModel model, CompilationFacts facts, NameIndex index, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        Tree = model.SyntaxTree;
        _model = model;
        Facts = facts;
        Index = index;
        _report = report;
        CancellationToken = cancellationToken;
    }

    /// <summary>Made when first asked for: a document without a name that matters is never bound.</summary>
    public SemanticModel Model => _model ??= Facts.ModelOf(Tree);

    public CompilationFacts Facts { get; }

    public NameIndex Index { get; }

    public CancellationToken CancellationToken { get; }

    public SyntaxTree Tree { get; }

    public SyntaxNode Root => _root ??= Tree.GetRoot(CancellationToken);

    /// <summary>The tokens of the document that carry a name of the set.</summary>
    public IEnumerable<SyntaxToken> Tokens(NameSet names) => Index.Tokens(names, Root, CancellationToken);

    public bool IsEnabled(DiagnosticDescriptor descriptor) => Facts.IsEnabled(descriptor, Tree, CancellationToken);

    public void Report(DiagnosticDescriptor descriptor, Location location, params object[] arguments) =>
        _report(Diagnostic.Create(descriptor, location, arguments));

    /// <summary>Reports with facts for the fix, or at a severity below the default where evidence is partial.</summary>
    public void Report(
        DiagnosticDescriptor descriptor,
        Location location,
        ImmutableDictionary<string, string?>? properties,
        bool asSuggestion,
        IEnumerable<Location>? additionalLocations,
        params object[] arguments) =>
        _report(Diagnostic.Create(
            descriptor,
            location,
            asSuggestion ? DiagnosticSeverity.Info : descriptor.DefaultSeverity,
            additionalLocations,
            properties,
            arguments));
}
