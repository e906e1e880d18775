using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Rules.RateLimiting;

/// <summary>ASA3002: unlimited endpoint.</summary>
internal static class UnlimitedEndpoint
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA3002",
        title: "Unlimited endpoint",
        messageFormat: "No rate limiter covers '{0}', so one client can call it without end",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A limiter that is registered but not applied to an endpoint does not protect it.",
        cwe: 770,
        topic: Topics.RateLimiting);

    internal static void Inspect(EndpointDocument document)
    {
        if (document.IsProtectedElsewhere || IsLimitedInFront(document))
            return;
        var hasTypes = document.Controllers.Count > 0 || document.Hubs.Count > 0;
        var hasRoutes = document.Mapped.Count > 0 || document.Context.Index.Has("MapGroup");
        if (!hasTypes && !hasRoutes)
            return;

        // without any limiter ASA3001 says so once
        if (document.HostIsVisible && document.Application.Hosts(document.CancellationToken).Any(static h => HostMechanisms.RateLimiter(h) != Answer.Yes))
            return;

        // what ASA3004 says of a sign-in endpoint is not said twice
        var said = document.HostIsVisible && document.Context.IsEnabled(UnlimitedSignIn.Descriptor) ? UnlimitedSignIn.Reported(document).Select(static e => e.Location).ToImmutableHashSet() : ImmutableHashSet<Location>.Empty;
        var report = new CoverageReport(document, Descriptor, static m => m.RateLimiting) { Said = said };
        foreach (var controller in document.Controllers)
            report.Class(controller, document.AllControllers, isHub: false);
        foreach (var hub in document.Hubs)
        {
            // a connection is one request: the limiter acts on the hub, never on its methods
            report.Class(hub with { Actions = ImmutableArray<ControllerAction>.Empty }, document.ForHub(hub), isHub: true);
        }

        if (hasRoutes)
            report.Mapped(static e => e.Kind == EndpointKind.RouteHandler || e.Name is "MapGrpcService" or "MapRazorPages");
    }

    private static bool IsLimitedInFront(EndpointDocument document) => document.Context.Facts.Options.IsTrue(ApiSecurityOptions.RateLimitedByGateway);
}
