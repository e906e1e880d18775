using System.Net;
using ApiSecurityAnalyzers.Samples.Tests.Running;

namespace ApiSecurityAnalyzers.Samples.Tests.Attacks;

/// <summary>ASA4001, ASA4002: what is left to read for those who look into an attack.</summary>
public sealed class TraceTests(SampleFixture samples)
{
    private const string Path = "/customers/by-email";

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_leaves_no_entry_before_and_method_path_and_status_after()
    {
        await using (var before = await samples.StartInsecureAsync("Shop"))
            Assert.Empty(await CallAsync(before));

        await using var after = await samples.StartMendedAsync("Shop");
        Assert.Equal(["GET 200", "GET 401"], await CallAsync(after));
    }

    [Fact]
    public async Task Payout_leaves_no_entry_before_and_the_name_of_the_user_after()
    {
        await using (var before = await samples.StartInsecureAsync("BackOffice"))
            Assert.Empty(await PayoutAsync(before));

        await using var after = await samples.StartMendedAsync("BackOffice");
        Assert.Contains("ada", Assert.Single(await PayoutAsync(after)), StringComparison.Ordinal);
    }

    /// <summary>What the log tells of a call by somebody who signed in, and of one by somebody who did not.</summary>
    private static async Task<IReadOnlyList<string>> CallAsync(RunningApi api)
    {
        var user = await api.SignInAsync(CancellationToken);
        using var honest = await user.GetAsync(Path + "?email=ada@example.org", CancellationToken);
        Assert.Equal(HttpStatusCode.OK, honest.StatusCode);
        using var anonymous = await api.AnonymousAsync(HttpMethod.Get, Path + "?email=ada@example.org", CancellationToken);

        // each call leaves one entry, which tells all of it
        var requests = new List<string>();
        foreach (var entry in await api.FlushAsync(CancellationToken))
        {
            if (entry.State.GetValueOrDefault("Path") == Path)
                requests.Add($"{entry.State["Method"]} {entry.State["StatusCode"]}");
        }

        return requests;
    }

    /// <summary>What the log tells while the accountant pays; sign-ins aside.</summary>
    private static async Task<IReadOnlyList<string>> PayoutAsync(RunningApi api)
    {
        var user = await api.SignInAsync(CancellationToken);
        var old = (await api.FlushAsync(CancellationToken)).Count;
        using var answer = await user.PostAsync("payouts", new { Iban = "GB29NWBK60161331926819", Cents = 100 }, CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var entries = (await api.FlushAsync(CancellationToken)).Skip(old).ToList();
        Assert.DoesNotContain(entries, static e => e.State.GetValueOrDefault("Path") == "/payouts");
        return [.. entries.Where(static e => !e.Category.StartsWith("Microsoft.AspNetCore.HttpLogging", StringComparison.Ordinal) && e.Message != "A sign-in failed").Select(static e => e.Message)];
    }
}
