using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;

namespace ApiSecurityAnalyzers.Tests.Helpers;

/// <summary>The fixes that edit one host: whatever comes first, the result is the same program.</summary>
public sealed class HostFixesTests
{
    private static readonly string[] Keys = ["ASA2001.UseHttpsRedirection", "ASA3001.AddRateLimiter", "ASA4001.AddHttpLogging"];

    private static readonly string[] Pipeline = ["UseHttpLogging", "UseHttpsRedirection", "UseRateLimiter"];

    [Theory]
    [InlineData("var app = WebApplication.Create(args);\napp.Run();")]
    [InlineData("WebApplication.Create(args).Run();")]
    [InlineData("var builder = WebApplication.CreateBuilder(args);\nvar app = builder.Build();\napp.Run();")]
    [InlineData("var builder = WebApplication.CreateBuilder(args);\n\nvar app = builder.Build();\n\napp.UseAuthentication();\napp.UseAuthorization();\n\napp.MapControllers();\n\napp.Run();")]
    [InlineData("var builder = WebApplication.CreateBuilder(args);\nvar app = builder.Build();\nif (app.Environment.IsDevelopment())\n{\n    app.UseDeveloperExceptionPage();\n}\nelse\n{\n    app.UseExceptionHandler(\"/e\").UseHsts();\n}\n\napp.UseStaticFiles().UseRouting().UseAuthorization();\napp.Run();")]
    [InlineData("class P\n{\n    static void Main(string[] args)\n    {\n        var builder = WebApplication.CreateBuilder(args);\n        var app = builder.Build();\n        app.MapControllers();\n        app.Run();\n    }\n}")]
    [InlineData("Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(web => web.Configure(app => app.UseRouting().UseEndpoints(e => { }))).Build().Run();")]
    [InlineData("Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(web =>\n{\n    web.Configure(app =>\n    {\n        app.UseRouting();\n    });\n}).Build().Run();")]
    [InlineData("public class Startup\n{\n    public void Configure(IApplicationBuilder app)\n    {\n        app.UseRouting();\n        app.UseAuthentication();\n        app.UseAuthorization();\n    }\n}")]
    [InlineData("public class Startup\n{\n    public void ConfigureServices(IServiceCollection services) => services.AddControllers();\n\n    public void Configure(IApplicationBuilder app) => app.UseRouting();\n}")]
    public async Task Fixes_compose_in_any_order(string text)
    {
        string? expected = null;
        foreach (var order in new[] { new[] { 0, 1, 2 }, [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0] })
        {
            var result = await ApplyAsync(text, order.Select(static i => Keys[i]));

            // services are added in the order of the fixes, the pipeline has an order of its own
            var lines = string.Join('\n', result.Split('\n').Select(static l => l.Trim()).Where(static l => l.Length > 0).Order(StringComparer.Ordinal));
            expected ??= lines;
            if (!text.Contains("web.Configure", StringComparison.Ordinal))
                Assert.Equal(expected, lines);
            Assert.Equal(Pipeline, Pipeline.OrderBy(name => result.IndexOf(name, StringComparison.Ordinal)));
        }
    }

    /// <summary>With a fix that requires authorization among them, in all orders: whatever turns requests away comes behind what must see them.</summary>
    [Theory]
    [InlineData("var builder = WebApplication.CreateBuilder(args);\nvar app = builder.Build();\napp.MapGet(\"/x\", () => 1);\napp.Run();", "UseHttpLogging UseHttpsRedirection UseAuthentication UseRateLimiter UseAuthorization")]
    [InlineData("var builder = WebApplication.CreateBuilder(args);\nvar app = builder.Build();\napp.UseStaticFiles();\napp.UseRouting();\napp.UseCors();\napp.MapGet(\"/x\", () => 1);\napp.Run();", "UseHttpLogging UseHttpsRedirection UseStaticFiles UseRouting UseCors UseAuthentication UseRateLimiter UseAuthorization")]
    [InlineData("var builder = WebApplication.CreateBuilder(args);\nvar app = builder.Build();\napp.Use(async (context, next) => await next(context));\napp.UseHttpsRedirection();\napp.MapGet(\"/x\", () => 1);\napp.Run();", "UseHttpLogging UseAuthentication UseRateLimiter UseAuthorization Use UseHttpsRedirection")]
    public async Task Fixes_compose_with_authorization(string text, string expected)
    {
        var keys = Keys.Where(k => k != Keys[0] || !text.Contains("UseHttpsRedirection", StringComparison.Ordinal)).Append("ASA1002.Authorize").ToArray();
        foreach (var order in Orders(keys))
        {
            var result = await ApplyAsync(text, order);
            var calls = result.Split('\n').Where(static l => l.StartsWith("app.Use", StringComparison.Ordinal)).Select(static l => l[4..l.IndexOf('(', StringComparison.Ordinal)]);
            Assert.True(expected == string.Join(' ', calls), $"{string.Join(", ", order)}:\n{result}");
        }
    }

    private static IEnumerable<IEnumerable<string>> Orders(IReadOnlyCollection<string> keys) =>
        keys.Count == 0 ? [[]] : keys.SelectMany(k => Orders([.. keys.Where(o => o != k)]).Select(rest => rest.Prepend(k)));

    private static async Task<string> ApplyAsync(string text, IEnumerable<string> keys)
    {
        var test = Code.Program(text);
        var verifier = new Verifier(test, Kit.Rules.Analyzers, Kit.Rules.Fixes);
        var project = TestProject.Create(test, [("Program.cs", text)]);
        foreach (var key in keys)
        {
            var applied = false;
            foreach (var diagnostic in await verifier.DiagnosticsAsync(project))
            {
                if ((await verifier.ActionsAsync(project, diagnostic)).Where(a => a.Action.EquivalenceKey == key).Select(static a => a.Action).FirstOrDefault() is not { } action)
                    continue;
                var operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
                project = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetProject(project.Id)!;
                applied = true;
                break;
            }

            Assert.True(applied, $"'{key}' is not offered in:\n{await TextAsync(project)}");
        }

        var result = await TextAsync(project);
        Assert.True(await Verifier.ErrorsAsync(project) is { Count: 0 }, string.Join('\n', await Verifier.ErrorsAsync(project)) + "\n" + result);
        Assert.DoesNotContain(await verifier.DiagnosticsAsync(project), static d => d.Id is "ASA2001" or "ASA3001" or "ASA4001");
        return result;
    }

    private static async Task<string> TextAsync(Project project) => (await project.Documents.First(static d => d.Name == "Program.cs").GetTextAsync(TestContext.Current.CancellationToken)).ToString();
}
