namespace ApiSecurityAnalyzers.Package.Tests;

/// <summary>The fixes, applied from the command line.</summary>
public sealed class FormatTests(PackedPackage package)
{
    [Fact]
    public async Task Dotnet_format_mends_everything()
    {
        var consumer = Consumer.WebApi(package);
        (await consumer.RunAsync("restore", "Api")).Succeeds();

        // each pass takes the first fix of each rule; what one mends can show another its place
        for (var pass = 0; pass < 2; pass++)
            (await consumer.RunAsync(["format", "analyzers", "Api", "--no-restore", "--severity", "warn", "--diagnostics", .. Faults.Ids])).Succeeds();

        var result = (await consumer.BuildAsync("Api")).Succeeds();
        Assert.True(result.Findings.Count == 0, result.Output + "\n" + string.Join("\n\n", Faults.All.Select(f => consumer.Read("Api/" + f.Name))));
        Assert.Contains("app.UseHttpsRedirection();", consumer.Read("Api/Program.cs"), StringComparison.Ordinal);
        Assert.Contains("[Authorize]", consumer.Read("Api/CustomersController.cs"), StringComparison.Ordinal);

        // a second run has nothing to do
        (await consumer.RunAsync(["format", "analyzers", "Api", "--no-restore", "--verify-no-changes", "--severity", "warn", "--diagnostics", .. Faults.Ids])).Succeeds();
    }

    [Fact]
    public async Task Dotnet_format_reads_the_mode()
    {
        var consumer = Consumer.WebApi(package, "<ApiSecurityAnalysisMode>None</ApiSecurityAnalysisMode>");
        (await consumer.RunAsync("restore", "Api")).Succeeds();
        (await consumer.RunAsync(["format", "analyzers", "Api", "--no-restore", "--verify-no-changes", "--severity", "info", "--diagnostics", .. Faults.Ids])).Succeeds();
    }

    [Fact]
    public async Task Dotnet_format_mends_suggestions_when_asked_to()
    {
        var consumer = Consumer.WebApi(package).Write(".editorconfig", "root = true\n\n[*.cs]\ndotnet_diagnostic.ASA2001.severity = suggestion\n");
        (await consumer.RunAsync("restore", "Api")).Succeeds();

        (await consumer.RunAsync("format", "analyzers", "Api", "--no-restore", "--severity", "warn", "--diagnostics", "ASA2001")).Succeeds();
        Assert.DoesNotContain("UseHttpsRedirection", consumer.Read("Api/Program.cs"), StringComparison.Ordinal);

        (await consumer.RunAsync("format", "analyzers", "Api", "--no-restore", "--severity", "info", "--diagnostics", "ASA2001")).Succeeds();
        Assert.Contains("app.UseHttpsRedirection();", consumer.Read("Api/Program.cs"), StringComparison.Ordinal);
    }
}
