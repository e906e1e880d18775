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

    /// <summary>Calls that are turned away count, so that nobody can go on guessing tokens.</summary>
    [Fact]
    public async Task Shop_limits_calls_that_it_refuses()
    {
        await using var after = await samples.StartMendedAsync("Shop");
        await AssertLimitedAsync(cancellationToken => after.AnonymousAsync(HttpMethod.Get, "customers/by-email?email=ada@example.org", cancellationToken), HttpStatusCode.Unauthorized);
    }

    private static Task AssertLimitedAsync(User user, string path, HttpStatusCode honest) => AssertLimitedAsync(cancellationToken => user.GetAsync(path, cancellationToken), honest);

    private static async Task AssertLimitedAsync(Func<CancellationToken, Task<HttpResponseMessage>> call, HttpStatusCode honest)
    {
        var duration = Stopwatch.StartNew();
        var answers = await FloodAsync(call);
        var minutes = (int)duration.Elapsed.TotalMinutes + 2;
        Assert.Equal(new[] { honest, HttpStatusCode.TooManyRequests }.Order(), answers.Keys.Order());
        Assert.InRange(answers[honest], 1, Limit * minutes);
        Assert.Equal(Calls, answers.Values.Sum());
    }

    private static Task<IReadOnlyDictionary<HttpStatusCode, int>> FloodAsync(User user, string path) => FloodAsync(cancellationToken => user.GetAsync(path, cancellationToken));

    private static async Task<IReadOnlyDictionary<HttpStatusCode, int>> FloodAsync(Func<CancellationToken, Task<HttpResponseMessage>> call)
    {
        var answers = new ConcurrentDictionary<HttpStatusCode, int>();
        var limit = new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = CancellationToken };
        await Parallel.ForAsync(0, Calls, limit, async (_, cancellationToken) =>
        {
            using var answer = await call(cancellationToken);
            answers.AddOrUpdate(answer.StatusCode, 1, static (_, n) => n + 1);
        });
        return answers;
    }
}
