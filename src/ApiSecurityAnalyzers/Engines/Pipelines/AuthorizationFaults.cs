using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Engines.Pipelines;

/// <summary>
/// Finds why authorization that endpoints ask for does not act. An order is a fault only where the framework really fails: an endpoint that nobody
/// guards, a request that throws, or a caller who is refused although signed in.
/// </summary>
internal static class AuthorizationFaults
{
    private static readonly NameSet Authorization = new("UseAuthorization");

    private static readonly NameSet Authentication = new("UseAuthentication", "UseIdentityServer");

    /// <summary>Names by which a scheme that can refuse callers comes in, or by which refusing needs none.</summary>
    private static readonly NameSet AuthenticationServices = new(
        "AddAuthentication", "AddAuthenticationCore", "AddIdentity", "AddDefaultIdentity", "AddIdentityApiEndpoints", "IAuthenticationService", "IAuthenticationSchemeProvider",
        "IAuthorizationMiddlewareResultHandler", "IISDefaults", "IISOptions", "IISServerOptions", "UseIIS", "UseIISIntegration");

    private static readonly NameSet AuthorizationServices = new("AddAuthorization", "AddAuthorizationBuilder");

    /// <summary>Calls that register authorization: their own, and those of parts that need it.</summary>
    private static readonly HashSet<string> AddsAuthorization = new(StringComparer.Ordinal)
    {
        "AddAuthorization", "AddAuthorizationBuilder", "AddAuthorizationCore", "AddAuthorizationPolicyEvaluator", "AddControllers", "AddControllersWithViews", "AddMvc", "AddMvcCore", "AddRazorPages", "AddSignalR", "AddConnections",
        "AddServerSideBlazor", "AddRazorComponents", "AddReverseProxy",
    };

    /// <summary>The faults of all pipelines of a host.</summary>
    public static IEnumerable<AuthorizationFault> Of(ApplicationModel application, WebHost host, CancellationToken cancellationToken)
    {
        foreach (var section in PipelineSection.Of(host))
        {
            if (Find(application, section, cancellationToken) is { } fault)
                yield return fault;
        }
    }

    private static AuthorizationFault? Find(ApplicationModel application, PipelineSection section, CancellationToken cancellationToken)
    {
        if (!section.IsUnderstood)
            return null;
        var demand = AuthorizationDemand.Of(application, section, cancellationToken);
        var host = section.Host;
        var falls = section.Branch is null && host.FallbackPolicy == Answer.Yes;
        if (!demand.IsExplicit && !falls || (host.Anchor ?? host.Root) is not { } anchor)
            return null;
        if (demand.IsExplicit && section.Branch is null && Unregistered(host) is { } missing)
            return new(missing, section, anchor, IsExplicit: true);

        var calls = section.Certain("UseAuthorization");
        var effective = calls.Find(c => section.PositionOf(c) == PipelinePosition.BetweenRoutingAndEndpoints);
        var isAutomatic = section.IsFramed && IsNet7(application.Facts);
        if (effective is null && section.MayHave(Authorization))
            return null;
        if (effective is null && calls.Count > 0)
        {
            // before routing, a fallback policy is asked of every request all the same
            var last = calls[calls.Count - 1];
            var isEarly = section.PositionOf(last) == PipelinePosition.BeforeRouting;
            return isEarly && !demand.IsExplicit ? null : new(isEarly ? AuthorizationFaultKind.BeforeRouting : AuthorizationFaultKind.BehindEndpoints, section, last.Call, demand.IsExplicit);
        }

        if (effective is null && !isAutomatic)
            return new(AuthorizationFaultKind.NoMiddleware, section, section.Branch ?? anchor, demand.IsExplicit);
        if (effective is null && section.Routing is { } routing)
            return demand.IsExplicit ? new(AuthorizationFaultKind.AutomaticBeforeRouting, section, routing.Call, demand.IsExplicit) : null;
        return demand.NeedsUser ? FindAuthentication(section, effective, isAutomatic, anchor) : null;
    }

    /// <summary>Authorization by the default scheme takes the user whom the authentication middleware found; nobody else asks the scheme.</summary>
    private static AuthorizationFault? FindAuthentication(PipelineSection section, HostCall? authorization, bool isAutomatic, SyntaxNode anchor)
    {
        if (section.Branch is not null || section.Host.SignsInByHand || section.MayHave(Authentication))
            return null;
        var calls = section.Certain("UseAuthentication", "UseIdentityServer");
        if (calls.Count == 0)
            return isAutomatic || !section.Host.Services.Exists(AddsUsualScheme) ? null : new(AuthorizationFaultKind.NoAuthenticationMiddleware, section, anchor, IsExplicit: true);
        if (authorization is null)
            return new(AuthorizationFaultKind.AutomaticBeforeAuthentication, section, calls[0].Call, IsExplicit: true);
        return section.IsBefore(authorization, calls[0]) ? new(AuthorizationFaultKind.AuthenticationBehind, section, calls[0].Call, IsExplicit: true) : null;
    }

    /// <summary>Which services are missing altogether; packages may bring them along.</summary>
    private static AuthorizationFaultKind? Unregistered(WebHost host)
    {
        if (host.ServicesHaveUnknown || host.HasLibraryServices || host.GuardingMiddleware != Answer.No)
            return null;
        if (!host.Services.Exists(static s => AddsScheme(s.Name)) && !host.Unread(AuthenticationServices))
            return AuthorizationFaultKind.NoAuthentication;
        return host.IsMinimal && !host.Services.Exists(static s => AddsAuthorization.Contains(s.Name)) && !host.Unread(AuthorizationServices) ? AuthorizationFaultKind.NoAuthorization : null;
    }

    private static bool AddsScheme(string name) =>
        name.StartsWith("AddAuthentication", StringComparison.Ordinal) || name.StartsWith("AddIdentity", StringComparison.Ordinal) || name is "AddDefaultIdentity" or "UseIIS" or "UseIISIntegration" or "UseHttpSys";

    /// <summary>Schemes that nothing but the middleware asks; a server may sign callers in by itself (IIS, HTTP.sys).</summary>
    private static bool AddsUsualScheme(HostCall call) => call.Name is "AddJwtBearer" or "AddBearerToken" or "AddCookie" or "AddOpenIdConnect" or "AddScheme" or "AddIdentity" or "AddDefaultIdentity" or "AddIdentityApiEndpoints";

    /// <summary>From .NET 7 <c>WebApplication</c> adds both calls that the program leaves out.</summary>
    private static bool IsNet7(CompilationFacts facts) => facts.Types.Has("Microsoft.AspNetCore.RateLimiting.RateLimiterOptions");
}
