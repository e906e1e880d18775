using System.Collections.Immutable;

namespace ApiSecurityAnalyzers.Engines.Endpoints.Inventory;

/// <summary>What framework calls map: the paths below the given one, the methods, and access that the framework itself decides.</summary>
internal static class KnownEndpoints
{
    private static readonly ImmutableArray<string> Any = ImmutableArray<string>.Empty;
    private static readonly ImmutableArray<string> Get = ImmutableArray.Create("GET");
    private static readonly ImmutableArray<string> Post = ImmutableArray.Create("POST");

    /// <summary>The endpoints of MapIdentityApi (IdentityApiEndpointRouteBuilderExtensions); those below <c>manage</c> demand authorization.</summary>
    private static readonly ImmutableArray<(string? Suffix, ImmutableArray<string> Methods, EndpointAccess? Access)> Identity = ImmutableArray.Create<(string?, ImmutableArray<string>, EndpointAccess?)>(
        ("register", Post, null),
        ("login", Post, null),
        ("refresh", Post, null),
        ("confirmEmail", Get, null),
        ("resendConfirmationEmail", Post, null),
        ("forgotPassword", Post, null),
        ("resetPassword", Post, null),
        ("manage/2fa", Post, EndpointAccess.Protected),
        ("manage/info", Get, EndpointAccess.Protected),
        ("manage/info", Post, EndpointAccess.Protected));

    private static readonly ImmutableDictionary<string, string> FixedPaths = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["MapOpenApi"] = "openapi/{documentName}.json",
        ["MapIdentityApi"] = "",
        ["MapFallbackToFile"] = "{*path:nonfile}",
        ["MapRazorPages"] = "",
        ["MapRazorComponents"] = "",
        ["MapBlazorHub"] = "_blazor",
        ["MapPrometheusScrapingEndpoint"] = "metrics",
        ["MapMetrics"] = "metrics",
        ["MapScalarApiReference"] = "scalar/{documentName?}",
        ["MapGraphQL"] = "graphql",
        ["MapHangfireDashboard"] = "hangfire",
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>Whether the call maps at a path of its own where none is given.</summary>
    public static bool IsFixed(MappedEndpoint endpoint) => FixedPaths.ContainsKey(endpoint.Name);

    /// <summary>The endpoints of a mapping call: path below the given one, methods, access where the framework decides it.</summary>
    public static ImmutableArray<(string? Suffix, ImmutableArray<string> Methods, EndpointAccess? Access)> Of(MappedEndpoint endpoint)
    {
        if (endpoint.Name == "MapIdentityApi")
            return Identity;
        if (endpoint.Name == "MapFallback" && endpoint.Call.ArgumentList.Arguments.Count < 2)
            return ImmutableArray.Create<(string?, ImmutableArray<string>, EndpointAccess?)>(("{*path:nonfile}", Any, null));
        if (FixedPaths.TryGetValue(endpoint.Name, out var path) && endpoint.Call.ArgumentList.Arguments.Count == 0)
            return ImmutableArray.Create<(string?, ImmutableArray<string>, EndpointAccess?)>((path, MethodsOf(endpoint), null));
        return ImmutableArray.Create<(string?, ImmutableArray<string>, EndpointAccess?)>((null, MethodsOf(endpoint), null));
    }

    private static ImmutableArray<string> MethodsOf(MappedEndpoint endpoint) => endpoint.Name switch
    {
        "MapOpenApi" or "MapStaticAssets" => Get,
        "MapFallbackToFile" => ImmutableArray.Create("GET", "HEAD"),
        _ => HttpMethods.Of(endpoint).Distinct(StringComparer.Ordinal).OrderBy(static m => m, StringComparer.Ordinal).ToImmutableArray(),
    };
}
