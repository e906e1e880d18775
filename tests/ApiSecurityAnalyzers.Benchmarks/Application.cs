using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiSecurityAnalyzers.Benchmarks;

/// <summary>
/// A generated web API of a chosen size: controllers, services with SQL and cryptography, route groups, and files that have nothing to do with any
/// rule, as most files of an application.
/// </summary>
internal static class Application
{
    /// <summary>Files of one unit of size; about 25,000 lines.</summary>
    private const int FilesOfAUnit = 250;

    public static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers = [.. typeof(Descriptors).Assembly.GetTypes()
        .Where(static t => !t.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(t))
        .Select(static t => (DiagnosticAnalyzer)Activator.CreateInstance(t)!)];

    private static readonly CSharpParseOptions Parse = new(LanguageVersion.Latest);

    private static readonly ImmutableArray<MetadataReference> References = [.. Pack("microsoft.netcore.app.ref"), .. Pack("microsoft.aspnetcore.app.ref")];

    /// <summary>Parses the application; nothing is bound yet.</summary>
    public static CSharpCompilation Create(int units)
    {
        var trees = new List<SyntaxTree> { Tree(GlobalUsings, "GlobalUsings"), Tree(Program(units * FilesOfAUnit / 25), "Program") };
        for (var i = 0; i < units * FilesOfAUnit; i++)
            trees.Add(Tree(File(i), "File" + i));
        return CSharpCompilation.Create("Application", trees, References, new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable, concurrentBuild: true));
    }

    /// <summary>The same compilation without anything that an earlier run has left in it.</summary>
    public static CSharpCompilation Fresh(CSharpCompilation compilation) =>
        CSharpCompilation.Create("Application", compilation.SyntaxTrees.Select(t => t.WithRootAndOptions(t.GetRoot(), t.Options)), compilation.References, compilation.Options);

    /// <summary>Fails where the generated code does not compile, or nothing is found in it: the figures would mean nothing.</summary>
    public static void Check(CSharpCompilation compilation)
    {
        var error = compilation.GetDiagnostics().FirstOrDefault(static d => d.Severity == DiagnosticSeverity.Error);
        if (error is not null)
            throw new InvalidOperationException(error.ToString());
        if (compilation.WithAnalyzers(Analyzers).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult().IsEmpty)
            throw new InvalidOperationException("nothing is reported");
    }

    private static string File(int i) => (i % 25) switch
    {
        0 => Controller(i),
        1 => Repository(i),
        2 => Vault(i),
        3 => Endpoints(i),
        _ => Plain(i),
    };

    private static string Program(int groups)
    {
        var text = new StringBuilder("""
            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddControllers();
            builder.Services.AddAuthorization();
            var app = builder.Build();
            app.UseHttpsRedirection();
            app.UseAuthorization();
            app.MapControllers();

            """);
        for (var i = 0; i < groups; i++)
            text.Append("Application.Endpoints").Append(i * 25 + 3).Append(".Map(app.MapGroup(\"/g").Append(i).Append("\"));\n");
        return text.Append("app.Run();\n").ToString();
    }

    private static string Controller(int i) => Members(i, $"[ApiController, Route(\"c{i}\")]{(i % 50 == 0 ? "" : " [Authorize]")}\npublic sealed class Controller{i}(Repository{i + 1} repository) : ControllerBase", static (j, _) => $$"""
            [HttpGet("{{j}}/{id}")]
            public async Task<IActionResult> Get{{j}}(int id, string name)
            {
                if (!ModelState.IsValid)
                    return BadRequest(ModelState);
                var found = await repository.Find{{j}}(name);
                return found is null ? NotFound() : Ok(new { id, found });
            }
        """);

    private static string Repository(int i) => Members(i, $"public sealed class Repository{i}(System.Data.Common.DbConnection connection)", static (j, i) => $$"""
            public async Task<object?> Find{{j}}(string name)
            {
                using var command = connection.CreateCommand();
                command.CommandText = "SELECT Id FROM T{{j}} WHERE Name = {{(i % 50 == 1 && j == 0 ? "'\" + name + \"'" : "@name")}}";
                var parameter = command.CreateParameter();
                parameter.ParameterName = "@name";
                parameter.Value = name;
                command.Parameters.Add(parameter);
                return await command.ExecuteScalarAsync();
            }
        """);

    private static string Vault(int i) => Members(i, $"public static class Vault{i}", static (j, i) => $$"""
            public static byte[] Hash{{j}}(byte[] data)
            {
                using var aes = System.Security.Cryptography.Aes.Create();
                aes.GenerateKey();
                var sealedData = aes.EncryptCbc(data, aes.IV);
                return System.Security.Cryptography.{{(i % 50 == 2 && j == 0 ? "MD5" : "SHA256")}}.HashData(sealedData);
            }
        """);

    private static string Endpoints(int i) => Members(i, $"public static partial class Endpoints{i}", static (j, _) => $$"""
            private static void Map{{j}}(IEndpointRouteBuilder routes)
            {
                routes.MapGet("/{{j}}", (int id) => Results.Ok(id)).RequireAuthorization();
                routes.MapPost("/{{j}}", (string name, ILogger<Program> logger) =>
                {
                    logger.LogInformation("{{j}}");
                    return Results.Ok(name);
                });
            }
        """) + $"public static partial class Endpoints{i} {{ public static void Map(IEndpointRouteBuilder routes) {{ {string.Concat(Enumerable.Range(0, 10).Select(static j => $"Map{j}(routes); "))} }} }}\n";

    private static string Plain(int i) => Members(i, $"public sealed class Service{i}", static (j, i) => $$"""
            private readonly Dictionary<string, int> _items{{j}} = new(StringComparer.Ordinal);

            public int Sum{{j}}(IEnumerable<string> names)
            {
                var sum = {{i}};
                foreach (var name in names.Where(static n => n.Length > {{j}}).OrderBy(static n => n, StringComparer.Ordinal))
                {
                    if (_items{{j}}.TryGetValue(name, out var value))
                        sum += value * name.Length;
                    else
                        _items{{j}}[name] = sum % 17;
                }

                return sum;
            }
        """);

    private static string Members(int i, string head, Func<int, int, string> member) =>
        "namespace Application;\n\n" + head + "\n{\n" + string.Join("\n\n", Enumerable.Range(0, 10).Select(j => member(j, i))) + "\n}\n\n";

    private static SyntaxTree Tree(string text, string name) => CSharpSyntaxTree.ParseText(text, Parse, $"/application/{name}.cs", Encoding.UTF8);

    private static IEnumerable<MetadataReference> Pack(string id)
    {
        var root = typeof(Application).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "NuGetPackageRoot").Value!;
        var newest = Directory.GetDirectories(Path.Combine(root, id)).OrderBy(static v => Version.Parse(Path.GetFileName(v))).Last();
        return Directory.EnumerateFiles(Path.Combine(newest, "ref", "net10.0"), "*.dll").Select(static f => MetadataReference.CreateFromFile(f));
    }

    private const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Authorization;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Mvc;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Logging;
        """;
}
