using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints.Inventory;

/// <summary>Lists what <c>Map*</c> calls map, once for each way in which a call is reached.</summary>
internal static class MappedInventory
{
    public static IEnumerable<EndpointDescription> Read(ApplicationModel application, CancellationToken cancellationToken) =>
        application.Routes(cancellationToken).SelectMany(static r => r.AllEndpoints).Concat(Unreached(application, cancellationToken))
            .Where(static e => e.Kind != EndpointKind.Controllers)
            .SelectMany(e => Describe(application, e, cancellationToken));

    /// <summary>What mapping methods map that no host was seen to call: modules that are found by reflection.</summary>
    private static IEnumerable<MappedEndpoint> Unreached(ApplicationModel application, CancellationToken cancellationToken)
    {
        if (application.Hosts(cancellationToken).IsEmpty)
            return [];
        var reached = new HashSet<SyntaxNode>(application.AllEndpoints(cancellationToken).Select(static e => e.MappingCall));
        return LibraryReader.Read(application, cancellationToken).AllEndpoints.Where(e => !reached.Contains(e.MappingCall));
    }

    /// <summary>The groups in which an endpoint stands, the outermost first.</summary>
    public static IEnumerable<RouteGroup> GroupsAround(MappedEndpoint endpoint)
    {
        var groups = new Stack<RouteGroup>();
        for (RouteGroup? group = endpoint.Group; group is not null; group = group.Parent)
            groups.Push(group);
        return groups;
    }

    private static IEnumerable<EndpointDescription> Describe(ApplicationModel application, MappedEndpoint endpoint, CancellationToken cancellationToken)
    {
        var metadata = application.For(endpoint, cancellationToken);
        var host = endpoint.Group.Host is { Routes.IsLibrary: false } seen && !application.Hosts(cancellationToken).IsEmpty ? seen : null;
        var access = AccessReasons.Of(metadata);
        if (host is null && access == EndpointAccess.Open)
            access = EndpointAccess.Unknown;
        var place = (endpoint.HandlerCode ?? endpoint.Call).SyntaxTree.GetLineSpan(endpoint.HandlerCode is null or AnonymousFunctionExpressionSyntax ? EndpointPath.NameOf(endpoint.Call).Span : endpoint.HandlerCode.Span, cancellationToken);
        var path = EndpointPath.Of(endpoint, application.Facts, cancellationToken);
        foreach (var (suffix, methods, own) in KnownEndpoints.Of(endpoint))
        {
            var description = new EndpointDescription(Route(application, endpoint, path, suffix, cancellationToken), methods, OriginOf(endpoint), HandlerOf(endpoint), place, own ?? access)
            {
                HasOwnFilter = metadata.OwnFilter == Answer.Yes,
                RequestLog = endpoint.HandlerLogIsOff ? Answer.No : metadata.RequestLog,
                Antiforgery = AntiforgeryOf(endpoint),
                IsDevelopmentOnly = endpoint.RunsIn == RunsIn.DevelopmentOnly,
            };
            description = LimiterReader.With(description, metadata, GroupsAround(endpoint).SelectMany(static g => g.Limiters).Concat(endpoint.Limiters), host);
            description = AccessReasons.With(description, Statements(application, endpoint, cancellationToken), host, isController: false);
            yield return own is null ? description : description with { Because = ImmutableArray.Create("the framework's own endpoint") };
        }
    }

    private static string? Route(ApplicationModel application, MappedEndpoint endpoint, string? path, string? suffix, CancellationToken cancellationToken)
    {
        // what a call maps at a path of its own choice
        if (path is null && suffix is not null && KnownEndpoints.IsFixed(endpoint))
            path = EndpointPath.Of(endpoint.Group, application.Facts, cancellationToken);
        return path is null ? null : RouteTemplate.Join(path, suffix ?? "");
    }

    private static List<(AccessStatement, string)> Statements(ApplicationModel application, MappedEndpoint endpoint, CancellationToken cancellationToken)
    {
        var own = endpoint.Access.Select(a => (a, a.Place ?? endpoint.Name));
        var groups = GroupsAround(endpoint).Reverse().SelectMany(g => g.Access.Select(a => (a, EndpointPath.Of(g, application.Facts, cancellationToken) is { Length: > 0 } path ? path : "MapGroup")));
        return own.Concat(groups).ToList();
    }

    /// <summary>
    /// The middleware only notes whether the token is valid; it is the binding of a form that turns a request away
    /// (AntiforgeryMiddleware, RequestDelegateFactory), which asks for a token unless the endpoint or a group around it says that none is needed.
    /// </summary>
    private static Answer AntiforgeryOf(MappedEndpoint endpoint) => endpoint is { BindsForm: true, DisablesAntiforgery: null, RefusesAntiforgery: false } && endpoint.Group.SelfAndParents.All(static g => g.DisablesAntiforgery is null) ? Answer.Yes : Answer.No;

    private static EndpointOrigin OriginOf(MappedEndpoint endpoint) => endpoint.Kind switch
    {
        EndpointKind.Hub => EndpointOrigin.Hub,
        EndpointKind.RouteHandler => EndpointOrigin.RouteHandler,
        EndpointKind.Operational => EndpointOrigin.Operational,
        EndpointKind.GrpcService => EndpointOrigin.GrpcService,
        EndpointKind.Pages => EndpointOrigin.RazorPage,
        _ => endpoint.Name switch
        {
            "MapRazorComponents" or "MapBlazorHub" => EndpointOrigin.Component,
            _ => EndpointOrigin.Library,
        },
    };

    private static string HandlerOf(MappedEndpoint endpoint) => endpoint switch
    {
        { MappedType: { } type } => type.Substring(type.LastIndexOfAny(Separators) + 1),
        { Handler: AnonymousFunctionExpressionSyntax } => "lambda",
        { Handler: { } handler } => handler.ToString(),
        _ => endpoint.Name,
    };

    private static readonly char[] Separators = ['.', '+'];
}
