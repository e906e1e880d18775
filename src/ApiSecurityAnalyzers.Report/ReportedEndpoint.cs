using ApiSecurityAnalyzers.Engines.Endpoints.Inventory;

namespace ApiSecurityAnalyzers.Report;

/// <summary>One endpoint with the place of its handler as readers of the report see it.</summary>
/// <param name="Facts">What the model knows.</param>
/// <param name="File">The file of the handler, relative to the root of the repository, with forward slashes; <see langword="null"/> where there is none.</param>
/// <param name="Line">The line of the handler, counted from one.</param>
internal sealed record ReportedEndpoint(EndpointDescription Facts, string? File, int Line)
{
    /// <summary>The route with a leading slash; <see langword="null"/> where no constant tells it.</summary>
    public string? Route => Facts.Route is { } route ? "/" + route.TrimStart('/') : null;
}
