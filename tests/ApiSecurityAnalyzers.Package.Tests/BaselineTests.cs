using System.Text.Json;

namespace ApiSecurityAnalyzers.Package.Tests;

/// <summary>The recipe of the readme: old findings become suggestions file by file, new ones break the build.</summary>
public sealed class BaselineTests(PackedPackage package)
{
    [Fact]
    public async Task Old_findings_are_baselined_from_sarif_and_new_ones_break_the_build()
    {
        var consumer = Consumer.WebApi(package);
        (await consumer.BuildAsync("Api", "-p:ErrorLog=baseline.sarif%2Cversion=2.1")).Succeeds();

        using var log = JsonDocument.Parse(consumer.Read("Api/baseline.sarif"));
        var root = new Uri(consumer.PathOf("") + Path.DirectorySeparatorChar);
        var lines = log.RootElement.GetProperty("runs").EnumerateArray().SelectMany(static r => r.GetProperty("results").EnumerateArray())
            .Where(static r => r.GetProperty("ruleId").GetString()!.StartsWith("ASA", StringComparison.Ordinal))
            .Select(r => $"[{root.MakeRelativeUri(new Uri(r.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString()!))}]\ndotnet_diagnostic.{r.GetProperty("ruleId").GetString()}.severity = suggestion\n");
        consumer.Write(".editorconfig", "root = true\n" + string.Concat(lines));
        (await consumer.BuildAsync("Api", "-warnaserror")).Succeeds();

        consumer.Write("Api/NewController.cs", """
            using Microsoft.AspNetCore.Mvc;

            namespace Api;

            [ApiController, Route("new")]
            public sealed class NewController : ControllerBase
            {
                [HttpGet]
                public int Count() => 1;
            }
            """);
        var result = (await consumer.BuildAsync("Api", "-warnaserror")).Fails();
        Assert.Equal(["ASA1001"], result.Ids);
        Assert.All(result.Findings, static f => Assert.Equal("NewController.cs", f.File));
    }
}
