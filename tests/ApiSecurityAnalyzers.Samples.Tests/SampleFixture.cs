using System.Collections.Concurrent;
using System.Collections.Immutable;
using ApiSecurityAnalyzers.Samples.Tests.Mending;
using ApiSecurityAnalyzers.Samples.Tests.Running;
using Microsoft.CodeAnalysis;

[assembly: AssemblyFixture(typeof(ApiSecurityAnalyzers.Samples.Tests.SampleFixture))]

namespace ApiSecurityAnalyzers.Samples.Tests;

/// <summary>The insecure sample and what the fixes make of it: worked out, compiled and deleted again once for all tests.</summary>
public sealed class SampleFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("api-samples-").FullName;
    private readonly ConcurrentDictionary<string, Lazy<Task>> _compiled = new(StringComparer.Ordinal);

    internal Solution Insecure { get; private set; } = null!;

    /// <summary>The insecure sample after all fixes.</summary>
    internal Solution Mended { get; private set; } = null!;

    /// <summary>What is still reported after all fixes.</summary>
    internal ImmutableArray<Diagnostic> Left { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Insecure = Sample.Load(Sample.Insecure);
        (Mended, Left) = await Mender.MendAsync(Insecure, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return default;
    }

    /// <summary>Starts the unchanged application.</summary>
    internal Task<RunningApi> StartInsecureAsync(string project) => StartAsync(Insecure, "before", project);

    /// <summary>Starts the application after all fixes.</summary>
    internal Task<RunningApi> StartMendedAsync(string project) => StartAsync(Mended, "after", project);

    private async Task<RunningApi> StartAsync(Solution solution, string variant, string project)
    {
        var folder = Path.Combine(_folder, variant, project);
        await _compiled.GetOrAdd(folder, new Lazy<Task>(() => Application.EmitAsync(solution.Projects.Single(p => p.Name == project), folder))).Value;
        return await RunningApi.StartAsync(Path.Combine(folder, project + ".dll"), Directory.CreateDirectory(Path.Combine(_folder, Path.GetRandomFileName())).FullName, TestContext.Current.CancellationToken);
    }
}
