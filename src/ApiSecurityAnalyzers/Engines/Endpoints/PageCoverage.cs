using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>What holds for Razor Pages from outside their models: hosts, the calls that map pages, conventions by path, filters, the page itself.</summary>
internal static class PageCoverage
{
    /// <summary>Mapping calls beside <c>MapRazorPages</c> that serve pages.</summary>
    private static readonly HashSet<string> ServesPages = new(StringComparer.Ordinal) { "UseMvc", "UseMvcWithDefaultRoute", "MapFallbackToPage", "MapFallbackToAreaPage", "MapDynamicPageRoute" };

    /// <summary>What holds for a page in the hosts that serve pages.</summary>
    public static EndpointMetadata Of(PageModelClass page, ApplicationModel application, CancellationToken cancellationToken)
    {
        var hosts = application.Hosts(cancellationToken);
        if (hosts.IsEmpty)
            return EndpointMetadata.None;
        EndpointMetadata? result = null;
        foreach (var host in hosts)
        {
            var mappings = host.Routes.AllEndpoints.Where(static e => (e.Kind == EndpointKind.Pages || ServesPages.Contains(e.Name)) && e.RunsIn != RunsIn.DevelopmentOnly).ToList();
            if (mappings.Count == 0)
                continue;
            var own = mappings.Aggregate(application.ForHost(host, cancellationToken), static (m, e) => m.Or(e.Effective)).Or(new EndpointMetadata(host.ControllerFilter, Answer.No, Answer.No, host.ControllerLog)).Or(host.Pages.Of(page.Path));
            if (host.GuardedPaths.Exists(g => EndpointPath.Overlap(g, page.Path.Url)) || host.Unread(PageConventions.Names))
                own = own.Or(EndpointMetadata.GuardedByCode);
            result = result is { } earlier ? earlier.Agree(own) : own;
        }

        // mapped by code out of sight, or not at all
        return result ?? EndpointMetadata.Unknown;
    }

    /// <summary>Whether some pages of the application are closed: the others are then open by intent or by mistake, and nobody can tell.</summary>
    public static bool ClosesPages(ApplicationModel application, CancellationToken cancellationToken)
    {
        if (application.Hosts(cancellationToken).Any(static h => h.Pages.Authorizes))
            return true;
        foreach (var tree in application.Facts.Compilation.SyntaxTrees)
        {
            foreach (var token in NameIndex.For(tree, cancellationToken).Tokens(AccessAttributes.Names, tree.GetRoot(cancellationToken), cancellationToken))
            {
                if (token.ValueText.StartsWith("Authorize", StringComparison.Ordinal) && token.Parent?.FirstAncestorOrSelf<AttributeSyntax>()?.Parent?.Parent is ClassDeclarationSyntax { BaseList: not null } declaration
                    && LooksLikePage(declaration) && application.Facts.ModelOf(tree).GetDeclaredSymbol(declaration, cancellationToken) is INamedTypeSymbol type && type.InheritsFrom(PageReader.PageModel))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>
    /// What the page itself says, where the build hands its text over: whether it is one at all, and whether an attribute on it speaks of access.
    /// </summary>
    public static bool IsDecidedByMarkup(PageModelClass page, CompilationFacts facts, CancellationToken cancellationToken)
    {
        if (!page.IsCodeBehind)
            return false;
        var path = page.Declaration.SyntaxTree.FilePath;
        var markup = path.Substring(0, path.Length - ".cs".Length);
        var text = facts.AnalyzerOptions.AdditionalFiles.FirstOrDefault(f => string.Equals(f.Path, markup, StringComparison.OrdinalIgnoreCase))?.GetText(cancellationToken);
        if (text is null)
            return false;
        var isPage = false;
        foreach (var line in text.Lines)
        {
            var code = line.ToString().Trim().TrimStart('\uFEFF');
            isPage |= code.StartsWith("@page", StringComparison.Ordinal);
            if (code.StartsWith("@attribute", StringComparison.Ordinal) && (code.Contains("Authorize") || code.Contains("AllowAnonymous")))
                return true;
        }

        return !isPage;
    }

    private static bool LooksLikePage(ClassDeclarationSyntax declaration) =>
        declaration.SyntaxTree.FilePath.EndsWith(PagePath.CodeBehind, StringComparison.OrdinalIgnoreCase) || declaration.Identifier.ValueText.EndsWith("Model", StringComparison.Ordinal)
        || declaration.BaseList!.Types.Any(static t => t.Type.ToString() is var name && (name.EndsWith("Model", StringComparison.Ordinal) || name.EndsWith("Page", StringComparison.Ordinal)));
}
