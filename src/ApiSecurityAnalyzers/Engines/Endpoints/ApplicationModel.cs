using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Pipelines;
using ApiSecurityAnalyzers.Engines.SignIn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>
/// The web applications of a compilation: hosts, pipelines, services, mapped endpoints. Built when the first question is asked; only
/// documents that name a host or a builder are bound for it.
/// </summary>
internal sealed class ApplicationModel
{
    private static readonly ConditionalWeakTable<CompilationFacts, ApplicationModel> Cache = new();

    private static readonly ConditionalWeakTable<CompilationFacts, ApplicationModel> CacheWithSymbols = new();

    private readonly bool _withSymbols;

    private readonly object _gate = new();
    private readonly HashSet<SyntaxNode> _visited = [];
    private readonly ConcurrentDictionary<WebHost, EndpointMetadata> _everything = new();
    private RouteGroup? _library;
    private ImmutableArray<WebHost> _hosts;
    private ILookup<SyntaxTree, MappedEndpoint>? _mapped;
    private ILookup<SyntaxTree, OverriddenAccess>? _overrides;
    private ImmutableArray<SyntaxNode> _demanding;
    private bool? _hasLimitedControllers;
    private bool? _checksCredentials;
    private ILookup<SyntaxTree, MappedEndpoint>? _handlers;

    private ApplicationModel(CompilationFacts facts, bool withSymbols)
    {
        _withSymbols = withSymbols;
        Facts = facts;
        Inspector = new CodeInspector(facts);
        Attributes = new AttributeMetadata(facts, Inspector);
    }

    public CompilationFacts Facts { get; }

    public CodeInspector Inspector { get; }

    public AttributeMetadata Attributes { get; }

    /// <summary>The model for rules. What it tells of hosts may stem from an earlier state of the project and holds no symbols.</summary>
    public static ApplicationModel For(CompilationFacts facts) => Cache.TryGetValue(facts, out var model) ? model : Cache.GetValue(facts, static f => new ApplicationModel(f, withSymbols: false));

    /// <summary>The model for fixes, with the symbols of this compilation.</summary>
    public static ApplicationModel WithSymbols(CompilationFacts facts) => CacheWithSymbols.TryGetValue(facts, out var model) ? model : CacheWithSymbols.GetValue(facts, static f => new ApplicationModel(f, withSymbols: true));

    /// <summary>The web hosts that the compilation builds.</summary>
    public ImmutableArray<WebHost> Hosts(CancellationToken cancellationToken)
    {
        if (!_hosts.IsDefault)
            return _hosts;

        // several documents are analysed at once, and the first of them builds the model for all
        lock (_gate)
        {
            if (_hosts.IsDefault)
                _hosts = _withSymbols ? ReadHosts(cancellationToken) : HostSnapshot.Find(Facts, cancellationToken)?.Hosts ?? ReadAndKeepHosts(cancellationToken);
        }

        return _hosts;
    }

    private ImmutableArray<WebHost> ReadAndKeepHosts(CancellationToken cancellationToken)
    {
        var (hosts, consulted) = ConsultedTrees.Record(() => ReadHosts(cancellationToken));
        foreach (var host in hosts)
            host.ReleaseSymbols();
        HostSnapshot.Keep(Facts, hosts, consulted);
        return hosts;
    }

    public HostVisibility Visibility(CancellationToken cancellationToken) => Hosts(cancellationToken).IsEmpty ? HostVisibility.OutOfSight : HostVisibility.Visible;

    /// <summary>The endpoints that the document's <c>Map*</c> calls add, each with all ways in which it is mapped.</summary>
    public IEnumerable<MappedEndpoint> EndpointsIn(SyntaxTree tree, CancellationToken cancellationToken)
    {
        _mapped ??= Routes(cancellationToken).SelectMany(static r => r.AllEndpoints).ToLookup(static e => e.Call.SyntaxTree);
        return _mapped[tree];
    }

    /// <summary>The mapped endpoints whose handlers' code stands in the document.</summary>
    public IEnumerable<MappedEndpoint> HandlersIn(SyntaxTree tree, CancellationToken cancellationToken)
    {
        _handlers ??= Routes(cancellationToken).SelectMany(static r => r.AllEndpoints).Where(static e => e.HandlerCode is not null).ToLookup(static e => e.HandlerCode!.SyntaxTree);
        return _handlers[tree];
    }

    /// <summary>The demands for authorization in the document that mapped endpoints and groups take the force of.</summary>
    public IEnumerable<OverriddenAccess> OverridesIn(SyntaxTree tree, CancellationToken cancellationToken)
    {
        _overrides ??= AccessOverrides.Find(this, cancellationToken).ToLookup(static o => o.Node.SyntaxTree);
        return _overrides[tree];
    }

    /// <summary>The routes of all hosts; in a library those that its mapping methods add to the application which calls them.</summary>
    public IReadOnlyList<RouteGroup> Routes(CancellationToken cancellationToken)
    {
        var hosts = Hosts(cancellationToken);
        return hosts.IsEmpty ? [LibraryRoutes(cancellationToken)] : hosts.Select(static h => h.Routes).ToList();
    }

    /// <summary>All endpoints of all hosts.</summary>
    public IEnumerable<MappedEndpoint> AllEndpoints(CancellationToken cancellationToken) => Hosts(cancellationToken).SelectMany(static h => h.Routes.AllEndpoints);

    /// <summary>The attributes of controllers that demand authorization.</summary>
    public ImmutableArray<SyntaxNode> DemandingControllers(CancellationToken cancellationToken)
    {
        if (_demanding.IsDefault)
            _demanding = AuthorizationDemand.InControllers(Facts, cancellationToken).ToImmutableArray();
        return _demanding;
    }

    /// <summary>Whether a controller asks for a rate-limiter policy.</summary>
    public bool HasLimitedControllers(CancellationToken cancellationToken) => _hasLimitedControllers ??= LimiterFaults.InControllers(Facts, cancellationToken);

    /// <summary>Whether code of the compilation names a call that checks or sends a credential.</summary>
    public bool ChecksCredentials(CancellationToken cancellationToken) => _checksCredentials ??= Facts.Compilation.SyntaxTrees.Any(t => NameIndex.For(t, cancellationToken).HasAny(SignInNames.Calls));

    /// <summary>What holds for an endpoint that a call maps.</summary>
    public EndpointMetadata For(MappedEndpoint endpoint, CancellationToken cancellationToken)
    {
        if (endpoint.Group.Host is not { } host || host.Routes.IsLibrary)
            return endpoint.Effective;
        var metadata = endpoint.Effective.Or(ForHost(host, cancellationToken));
        return host.GuardedPaths.Count > 0 && Guards(host, EndpointPath.Of(endpoint, Facts, cancellationToken)) ? metadata.Or(EndpointMetadata.GuardedByCode) : metadata;
    }

    /// <summary>A class that only its name makes a controller is one where a route leads to it; many a class bears that name.</summary>
    public bool IsReachable(Controller controller, CancellationToken cancellationToken) =>
        !controller.IsByName || controller.IsAttributeRouted
        || AllEndpoints(cancellationToken).Any(static e => e.Kind == EndpointKind.Controllers && e.Name != "MapControllers");

    /// <summary>What holds for the actions of a controller in the hosts that map controllers.</summary>
    /// <param name="controller">The controller.</param>
    /// <param name="attributeRouted">Whether the actions that route attributes lead to are meant, or the others.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public EndpointMetadata ForController(Controller controller, bool attributeRouted, CancellationToken cancellationToken)
    {
        var hosts = Hosts(cancellationToken);
        if (hosts.IsEmpty)
            return EndpointMetadata.None;
        EndpointMetadata? result = null;
        foreach (var host in hosts)
        {
            var mappings = host.Routes.AllEndpoints.Where(static e => e.Kind == EndpointKind.Controllers && e.RunsIn != RunsIn.DevelopmentOnly).ToList();
            if (mappings.Count == 0)
                continue;
            var own = ForHost(host, cancellationToken).Or(new EndpointMetadata(host.ControllerFilter, Answer.No, Answer.No, host.ControllerLog)).Or(Conventions(mappings, attributeRouted));
            if (host.GuardedPaths.Count > 0 && Guards(host, EndpointPath.Of(controller.Type)))
                own = own.Or(EndpointMetadata.GuardedByCode);
            result = result is { } earlier ? earlier.Agree(own) : own;
        }

        // mapped by code out of sight, or not at all
        return result ?? EndpointMetadata.Unknown;
    }

    /// <summary>
    /// What the chains of the mapping calls say. Those of <c>MapControllers()</c> act on all controllers, those of a conventional route on
    /// the actions that it leads to, which are the ones without route attributes (ControllerActionEndpointDataSource).
    /// </summary>
    private static EndpointMetadata Conventions(List<MappedEndpoint> mappings, bool attributeRouted)
    {
        EndpointMetadata? result = null;
        foreach (var source in mappings.GroupBy(static e => e.Group))
        {
            var own = source.Aggregate(source.Key.Effective, (m, e) => attributeRouted && e.Name != "MapControllers" ? m : m.Or(e.Own));
            result = result is { } earlier ? earlier.Agree(own) : own;
        }

        return result ?? EndpointMetadata.None;
    }

    private static bool Guards(WebHost host, string? path) => host.GuardedPaths.Exists(g => EndpointPath.Overlap(g, path));

    /// <summary>What a host says about everything that it serves.</summary>
    internal EndpointMetadata ForHost(WebHost host, CancellationToken cancellationToken) => _everything.TryGetValue(host, out var known)
        ? known
        : _everything.GetOrAdd(host, new EndpointMetadata(HostMechanisms.Authorization(host), Answer.No, HostMechanisms.LimitsEverything(host), HostMechanisms.RequestLog(host, Facts, cancellationToken)));

    /// <summary>What the hosts say about every endpoint: fallback policy, limiter for all, request log, guarding middleware.</summary>
    public EndpointMetadata ForEverything(CancellationToken cancellationToken)
    {
        EndpointMetadata? result = null;
        foreach (var host in Hosts(cancellationToken))
        {
            var own = ForHost(host, cancellationToken);
            result = result is { } earlier ? earlier.Agree(own) : own;
        }

        return result ?? EndpointMetadata.None;
    }

    /// <summary>What the hosts say about controllers beyond that: <c>MapControllers()</c> with its chain, global filters.</summary>
    public EndpointMetadata ForControllers(CancellationToken cancellationToken)
    {
        EndpointMetadata? result = null;
        foreach (var host in Hosts(cancellationToken))
        {
            var mappings = host.Routes.AllEndpoints.Where(static e => e.Kind == EndpointKind.Controllers).ToList();

            // conventions on any of several MapController* calls act on the one source of controller endpoints
            var own = mappings.Count == 0 ? EndpointMetadata.Unknown : mappings.Aggregate(EndpointMetadata.None, static (m, e) => m.Or(e.Effective));
            own = own.Or(new EndpointMetadata(host.ControllerFilter, Answer.No, Answer.No, host.ControllerLog));
            if (mappings.Count > 0 && mappings.All(static e => e.RunsIn == RunsIn.DevelopmentOnly))
                own = EndpointMetadata.Unknown;
            result = result is { } earlier ? earlier.Agree(own) : own;
        }

        return result ?? EndpointMetadata.None;
    }

    private ImmutableArray<WebHost> ReadHosts(CancellationToken cancellationToken)
    {
        _visited.Clear();
        var hosts = ImmutableArray.CreateBuilder<WebHost>();
        var startups = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var body in HostLocator.Bodies(Facts.Compilation, cancellationToken).ToList())
        {
            if (_visited.Contains(body))
                continue;
            var host = new WebHost(body);
            new HostWalker(Facts, host, Attributes, Inspector, _visited, cancellationToken).Read(body);
            _visited.Add(body);
            if (!host.IsWeb || host.IsTestHost)
                continue;
            if (host.Startup is not null)
                startups.Add(host.Startup);
            hosts.Add(host);
        }

        // an outer method reads the inner one that builds the host (Main calls CreateHostBuilder): one host, not two
        for (var i = hosts.Count - 1; i >= 0; i--)
        {
            var anchor = hosts[i].Anchor;
            if (hosts.Any(h => h != hosts[i] && h.Anchor is not null && h.Anchor == anchor && (h.Pipeline.Count > hosts[i].Pipeline.Count || h.Pipeline.Count == hosts[i].Pipeline.Count && hosts.IndexOf(h) < i)))
                hosts.RemoveAt(i);
        }

        foreach (var startup in HostLocator.StartupClasses(Facts, cancellationToken))
        {
            if (!startups.Add(startup) || startup.DeclaringSyntaxReferences.FirstOrDefault()?.Open(cancellationToken) is not { } declaration || _visited.Any(v => declaration.Contains(v)))
                continue;
            var host = new WebHost(declaration);
            new HostWalker(Facts, host, Attributes, Inspector, _visited, cancellationToken).ReadStartup(startup);
            host.Anchor ??= declaration;
            hosts.Add(host);
        }

        foreach (var host in hosts)
            HostWalker.ReadHostingStartups(Facts, () => new HostWalker(Facts, host, Attributes, Inspector, _visited, cancellationToken), cancellationToken);
        if (hosts.Count > 0)
        {
            var clues = UnreadClues(cancellationToken);
            foreach (var host in hosts)
                host.UnreadClues = clues;
        }

        return hosts.ToImmutable();
    }

    /// <summary>The names of mechanisms in code that no host was seen to run: options classes, start-up filters, reflection.</summary>
    private HashSet<string> UnreadClues(CancellationToken cancellationToken)
    {
        var clues = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tree in Facts.Compilation.SyntaxTrees)
        {
            var index = NameIndex.For(tree, cancellationToken);
            if (!index.HasAny(HostMechanisms.Clues))
                continue;
            foreach (var token in index.Tokens(HostMechanisms.Clues, tree.GetRoot(cancellationToken), cancellationToken))
            {
                var read = token.Parent!.AncestorsAndSelf().Any(n => n is GlobalStatementSyntax { Parent: { } unit } ? _visited.Contains(unit) : n is not CompilationUnitSyntax && _visited.Contains(n));
                if (!read)
                    clues.Add(token.ValueText);
            }

            // '#if !DEBUG' hides from this build what the release build does
            foreach (var (name, position) in index.Disabled(HostMechanisms.Clues, tree.GetRoot(cancellationToken), cancellationToken))
            {
                if (DevelopmentGuard.Compiled(tree.GetRoot(cancellationToken), position) != RunsIn.DevelopmentOnly)
                    clues.Add(name);
            }
        }

        return clues;
    }

    private RouteGroup LibraryRoutes(CancellationToken cancellationToken)
    {
        if (_library is { } known)
            return known;
        lock (_gate)
        {
            return _library ??= LibraryReader.Read(this, cancellationToken);
        }
    }
}
