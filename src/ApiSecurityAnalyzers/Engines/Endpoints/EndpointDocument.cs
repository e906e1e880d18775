using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>The endpoints of one document and what is known of the application around them; what the endpoint rules ask.</summary>
internal sealed class EndpointDocument
{
    private ControllerReader? _types;
    private List<Controller>? _read;
    private IReadOnlyList<Controller>? _services;
    private IReadOnlyList<PageModelClass>? _pages;
    private List<MappedEndpoint>? _mapped;
    private EndpointMetadata? _everything;
    private EndpointMetadata? _controllers;

    public EndpointDocument(DocumentContext context, ApplicationModel application)
    {
        Context = context;
        Application = application;
    }

    public DocumentContext Context { get; }

    public ApplicationModel Application { get; }

    public CancellationToken CancellationToken => Context.CancellationToken;

    /// <summary>Whether the host that serves the endpoints is part of the compilation.</summary>
    public bool HostIsVisible => Application.Visibility(CancellationToken) == HostVisibility.Visible;

    /// <summary>For a library: whether its hosts are declared to protect its endpoints.</summary>
    public bool IsProtectedElsewhere => !HostIsVisible && Context.Facts.Options.Choice(ApiSecurityOptions.Host) == "protected";

    /// <summary>For a library whose hosts are not declared: evidence is partial, so that a suggestion is all there is.</summary>
    public bool IsSuggestion => !HostIsVisible && Context.Facts.Options.Choice(ApiSecurityOptions.Host) is null;

    public IReadOnlyList<Controller> Controllers => _read ??= Types.Controllers.Where(c => Application.IsReachable(c, CancellationToken)).ToList();

    public IReadOnlyList<Controller> Hubs => Types.Hubs;

    public IReadOnlyList<Controller> GrpcServices => _services ??= GrpcServiceReader.Read(this);

    /// <summary>The models of Razor Pages.</summary>
    public IReadOnlyList<PageModelClass> Pages => _pages ??= PageReader.Read(this);

    /// <summary>The endpoints that the document's <c>Map*</c> calls add.</summary>
    public IReadOnlyList<MappedEndpoint> Mapped => _mapped ??= Context.Index.HasAny(EndpointAnalyzer.MappingNames)
        ? Application.EndpointsIn(Context.Tree, CancellationToken).ToList()
        : [];

    /// <summary>What holds for every endpoint of the application.</summary>
    public EndpointMetadata Everything => _everything ??= Application.ForEverything(CancellationToken);

    /// <summary>What holds for every controller.</summary>
    public EndpointMetadata AllControllers => _controllers ??= Everything.Or(Application.ForControllers(CancellationToken));

    /// <summary>What holds for actions of a controller from outside: hosts, the calls that map controllers, filters, guards of its path.</summary>
    public EndpointMetadata ForController(Controller controller, bool attributeRouted) => Application.ForController(controller, attributeRouted, CancellationToken);

    /// <summary>What holds for an endpoint that a call maps: its chain, its groups, its host, guards of its path.</summary>
    public EndpointMetadata For(MappedEndpoint endpoint) => Application.For(endpoint, CancellationToken);

    /// <summary>The function that handles an endpoint, as a symbol; <see langword="null"/> where its code belongs to another project.</summary>
    public IMethodSymbol? HandlerOf(SyntaxNode code)
    {
        if (!Context.Facts.Compilation.ContainsSyntaxTree(code.SyntaxTree))
            return null;
        var model = Context.Facts.ModelOf(code.SyntaxTree);
        return (code is AnonymousFunctionExpressionSyntax ? model.GetSymbolInfo(code, CancellationToken).Symbol : model.GetDeclaredSymbol(code, CancellationToken)) as IMethodSymbol;
    }

    private ControllerReader Types
    {
        get
        {
            if (_types is null)
            {
                _types = new ControllerReader(Context.Model, Application.Attributes, CancellationToken);
                _types.Read(Context.Root);
            }

            return _types;
        }
    }

    /// <summary>What holds for a hub by the calls that map it; unknown where none is seen.</summary>
    public EndpointMetadata ForHub(Controller hub) => ForMapped(hub, EndpointKind.Hub);

    /// <summary>What holds for a gRPC service by the calls that map it and by interceptors; unknown where no call is seen.</summary>
    public EndpointMetadata ForGrpcService(Controller service) => ForMapped(service, EndpointKind.GrpcService);

    private EndpointMetadata ForMapped(Controller hub, EndpointKind kind)
    {
        if (!HostIsVisible)
            return EndpointMetadata.None;
        EndpointMetadata? result = null;
        foreach (var endpoint in Application.AllEndpoints(CancellationToken))
        {
            if (endpoint.Kind != kind || endpoint.RunsIn == RunsIn.DevelopmentOnly || endpoint.MappedType is null || !hub.Type.Is(endpoint.MappedType))
                continue;
            var own = For(endpoint);
            if (kind == EndpointKind.GrpcService && endpoint.Group.Host?.GrpcGuard != Answer.No)
                own = own.Or(EndpointMetadata.GuardedByCode);
            result = result is { } earlier ? earlier.Agree(own) : own;
        }

        return result ?? EndpointMetadata.Unknown;
    }
}
