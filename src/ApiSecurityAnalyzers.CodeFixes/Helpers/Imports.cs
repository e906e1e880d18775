using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>
/// Adds the using directives that added code needs: for types that it names in full, and for extension methods. Only where a name is
/// not in scope already; a directive that would make other code ambiguous is left out, and the name stays as long as it is.
/// </summary>
internal static class Imports
{
    /// <summary>Where the extension methods that our fixes write are declared.</summary>
    private static readonly string[] Namespaces =
    [
        "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.EntityFrameworkCore", "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging", "OpenTelemetry",
    ];

    /// <summary>Adds the directives that nodes with <see cref="Simplifier.AddImportsAnnotation"/> need.</summary>
    public static async Task<Document> AddAsync(Document document, CancellationToken cancellationToken)
    {
        document = await AddForTypesAsync(document, cancellationToken).ConfigureAwait(false);
        return await AddForExtensionsAsync(document, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds a using directive at its place in alphabetic order, system namespaces first.</summary>
    public static CompilationUnitSyntax Add(CompilationUnitSyntax root, string name)
    {
        var directive = SyntaxFactory.UsingDirective(SyntaxFactory.ParseName(name).WithLeadingTrivia(SyntaxFactory.Space)).WithTrailingTrivia(SyntaxFactory.EndOfLine("\n"));
        if (root.Usings.Count > 0)
            return root.WithUsings(Insert(root.Usings, directive, name));

        // a file that keeps its directives inside its namespace goes on doing so
        if (root.Members.Count == 1 && root.Members[0] is BaseNamespaceDeclarationSyntax { Usings.Count: > 0 } ns)
            return root.ReplaceNode(ns, ns.WithUsings(Insert(ns.Usings, directive.WithLeadingTrivia(SyntaxFactory.Whitespace(Place.Indentation(ns.Usings[0]))), name)));

        directive = directive.WithTrailingTrivia(SyntaxFactory.EndOfLine("\n"), SyntaxFactory.EndOfLine("\n"));
        if (root.Externs.Count > 0)
            return root.WithUsings(SyntaxFactory.SingletonList(directive));
        var first = root.GetFirstToken(includeZeroWidth: true);
        var leading = first.LeadingTrivia;
        var header = HeaderLength(leading);
        return root.ReplaceToken(first, first.WithLeadingTrivia(leading.Skip(header)))
            .WithUsings(SyntaxFactory.SingletonList(directive.WithLeadingTrivia(leading.Take(header))));
    }

    /// <summary>How much of the trivia on top of a file belongs to the file, not to its first declaration: what ends with a blank line or is a directive.</summary>
    private static int HeaderLength(SyntaxTriviaList leading)
    {
        var length = 0;
        for (var i = 0; i < leading.Count; i++)
        {
            if (leading[i].GetStructure() is IfDirectiveTriviaSyntax or RegionDirectiveTriviaSyntax)
                break;
            var endsLine = leading[i].IsKind(SyntaxKind.EndOfLineTrivia) && (i == 0 || leading[i - 1].IsKind(SyntaxKind.EndOfLineTrivia) || leading[i - 1].HasStructure);
            if (endsLine || leading[i].IsDirective)
                length = i + 1;
        }

        return length;
    }

    private static SyntaxList<UsingDirectiveSyntax> Insert(SyntaxList<UsingDirectiveSyntax> usings, UsingDirectiveSyntax directive, string name)
    {
        // global directives must come first, aliases and static ones come last
        var globals = usings.TakeWhile(static u => !u.GlobalKeyword.IsKind(SyntaxKind.None)).Count();
        var index = globals + usings.Skip(globals).TakeWhile(u => Compare(u.Name?.ToString() ?? "", name) < 0 && u.Alias is null && u.StaticKeyword.IsKind(SyntaxKind.None)).Count();
        if (index == 0)
        {
            directive = directive.WithLeadingTrivia(usings[0].GetLeadingTrivia());
            usings = usings.Replace(usings[0], usings[0].WithLeadingTrivia(usings[0].GetLeadingTrivia().Reverse().TakeWhile(static t => t.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse()));
        }

        return usings.Insert(index, directive);
    }

    private static int Compare(string left, string right)
    {
        var leftIsSystem = left == "System" || left.StartsWith("System.", StringComparison.Ordinal);
        var rightIsSystem = right == "System" || right.StartsWith("System.", StringComparison.Ordinal);
        return leftIsSystem == rightIsSystem ? string.CompareOrdinal(left, right) : leftIsSystem ? -1 : 1;
    }

    private static async Task<Document> AddForTypesAsync(Document document, CancellationToken cancellationToken)
    {
        foreach (var name in await MissingAsync(document, cancellationToken).ConfigureAwait(false))
        {
            var changed = document.WithSyntaxRoot(Add((CompilationUnitSyntax)(await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!, name));

            // another type of the name may stand nearer, or the directive makes other names ambiguous
            if (!(await MissingAsync(changed, cancellationToken).ConfigureAwait(false)).Contains(name)
                && await ErrorsAsync(changed, cancellationToken).ConfigureAwait(false) <= await ErrorsAsync(document, cancellationToken).ConfigureAwait(false))
            {
                document = changed;
            }
        }

        return document;
    }

    /// <summary>The namespaces of the types that added code names in full since their names alone are not in scope.</summary>
    private static async Task<SortedSet<string>> MissingAsync(Document document, CancellationToken cancellationToken)
    {
        var model = (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false))!;
        var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var node in root.GetAnnotatedNodes(Simplifier.AddImportsAnnotation).SelectMany(static n => n.DescendantNodesAndSelf()))
        {
            if (node is QualifiedNameSyntax or MemberAccessExpressionSyntax && model.GetSymbolInfo(node, cancellationToken) is { } info && TypeOf(info.Symbol) is { ContainingType: null, ContainingNamespace.IsGlobalNamespace: false } type
                && !IsInScope(model, node.SpanStart, type))
            {
                names.Add(type.ContainingNamespace.ToDisplayString());
            }
        }

        return names;
    }

    /// <summary>An attribute's name binds to its constructor.</summary>
    private static INamedTypeSymbol? TypeOf(ISymbol? symbol) => symbol as INamedTypeSymbol ?? (symbol as IMethodSymbol is { MethodKind: MethodKind.Constructor } constructor ? constructor.ContainingType : null);

    private static bool IsInScope(SemanticModel model, int position, INamedTypeSymbol type)
    {
        foreach (var symbol in model.LookupNamespacesAndTypes(position, name: type.Name))
        {
            if (SymbolEqualityComparer.Default.Equals(symbol.OriginalDefinition, type.OriginalDefinition))
                return true;
        }

        return false;
    }

    private static async Task<int> ErrorsAsync(Document document, CancellationToken cancellationToken) =>
        (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false))!.GetDiagnostics(cancellationToken: cancellationToken).Count(static d => d.Severity == DiagnosticSeverity.Error);

    private static async Task<Document> AddForExtensionsAsync(Document document, CancellationToken cancellationToken)
    {
        foreach (var name in Namespaces)
        {
            var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
            var root = (CompilationUnitSyntax)(await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
            var open = Unresolved(root, model!, cancellationToken);
            if (open == 0)
                return document;
            if (root.Usings.Any(u => u.Name?.ToString() == name))
                continue;
            var changed = document.WithSyntaxRoot(Add(root, name));
            var after = await changed.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
            var changedRoot = (await changed.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
            if (Unresolved(changedRoot, after!, cancellationToken) < open)
                document = changed;
        }

        return document;
    }

    private static int Unresolved(SyntaxNode root, SemanticModel model, CancellationToken cancellationToken) =>
        root.GetAnnotatedNodes(Simplifier.AddImportsAnnotation).SelectMany(static n => n.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>())
            .Count(i => model.GetSymbolInfo(i, cancellationToken) is { Symbol: null, CandidateSymbols.IsEmpty: true });
}
