using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Rules.RateLimiting;

/// <summary>ASA3001: missing rate limiter.</summary>
internal static class MissingRateLimiter
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA3001",
        title: "Missing rate limiter",
        messageFormat: "'{0}' limits no request rate, so one client can exhaust it or try passwords without end",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "Without a limit one client can use up the resources of all, and brute force has no cost.",
        cwe: 770,
        topic: Topics.RateLimiting);

    internal static void Inspect(EndpointDocument document, WebHost host)
    {
        var facts = document.Context.Facts;
        if (facts.Options.IsTrue(ApiSecurityOptions.RateLimitedByGateway) || HostMechanisms.RateLimiter(host) != Answer.No || IneffectiveRateLimiter.SaysUnused(document, host))
            return;
        document.Context.Report(Descriptor, EndpointAnalyzer.LocationOf(host.Anchor!), facts.Compilation.AssemblyName ?? "");
    }
}
