using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>
/// Reports endpoints that something does not cover, as rarely as possible: once on a controller, hub or group none of whose
/// endpoints is covered, else on each endpoint.
/// </summary>
internal sealed class CoverageReport
{
    /// <summary>The property that tells fixes what kind of place was reported.</summary>
    public const string TargetKey = "Target";

    public const string TargetController = "Controller";
    public const string TargetAction = "Action";
    public const string TargetHub = "Hub";
    public const string TargetHubMethod = "HubMethod";
    public const string TargetService = "Service";
    public const string TargetServiceMethod = "ServiceMethod";
    public const string TargetPage = "Page";
    public const string TargetMiddleware = "Middleware";
    public const string TargetEndpoint = "Endpoint";
    public const string TargetGroup = "Group";

    private readonly EndpointDocument _document;
    private readonly DiagnosticDescriptor _descriptor;
    private readonly Func<EndpointMetadata, Answer> _covered;
    private readonly Func<SyntaxNode, bool>? _coversItself;

    /// <summary>Places of which another rule says more.</summary>
    public ImmutableHashSet<Location> Said { get; init; } = ImmutableHashSet<Location>.Empty;

    /// <param name="document">The document that is asked about.</param>
    /// <param name="descriptor">What is reported.</param>
    /// <param name="covered">Which part of the metadata is asked for.</param>
    /// <param name="coversItself">Tells from an action's own code that it needs no cover; asked last.</param>
    public CoverageReport(EndpointDocument document, DiagnosticDescriptor descriptor, Func<EndpointMetadata, Answer> covered, Func<SyntaxNode, bool>? coversItself = null)
    {
        _coversItself = coversItself;
        _document = document;
        _descriptor = descriptor;
        _covered = covered;
    }

    /// <summary>Reports a controller or hub, or those of its methods that are left open.</summary>
    /// <param name="controller">The class.</param>
    /// <param name="shared">What holds for it from outside: host, mapping call.</param>
    /// <param name="isHub">Whether it is a hub.</param>
    /// <param name="conventional">What holds for actions without route attributes, where that is not the same.</param>
    public void Class(Controller controller, EndpointMetadata shared, bool isHub, EndpointMetadata? conventional = null) =>
        Class(controller, shared, conventional, isHub ? TargetHub : TargetController, isHub ? TargetHubMethod : TargetAction);

    /// <summary>Reports a gRPC service, or those of its methods that are left open.</summary>
    public void Service(Controller service, EndpointMetadata shared) => Class(service, shared, conventional: null, TargetService, TargetServiceMethod);

    private void Class(Controller controller, EndpointMetadata shared, EndpointMetadata? conventional, string target, string methodTarget)
    {
        var around = _covered(shared.Or(controller.Own));
        var elsewhere = conventional is { } other ? _covered(other.Or(controller.Own)) : around;
        if (around != Answer.No && elsewhere != Answer.No)
            return;
        var open = controller.Actions.Where(a => (a.IsAttributeRouted ? around : elsewhere) == Answer.No && _covered(a.Own) == Answer.No && !CoversItself(a.Method)).ToList();
        if (open.Count == 0 && (controller.Actions.Length > 0 || target != TargetHub))
            return;
        if (open.Count == controller.Actions.Length)
        {
            if (controller.IsMain)
                Report(controller.Declaration.Identifier.GetLocation(), target, controller.Type.Name);
            return;
        }

        var inherited = false;
        foreach (var action in open)
        {
            var syntax = action.Method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_document.CancellationToken) as MethodDeclarationSyntax;
            if (syntax?.SyntaxTree == _document.Context.Tree && SymbolEqualityComparer.Default.Equals(action.Method.ContainingType, controller.Type))
                Report(syntax.Identifier.GetLocation(), methodTarget, controller.Type.Name + "." + action.Method.Name);
            else
                inherited |= !SymbolEqualityComparer.Default.Equals(action.Method.ContainingType, controller.Type);
        }

        // an open action of a base class is open here: the class is where that can be mended
        if (inherited && controller.IsMain)
            Report(controller.Declaration.Identifier.GetLocation(), target, controller.Type.Name);
    }

    /// <summary>Reports what <c>Map*</c> calls of the document map.</summary>
    /// <param name="applies">Which endpoints the rule asks about.</param>
    public void Mapped(Func<MappedEndpoint, bool> applies)
    {
        var tree = _document.Context.Tree;
        var asked = _document.Mapped.Where(e => e.RunsIn != RunsIn.DevelopmentOnly && applies(e)).ToList();
        var groups = new HashSet<SyntaxNode>();
        foreach (var calls in asked.GroupBy(static e => e.Call))
        {
            // mapped in several ways, it is as open as the most open one
            if (calls.FirstOrDefault(e => _covered(_document.For(e)) == Answer.No) is not { } first)
                continue;
            if (OpenGroup(first.Group, applies) is { Call: { } group } open)
            {
                // the group stands where its own document is analysed
                if (group.SyntaxTree == tree && groups.Add(group))
                    ReportGroup(open, group);
                continue;
            }

            Report(EndpointPath.NameOf(first.Call).GetLocation(), TargetEndpoint, EndpointPath.Describe(first, _document.Context.Facts, _document.CancellationToken));
        }

        // groups of this document whose endpoints all stand in others
        foreach (var group in _document.Application.Routes(_document.CancellationToken).SelectMany(Descendants))
        {
            if (group.Call is { } call && call.SyntaxTree == tree && !groups.Contains(call) && IsOpen(group, applies) && OpenGroup(group, applies) == group && groups.Add(call))
                ReportGroup(group, call);
        }
    }

    private bool CoversItself(IMethodSymbol method) =>
        _coversItself is not null && method.DeclaringSyntaxReferences.Any(r => _coversItself(r.GetSyntax(_document.CancellationToken)));

    private static IEnumerable<RouteGroup> Descendants(RouteGroup group) => group.Groups.SelectMany(static g => Descendants(g).Prepend(g));

    private void ReportGroup(RouteGroup group, InvocationExpressionSyntax call) =>
        Report(EndpointPath.NameOf(call).GetLocation(), TargetGroup, EndpointPath.Of(group, _document.Context.Facts, _document.CancellationToken) is { Length: > 0 } path ? path : "MapGroup");

    /// <summary>The outermost group around that has endpoints and covers none of them.</summary>
    private RouteGroup? OpenGroup(RouteGroup? group, Func<MappedEndpoint, bool> applies)
    {
        RouteGroup? open = null;
        for (; group is not null; group = group.Parent)
        {
            if (group.Call is not null && IsOpen(group, applies))
                open = group;
        }

        return open;
    }

    private bool IsOpen(RouteGroup group, Func<MappedEndpoint, bool> applies)
    {
        var any = false;
        foreach (var endpoint in group.AllEndpoints)
        {
            if (endpoint.RunsIn == RunsIn.DevelopmentOnly || !applies(endpoint))
                continue;
            if (_covered(_document.For(endpoint)) != Answer.No)
                return false;
            any = true;
        }

        return any;
    }

    private void Report(Location location, string target, string name)
    {
        if (Said.Contains(location))
            return;
        _document.Context.Report(
            _descriptor,
            location,
            ImmutableDictionary<string, string?>.Empty.Add(TargetKey, target),
            _document.IsSuggestion,
            additionalLocations: null,
            name);
    }
}
