using System.Collections.Immutable;
using ApiSecurityAnalyzers.Engines.Endpoints.Inventory;

namespace ApiSecurityAnalyzers.Report;

/// <summary>The endpoints of one project for one target framework, in the order of the JSON file.</summary>
/// <param name="Project">The name of the project.</param>
/// <param name="TargetFramework">What it was built for, such as <c>net10.0</c>; empty where the project does not say.</param>
/// <param name="Endpoints">Ordered by route, methods, handler and file, so that the same code gives the same order.</param>
internal sealed record EndpointReport(string Project, string TargetFramework, ImmutableArray<ReportedEndpoint> Endpoints)
{
    /// <summary>Orders the endpoints and gives their files names that are the same on every machine.</summary>
    /// <param name="settings">What the build says about the project.</param>
    /// <param name="endpoints">What the model found.</param>
    public static EndpointReport Create(ReportSettings settings, ImmutableArray<EndpointDescription> endpoints) => new(
        settings.Project,
        settings.TargetFramework,
        endpoints
            .Select(e => new ReportedEndpoint(e, SourcePath.Relative(e.Place.Path, settings.Root), e.Place.StartLinePosition.Line + 1))
            .OrderBy(static e => e.Route, StringComparer.Ordinal)
            .ThenBy(static e => string.Join(",", e.Facts.Methods), StringComparer.Ordinal)
            .ThenBy(static e => e.Facts.Handler, StringComparer.Ordinal)
            .ThenBy(static e => e.File, StringComparer.Ordinal)
            .ThenBy(static e => e.Line)
            .ToImmutableArray());
}
