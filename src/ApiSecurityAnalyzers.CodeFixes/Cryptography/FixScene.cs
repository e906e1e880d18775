using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines;
using ApiSecurityAnalyzers.Engines.ApiUse;
using ApiSecurityAnalyzers.Engines.Cryptography;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Cryptography;

/// <summary>What a fix sees: the document and all findings of its rule in it.</summary>
internal sealed class FixScene
{
    private FixScene(Document document, SyntaxNode root, SemanticModel model, CompilationFacts facts, ImmutableArray<FoundUse> findings, CancellationToken cancellationToken)
    {
        Document = document;
        Root = root;
        Model = model;
        Facts = facts;
        Findings = findings;
        CancellationToken = cancellationToken;
    }

    public Document Document { get; }

    public SyntaxNode Root { get; }

    public SemanticModel Model { get; }

    public CompilationFacts Facts { get; }

    /// <summary>What the rule reports in the document.</summary>
    public ImmutableArray<FoundUse> Findings { get; }

    public CancellationToken CancellationToken { get; }

    public LanguageVersion Language => ((CSharpParseOptions)Root.SyntaxTree.Options).LanguageVersion;

    public static async Task<FixScene?> CreateAsync(Document document, string id, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || model is null)
            return null;
        var facts = CompilationFacts.For(model.Compilation, document.Project.AnalyzerOptions);
        var context = new DocumentContext(model, facts, NameIndex.For(root.SyntaxTree, cancellationToken), static _ => { }, cancellationToken);
        var findings = CryptographyAnalyzer.Findings(context).Where(f => f.Descriptor.Id == id && f.Verdict.Severity != Severity.Silent).Select(static f => f.Use).ToImmutableArray();
        return new FixScene(document, root, model, facts, findings, cancellationToken);
    }

    /// <summary>The findings inside a node.</summary>
    public IEnumerable<FoundUse> Within(SyntaxNode scope) => Findings.Where(f => scope.Span.Contains(f.Node.Span));

    public static SyntaxNode MemberOf(SyntaxNode node) => node.FirstAncestorOrSelf<MemberDeclarationSyntax>() switch
    {
        null => node.SyntaxTree.GetRoot(),
        GlobalStatementSyntax global => global.Parent!,
        var member => member,
    };

    public static SyntaxNode TypeOf(SyntaxNode node) => (SyntaxNode?)node.Ancestors().OfType<TypeDeclarationSyntax>().LastOrDefault() ?? node.SyntaxTree.GetRoot();

    public bool Has(string typeName) => Facts.Types.Has(typeName);

    public ISymbol? SymbolOf(SyntaxNode node) => Model.GetSymbolInfo(node, CancellationToken).Symbol;

    public ITypeSymbol? TypeOfValue(ExpressionSyntax expression) => Model.GetTypeInfo(expression, CancellationToken).Type;
}
