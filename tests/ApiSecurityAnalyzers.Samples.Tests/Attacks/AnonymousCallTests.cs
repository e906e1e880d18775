using System.Net;

namespace ApiSecurityAnalyzers.Samples.Tests.Attacks;

/// <summary>ASA1001, ASA1002, ASA1003: somebody calls who has not signed in.</summary>
[Collection(ShopPair.Collection)]
public sealed class AnonymousCallTests(ShopPair shop)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    /// <summary>Verb and path of an action, an endpoint of the group, and the start of a connection to the hub.</summary>
    public static TheoryData<string, string> Calls { get; } = new()
    {
        { "GET", "customers" },
        { "GET", "customers/1" },
        { "GET", "orders?status=new" },
        { "GET", "orders/1/receipt" },
        { "POST", "orders/1/ship" },
        { "POST", "hubs/orders/negotiate?negotiateVersion=1" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Is_answered_before_and_refused_after(string method, string path)
    {
        using var before = await shop.Before.AnonymousAsync(HttpMethod.Parse(method), path, CancellationToken);
        Assert.True(before.IsSuccessStatusCode, before.StatusCode.ToString());

        using var after = await shop.After.AnonymousAsync(HttpMethod.Parse(method), path, CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Is_still_answered_to_those_who_signed_in(string method, string path)
    {
        using var after = method == "GET" ? await shop.UserAfter.GetAsync(path, CancellationToken) : await shop.UserAfter.PostAsync(path, null, CancellationToken);
        Assert.True(after.IsSuccessStatusCode, after.StatusCode.ToString());
    }
}
