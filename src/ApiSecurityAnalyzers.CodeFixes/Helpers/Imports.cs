using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>Adds the using directives that added extension method calls need; type names bring their own.</summary>
internal static class Imports
{
    /// <summary>Where the extension methods that our fixes write are declared.</summary>
    private static readonly string[] Namespaces =
    [
        "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.EntityFrameworkCore", "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Logging",
    ];

    /// <summary>Adds directives until the calls in annotated nodes are resolved.</summary>
    public static async Task<Document> EnsureAsync(Document document, CancellationToken cancellationToken)
    {
        foreach (var name in Namespaces)
        {
            var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
            var root = (CompilationUnitSyntax)(await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
            var open = Unresolved(root, model!, cancellationToken).Count;
            if (open == 0)
                return document;
            if (root.Usings.Any(u => u.Name?.ToString() == name))
                continue;
            var changed = document.WithSyntaxRoot(Add(root, name));
            var after = await changed.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
            var changedRoot = (await changed.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
            if (Unresolved(changedRoot, after!, cancellationToken).Count < open)
                document = changed;
        }

        return document;
    }

    /// <summary>Adds a using directive at its place in alphabetic order, system namespaces first.</summary>
    public static CompilationUnitSyntax Add(CompilationUnitSyntax root, string name)
    {
        var directive = SyntaxFactory.UsingDirective(SyntaxFactory.ParseName(name).WithLeadingTrivia(SyntaxFactory.Space)).WithTrailingTrivia(SyntaxFactory.EndOfLine("\n"));
        if (root.Usings.Count == 0)
        {
            var first = root.GetFirstToken(includeZeroWidth: true);
            return root.ReplaceToken(first, first.WithLeadingTrivia(SyntaxFactory.TriviaList())).WithUsings(SyntaxFactory.SingletonList(
                directive.WithLeadingTrivia(first.LeadingTrivia).WithTrailingTrivia(SyntaxFactory.EndOfLine("\n"), SyntaxFactory.EndOfLine("\n"))));
        }

        var index = root.Usings.TakeWhile(u => Compare(u.Name?.ToString() ?? "", name) < 0 && u.Alias is null && u.StaticKeyword.IsKind(SyntaxKind.None)).Count();
        if (index == 0)
        {
            directive = directive.WithLeadingTrivia(root.Usings[0].GetLeadingTrivia());
            root = root.ReplaceNode(root.Usings[0], root.Usings[0].WithLeadingTrivia(SyntaxFactory.TriviaList()));
        }

        return root.WithUsings(root.Usings.Insert(index, directive));
    }

    private static int Compare(string left, string right)
    {
        var leftIsSystem = left == "System" || left.StartsWith("System.", StringComparison.Ordinal);
        var rightIsSystem = right == "System" || right.StartsWith("System.", StringComparison.Ordinal);
        return leftIsSystem == rightIsSystem ? string.CompareOrdinal(left, right) : leftIsSystem ? -1 : 1;
    }

    private static List<InvocationExpressionSyntax> Unresolved(SyntaxNode root, SemanticModel model, CancellationToken cancellationToken) =>
        root.GetAnnotatedNodes(Simplifier.AddImportsAnnotation).SelectMany(static n => n.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>())
            .Where(i => model.GetSymbolInfo(i, cancellationToken) is { Symbol: null, CandidateSymbols.IsEmpty: true }).ToList();
}
