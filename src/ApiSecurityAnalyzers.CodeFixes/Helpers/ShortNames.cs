using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>
/// Shortens the full type names in added code where the short one means the same. The simplifier does that too, but not inside a lambda
/// that stands in an argument of code that was there before.
/// </summary>
internal static class ShortNames
{
    /// <summary>Marks what a fix has written, all of it.</summary>
    public static SyntaxAnnotation Annotation { get; } = new("ApiSecurityAnalyzers.ShortNames");

    public static async Task<Document> UseAsync(Document document, CancellationToken cancellationToken)
    {
        var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        var added = root.GetAnnotatedNodes(Annotation).ToList();
        if (added.Count == 0)
            return document;
        var model = (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false))!;
        var names = new Dictionary<SyntaxNode, SyntaxNode>();
        foreach (var node in added.SelectMany(static n => n.DescendantNodesAndSelf()))
        {
            var simple = node switch
            {
                QualifiedNameSyntax qualified => qualified.Right,
                MemberAccessExpressionSyntax member => member.Name,
                _ => null,
            };
            if (simple is not null && !names.ContainsKey(node) && model.GetSymbolInfo(node, cancellationToken).Symbol is INamedTypeSymbol { ContainingType: null } type && MeansTheSame(model, node.SpanStart, type))
                names[node] = simple.WithLeadingTrivia(node.GetLeadingTrivia()).WithTrailingTrivia(node.GetTrailingTrivia());
        }

        return names.Count == 0 ? document : document.WithSyntaxRoot(root.ReplaceNodes(names.Keys, (original, current) => Rewritten(current, names[original])));
    }

    /// <summary>Type arguments may have been shortened before the name around them.</summary>
    private static SyntaxNode Rewritten(SyntaxNode current, SyntaxNode planned)
    {
        SyntaxNode simple = current switch
        {
            QualifiedNameSyntax qualified => qualified.Right,
            MemberAccessExpressionSyntax member => member.Name,
            _ => planned,
        };
        return simple.WithLeadingTrivia(current.GetLeadingTrivia()).WithTrailingTrivia(current.GetTrailingTrivia());
    }

    private static bool MeansTheSame(SemanticModel model, int position, INamedTypeSymbol type)
    {
        var found = model.LookupSymbols(position, name: type.Name);
        return !found.IsEmpty && found.All(s => s is INamedTypeSymbol other && (other.Arity != type.Arity || SymbolEqualityComparer.Default.Equals(other.OriginalDefinition, type.OriginalDefinition)))
            && found.Any(s => SymbolEqualityComparer.Default.Equals(s.OriginalDefinition, type.OriginalDefinition));
    }
}
