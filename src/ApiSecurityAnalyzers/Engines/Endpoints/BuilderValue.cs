namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>What an expression of a builder type stands for while a host is read.</summary>
/// <param name="Routes">The routes that it maps into.</param>
/// <param name="Endpoint">The endpoints whose metadata it adds to.</param>
/// <param name="Branch">The pipeline branch that it adds middleware to; <see langword="null"/> for the main one.</param>
internal sealed record BuilderValue(RouteGroup? Routes, MappedEndpoint? Endpoint = null, HostCall? Branch = null)
{
    /// <summary>Adds metadata to whatever the builder stands for.</summary>
    public void Add(EndpointMetadata metadata)
    {
        if (Endpoint is not null)
            Endpoint.Own = Endpoint.Own.Or(metadata);
        else if (Routes is not null)
            Routes.Own = Routes.Own.Or(metadata);
    }

    /// <summary>Notes what switches the check of anti-forgery tokens off, for whatever the builder stands for.</summary>
    public void DisableAntiforgery(Microsoft.CodeAnalysis.CSharp.Syntax.InvocationExpressionSyntax call)
    {
        if (Endpoint is not null)
            Endpoint.DisablesAntiforgery = call;
        else if (Routes is not null)
            Routes.DisablesAntiforgery = call;
    }

    /// <summary>Notes that metadata demands a check of anti-forgery tokens.</summary>
    public void RequireAntiforgery()
    {
        if (Endpoint is not null)
            Endpoint.RequiresAntiforgery = true;
        else if (Routes is not null)
            Routes.RequiresAntiforgery = true;
    }

    /// <summary>Notes what opens the endpoints that the builder stands for, or demands authorization of them.</summary>
    public void Note(AccessStatement statement) => (Endpoint?.Access ?? Routes?.Access)?.Add(statement);
}
