using System.Net;

namespace ApiSecurityAnalyzers.Samples.Tests.Attacks;

/// <summary>ASA2001: somebody on the way reads along.</summary>
[Collection(ShopPair.Collection)]
public sealed class PlainHttpTests(ShopPair shop)
{
    [Fact]
    public async Task Is_answered_before_and_redirected_after()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var before = await shop.Before.PlainAsync("customers", cancellationToken);
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.Contains("ada@example.org", await before.Content.ReadAsStringAsync(cancellationToken), StringComparison.Ordinal);

        using var after = await shop.After.PlainAsync("customers?page=1", cancellationToken);
        Assert.Contains(after.StatusCode, new[] { HttpStatusCode.TemporaryRedirect, HttpStatusCode.PermanentRedirect });
        Assert.Equal(new Uri(shop.After.Https, "customers?page=1"), after.Headers.Location);
    }
}
