using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>
/// A route builder: the application itself, or a <c>MapGroup</c>. Conventions act on everything that is mapped below, also when
/// they are added later, as the framework applies them when the endpoints are built.
/// </summary>
internal sealed class RouteGroup
{
    public RouteGroup(RouteGroup? parent, InvocationExpressionSyntax? call)
    {
        Parent = parent;
        Call = call;
        parent?.Groups.Add(this);
    }

    public RouteGroup? Parent { get; }

    /// <summary>The host whose routes these are; set on the outermost one.</summary>
    public WebHost? Host
    {
        get => Parent is null ? field : Parent.Host;
        init;
    }

    /// <summary>The <c>MapGroup</c> call; <see langword="null"/> for the application.</summary>
    public InvocationExpressionSyntax? Call { get; }

    /// <summary>The prefix below the parent's, where it can be told.</summary>
    public string? Pattern { get; init; }

    /// <summary>Whether this stands for the unseen application that calls a library's mapping method.</summary>
    public bool IsLibrary { get; set; }

    public EndpointMetadata Own { get; set; }

    /// <summary>The conventions on the group that open it or demand authorization.</summary>
    public List<AccessStatement> Access { get; } = [];

    /// <summary>The attributes and conventions that name a limiter or switch limiters off, in the order in which they are added.</summary>
    public List<LimiterStatement> Limiters { get; } = [];

    /// <summary>The group and those around it, the inner ones first.</summary>
    public IEnumerable<RouteGroup> SelfAndParents
    {
        get
        {
            for (var group = this; group is not null; group = group.Parent)
                yield return group;
        }
    }

    /// <summary>The call that switches the check of anti-forgery tokens off.</summary>
    public InvocationExpressionSyntax? DisablesAntiforgery { get; set; }

    /// <summary>Metadata demands a check of anti-forgery tokens.</summary>
    public bool RequiresAntiforgery { get; set; }

    public List<RouteGroup> Groups { get; } = [];

    public List<MappedEndpoint> Endpoints { get; } = [];

    /// <summary>What holds for everything in the group.</summary>
    public EndpointMetadata Effective => Parent is null ? Own : Own.Or(Parent.Effective);

    /// <summary>All endpoints in the group and in the groups inside it.</summary>
    public IEnumerable<MappedEndpoint> AllEndpoints => Endpoints.Concat(Groups.SelectMany(static g => g.AllEndpoints));
}
