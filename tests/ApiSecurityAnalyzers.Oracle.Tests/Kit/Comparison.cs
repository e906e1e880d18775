using System.Collections.Immutable;
using ApiSecurityAnalyzers.Engines.Endpoints.Inventory;

namespace ApiSecurityAnalyzers.Oracle.Tests.Kit;

/// <summary>Holds what the model says of an application against what the application does.</summary>
/// <param name="Endpoints">How many endpoints the framework lists.</param>
/// <param name="Unknown">Of how many the model says that it cannot tell who can call them.</param>
/// <param name="Differences">Where they disagree.</param>
internal sealed record Comparison(int Endpoints, int Unknown, ImmutableArray<string> Differences)
{
    /// <summary>Runs the application and compares.</summary>
    public static async Task<Comparison> OfAsync(SourceApplication source)
    {
        var described = Described(source);
        await using var running = await RunningApplication.StartAsync(source);
        var actual = Actual(running);
        var differences = ImmutableArray.CreateBuilder<string>();
        var unknown = 0;
        foreach (var key in described.Select(static g => g.Key).Union(actual.Select(static g => g.Key), StringComparer.OrdinalIgnoreCase))
        {
            var (left, right) = (described[key].ToList(), actual[key].ToList());
            if (left.Count != right.Count)
            {
                differences.Add($"{key}: the model lists {left.Count} ({string.Join("; ", left.Select(static d => d.Handler))}), the framework {right.Count} ({string.Join("; ", right.Select(static e => e.Metadata.DisplayName))})");
                continue;
            }

            // the same template and methods twice: which is which cannot be told, and neither can be called
            if (left.Count > 1)
                continue;
            if (left[0].Access == EndpointAccess.Unknown)
                unknown++;
            differences.AddRange(await DifferencesAsync(key, left[0], right[0], running));
        }

        return new Comparison(actual.Sum(static g => g.Count()), unknown, differences.ToImmutable());
    }

    /// <summary>Runs an application whose pipeline may be broken, and compares only who gets through.</summary>
    public static async Task<Comparison> OfReachAsync(SourceApplication source)
    {
        var described = Described(source);
        await using var running = await RunningApplication.StartAsync(source);
        var actual = Actual(running);
        var differences = ImmutableArray.CreateBuilder<string>();
        var unknown = 0;
        foreach (var group in described)
        {
            if (group.Count() > 1 || actual[group.Key].ToList() is not [var endpoint])
                continue;
            var said = group.Single();
            var reply = await running.CallAsync(endpoint.Method, endpoint.Path);
            var isReached = reply.Outcome is Outcome.Reached or Outcome.Rejected;
            if (said.Access == EndpointAccess.Unknown)
                unknown++;
            else if (said.Access == EndpointAccess.Protected && isReached || said.Access == EndpointAccess.Open && reply.Outcome == Outcome.Denied)
                differences.Add($"{group.Key} ({said.Handler}): the model says {said.Access} because {string.Join(", ", said.Because)}, the framework {reply.Outcome} ({reply.Text})");
        }

        return new Comparison(actual.Sum(static g => g.Count()), unknown, differences.ToImmutable());
    }

    private static ILookup<string, EndpointDescription> Described(SourceApplication source) =>
        source.Describe().Where(static d => !d.IsDevelopmentOnly).ToLookup(static d => string.Join(',', d.Methods) + " " + d.Route, StringComparer.OrdinalIgnoreCase);

    private static ILookup<string, ActualEndpoint> Actual(RunningApplication running) =>
        running.Endpoints.Select(ActualEndpoint.Of).Where(static e => !(e.IsHub && e.Route.EndsWith("/negotiate", StringComparison.Ordinal))).ToLookup(static e => e.Key, StringComparer.OrdinalIgnoreCase);

    private static async Task<List<string>> DifferencesAsync(string key, EndpointDescription said, ActualEndpoint actual, RunningApplication running)
    {
        var differences = new List<string>();
        var reply = await running.CallAsync(actual.Method, actual.Path);
        if (said.Access != EndpointAccess.Unknown)
        {
            var isOpen = reply.Outcome is Outcome.Reached or Outcome.Rejected;
            Check(reply.Outcome == Outcome.NotFound, "callable", $"{actual.Method} {actual.Path} gives {reply.Text}");

            // a missing anti-forgery token is noticed before a filter of own code runs
            var isRejectedFirst = said is { HasOwnFilter: true, Antiforgery: Engines.Endpoints.Answer.Yes } && reply.Outcome == Outcome.Rejected;
            Check(said.Access is EndpointAccess.Open or EndpointAccess.Anonymous != isOpen && !isRejectedFirst, said.Access, $"{reply.Outcome} ({reply.Text})");
            Check(!said.HasOwnFilter && said.Access == EndpointAccess.Anonymous != actual.IsAnonymous, $"{said.Access} because {string.Join(", ", said.Because)}", actual.IsAnonymous ? "has IAllowAnonymous" : "has no IAllowAnonymous");
            var named = said.Policies.Where(static p => p[0] != '(').ToList();
            Check(named.Count == said.Policies.Length || said.Policies is ["(inline)"] ? !named.Order(StringComparer.Ordinal).SequenceEqual(actual.Policies) : named.Except(actual.Policies).Any(), "policies " + string.Join(',', said.Policies), string.Join(',', actual.Policies));
            Check(!said.Roles.Order(StringComparer.Ordinal).SequenceEqual(actual.Roles), "roles " + string.Join(';', said.Roles), string.Join(';', actual.Roles));
            if (isOpen)
                Check(said.Antiforgery == Engines.Endpoints.Answer.Yes != (reply.Outcome == Outcome.Rejected), "antiforgery " + said.Antiforgery, reply.Text);
        }

        Check(said.IsLimiterDisabled != actual.IsLimiterDisabled, "limiter disabled " + said.IsLimiterDisabled, actual.IsLimiterDisabled);
        Check(said.LimiterPolicy != actual.LimiterPolicy, "limiter " + said.LimiterPolicy, actual.LimiterPolicy ?? "none");
        return differences;

        void Check(bool differs, object model, object framework)
        {
            if (differs)
                differences.Add($"{key} ({said.Handler}): the model says {model}, the framework {framework}");
        }
    }
}
