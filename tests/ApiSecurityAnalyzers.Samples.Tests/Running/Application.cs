using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Samples.Tests.Running;

/// <summary>Compiles a project of a sample into a folder from which it runs.</summary>
internal static class Application
{
    /// <summary>Libraries of the samples that are not part of the shared framework.</summary>
    private static readonly string[] Libraries = ["Dapper", "Microsoft.Data.Sqlite", "Microsoft.EntityFrameworkCore*", "Microsoft.Extensions.DependencyModel", "SQLitePCLRaw.*"];

    private const string RuntimeConfig = """
        {
          "runtimeOptions": {
            "tfm": "net10.0",
            "frameworks": [
              { "name": "Microsoft.NETCore.App", "version": "10.0.0" },
              { "name": "Microsoft.AspNetCore.App", "version": "10.0.0" }
            ]
          }
        }
        """;

    public static async Task EmitAsync(Project project, string folder)
    {
        Directory.CreateDirectory(folder);
        var compilation = (await project.GetCompilationAsync())!;
        var result = compilation.Emit(Path.Combine(folder, project.Name + ".dll"));
        Assert.True(result.Success, $"{project.Name} does not compile:\n" + string.Join('\n', result.Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error)));
        await File.WriteAllTextAsync(Path.Combine(folder, project.Name + ".runtimeconfig.json"), RuntimeConfig);
        foreach (var settings in project.AdditionalDocuments)
            await File.WriteAllTextAsync(Path.Combine(folder, settings.Name), (await settings.GetTextAsync()).ToString());
        foreach (var library in Libraries.SelectMany(static l => Directory.EnumerateFiles(AppContext.BaseDirectory, l + ".dll")).Concat(NativeLibraries()))
            File.Copy(library, Path.Combine(folder, Path.GetFileName(library)), overwrite: true);
    }

    /// <summary>SQLite itself, for the machine at hand.</summary>
    private static IEnumerable<string> NativeLibraries() =>
        ((string?)AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Directory.Exists)
            .SelectMany(static d => Directory.EnumerateFiles(d, "*e_sqlite3*"));
}
