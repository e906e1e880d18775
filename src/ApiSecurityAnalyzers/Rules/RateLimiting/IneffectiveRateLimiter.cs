using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using ApiSecurityAnalyzers.Engines.Pipelines;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Rules.RateLimiting;

/// <summary>ASA3003: ineffective rate limiter.</summary>
internal static class IneffectiveRateLimiter
{
    /// <summary>The property that tells the fix what is wrong.</summary>
    public const string FaultKey = "Fault";

    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA3003",
        title: "Ineffective rate limiter",
        messageFormat: "'{0}' {1}, so {2}",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A rate limiter that nothing runs, that runs where it cannot act, or whose limit nobody meets, protects nothing.",
        cwe: 770,
        topic: Topics.RateLimiting);

    internal static void Inspect(EndpointDocument document)
    {
        var index = document.Context.Index;
        if (index.HasAny(LimiterSettings.Names))
            LimiterSettings.Inspect(document);
        if (index.HasAny(LimiterAttributes.Names))
            LimiterPolicyNames.Inspect(document);
        if (!index.HasAny(KnownNames.Host))
            return;
        foreach (var host in document.Application.Hosts(document.CancellationToken))
        {
            Pipelines(document, host);
            SharedLimiters.Inspect(document, host);
        }
    }

    /// <summary>Whether the rule speaks of a limiter that is registered and not run, so that nobody else needs to.</summary>
    internal static bool SaysUnused(EndpointDocument document, WebHost host) =>
        LimiterFaults.Unused(host) is { } call && document.Context.Facts.IsEnabled(Descriptor, call.Call.SyntaxTree, document.CancellationToken);

    internal static void Report(EndpointDocument document, LimiterFaultKind kind, Location location, bool asSuggestion, string name, string what, string cost) => document.Context.Report(
        Descriptor,
        location,
        ImmutableDictionary<string, string?>.Empty.Add(FaultKey, kind.ToString()),
        asSuggestion,
        additionalLocations: null,
        name,
        what,
        cost);

    private static void Pipelines(EndpointDocument document, WebHost host)
    {
        if (document.Context.Facts.Options.IsTrue(ApiSecurityOptions.RateLimitedByGateway))
            return;
        foreach (var fault in LimiterFaults.Of(document.Application, host, document.CancellationToken))
        {
            if (fault.Call.SyntaxTree != document.Context.Tree)
                continue;
            var (what, cost) = fault.Kind switch
            {
                LimiterFaultKind.NoMiddleware => ("configures a limiter that no 'UseRateLimiter' runs", "no request is limited"),
                LimiterFaultKind.BeforeRouting => ("stands before 'UseRouting' and sees no endpoint", "policies of endpoints do not act"),
                _ => ("stands where requests have been answered", "no request is limited"),
            };
            var name = EndpointPath.NameOf(fault.Call);
            Report(document, fault.Kind, name.GetLocation(), asSuggestion: false, name.Identifier.ValueText, what, cost);
        }
    }
}
