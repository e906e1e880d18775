using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <content>The order in hosts that leave authentication and authorization to <c>WebApplication</c>.</content>
internal static partial class MiddlewareOrder
{
    /// <summary>The files of one page must not use up the limit of a client.</summary>
    private static readonly string[] Files = ["UseDefaultFiles", "UseFileServer", "UseStaticFiles", "UseSpaStaticFiles", "UseBlazorFrameworkFiles"];

    /// <summary>The place in front of everything that has to stay behind authorization; <see langword="null"/> where there is none in the right order.</summary>
    public static Place? EarlyPlace(WebHost host, string name)
    {
        var fence = EarlyMiddleware.Fence(host);
        var calls = Ranked(host, fence);
        var end = fence is null ? calls.Count : calls.IndexOf(fence);
        if (end < 0)
            return null;

        // authorization reads the endpoint, the limiter its policy: behind a fence with routing behind it there is no place
        if (calls.FindLastIndex(c => IsIndispensable(c.Name, name)) >= end)
            return null;

        // who the client is comes before the limiter that counts by it, wherever that stands
        var limiter = name == "UseAuthentication" ? calls.FindIndex(static c => c.Name == "UseRateLimiter") : -1;
        var limit = limiter >= 0 && limiter < end ? limiter : end;
        var needed = limit == 0 ? -1 : calls.FindLastIndex(limit - 1, c => IsIndispensable(c.Name, name) || IsNeeded(c.Name, name));
        var rank = RankOf(name);
        var later = calls.FindIndex(needed + 1, c => c == fence || RankOf(c.Name) > rank);
        if (later < 0)
            return Place(host, name);

        // one statement that holds both cannot be split
        if (needed >= 0 && Statement(calls[needed].Call) == Statement(calls[later].Call) && !IsLink(calls[later].Call, calls[needed].Call))
            return null;
        return Before(host, calls, later, needed, rank, name);
    }

    /// <summary>What the middleware does not work without.</summary>
    private static bool IsIndispensable(string before, string name) => name switch
    {
        "UseAuthentication" => before == "UseRouting",
        "UseAuthorization" => before is "UseRouting" or "UseAuthentication",
        "UseRateLimiter" => Files.Contains(before) || Needs[name].Contains(before),
        _ => false,
    };

    /// <summary>What loses its effect behind the middleware.</summary>
    private static bool IsNeeded(string before, string name) => name switch
    {
        "UseAuthentication" => EarlyMiddleware.MustPrecede(before) && before != "UseRateLimiter",
        "UseAuthorization" => EarlyMiddleware.MustPrecede(before),
        _ => false,
    };

    /// <summary>The calls that tell a place. What only development runs comes later by chance: its block goes on standing in front.</summary>
    private static List<HostCall> Ranked(WebHost host, HostCall? also = null) =>
        host.Pipeline.Where(c => c.Branch is null && c.Ambient == RunsIn.Everywhere && c.RunsIn != RunsIn.DevelopmentOnly && (c == also || RankOf(c.Name) >= 0)).ToList();
}
