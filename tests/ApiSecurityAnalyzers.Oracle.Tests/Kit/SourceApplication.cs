using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints.Inventory;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiSecurityAnalyzers.Oracle.Tests.Kit;

/// <summary>One application as source: it can be asked by the model, and it can be compiled and run.</summary>
internal sealed class SourceApplication
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Antiforgery;
        global using Microsoft.AspNetCore.Authorization;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Mvc;
        global using Microsoft.AspNetCore.Mvc.Authorization;
        global using Microsoft.AspNetCore.Mvc.Filters;
        global using Microsoft.AspNetCore.RateLimiting;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.AspNetCore.SignalR;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        """;

    private static readonly ImmutableArray<MetadataReference> Framework = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(static p => p.Contains("Microsoft.NETCore.App", StringComparison.Ordinal) || p.Contains("Microsoft.AspNetCore.App", StringComparison.Ordinal))
        .Select(static p => MetadataReference.CreateFromFile(p))];

    private static readonly SyntaxTree UsingsTree = CSharpSyntaxTree.ParseText(Usings);

    private static int _count;

    public SourceApplication(params string[] files)
    {
        Files = [.. files];
        Name = "Subject" + Interlocked.Increment(ref _count).ToString(System.Globalization.CultureInfo.InvariantCulture);
        Compilation = CSharpCompilation.Create(
            Name,
            files.Select(static (f, i) => CSharpSyntaxTree.ParseText(f, path: $"File{i}.cs")).Append(UsingsTree),
            Framework,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable, optimizationLevel: OptimizationLevel.Release));
    }

    public string Name { get; }

    public ImmutableArray<string> Files { get; }

    public CSharpCompilation Compilation { get; }

    /// <summary>What the model says.</summary>
    public ImmutableArray<EndpointDescription> Describe() =>
        EndpointInventory.Read(CompilationFacts.For(Compilation, new AnalyzerOptions([])), CancellationToken.None);

    /// <summary>Compiles the application and loads it.</summary>
    public Assembly Load()
    {
        using var image = new MemoryStream();
        var result = Compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error)) + "\n" + this);
        image.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(image);
    }

    public override string ToString() => string.Join("\n// ----\n", Files);
}
