namespace ApiSecurityAnalyzers.Engines.Endpoints.Inventory;

/// <summary>What kind of code answers at an endpoint.</summary>
internal enum EndpointOrigin
{
    /// <summary>An action of an MVC controller.</summary>
    Controller,

    /// <summary>A handler given to <c>MapGet</c>, <c>MapPost</c> and the like.</summary>
    RouteHandler,

    /// <summary>A SignalR hub.</summary>
    Hub,

    /// <summary>A gRPC service.</summary>
    GrpcService,

    /// <summary>A Razor Page.</summary>
    RazorPage,

    /// <summary>A routable Blazor component.</summary>
    Component,

    /// <summary>Health checks, metrics, API documents, static files, dashboards.</summary>
    Operational,

    /// <summary>Endpoints of a library: a proxy, a GraphQL server, FastEndpoints.</summary>
    Library,
}
