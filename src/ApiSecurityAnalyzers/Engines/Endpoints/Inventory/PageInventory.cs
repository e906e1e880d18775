using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Engines.Endpoints.Inventory;

/// <summary>
/// Lists the Razor Pages whose models are in the compilation, at the paths where they answer by default: a template after <c>@page</c>
/// stands in markup, which the compiler does not hand on.
/// </summary>
internal static class PageInventory
{
    public static IEnumerable<EndpointDescription> Read(ApplicationModel application, CancellationToken cancellationToken)
    {
        var facts = application.Facts;
        if (!facts.Types.Has(PageReader.PageModel))
            yield break;
        var host = application.Hosts(cancellationToken).FirstOrDefault(h => h.Routes.AllEndpoints.Any(static e => e.Kind == EndpointKind.Pages));
        foreach (var tree in facts.Compilation.SyntaxTrees)
        {
            var context = new DocumentContext(facts.ModelOf(tree), facts, NameIndex.For(tree, cancellationToken), static _ => { }, cancellationToken);
            foreach (var page in PageReader.Read(new EndpointDocument(context, application)))
                yield return Describe(application, page, host, cancellationToken);
        }
    }

    private static EndpointDescription Describe(ApplicationModel application, PageModelClass page, WebHost? host, CancellationToken cancellationToken)
    {
        var metadata = PageCoverage.Of(page, application, cancellationToken).Or(page.Own);
        var access = AccessReasons.Of(metadata);
        if (access == EndpointAccess.Open && (host is null || PageCoverage.IsDecidedByMarkup(page, application.Facts, cancellationToken)))
            access = EndpointAccess.Unknown;
        var methods = page.Handlers.Select(static h => h.Verb).Append("GET").Distinct(StringComparer.Ordinal).OrderBy(static m => m, StringComparer.Ordinal).ToImmutableArray();
        var endpoint = new EndpointDescription(Route(page.Path.Url), methods, EndpointOrigin.RazorPage, page.Type.Name, page.Declaration.Identifier.GetLocation().GetLineSpan(), access)
        {
            HasOwnFilter = metadata.OwnFilter == Answer.Yes,
            RequestLog = metadata.RequestLog,

            // pages check tokens unless they are told not to (RazorPagesOptions)
            Antiforgery = methods.Any(static m => m is not ("GET" or "HEAD" or "OPTIONS")) && Antiforgery.Of(page.Type, application.Inspector).Ignored is null ? Answer.Yes : Answer.No,
        };
        endpoint = LimiterReader.With(endpoint, metadata, EndpointAttributes.Limiters(page.Type).Reverse(), host);
        var statements = AccessAttributes.OnTypeAndBases(page.Type, cancellationToken).Select(s => (s, s.Place ?? page.Type.Name)).ToList();
        endpoint = AccessReasons.With(endpoint, statements, host, isController: true);
        return host?.Pages.Of(page.Path) switch
        {
            { Anonymous: Answer.Yes } => endpoint with { Because = endpoint.Because.Add("convention for pages") },
            { Authorization: Answer.Yes } when access == EndpointAccess.Protected => endpoint with { Because = ImmutableArray.Create("convention for pages") },
            _ => endpoint,
        };
    }

    /// <summary>The page <c>Index</c> answers for its folder.</summary>
    private static string? Route(string? url)
    {
        if (url is null)
            return null;
        var route = url.Trim('/');
        return route == "Index" ? "" : route.EndsWith("/Index", StringComparison.Ordinal) ? route.Substring(0, route.Length - "/Index".Length) : route;
    }
}
