using System.Collections.Immutable;
using CsCheck;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiSecurityAnalyzers.Tests.Compilations;

/// <summary>What is kept across edits changes no answer: after each edit the same is reported as in a compilation that nobody saw before.</summary>
public sealed partial class TypingTests
{
    /// <summary>The files of an application, each in the variants that an edit chooses from.</summary>
    private static readonly ImmutableArray<(string Name, string[] Variants)> Files = ImmutableArray.Create<(string, string[])>(
        ("Program.cs",
        [
            """
            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddShop();
            var app = builder.Build();
            app.UseShop();
            app.MapOrders();
            app.MapControllers();
            app.Run();
            """,
            """
            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddShop();
            var app = builder.Build();
            app.UseHttpsRedirection();
            app.UseShop();
            app.MapOrders();
            app.MapControllers().RequireAuthorization();
            app.Run();
            """,
            """
            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddControllers();
            var app = builder.Build();
            app.MapHub<News>("/news");
            app.MapControllers(
            """,
        ]),
        ("Services.cs",
        [
            "public static class Services { public static void AddShop(this IServiceCollection s) { s.AddControllers(); s.AddAuthorization(); s.AddRateLimiter(o => Limits.Set(o)); } }",
            "public static class Services { public static void AddShop(this IServiceCollection s) { s.AddControllers(); s.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build()); } }",
            "public static class Services { public static void AddShop(this IServiceCollection s) { s.AddControllers(o => o.Filters.Add(new Guard())); s.AddRateLimiter(o => Limits.Set(o)); } }",
        ]),
        ("Pipeline.cs",
        [
            "public static class Pipeline { public static void UseShop(this WebApplication app) { app.UseHttpLogging(); } }",
            "public static class Pipeline { public static void UseShop(this WebApplication app) { app.UseRateLimiter(); } }",
            "public static class Pipeline { public static void UseShop(this WebApplication app) { if (app.Environment.IsDevelopment()) { app.UseHttpsRedirection(); app.UseRateLimiter(); } } }",
            "public static class Pipeline { public static void UseShop(this WebApplication app) { ",
            "public static class Pipeline { public static void UseShop(this WebApplication app) { app.UseWhen(c => c.Request.Path.StartsWithSegments(\"/api\"), b => b.UseHttpLogging()); } }",
        ]),
        ("Limits.cs",
        [
            "public static class Limits { public static void Set(RateLimiterOptions o) { o.RejectionStatusCode = 429; } }",
            "public static class Limits { public static void Set(RateLimiterOptions o) => o.GlobalLimiter = System.Threading.RateLimiting.PartitionedRateLimiter.Create<HttpContext, string>(c => System.Threading.RateLimiting.RateLimitPartition.GetNoLimiter(\"\")); }",
        ]),
        ("Guard.cs",
        [
            "public class Guard : Attribute, Microsoft.AspNetCore.Mvc.Filters.IFilterMetadata { }",
            "public class Guard : Attribute, Microsoft.AspNetCore.Mvc.Filters.IAuthorizationFilter { public void OnAuthorization(Microsoft.AspNetCore.Mvc.Filters.AuthorizationFilterContext c) { } }",
            "public class Guard : AuthorizeAttribute { }",
        ]),
        ("Orders.cs",
        [
            "public static class Orders { public static void MapOrders(this IEndpointRouteBuilder r) { var g = r.MapGroup(\"/o\"); g.MapGet(\"/\", Store.Read); g.MapPost(\"/\", Store.Write).WithHttpLogging(Microsoft.AspNetCore.HttpLogging.HttpLoggingFields.None); } }",
            "public static class Orders { public static void MapOrders(this IEndpointRouteBuilder r) { var g = r.MapGroup(\"/o\").RequireAuthorization(); g.MapGet(\"/\", Store.Read); g.MapPost(\"/\", Store.Write).RequireRateLimiting(\"a\"); } }",
            "public static class Orders { public static void MapOrders(this IEndpointRouteBuilder r) => r.MapHub<News>(\"/news\"); }",
        ]),
        ("Store.cs",
        [
            "public static class Store { public static int Read() => 1; public static void Write(ILogger<string> log) => log.LogInformation(\"written\"); public static void Run(System.Data.IDbCommand c, string sql) => c.CommandText = sql; }",
            "public static class Store { public static int Read() => 2; public static void Write(int id, IStore store) => store.Save(id); public static void Run(System.Data.IDbCommand c, string sql) => c.CommandText = \"SELECT 1\"; }",
            "public static class Store { public static int Read() { // typing\n return 3; } public static void Write(int id, IStore store) => store.Save(id); public static void Run(System.Data.IDbCommand c, string sql) { Inner(c, sql); } private static void Inner(System.Data.IDbCommand c, string sql) => c.CommandText = sql; }",
        ]),
        ("Items.cs",
        [
            "public class ItemsController : Base { [HttpGet(\"i\")] public void Get(System.Data.IDbCommand c, string name) => Store.Run(c, \"SELECT * FROM Items WHERE Name = '\" + name + \"'\"); }",
            "[Guard] public class ItemsController : Base { public static int Count; [HttpPost(\"i\")] public void Post(string name) { Count++; } }",
            "[EnableRateLimiting(\"a\")] public class ItemsController : Base { public static int Count; [HttpPost(\"i\"), AllowAnonymous] public void Post(string name) { Count++; } }",
            "public class ItemsController : Base { [HttpGet(\"i\")] public byte[] Get(string name) { // typing\n return System.Security.Cryptography.MD5.HashData(new byte[1]); } }",
        ]),
        ("Base.cs",
        [
            "public abstract class Base : ControllerBase { }",
            "[Authorize] public abstract class Base : ControllerBase { }",
            "public abstract class Base : ControllerBase { [HttpDelete(\"b\")] public void Remove() { } }",
        ]),
        ("News.cs",
        [
            "public class News : Hub { } public interface IStore { void Save(int id); }",
            "[Authorize] public class News : Hub { public void Say(string text) { } } public interface IStore { void Save(int id); }",
        ]));

    private static readonly SyntaxTree Usings = CSharpSyntaxTree.ParseText(TestProject.GlobalUsings + "\n" + TestProject.WebUsings);

    private static int s_names;

    [Fact]
    public Task Reports_the_same_as_a_fresh_build_after_each_of_many_edits() =>
        TypeAsync(Files, Gen.Select(Gen.Int[0, Files.Length - 1], Gen.Int[0, 4]).Array[12], iterations: 20, "ASA1001", "ASA1002", "ASA1003", "ASA2001", "ASA3001", "ASA3002", "ASA4001", "ASA5002", "ASA6001");

    /// <summary>Types what the generator says; the walk would prove nothing where the rules that it is about are not reported.</summary>
    private static async Task TypeAsync(ImmutableArray<(string Name, string[] Variants)> files, Gen<(int File, int Variant)[]> edits, int iterations, params string[] rules)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        await edits.SampleAsync(
            async sequence =>
            {
                var typed = Compile("Typed" + Interlocked.Increment(ref s_names), files, files.Select(static f => f.Variants[0]));
                await ReportedAsync(typed);
                foreach (var (file, variant) in sequence)
                {
                    var (name, variants) = files[file];
                    var old = typed.SyntaxTrees.Single(t => t.FilePath == name);
                    typed = typed.ReplaceSyntaxTree(old, Parse(name, variants[variant % variants.Length]));
                    var reported = await ReportedAsync(typed);
                    var fresh = await ReportedAsync(Compile("Fresh" + Interlocked.Increment(ref s_names), files, typed.SyntaxTrees.Where(static t => t != Usings).Select(static t => t.ToString())));
                    Assert.Equal(fresh, reported);
                    lock (found)
                        found.UnionWith(reported.Select(static r => r.Split(' ')[0]));
                }
            },
            iter: iterations,
            threads: 2,
            seed: "0000KHg5rEn5");
        Assert.Empty(rules.Except(found, StringComparer.Ordinal));
    }

    private static CSharpCompilation Compile(string name, ImmutableArray<(string Name, string[] Variants)> files, IEnumerable<string> texts) => CSharpCompilation.Create(
        name,
        texts.Select((t, i) => Parse(files[i].Name, t)).Append(Usings),
        References.AspNetCore,
        new CSharpCompilationOptions(OutputKind.ConsoleApplication));

    private static SyntaxTree Parse(string name, string text) => CSharpSyntaxTree.ParseText(text, path: name);

    private static async Task<string[]> ReportedAsync(CSharpCompilation compilation)
    {
        var live = compilation.WithAnalyzers(Kit.Rules.Analyzers);
        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            found.AddRange(await live.GetAnalyzerSyntaxDiagnosticsAsync(tree, CancellationToken.None));
            found.AddRange(await live.GetAnalyzerSemanticDiagnosticsAsync(compilation.GetSemanticModel(tree), null, CancellationToken.None));
        }

        return [.. found.Select(d => $"{d.Id} {d.Severity} {d.Location.GetLineSpan()} {d.GetMessage().Replace(compilation.AssemblyName!, "app", StringComparison.Ordinal)}").Order(StringComparer.Ordinal)];
    }
}
