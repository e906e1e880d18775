using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Finds the page models of a document and their handlers by the framework's own conventions.</summary>
internal static class PageReader
{
    public const string PageModel = "Microsoft.AspNetCore.Mvc.RazorPages.PageModel";

    /// <summary>The base class by which most page models show themselves.</summary>
    public static readonly NameSet Names = new("PageModel");

    private static readonly string[] FilterMethods = ["OnPageHandlerExecuting", "OnPageHandlerExecutionAsync", "OnPageHandlerSelected", "OnPageHandlerSelectionAsync"];

    public static IReadOnlyList<PageModelClass> Read(EndpointDocument document)
    {
        if (!CanHold(document.Context))
            return [];
        var pages = new List<PageModelClass>();
        foreach (var declaration in document.Context.Root.DescendantNodes(static n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax).OfType<ClassDeclarationSyntax>())
        {
            if (declaration.BaseList is null || document.Context.Model.GetDeclaredSymbol(declaration, document.CancellationToken) is not INamedTypeSymbol type || !IsPageModel(type))
                continue;
            if (type.DeclaringSyntaxReferences.Select(r => r.GetSyntax(document.CancellationToken)).OfType<ClassDeclarationSyntax>().FirstOrDefault(static d => d.BaseList is not null) != declaration)
                continue;
            var own = document.Application.Attributes.OfType(type, document.CancellationToken);
            if (ChecksCallers(type, document.CancellationToken))
                own = own.Or(EndpointMetadata.GuardedByCode);
            pages.Add(new PageModelClass(type, declaration, own, Handlers(type).ToImmutableArray(), PagePath.Of(type, declaration.SyntaxTree.FilePath, document.Context.Facts)));
        }

        return pages;
    }

    /// <summary>Whether the class can be the model of a page.</summary>
    public static bool IsPageModel(INamedTypeSymbol type) => type is { TypeKind: TypeKind.Class, IsAbstract: false, IsGenericType: false } && type.InheritsFrom(PageModel);

    /// <summary>The handlers of a page model (DefaultPageApplicationModelPartsProvider).</summary>
    public static IEnumerable<PageHandler> Handlers(INamedTypeSymbol model)
    {
        var overridden = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        for (INamedTypeSymbol? type = model; type is not null && !type.Is(PageModel); type = type.BaseType)
        {
            foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
            {
                if (method is not { MethodKind: MethodKind.Ordinary, IsStatic: false, IsAbstract: false, IsGenericMethod: false, DeclaredAccessibility: Accessibility.Public }
                    || !overridden.Add(method) || VerbOf(method.Name) is not { } verb || method.GetAttributes().Any(static a => a.AttributeClass.Is("Microsoft.AspNetCore.Mvc.RazorPages.NonHandlerAttribute")))
                {
                    continue;
                }

                for (var hidden = method.OverriddenMethod; hidden is not null; hidden = hidden.OverriddenMethod)
                    overridden.Add(hidden);
                if (method.OverriddenMethod?.ContainingType.Is(PageModel) != true)
                    yield return new PageHandler(method, verb);
            }
        }
    }

    /// <summary>The HTTP method in a handler's name: what stands between <c>On</c> and the next capital letter.</summary>
    private static string? VerbOf(string name)
    {
        if (!name.StartsWith("On", StringComparison.Ordinal))
            return null;
        var length = name.EndsWith("Async", StringComparison.Ordinal) ? name.Length - "Async".Length : name.Length;
        var end = 3;
        while (end < length && !char.IsUpper(name[end]))
            end++;
        return length > 2 && name.Substring(2, Math.Min(end, length) - 2).ToUpperInvariant() is ("GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE" or "OPTIONS") and var verb ? verb : null;
    }

    private static bool CanHold(DocumentContext context) =>
        context.Index.HasAny(Names) || context.Tree.FilePath.EndsWith(PagePath.CodeBehind, StringComparison.OrdinalIgnoreCase)
        || DeclaredTypes.In(context.Tree, context.CancellationToken).Any(static d => d.Bases.Any(static b => b.EndsWith("PageModel", StringComparison.Ordinal) || b.EndsWith("Page", StringComparison.Ordinal) || b.EndsWith("PageBase", StringComparison.Ordinal)));

    /// <summary>Whether the class or an own base turns callers away before each handler.</summary>
    private static bool ChecksCallers(INamedTypeSymbol model, CancellationToken cancellationToken)
    {
        for (INamedTypeSymbol? type = model; type is not null && !type.Is(PageModel); type = type.BaseType)
        {
            foreach (var name in FilterMethods)
            {
                if (type.GetMembers(name).Any(m => m.DeclaringSyntaxReferences.Any(r => AccessDecision.IsIn(r.GetSyntax(cancellationToken)))))
                    return true;
            }
        }

        return false;
    }
}
