using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using CsCheck;

namespace ApiSecurityAnalyzers.Oracle.Tests.Generated;

/// <summary>
/// The model and the framework agree on random applications. <c>ORACLE_APPLICATIONS</c> sets how many, <c>ORACLE_SEED</c> where to begin:
/// the default is small and always the same.
/// </summary>
public sealed partial class GeneratedApplicationTests(ITestOutputHelper output)
{
    private const string Seed = "0000000000001";

    /// <summary>Of how many endpoints at most the model may say that it cannot tell.</summary>
    private const double UnknownShare = 0.02;

    [Fact]
    public async Task The_model_agrees_with_the_framework()
    {
        var total = await CompareAsync(GeneratedApplication.Source, static source => Comparison.OfAsync(source));
        Assert.True(total.Unknown <= UnknownShare * total.Endpoints, $"{total.Unknown} of {total.Endpoints} endpoints cannot be told");
    }

    /// <summary>Where middleware is in a wrong place or missing, what the model calls protected is not reached, and what it calls open is.</summary>
    [Fact]
    public async Task The_model_is_not_misled_by_middleware_in_a_wrong_place() =>
        await CompareAsync(GeneratedApplication.OddSource, static source => Comparison.OfReachAsync(source));

    private async Task<(int Endpoints, int Unknown)> CompareAsync(Gen<string> generator, Func<SourceApplication, Task<Comparison>> compare)
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("ORACLE_APPLICATIONS"), CultureInfo.InvariantCulture, out var asked) ? asked : 60;
        var random = PCG.Parse(Environment.GetEnvironmentVariable("ORACLE_SEED") ?? Seed);
        var sources = Enumerable.Range(0, count).Select(_ => generator.Generate(random, null, out var _)).ToList();
        var (endpoints, unknown) = (0, 0);
        var failures = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(sources, async (source, _) =>
        {
            var comparison = await compare(new SourceApplication(source));
            Interlocked.Add(ref endpoints, comparison.Endpoints);
            Interlocked.Add(ref unknown, comparison.Unknown);
            if (!comparison.Differences.IsEmpty)
                failures.Add(string.Join('\n', comparison.Differences) + "\n\n" + source);
        });
        output.WriteLine($"{sources.Count} applications, {endpoints} endpoints, {unknown} of which the model cannot tell, {failures.Count} applications with differences");
        foreach (var kind in failures.SelectMany(static f => f.Split("\n\n", 2)[0].Split('\n')).GroupBy(static l => Numbers().Replace(l, "0")).OrderByDescending(static g => g.Count()).Take(12))
            output.WriteLine($"{kind.Count()} x {kind.First()}");
        Assert.True(failures.IsEmpty, $"{failures.Count} of {sources.Count} applications differ; the shortest:\n{failures.MinBy(static f => f.Length)}");
        Assert.True(endpoints > sources.Count, "the applications are empty");
        return (endpoints, unknown);
    }

    /// <summary>What tells two differences of the same kind apart.</summary>
    [GeneratedRegex("[A-Z]+ |[0-9]+|routes[^ ]*|group[^ ]*", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();
}
