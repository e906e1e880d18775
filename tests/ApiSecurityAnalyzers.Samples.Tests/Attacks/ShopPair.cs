using ApiSecurityAnalyzers.Samples.Tests.Running;

namespace ApiSecurityAnalyzers.Samples.Tests.Attacks;

/// <summary>The shop as it was written and as the fixes leave it, side by side, with an employee signed in to both.</summary>
/// <remarks>All classes of a collection share the limit of 100 calls a minute that the fixes set.</remarks>
[CollectionDefinition(Collection)]
public sealed class ShopPair(SampleFixture samples) : IAsyncLifetime, ICollectionFixture<ShopPair>
{
    /// <summary>The shops whose rows nobody changes.</summary>
    public const string Collection = "Shop before and after";

    /// <summary>The shops that get new customers: they are others, so that no test counts rows of another one.</summary>
    public const string Written = "Shop before and after, written to";

    internal RunningApi Before { get; private set; } = null!;

    internal RunningApi After { get; private set; } = null!;

    internal User UserBefore { get; private set; } = null!;

    internal User UserAfter { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        Before = await samples.StartInsecureAsync("Shop");
        After = await samples.StartMendedAsync("Shop");
        UserBefore = await Before.SignInAsync(cancellationToken);
        UserAfter = await After.SignInAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var api in new[] { Before, After })
        {
            if (api is not null)
                await api.DisposeAsync();
        }
    }
}

/// <summary>A pair of its own for the classes that store rows.</summary>
[CollectionDefinition(ShopPair.Written)]
public sealed class WrittenShopPair : ICollectionFixture<ShopPair>;
