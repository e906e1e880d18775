using System.Globalization;

namespace ApiSecurityAnalyzers.Package.Tests;

/// <summary>Modes and configuration files decide what is reported, and how loud.</summary>
public sealed class SeverityTests(PackedPackage package)
{
    [Fact]
    public async Task None_is_silent_and_lets_single_rules_be_switched_on()
    {
        var consumer = Consumer.WebApi(package, "<ApiSecurityAnalysisMode>None</ApiSecurityAnalysisMode>");
        Assert.Empty((await consumer.BuildAsync("Api")).Succeeds().Findings);

        consumer.Write(".editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.ASA1001.severity = warning\n");
        Assert.Equal(["ASA1001"], (await consumer.BuildAsync("Api")).Succeeds().Ids);

        consumer.Write(".editorconfig", "root = true\n").Write(".globalconfig", "is_global = true\ndotnet_diagnostic.ASA2001.severity = error\n");
        var result = (await consumer.BuildAsync("Api")).Fails();
        Assert.Equal(["ASA2001"], result.Ids);
    }

    [Theory]
    [InlineData("Default")]
    [InlineData("recommended")]
    public async Task Default_and_Recommended_report_at_the_severity_of_the_rule(string mode)
    {
        var result = (await Consumer.WebApi(package, $"<ApiSecurityAnalysisMode>{mode}</ApiSecurityAnalysisMode>").BuildAsync("Api")).Succeeds();
        Assert.Equal(Faults.Ids, result.Ids);
    }

    [Fact]
    public async Task Strict_warns_where_evidence_is_partial()
    {
        // a library cannot show what its host protects: a suggestion, which a build does not print
        var consumer = new Consumer(package);
        consumer.Project("Lib/Lib.csproj", "Microsoft.NET.Sdk", "", string.Format(CultureInfo.InvariantCulture, Consumer.Reference, package.Version) + """<FrameworkReference Include="Microsoft.AspNetCore.App" />""");
        consumer.Write("Lib/OrdersController.cs", """
            using Microsoft.AspNetCore.Mvc;

            namespace Lib;

            [ApiController, Route("orders")]
            public sealed class OrdersController : ControllerBase
            {
                [HttpGet]
                public int Count() => 1;
            }
            """);

        Assert.Empty((await consumer.BuildAsync("Lib")).Succeeds().Findings);
        var result = (await consumer.BuildAsync("Lib", "-p:ApiSecurityAnalysisMode=Strict")).Succeeds();
        Assert.Contains(result.Findings, static f => f is { Id: "ASA1001", Severity: "warning" });
    }

    [Fact]
    public async Task Unknown_mode_is_an_error_that_names_the_known_ones()
    {
        var result = (await Consumer.WebApi(package).BuildAsync("Api", "-p:ApiSecurityAnalysisMode=Paranoid")).Fails();
        Assert.Contains("error ASA0900: ApiSecurityAnalysisMode is 'Paranoid'; it can be None, Default, Recommended or Strict.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Editorconfig_sets_severities_of_rules_and_of_the_category()
    {
        var consumer = Consumer.WebApi(package).Write(".editorconfig", """
            root = true

            [*.cs]
            dotnet_diagnostic.ASA1001.severity = none
            dotnet_diagnostic.ASA1002.severity = suggestion
            dotnet_diagnostic.ASA2001.severity = error
            """);
        var result = (await consumer.BuildAsync("Api")).Fails();
        Assert.DoesNotContain("ASA1001", result.Ids);
        Assert.DoesNotContain("ASA1002", result.Ids);
        Assert.Contains(result.Findings, static f => f is { Id: "ASA2001", Severity: "error" });

        consumer.Write(".editorconfig", """
            root = true

            [*.cs]
            dotnet_analyzer_diagnostic.category-Security.severity = error
            dotnet_diagnostic.ASA1001.severity = warning
            """);
        result = (await consumer.BuildAsync("Api")).Fails();
        Assert.All(result.Findings, static f => Assert.Equal(f.Id == "ASA1001" ? "warning" : "error", f.Severity));
        Assert.Contains("ASA3001", result.Ids);
    }

    [Fact]
    public async Task Options_are_read_from_editorconfig_and_checked()
    {
        var consumer = Consumer.WebApi(package).Write(".editorconfig", """
            root = true

            [*.cs]
            api_security.rate_limited_by_gateway = true
            api_security.rate_limited_by_gatway = true
            """);
        var result = (await consumer.BuildAsync("Api")).Succeeds();
        Assert.DoesNotContain("ASA3001", result.Ids);
        Assert.Contains(result.Findings, static f => f is { Id: "ASA0001", File: ".editorconfig", Line: 5 } && f.Message.Contains("rate_limited_by_gatway", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Test_projects_are_left_alone()
    {
        var result = (await Consumer.WebApi(package, "<IsTestProject>true</IsTestProject>").BuildAsync("Api")).Succeeds();
        Assert.DoesNotContain("ASA1001", result.Ids);
        Assert.DoesNotContain("ASA6004", result.Ids);
    }
}
