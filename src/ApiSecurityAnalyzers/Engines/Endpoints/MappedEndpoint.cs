using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>What a <c>Map*</c> call maps.</summary>
internal enum EndpointKind
{
    /// <summary>A route handler: <c>MapGet</c>, <c>MapPost</c>, <c>MapMethods</c>, <c>Map</c>, <c>MapFallback</c>.</summary>
    RouteHandler,

    /// <summary>All controllers of the application.</summary>
    Controllers,

    /// <summary>A SignalR hub.</summary>
    Hub,

    /// <summary>Health checks, OpenAPI documents, static files, metrics, identity endpoints: other rules ask about these.</summary>
    Operational,

    /// <summary>All Razor Pages of the application.</summary>
    Pages,

    /// <summary>A gRPC service.</summary>
    GrpcService,

    /// <summary>Blazor components, proxies, GraphQL: other rules ask about these.</summary>
    Other,
}

/// <summary>One <c>Map*</c> call that adds endpoints.</summary>
internal sealed class MappedEndpoint
{
    public MappedEndpoint(RouteGroup group, InvocationExpressionSyntax call, string name, EndpointKind kind, RunsIn runsIn)
    {
        Group = group;
        Call = call;
        MappingCall = call;
        Name = name;
        Kind = kind;
        RunsIn = runsIn;
        group.Endpoints.Add(this);
    }

    public RouteGroup Group { get; }

    public InvocationExpressionSyntax Call { get; }

    /// <summary>The framework's own call; another one than <see cref="Call"/> where an own method maps the handler that it is given.</summary>
    public InvocationExpressionSyntax MappingCall { get; init; }

    /// <summary>The name of the mapping method, such as <c>MapGet</c>.</summary>
    public string Name { get; }

    public EndpointKind Kind { get; }

    /// <summary>The route pattern below the group's, where it can be told.</summary>
    public string? Pattern { get; set; }

    /// <summary>The environments in which the endpoint is mapped.</summary>
    public RunsIn RunsIn { get; }

    /// <summary>The full name of the hub or service type, where the call names one.</summary>
    public string? MappedType { get; set; }

    /// <summary>The handler's expression, where there is one.</summary>
    public ExpressionSyntax? Handler { get; set; }

    /// <summary>The handler's code, where it is a lambda, local function or own method.</summary>
    public SyntaxNode? HandlerCode { get; set; }

    /// <summary>The handler binds a form, for which the framework asks for an anti-forgery token by itself.</summary>
    public bool BindsForm { get; set; }

    /// <summary>An attribute of the handler switches its request log off.</summary>
    public bool HandlerLogIsOff { get; set; }

    /// <summary>What the call's own chain and the handler's attributes say.</summary>
    public EndpointMetadata Own { get; set; }

    /// <summary>The attributes and conventions of the endpoint that open it or demand authorization.</summary>
    public List<AccessStatement> Access { get; } = [];

    /// <summary>The attributes and conventions that name a limiter or switch limiters off, in the order in which they are added.</summary>
    public List<LimiterStatement> Limiters { get; } = [];

    /// <summary>An attribute of the handler says that no anti-forgery token is needed.</summary>
    public bool RefusesAntiforgery { get; set; }

    /// <summary>The call that opens the branch of the pipeline in which the endpoint is mapped; <see langword="null"/> for the main one.</summary>
    public InvocationExpressionSyntax? Branch { get; set; }

    /// <summary>The call that switches the check of anti-forgery tokens off.</summary>
    public InvocationExpressionSyntax? DisablesAntiforgery { get; set; }

    /// <summary>Metadata demands a check of anti-forgery tokens.</summary>
    public bool RequiresAntiforgery { get; set; }

    /// <summary>What holds for the endpoint, groups included.</summary>
    public EndpointMetadata Effective => Own.Or(Group.Effective);
}
