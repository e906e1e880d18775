using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;

namespace ApiSecurityAnalyzers.Engines.Endpoints.Inventory;

/// <summary>Lists the endpoints of an application: what the endpoint rules know, written out.</summary>
internal static class EndpointInventory
{
    /// <summary>Every endpoint of the compilation, ordered by route and methods. Those that tests host are left out.</summary>
    public static ImmutableArray<EndpointDescription> Read(CompilationFacts facts, CancellationToken cancellationToken)
    {
        var application = ApplicationModel.For(facts);
        var pages = PageInventory.Read(application, cancellationToken).ToList();
        return MappedInventory.Read(application, cancellationToken).Where(e => e.Origin != EndpointOrigin.RazorPage || pages.Count == 0)
            .Concat(pages)
            .Concat(ControllerInventory.Read(application, cancellationToken))
            .OrderBy(static e => e.Route ?? "", StringComparer.Ordinal)
            .ThenBy(static e => string.Join(",", e.Methods), StringComparer.Ordinal)
            .ThenBy(static e => e.Handler, StringComparer.Ordinal)
            .ToImmutableArray();
    }
}
