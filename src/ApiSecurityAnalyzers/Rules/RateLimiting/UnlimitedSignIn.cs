using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using ApiSecurityAnalyzers.Engines.SignIn;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Rules.RateLimiting;

/// <summary>ASA3004: unlimited sign-in.</summary>
internal static class UnlimitedSignIn
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA3004",
        title: "Unlimited sign-in",
        messageFormat: "'{0}' {1}, so {2}",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "Where passwords and codes are checked, a limit of its own makes guessing slow; the limit of ordinary requests lets through hundreds of guesses a minute.",
        cwe: 307,
        topic: Topics.RateLimiting);

    internal static void Inspect(EndpointDocument document)
    {
        foreach (var endpoint in Reported(document))
        {
            document.Context.Report(
                Descriptor,
                endpoint.Location,
                ImmutableDictionary<string, string?>.Empty.Add(CoverageReport.TargetKey, endpoint.Target),
                asSuggestion: false,
                endpoint.Exemption?.Node is { } node ? [node.GetLocation()] : null,
                endpoint.Name,
                endpoint.Exemption is null ? "has no rate limiter of its own" : "is exempt from rate limiting",
                endpoint.Purpose switch
                {
                    SignInPurpose.PasswordReset => "reset mails and codes can be asked for without end",
                    SignInPurpose.OneTimeCode => "codes can be guessed or sent without end",
                    _ => "passwords can be guessed",
                });
        }
    }

    /// <summary>The endpoints that the rule reports in a document.</summary>
    internal static IEnumerable<SignInEndpoint> Reported(EndpointDocument document)
    {
        // without any limiter ASA3001 says so once
        var hosts = document.Application.Hosts(document.CancellationToken);
        if (hosts.IsEmpty || hosts.Any(static h => HostMechanisms.RateLimiter(h) != Answer.Yes) || document.Context.Facts.Options.IsTrue(ApiSecurityOptions.RateLimitedByGateway))
            return [];
        return SignInEndpoints.In(document).Where(IsLacking);
    }

    private static bool IsLacking(SignInEndpoint endpoint)
    {
        if (endpoint.Exemption is not null)
            return true;

        // a limiter for all requests slows guessing down, and with a lockout that is enough
        return endpoint.Own is null && (endpoint.Covered == Answer.No || endpoint.Covered == Answer.Yes && endpoint.Lockout == Answer.No);
    }
}
