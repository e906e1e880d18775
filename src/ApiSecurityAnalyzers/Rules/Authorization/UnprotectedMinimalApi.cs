using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Rules.Authorization;

/// <summary>ASA1002: unprotected minimal API.</summary>
internal static class UnprotectedMinimalApi
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA1002",
        title: "Unprotected minimal API",
        messageFormat: "Anyone can call '{0}': no authorization applies to it",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "An endpoint without authorization answers every request, signed in or not.",
        cwe: 862,
        topic: Topics.Authorization);

    internal static void Inspect(EndpointDocument document)
    {
        if (document.Mapped.Count == 0 && !document.Context.Index.Has("MapGroup") || document.IsProtectedElsewhere)
            return;
        new CoverageReport(document, Descriptor, static m => m.AccessDecided).Mapped(e => e.Kind == EndpointKind.RouteHandler && !IsMeantForAll(e, document));
    }

    /// <summary>
    /// Endpoints that nobody would protect: the page to which the exception handler leads, probes, what crawlers and browsers ask for,
    /// a redirection to a fixed place. What probes give away is another rule's question.
    /// </summary>
    private static bool IsMeantForAll(MappedEndpoint endpoint, EndpointDocument document) =>
        endpoint.Handler is LambdaExpressionSyntax { ExpressionBody: InvocationExpressionSyntax redirect } && IsFixedRedirection(redirect)
        || EndpointPath.Of(endpoint, document.Context.Facts, document.CancellationToken) is { } path && IsPublic(path.Trim('/').Split('/'));

    private static bool IsPublic(string[] segments) =>
        PublicPaths.Contains(segments[segments.Length - 1]) && (segments.Length == 1 || PublicPaths.Contains(segments[0]) || segments.Length == 2 && segments[0] is "api" or ".well-known");

    private static readonly HashSet<string> PublicPaths = new(StringComparer.OrdinalIgnoreCase)
    {
        "error", "health", "healthz", "healthcheck", "live", "livez", "liveness", "alive", "ready", "readyz", "readiness", "ping", "heartbeat", "favicon.ico", "robots.txt", "security.txt", "sitemap.xml",
    };

    private static bool IsFixedRedirection(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Redirect" or "LocalRedirect" }
        && call.ArgumentList.Arguments is { Count: > 0 } arguments && arguments[0].Expression is LiteralExpressionSyntax;
}
