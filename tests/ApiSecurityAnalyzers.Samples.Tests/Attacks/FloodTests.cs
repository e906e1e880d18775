using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using ApiSecurityAnalyzers.Samples.Tests.Running;

namespace ApiSecurityAnalyzers.Samples.Tests.Attacks;

/// <summary>ASA3001, ASA3002: one client calls as often as it can.</summary>
public sealed class FloodTests(SampleFixture samples)
{
    private const int Calls = 1000;

    /// <summary>The limit of the samples, for each minute.</summary>
    private const int Limit = 100;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shop_answers_everything_before_and_429_after()
    {
        await using (var before = await samples.StartInsecureAsync("Shop"))
            Assert.Equal(Calls, (await FloodAsync(await before.SignInAsync(CancellationToken), "customers/by-email?email=ada@example.org"))[HttpStatusCode.OK]);

        await using var after = await samples.StartMendedAsync("Shop");
        await AssertLimitedAsync(await after.SignInAsync(CancellationToken), "customers/by-email?email=ada@example.org", HttpStatusCode.OK);
    }

    [Fact]
    public async Task BackOffice_lets_vouchers_be_guessed_before_and_answers_429_after()
    {
        await using (var before = await samples.StartInsecureAsync("BackOffice"))
            Assert.Equal(Calls, (await FloodAsync(await before.SignInAsync(CancellationToken), "vouchers/GUESS"))[HttpStatusCode.NotFound]);

        await using var after = await samples.StartMendedAsync("BackOffice");
        await AssertLimitedAsync(await after.SignInAsync(CancellationToken), "vouchers/GUESS", HttpStatusCode.NotFound);
    }

    private static async Task AssertLimitedAsync(User user, string path, HttpStatusCode honest)
    {
        var duration = Stopwatch.StartNew();
        var answers = await FloodAsync(user, path);
        var minutes = (int)duration.Elapsed.TotalMinutes + 2;
        Assert.Equal(new[] { honest, HttpStatusCode.TooManyRequests }.Order(), answers.Keys.Order());
        Assert.InRange(answers[honest], 1, Limit * minutes);
        Assert.Equal(Calls, answers.Values.Sum());
    }

    private static async Task<IReadOnlyDictionary<HttpStatusCode, int>> FloodAsync(User user, string path)
    {
        var answers = new ConcurrentDictionary<HttpStatusCode, int>();
        var limit = new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = CancellationToken };
        await Parallel.ForAsync(0, Calls, limit, async (_, cancellationToken) =>
        {
            using var answer = await user.GetAsync(path, cancellationToken);
            answers.AddOrUpdate(answer.StatusCode, 1, static (_, n) => n + 1);
        });
        return answers;
    }
}
