using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Engines.Endpoints.Inventory;

/// <summary>Lists the actions of all controllers, once for each way that leads to them.</summary>
internal sealed class ControllerInventory
{
    private readonly ApplicationModel _application;
    private readonly CancellationToken _cancellationToken;
    private readonly ImmutableArray<WebHost> _hosts;
    private readonly List<MappedEndpoint> _mappings;
    private readonly WebHost? _host;

    private ControllerInventory(ApplicationModel application, CancellationToken cancellationToken)
    {
        _application = application;
        _cancellationToken = cancellationToken;
        _hosts = application.Hosts(cancellationToken);
        _mappings = application.AllEndpoints(cancellationToken).Where(static e => e.Kind == EndpointKind.Controllers).ToList();
        _host = _hosts.FirstOrDefault(h => _mappings.Exists(m => m.Group.Host == h)) ?? _hosts.FirstOrDefault();
    }

    public static IEnumerable<EndpointDescription> Read(ApplicationModel application, CancellationToken cancellationToken)
    {
        var inventory = new ControllerInventory(application, cancellationToken);

        // hosts in full sight that map no controllers have no actions
        if (!inventory._hosts.IsEmpty && inventory._mappings.Count == 0 && inventory._hosts.All(static h => !h.PipelineHasUnknown && h.UnseenNames.Count == 0))
            yield break;
        foreach (var tree in application.Facts.Compilation.SyntaxTrees)
        {
            var reader = new ControllerReader(application.Facts.ModelOf(tree), application.Attributes, cancellationToken);
            reader.Read(tree.GetRoot(cancellationToken));
            foreach (var controller in reader.Controllers)
            {
                if (!controller.IsMain || !application.IsReachable(controller, cancellationToken))
                    continue;
                foreach (var endpoint in inventory.Of(controller))
                    yield return endpoint;
            }
        }
    }

    private IEnumerable<EndpointDescription> Of(Controller controller)
    {
        foreach (var action in controller.Actions)
        {
            var shared = _application.ForController(controller, action.IsAttributeRouted, _cancellationToken).Or(controller.Own);
            foreach (var selector in ActionSelectors.Of(controller.Type, action.Method))
            {
                foreach (var route in Routes(controller, action.Method, selector))
                    yield return Describe(controller, action, selector, route, shared.Or(action.Own));
            }
        }
    }

    /// <summary>The template of attributes, or the patterns of the conventional routes that lead to the action.</summary>
    private IEnumerable<string?> Routes(Controller controller, IMethodSymbol action, ActionSelector selector)
    {
        if (selector.Template is not null)
            return [selector.Template];
        if (_hosts.IsEmpty)
            return [null];
        var area = ActionSelectors.Area(controller.Type, action);
        return _mappings.SelectMany(m => ConventionalRoutes.Patterns(m, area, _application.Facts, _cancellationToken))
            .Select(p => p is null ? null : RouteTemplate.FillConventional(p, ActionSelectors.ControllerName(controller.Type), ActionSelectors.ActionName(action), area))
            .Distinct(StringComparer.Ordinal);
    }

    private EndpointDescription Describe(Controller controller, ControllerAction action, ActionSelector selector, string? route, EndpointMetadata metadata)
    {
        var method = action.Method;
        var place = (method.Locations.FirstOrDefault(static l => l.IsInSource) ?? controller.Declaration.Identifier.GetLocation()).GetLineSpan();
        var prefix = selector.Template is null ? null : _mappings.Select(m => EndpointPath.Of(m.Group, _application.Facts, _cancellationToken)).FirstOrDefault(static p => p is { Length: > 0 });
        var limiters = EndpointAttributes.Limiters(controller.Type).Reverse()
            .Concat(EndpointAttributes.Limiters(method).Reverse())
            .Concat(_mappings.Where(m => selector.Template is null || m.Name == "MapControllers").SelectMany(static m => m.Limiters))
            .ToList();
        var endpoint = new EndpointDescription(
            prefix is null || route is null ? route : RouteTemplate.Join(prefix, route),
            selector.Methods,
            EndpointOrigin.Controller,
            controller.Type.Name + "." + method.Name,
            place,
            _hosts.IsEmpty && AccessReasons.Of(metadata) == EndpointAccess.Open ? EndpointAccess.Unknown : AccessReasons.Of(metadata))
        {
            HasOwnFilter = metadata.OwnFilter == Answer.Yes,
            RequestLog = metadata.RequestLog,
            Antiforgery = AntiforgeryAttributes.Requires(controller.Type, method, selector.Methods),
            IsDevelopmentOnly = _mappings.Count > 0 && _mappings.TrueForAll(static m => m.RunsIn == RunsIn.DevelopmentOnly),
        };
        endpoint = LimiterReader.With(endpoint, metadata, Groups(_mappings).SelectMany(static g => g.Limiters).Concat(limiters), _host);
        return AccessReasons.With(endpoint, Statements(controller, method, selector), _hosts.IsEmpty ? null : _host, isController: true);
    }

    private List<(AccessStatement, string)> Statements(Controller controller, IMethodSymbol method, ActionSelector selector)
    {
        var own = AccessAttributes.On(method, _cancellationToken).Concat(AccessAttributes.Inherited(method, _cancellationToken)).Select(s => (s, (s.Place ?? controller.Type.Name) + "." + method.Name));
        var onClass = AccessAttributes.OnTypeAndBases(controller.Type, _cancellationToken).Select(s => (s, s.Place ?? controller.Type.Name));
        var mapped = _mappings.Where(m => selector.Template is null || m.Name == "MapControllers").SelectMany(static m => m.Access.Select(a => (a, m.Name)));
        var grouped = Groups(_mappings).SelectMany(static g => g.Access.Select(static a => (a, "MapGroup")));
        return own.Concat(onClass).Concat(mapped).Concat(grouped).ToList();
    }

    private static IEnumerable<RouteGroup> Groups(IEnumerable<MappedEndpoint> mappings) => mappings.SelectMany(static m => MappedInventory.GroupsAround(m)).Distinct();
}
