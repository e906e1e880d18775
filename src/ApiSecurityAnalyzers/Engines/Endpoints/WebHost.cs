using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>One web application that the compilation builds: its pipeline, its services, and how much of both can be seen.</summary>
internal sealed class WebHost
{
    public WebHost(SyntaxNode root)
    {
        Root = root;
        Routes = new RouteGroup(null, null) { Host = this };
    }

    /// <summary>The body that builds the host: top-level statements, a method, a <c>Startup</c> class.</summary>
    public SyntaxNode Root { get; }

    /// <summary>Where findings about the whole application are reported: the builder call or <c>Startup.Configure</c>.</summary>
    public SyntaxNode? Anchor { get; set; }

    /// <summary>The <c>Startup</c> class, where there is one.</summary>
    public INamedTypeSymbol? Startup { get; set; }

    /// <summary>Whether the host serves the web at all.</summary>
    public bool IsWeb { get; set; }

    /// <summary>Whether it was seen where the pipeline is configured.</summary>
    public bool HasPipeline { get; set; }

    /// <summary>Whether it is the minimal hosting model (<c>WebApplication</c>), which adds routing and authorization itself.</summary>
    public bool IsMinimal { get; set; }

    /// <summary>Calls on the application builder, in order.</summary>
    public List<HostCall> Pipeline { get; } = [];

    /// <summary>Calls on the service collection and the builders behind it, in order.</summary>
    public List<HostCall> Services { get; } = [];

    /// <summary>The routes of the application.</summary>
    public RouteGroup Routes { get; }

    /// <summary>Code out of sight adds middleware.</summary>
    public bool PipelineHasUnknown { get; set; }

    /// <summary>Code out of sight adds or configures services.</summary>
    public bool ServicesHaveUnknown { get; set; }

    /// <summary>A fallback policy demands authorization of every endpoint that says nothing.</summary>
    public Answer FallbackPolicy { get; set; }

    /// <summary>Controllers are authorized by a global filter or convention.</summary>
    public Answer ControllerFilter { get; set; }

    /// <summary>What is said about Razor Pages by their paths.</summary>
    public PageConventions Pages { get; } = new();

    /// <summary>Interceptors of gRPC calls decide who may call.</summary>
    public Answer GrpcGuard { get; set; }

    /// <summary>A global filter or convention checks the anti-forgery tokens of controllers.</summary>
    public Answer AntiforgeryFilter { get; set; }

    /// <summary>The calls by which that check is switched off for all controllers or pages.</summary>
    public List<InvocationExpressionSyntax> AntiforgeryIgnored { get; } = [];

    /// <summary>HTTPS is required of controllers by a global filter.</summary>
    public Answer RequireHttpsFilter { get; set; }

    /// <summary>Own middleware or code out of sight guards requests before they reach the endpoints.</summary>
    public Answer GuardingMiddleware { get; set; }

    /// <summary>Paths that own middleware guards, where it guards some only.</summary>
    public List<string> GuardedPaths { get; } = [];

    /// <summary>A limiter for all requests is set.</summary>
    public Answer GlobalLimiter { get; set; }

    /// <summary>A request log exists that covers everything.</summary>
    public Answer RequestLog { get; set; }

    /// <summary>A global MVC filter logs what controllers do.</summary>
    public Answer ControllerLog { get; set; }

    /// <summary>The server listens on HTTPS only.</summary>
    public Answer HttpsOnly { get; set; }

    /// <summary>A proxy, container or serverless host in front is visible.</summary>
    public bool BehindProxy { get; set; }

    /// <summary>The host runs in memory, for tests.</summary>
    public bool IsTestHost { get; set; }

    /// <summary>The addresses that code makes the server listen on: whether each is HTTPS.</summary>
    public List<Answer> Addresses { get; } = [];

    /// <summary>Serilog, NLog or log4net take the place of the framework's logging, whose settings then say nothing.</summary>
    public Answer LoggingReplaced { get; set; }

    /// <summary>Code raises the level of the framework's own entries above Information.</summary>
    public bool RaisesLogLevel { get; set; }

    /// <summary>The names of the rate-limiter policies that are registered, in order.</summary>
    public List<string> RateLimiterPolicies { get; } = [];

    /// <summary>The policies by which all clients share one limiter, with the calls that add them.</summary>
    public Dictionary<string, InvocationExpressionSyntax> SharedLimiters { get; } = new(StringComparer.Ordinal);

    /// <summary>Code out of sight adds policies to the limiter, or they have names that no constant tells.</summary>
    public bool HasUnknownLimiterPolicies { get; set; }

    /// <summary>Packages add services; what they bring along is theirs to know.</summary>
    public bool HasLibraryServices { get; set; }

    /// <summary>Own middleware, or a package's, sends the header that keeps browsers on HTTPS.</summary>
    public Answer StrictTransport { get; set; }

    /// <summary>Own middleware signs the caller in.</summary>
    public bool SignsInByHand { get; set; }

    /// <summary>What stands for the fallback policy in <see cref="PermissivePolicies"/>.</summary>
    public const string FallbackPolicyName = "(fallback)";

    /// <summary>What stands for the default policy in <see cref="PermissivePolicies"/>.</summary>
    public const string DefaultPolicyName = "(default)";

    /// <summary>The names of authorization policies that everyone meets; ASA1009 reports them where they are made.</summary>
    public HashSet<string> PermissivePolicies { get; } = new(StringComparer.Ordinal);

    /// <summary>The call that turns the builder into the application, in the minimal hosting model.</summary>
    public InvocationExpressionSyntax? BuildCall { get; set; }

    /// <summary>Names of mechanisms that occur in code which the host was not seen to run.</summary>
    public HashSet<string> UnreadClues { get; set; } = [];

    /// <summary>Names of mechanisms that occur in other assemblies to which the host hands its builders.</summary>
    public HashSet<string> UnseenNames { get; } = new(StringComparer.Ordinal);

    /// <summary>Lets go of symbols, so that what was read can outlive its compilation.</summary>
    public void ReleaseSymbols()
    {
        Startup = null;
        for (var i = 0; i < Pipeline.Count; i++)
            Pipeline[i] = Pipeline[i].WithoutSymbols();
        for (var i = 0; i < Services.Count; i++)
            Services[i] = Services[i].WithoutSymbols();
    }

    /// <summary>Whether one of the names occurs in code which the host was not seen to run.</summary>
    public bool Unread(NameSet names) => names.Names.Any(n => UnreadClues.Contains(n) || UnseenNames.Contains(n));

    /// <summary>The pipeline calls of a name.</summary>
    public IEnumerable<HostCall> Uses(string name) => Pipeline.Where(c => c.Name == name);

    /// <summary>Whether middleware of one of the names runs in production for all requests.</summary>
    public Answer Runs(IReadOnlyCollection<string> names)
    {
        var answer = Answer.No;
        foreach (var call in Pipeline)
        {
            if (names.Contains(call.Name))
                answer = answer.Or(call.InProduction);
        }

        return answer == Answer.No && (PipelineHasUnknown || !HasPipeline) ? Answer.Unknown : answer;
    }
}
