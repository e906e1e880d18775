using System.Collections.Immutable;

namespace ApiSecurityAnalyzers.Engines.Endpoints.Inventory;

/// <summary>Turns what the model knows of an endpoint into a verdict and the reasons for it.</summary>
internal static class AccessReasons
{
    /// <summary>Who can call an endpoint for which the metadata holds: a declaration of anonymous access wins from anywhere, except over filters of own code.</summary>
    public static EndpointAccess Of(EndpointMetadata metadata) => metadata switch
    {
        { OwnFilter: Answer.Yes } => EndpointAccess.Protected,
        { Anonymous: Answer.Yes } => EndpointAccess.Anonymous,
        { Authorization: Answer.Yes, Anonymous: Answer.No } => EndpointAccess.Protected,
        { Authorization: Answer.No, Anonymous: Answer.No } => EndpointAccess.Open,
        _ => EndpointAccess.Unknown,
    };

    /// <summary>Adds what statements in effect say, and why the verdict is what it is.</summary>
    /// <param name="endpoint">The endpoint with its verdict.</param>
    /// <param name="statements">The statements in effect, each with the place that it is made for.</param>
    /// <param name="host">The host that serves the endpoint; <see langword="null"/> where it is out of sight.</param>
    /// <param name="isController">Whether filters for all controllers act on it.</param>
    public static EndpointDescription With(EndpointDescription endpoint, IReadOnlyList<(AccessStatement Statement, string Place)> statements, WebHost? host, bool isController)
    {
        var acting = statements.Where(static s => s.Statement.RunsIn != Compilations.RunsIn.DevelopmentOnly).ToList();
        var demands = acting.Where(static s => !s.Statement.IsAnonymous).Select(static s => s.Statement).ToList();
        if (endpoint is { Access: EndpointAccess.Protected, HasOwnFilter: false } && host is not null && IsMetByEveryone(demands, host, isController) is { } permissive)
            return endpoint with { Access = EndpointAccess.Open, Policies = demands.SelectMany(static s => s.Policies).Distinct(StringComparer.Ordinal).ToImmutableArray(), Because = ImmutableArray.Create(permissive) };
        return endpoint with
        {
            Policies = demands.SelectMany(static s => s.Policies).Distinct(StringComparer.Ordinal).ToImmutableArray(),
            Roles = demands.Select(static s => s.Roles).OfType<string>().Distinct(StringComparer.Ordinal).ToImmutableArray(),
            Schemes = demands.Select(static s => s.Schemes).OfType<string>().Distinct(StringComparer.Ordinal).ToImmutableArray(),
            Because = Reasons(endpoint, acting, host, isController).Distinct(StringComparer.Ordinal).ToImmutableArray(),
        };
    }

    /// <summary>Why all that is demanded is met by everyone, if it is.</summary>
    private static string? IsMetByEveryone(List<AccessStatement> demands, WebHost host, bool isController)
    {
        if (host.PermissivePolicies.Count == 0)
            return null;
        if (demands.Count == 0)
        {
            return host.FallbackPolicy == Answer.Yes && host.PermissivePolicies.Contains(WebHost.FallbackPolicyName) && !(isController && host.ControllerFilter != Answer.No) && host.GuardingMiddleware == Answer.No
                ? "the fallback policy lets everyone in"
                : null;
        }

        return demands.TrueForAll(d => d.Roles is null && (d.Policies.IsEmpty ? host.PermissivePolicies.Contains(WebHost.DefaultPolicyName) : d.Policies.All(host.PermissivePolicies.Contains)))
            ? "the policy lets everyone in"
            : null;
    }

    private static IEnumerable<string> Reasons(EndpointDescription endpoint, List<(AccessStatement Statement, string Place)> statements, WebHost? host, bool isController)
    {
        switch (endpoint.Access)
        {
            case EndpointAccess.Anonymous:
                return Named(statements, isAnonymous: true);
            case EndpointAccess.Protected:
                var reasons = endpoint.HasOwnFilter ? ["own filter"] : new List<string>();

                // beside a filter of own code, what is demanded acts unless it is opened
                if (!endpoint.HasOwnFilter || !statements.Exists(static s => s.Statement.IsAnonymous))
                    reasons.AddRange(Named(statements, isAnonymous: false));
                if (reasons.Count == 0 && host?.FallbackPolicy == Answer.Yes)
                    reasons.Add("fallback policy");
                if (reasons.Count == 0 && isController && host?.ControllerFilter == Answer.Yes)
                    reasons.Add("filter for all controllers");
                if (reasons.Count == 0)
                    reasons.Add("authorization filter");
                return reasons;
            case EndpointAccess.Open:
                return ["nothing demands authorization"];
            default:
                return Unseen(host);
        }
    }

    private static IEnumerable<string> Unseen(WebHost? host)
    {
        if (host is null)
            return ["the host that maps it is out of sight"];
        if (host.PipelineHasUnknown || host.ServicesHaveUnknown || host.UnseenNames.Overlaps(UnseenCode.Authorization))
            return ["code of another assembly takes part in the host"];
        return host.GuardingMiddleware == Answer.Unknown || host.GuardedPaths.Count > 0 ? ["own middleware checks callers"] : ["own code decides"];
    }

    private static IEnumerable<string> Named(IEnumerable<(AccessStatement Statement, string Place)> statements, bool isAnonymous) =>
        statements.Where(s => s.Statement.IsAnonymous == isAnonymous).Select(static s => AccessOverrides.NameOf(s.Statement).Trim('\'') + " on " + s.Place);
}
