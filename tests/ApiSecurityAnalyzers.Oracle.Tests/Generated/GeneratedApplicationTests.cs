using System.Collections.Concurrent;
using System.Globalization;
using CsCheck;

namespace ApiSecurityAnalyzers.Oracle.Tests.Generated;

/// <summary>
/// The model and the framework agree on random applications. <c>ORACLE_APPLICATIONS</c> sets how many, <c>ORACLE_SEED</c> where to begin:
/// the default is small and always the same.
/// </summary>
public sealed class GeneratedApplicationTests(ITestOutputHelper output)
{
    private const string Seed = "0000000000001";

    /// <summary>Of how many endpoints at most the model may say that it cannot tell.</summary>
    private const double UnknownShare = 0.02;

    [Fact]
    public async Task The_model_agrees_with_the_framework()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("ORACLE_APPLICATIONS"), CultureInfo.InvariantCulture, out var asked) ? asked : 60;
        var sources = new ConcurrentBag<string>();
        GeneratedApplication.Source.Sample(sources.Add, seed: Environment.GetEnvironmentVariable("ORACLE_SEED") ?? Seed, iter: count, threads: 1);
        var (endpoints, unknown) = (0, 0);
        var failures = new List<string>();
        foreach (var source in sources)
        {
            var comparison = await Comparison.OfAsync(new SourceApplication(source));
            endpoints += comparison.Endpoints;
            unknown += comparison.Unknown;
            if (!comparison.Differences.IsEmpty)
                failures.Add(string.Join('\n', comparison.Differences) + "\n\n" + source);
        }

        output.WriteLine($"{sources.Count} applications, {endpoints} endpoints, {unknown} of which the model cannot tell, {failures.Count} applications with differences");
        Assert.True(failures.Count == 0, $"{failures.Count} of {sources.Count} applications differ; the shortest:\n{failures.MinBy(static f => f.Length)}");
        Assert.True(endpoints > sources.Count, "the applications are empty");
        Assert.True(unknown <= UnknownShare * endpoints, $"{unknown} of {endpoints} endpoints cannot be told");
    }
}
