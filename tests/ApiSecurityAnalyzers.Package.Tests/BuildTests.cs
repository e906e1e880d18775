using System.Text.Json;

namespace ApiSecurityAnalyzers.Package.Tests;

/// <summary>A fresh web API that restores the package and is built.</summary>
public sealed class BuildTests(PackedPackage package)
{
    [Fact]
    public async Task Build_prints_the_findings()
    {
        var result = (await Consumer.WebApi(package).BuildAsync("Api")).Succeeds();

        Assert.Equal(Faults.Ids, result.Ids);
        Assert.All(result.Findings, static f => Assert.Equal("warning", f.Severity));
        Assert.Contains(result.Findings, static f => f is { Id: "ASA1001", File: "CustomersController.cs", Line: 8 } && f.Message.Contains("'CustomersController'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Warnings_as_errors_fail_the_build()
    {
        var result = (await Consumer.WebApi(package).BuildAsync("Api", "-warnaserror")).Fails();

        Assert.Equal(Faults.Ids, result.Ids);
        Assert.All(result.Findings, static f => Assert.Equal("error", f.Severity));
    }

    [Fact]
    public async Task Error_log_is_sarif_with_rules_weaknesses_and_help()
    {
        var consumer = Consumer.WebApi(package);
        (await consumer.BuildAsync("Api", "-p:ErrorLog=findings.sarif%2Cversion=2.1")).Succeeds();

        using var log = JsonDocument.Parse(consumer.Read("Api/findings.sarif"));
        Assert.Equal("2.1.0", log.RootElement.GetProperty("version").GetString());
        var run = log.RootElement.GetProperty("runs").EnumerateArray().Single();
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray()
            .Where(static r => r.GetProperty("id").GetString()!.StartsWith("ASA", StringComparison.Ordinal))
            .ToDictionary(static r => r.GetProperty("id").GetString()!, StringComparer.Ordinal);
        foreach (var id in Faults.Ids)
        {
            var rule = rules[id];
            Assert.False(string.IsNullOrWhiteSpace(rule.GetProperty("shortDescription").GetProperty("text").GetString()));
            Assert.False(string.IsNullOrWhiteSpace(rule.GetProperty("fullDescription").GetProperty("text").GetString()));
            Assert.EndsWith($"/docs/rules/{id}.md", rule.GetProperty("helpUri").GetString(), StringComparison.Ordinal);
            Assert.Equal("Security", rule.GetProperty("properties").GetProperty("category").GetString());
            var tags = rule.GetProperty("properties").GetProperty("tags").EnumerateArray().Select(static t => t.GetString()!).ToList();
            Assert.Contains("security", tags);
            Assert.Contains(tags, static t => System.Text.RegularExpressions.Regex.IsMatch(t, "^external/cwe/cwe-[0-9]{3,4}$"));
        }

        var results = run.GetProperty("results").EnumerateArray().Where(r => rules.ContainsKey(r.GetProperty("ruleId").GetString()!)).ToList();
        Assert.Equal(Faults.Ids, results.Select(static r => r.GetProperty("ruleId").GetString()!).Distinct().Order(StringComparer.Ordinal));
        foreach (var result in results)
        {
            var place = result.GetProperty("locations").EnumerateArray().First().GetProperty("physicalLocation");
            Assert.EndsWith(".cs", place.GetProperty("artifactLocation").GetProperty("uri").GetString(), StringComparison.Ordinal);
            Assert.True(place.GetProperty("region").GetProperty("startLine").GetInt32() > 0);
        }
    }

    [Fact]
    public async Task Appsettings_of_an_application_reach_the_analyzers_once()
    {
        var consumer = Consumer.WebApi(package)
            .Write("Api/appsettings.json", """{ "Logging": { "LogLevel": { "Default": "Warning", "Microsoft.AspNetCore.Hosting.Diagnostics": "Information" } } }""")
            .Write("Api/appsettings.Production.json", "{ }");

        // the settings log every request
        var result = (await consumer.BuildAsync("Api")).Succeeds();
        Assert.DoesNotContain("ASA4001", result.Ids);
        result = (await consumer.BuildAsync("Api", "-p:ApiSecurityIncludeAppSettings=false")).Succeeds();
        Assert.Contains("ASA4001", result.Ids);

        string[] expected = ["appsettings.Production.json", "appsettings.json"];
        Assert.Equal(expected, await AdditionalFilesAsync(consumer));
        consumer.Write("Directory.Build.targets", """<Project><ItemGroup><AdditionalFiles Include="appsettings*.json" /></ItemGroup></Project>""");
        Assert.Equal(expected, await AdditionalFilesAsync(consumer));

        // a file of another folder counts where it is linked to the root, and only if it is settings
        consumer.Write("shared/appsettings.Shared.json", "{ }").Write("Directory.Build.targets", """
            <Project>
              <ItemGroup>
                <Content Include="../shared/appsettings.Shared.json" Link="appsettings.Shared.json" />
                <Content Include="../shared/appsettings.Shared.json" Link="deep/appsettings.json" />
                <None Include="../nuget.config" Link="nuget.json" />
              </ItemGroup>
            </Project>
            """);
        Assert.Equal(["appsettings.Production.json", "appsettings.Shared.json", "appsettings.json"], await AdditionalFilesAsync(consumer));
    }

    private static async Task<List<string>> AdditionalFilesAsync(Consumer consumer)
    {
        var result = (await consumer.RunAsync("msbuild", "Api", "-t:ApiSecurityAnalyzersConfigure", "-getItem:AdditionalFiles")).Succeeds();
        using var items = JsonDocument.Parse(result.Output);
        return [.. items.RootElement.GetProperty("Items").GetProperty("AdditionalFiles").EnumerateArray()
            .Select(static i => Path.GetFileName(i.GetProperty("FullPath").GetString()!)).Where(static n => n != ".editorconfig").Order(StringComparer.Ordinal)];
    }
}
