using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>Shortens the full type names of added code. The simplifier leaves out some places, such as initial values and lambda parameters.</summary>
internal static class TypeNames
{
    /// <summary>Marks code of which the fix has written every part.</summary>
    public static SyntaxAnnotation Annotation { get; } = new("ApiSecurityAnalyzers.TypeNames");

    /// <summary>Takes the namespace off each type name in annotated nodes whose short name means the same type.</summary>
    /// <param name="before">The document without the added code: a name that stands there in full stays as its author wrote it.</param>
    /// <param name="document">The document with the added code.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<Document> ShortenAsync(Document before, Document document, CancellationToken cancellationToken)
    {
        var written = (await before.GetTextAsync(cancellationToken).ConfigureAwait(false)).ToString();
        var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        var model = (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false))!;
        var names = new HashSet<SyntaxNode>();
        foreach (var node in root.GetAnnotatedNodes(Simplifier.AddImportsAnnotation).SelectMany(static n => n.DescendantNodesAndSelf()))
        {
            if (node is QualifiedNameSyntax { Left: NameSyntax } or MemberAccessExpressionSyntax { Expression: NameSyntax or MemberAccessExpressionSyntax }
                && model.GetSymbolInfo(node, cancellationToken).Symbol is INamedTypeSymbol { ContainingType: null } type && IsOnlyMeaning(model, node.SpanStart, type)
                && (node.AncestorsAndSelf().Any(static n => n.HasAnnotation(Annotation)) || written.IndexOf(node.ToString(), StringComparison.Ordinal) < 0))
            {
                names.Add(node);
            }
        }

        return names.Count == 0 ? document : document.WithSyntaxRoot(root.ReplaceNodes(names, static (_, current) => current switch
        {
            QualifiedNameSyntax name => name.Right.WithTriviaFrom(name),
            MemberAccessExpressionSyntax access => access.Name.WithTriviaFrom(access),
            _ => current,
        }));
    }

    private static bool IsOnlyMeaning(SemanticModel model, int position, INamedTypeSymbol type)
    {
        var found = model.LookupSymbols(position, name: type.Name).Where(s => s is not INamedTypeSymbol named || named.Arity == type.Arity).ToList();
        return found.Count == 1 && SymbolEqualityComparer.Default.Equals(found[0].OriginalDefinition, type.OriginalDefinition);
    }
}
