using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.Samples.Tests.Mending;

/// <summary>A folder below <c>tests/samples</c> as a solution of the workspace, with what MSBuild would give the compiler.</summary>
internal static class Sample
{
    public const string Insecure = "InsecureApi";
    public const string Secured = "SecuredApi";

    /// <summary>The projects of the samples.</summary>
    public static readonly ImmutableArray<string> Projects = ["Shop", "BackOffice"];

    private const string ImplicitUsingsFile = "ImplicitUsings.g.cs";

    /// <summary>The implicit usings of the SDK Microsoft.NET.Sdk.Web.</summary>
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Net.Http.Json;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        """;

    /// <summary>Warnings that the SDK switches off.</summary>
    private static readonly ImmutableDictionary<string, ReportDiagnostic> SdkOptions = ImmutableDictionary<string, ReportDiagnostic>.Empty
        .Add("CS1701", ReportDiagnostic.Suppress)
        .Add("CS1702", ReportDiagnostic.Suppress);

    private static readonly ConditionalWeakTable<Project, Task<IReadOnlyList<Diagnostic>>> Known = new();

    private static readonly MefHostServices Host = MefHostServices.Create(MefHostServices.DefaultAssemblies);

    /// <summary>The folder of a sample.</summary>
    public static string FolderOf(string sample) => Path.Combine(References.RepositoryRoot, "tests", "samples", sample);

    /// <summary>The files of a sample by their path below its folder, without what a build or a run leaves.</summary>
    public static SortedDictionary<string, string> Read(string sample)
    {
        var folder = FolderOf(sample);
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (!Directory.Exists(folder))
            return files;
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(folder, path).Replace('\\', '/');
            if (Path.GetExtension(name) is ".cs" or ".csproj" or ".json" or ".sln" && !name.Split('/').Any(static p => p is "bin" or "obj"))
                files.Add(name, File.ReadAllText(path).ReplaceLineEndings("\n"));
        }

        return files;
    }

    /// <summary>Whether the build makes the document.</summary>
    public static bool IsGenerated(Document document) => document.Name == ImplicitUsingsFile;

    /// <summary>The projects of a sample.</summary>
    public static Solution Load(string sample)
    {
        var files = Read(sample);
        var folder = FolderOf(sample);
        var solution = new AdhocWorkspace(Host).CurrentSolution;
        foreach (var name in Projects)
        {
            var id = ProjectId.CreateNewId(name);
            solution = solution.AddProject(ProjectInfo.Create(
                id,
                VersionStamp.Default,
                name,
                name,
                LanguageNames.CSharp,
                filePath: Path.Combine(folder, name, name + ".csproj"),
                compilationOptions: new CSharpCompilationOptions(OutputKind.ConsoleApplication, specificDiagnosticOptions: SdkOptions, nullableContextOptions: NullableContextOptions.Enable),
                parseOptions: new CSharpParseOptions(LanguageVersion.Latest),
                metadataReferences: References.AspNetCore.AddRange(Packages.EntityFrameworkCore.Value).AddRange(Packages.Dapper.Value)));
            foreach (var (file, text) in files.Where(f => f.Key.StartsWith(name + "/", StringComparison.Ordinal)))
            {
                var path = Path.Combine(folder, file);
                if (file.EndsWith(".cs", StringComparison.Ordinal))
                    solution = solution.AddDocument(DocumentId.CreateNewId(id), Path.GetFileName(file), SourceText.From(text), filePath: path);
                else if (file.EndsWith("/appsettings.json", StringComparison.Ordinal))
                    solution = solution.AddAdditionalDocument(DocumentId.CreateNewId(id), Path.GetFileName(file), SourceText.From(text), filePath: path);
            }

            solution = solution.AddDocument(DocumentId.CreateNewId(id), ImplicitUsingsFile, SourceText.From(ImplicitUsings), filePath: Path.Combine(folder, name, "obj", ImplicitUsingsFile));
            var config = Path.Combine(References.RepositoryRoot, ".editorconfig");
            solution = solution.AddAnalyzerConfigDocument(DocumentId.CreateNewId(id), ".editorconfig", SourceText.From(File.ReadAllText(config)), filePath: config);
        }

        return solution;
    }

    /// <summary>What the package reports about a project, in the order of ids and places, worked out once; a crash of an analyzer fails the test.</summary>
    public static Task<IReadOnlyList<Diagnostic>> DiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
        Known.GetValue(project, p => AnalyzeAsync(p, cancellationToken));

    private static async Task<IReadOnlyList<Diagnostic>> AnalyzeAsync(Project project, CancellationToken cancellationToken)
    {
        var compilation = (await project.GetCompilationAsync(cancellationToken))!;
        var found = await compilation.WithAnalyzers(Package.Analyzers, project.AnalyzerOptions).GetAnalyzerDiagnosticsAsync(cancellationToken);
        var crash = found.FirstOrDefault(static d => d.Id == "AD0001");
        Assert.True(crash is null, crash?.ToString());
        return [.. found.Where(static d => !d.IsSuppressed).OrderBy(static d => d.Id, StringComparer.Ordinal).ThenBy(static d => d.Location.GetLineSpan().Path, StringComparer.Ordinal).ThenBy(static d => d.Location.SourceSpan.Start)];
    }
}
