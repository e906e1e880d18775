using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>
/// Which middleware can run before authorization without a change of meaning. <c>WebApplication</c> puts the two calls that nobody writes at the
/// very start of the pipeline; written calls come later, and whatever is then in front of them meets requests that nobody has turned away.
/// </summary>
internal static class EarlyMiddleware
{
    /// <summary>Neither asks for the user nor answers with anything that has to be protected.</summary>
    private static readonly HashSet<string> Open = new(StringComparer.Ordinal)
    {
        "UseForwardedHeaders", "UseCertificateForwarding", "UseHostFiltering", "UseHttpLogging", "UseW3CLogging", "UseSerilogRequestLogging", "UseExceptionHandler", "UseDeveloperExceptionPage", "UseStatusCodePages",
        "UseStatusCodePagesWithReExecute", "UseHsts", "UseHttpsRedirection", "UseResponseCompression", "UseRequestDecompression", "UseHeaderPropagation", "UseCookiePolicy", "UsePathBase", "UseWebSockets", "UseRouting",
        "UseCors", "UseRateLimiter", "UseAuthentication", "UseAuthorization",
    };

    /// <summary>Answers without an endpoint, so that only a fallback policy keeps anybody out.</summary>
    private static readonly HashSet<string> OpenWithoutFallback = new(StringComparer.Ordinal)
    {
        "UseDefaultFiles", "UseFileServer", "UseStaticFiles", "UseSpaStaticFiles", "UseBlazorFrameworkFiles", "UseSwagger", "UseSwaggerUI", "UseSwaggerUi", "UseSwaggerUi3", "UseOpenApi", "UseReDoc",
    };

    /// <summary>What has to see requests that authorization turns away: a log, a redirection, a limiter, CORS for the answer; routing, because authorization reads the endpoint.</summary>
    private static readonly HashSet<string> BeforeAuthorization = new(StringComparer.Ordinal)
    {
        "UseHttpLogging", "UseW3CLogging", "UseSerilogRequestLogging", "UseHttpsRedirection", "UseRouting", "UseCors", "UseRateLimiter",
    };

    /// <summary>Whether the middleware loses its effect on requests that were turned away before.</summary>
    public static bool MustPrecede(string name) => BeforeAuthorization.Contains(name);

    /// <summary>Whether written calls would come after something that must precede them.</summary>
    public static bool IsConcerned(WebHost host)
    {
        var fence = Fence(host);
        return Seen(host).TakeWhile(c => c != fence).Any(static c => BeforeAuthorization.Contains(c.Name));
    }

    /// <summary>The first call that has to stay behind authorization, or <see langword="null"/> where none has to.</summary>
    public static HostCall? Fence(WebHost host)
    {
        var mayFallBack = HostMechanisms.Authorization(host) != Answer.No;
        return Seen(host).FirstOrDefault(c => c.Branch is null && !IsOpen(c, mayFallBack));
    }

    /// <summary>What runs in production; what a development block adds may stand in front of all.</summary>
    private static IEnumerable<HostCall> Seen(WebHost host) => host.Pipeline.Where(static c => c.Branch is null && c.RunsIn != RunsIn.DevelopmentOnly);

    private static bool IsOpen(HostCall call, bool mayFallBack) =>
        call.Ambient == RunsIn.Everywhere
        && (Open.Contains(call.Name) || !mayFallBack && OpenWithoutFallback.Contains(call.Name) && !call.Call.ArgumentList.DescendantTokens().Any(static t => t.ValueText == "User"));
}
