using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ApiSecurityAnalyzers.Compilations;
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

    private readonly object _gate = new();
    private readonly HashSet<SyntaxNode> _visited = [];
    private readonly Dictionary<SyntaxTree, ImmutableArray<MappedEndpoint>> _library = [];
    private ImmutableArray<WebHost> _hosts;
    private ILookup<SyntaxTree, MappedEndpoint>? _mapped;

    private ApplicationModel(CompilationFacts facts)
    {
        Facts = facts;
        Inspector = new CodeInspector(facts);
        Attributes = new AttributeMetadata(facts, Inspector);
    }

    public CompilationFacts Facts { get; }

    public CodeInspector Inspector { get; }

    public AttributeMetadata Attributes { get; }

    public static ApplicationModel For(CompilationFacts facts) => Cache.TryGetValue(facts, out var model) ? model : Cache.GetValue(facts, static f => new ApplicationModel(f));

    /// <summary>The web hosts that the compilation builds.</summary>
    public ImmutableArray<WebHost> Hosts(CancellationToken cancellationToken)
    {
        if (!_hosts.IsDefault)
            return _hosts;

        // several documents are analysed at once, and the first of them builds the model for all
        lock (_gate)
        {
            if (_hosts.IsDefault)
            {
                _visited.Clear();
                _hosts = ReadHosts(cancellationToken);
            }
        }

        return _hosts;
    }

    public HostVisibility Visibility(CancellationToken cancellationToken) => Hosts(cancellationToken).IsEmpty ? HostVisibility.OutOfSight : HostVisibility.Visible;

    /// <summary>The endpoints that the document's <c>Map*</c> calls add, each with all ways in which it is mapped.</summary>
    public IEnumerable<MappedEndpoint> EndpointsIn(SyntaxTree tree, CancellationToken cancellationToken)
    {
        var hosts = Hosts(cancellationToken);
        if (hosts.IsEmpty)
            return LibraryEndpoints(tree, cancellationToken);
        _mapped ??= hosts.SelectMany(static h => h.Routes.AllEndpoints).ToLookup(static e => e.Call.SyntaxTree);
        return _mapped[tree];
    }

    /// <summary>All endpoints of all hosts.</summary>
    public IEnumerable<MappedEndpoint> AllEndpoints(CancellationToken cancellationToken) => Hosts(cancellationToken).SelectMany(static h => h.Routes.AllEndpoints);

    /// <summary>What the hosts say about every endpoint: fallback policy, limiter for all, request log, guarding middleware.</summary>
    public EndpointMetadata ForEverything(CancellationToken cancellationToken)
    {
        EndpointMetadata? result = null;
        foreach (var host in Hosts(cancellationToken))
        {
            var own = new EndpointMetadata(HostMechanisms.Authorization(host), Answer.No, HostMechanisms.LimitsEverything(host), HostMechanisms.RequestLog(host, Facts, cancellationToken));
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
            if (!startups.Add(startup) || startup.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is not { } declaration || _visited.Any(v => declaration.Contains(v)))
                continue;
            var host = new WebHost(declaration);
            new HostWalker(Facts, host, Attributes, Inspector, _visited, cancellationToken).ReadStartup(startup);
            host.Anchor ??= declaration;
            hosts.Add(host);
        }

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

    /// <summary>In a library every method that takes a route builder is an entry, unless another one there calls it.</summary>
    private ImmutableArray<MappedEndpoint> LibraryEndpoints(SyntaxTree tree, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_library.TryGetValue(tree, out var known))
                return known;
        }

        var model = Facts.ModelOf(tree);
        var host = new WebHost(tree.GetRoot(cancellationToken)) { IsWeb = true };
        host.Routes.IsLibrary = true;
        var entries = new List<(IMethodSymbol Method, MethodDeclarationSyntax Syntax)>();
        foreach (var token in NameIndex.For(tree, cancellationToken).Tokens(RouteBuilders, tree.GetRoot(cancellationToken), cancellationToken))
        {
            if (token.Parent?.FirstAncestorOrSelf<ParameterSyntax>() is { Parent.Parent: MethodDeclarationSyntax method } && model.GetDeclaredSymbol(method, cancellationToken) is { } symbol && entries.TrueForAll(e => e.Syntax != method))
                entries.Add((symbol, method));
        }

        foreach (var (method, syntax) in entries)
        {
            var name = method.Name;
            var calledHere = entries.Any(e => e.Syntax != syntax && e.Syntax.DescendantNodes().OfType<SimpleNameSyntax>().Any(n => n.Identifier.ValueText == name && n.Parent is MemberAccessExpressionSyntax or InvocationExpressionSyntax));
            if (!calledHere)
                new HostWalker(Facts, host, Attributes, Inspector, [], cancellationToken).ReadMethod(method);
        }

        var endpoints = host.Routes.AllEndpoints.Where(e => e.Call.SyntaxTree == tree).ToImmutableArray();
        lock (_gate)
        {
            _library[tree] = endpoints;
        }

        return endpoints;
    }

    /// <summary>The parameter types that make a library's method an entry.</summary>
    public static readonly NameSet RouteBuilders = new("IEndpointRouteBuilder", "RouteGroupBuilder", "WebApplication", "IApplicationBuilder");
}
