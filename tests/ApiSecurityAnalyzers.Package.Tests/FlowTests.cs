using System.Globalization;

namespace ApiSecurityAnalyzers.Package.Tests;

/// <summary>The package stays with the project that refers to it.</summary>
public sealed class FlowTests(PackedPackage package)
{
    private const string Application = """
        var builder = WebApplication.CreateBuilder(args);
        var app = builder.Build();
        app.MapGet("/", () => Lib.Greeting.Text);
        app.Run();
        """;

    [Fact]
    public async Task Library_does_not_pass_it_on()
    {
        var consumer = Library(Consumer.Reference, "1.0.0");

        (await consumer.RunAsync("pack", "Lib", "-o", consumer.PathOf("own"), "-m:1", "-p:UseSharedCompilation=false")).Succeeds();
        var nuspec = PackedPackage.Nuspec(consumer.PathOf("own/Lib.1.0.0.nupkg"));
        Assert.DoesNotContain(nuspec.Descendants(), static e => e.Name.LocalName == "dependency");
        Assert.Contains("ASA2001", (await ByProject(consumer, Reference())).Ids);

        var byProject = await ByProject(consumer, "");
        Assert.Empty(byProject.Succeeds().Findings);
        var byPackage = await ByPackage(consumer, "1.0.0");
        Assert.Empty(byPackage.Succeeds().Findings);
    }

    /// <summary>Without 'PrivateAssets', NuGet hands the analyzers on; the package itself sees to it that they stay.</summary>
    [Fact]
    public async Task Reference_written_by_hand_does_not_pass_it_on_either()
    {
        var consumer = Library("""<PackageReference Include="ApiSecurityAnalyzers" Version="{0}" />""", "2.0.0");
        (await consumer.RunAsync("pack", "Lib", "-o", consumer.PathOf("own"), "-m:1", "-p:UseSharedCompilation=false")).Succeeds();

        Assert.Empty((await ByProject(consumer, "")).Succeeds().Findings);
        Assert.Empty((await ByPackage(consumer, "2.0.0", "-p:ApiSecurityAnalysisMode=Paranoid")).Succeeds().Findings);

        // a package that is made to hand on settings and analyzers asks for it
        Assert.Contains("ASA2001", (await ByPackage(consumer, "2.0.0", "-p:ApiSecurityAnalyzersTransitive=true")).Succeeds().Ids);
    }

    [Fact]
    public async Task Command_that_adds_it_makes_it_private()
    {
        var consumer = new Consumer(package);
        consumer.Project("Api/Api.csproj", "Microsoft.NET.Sdk.Web", "", "");
        (await consumer.RunAsync("add", "Api/Api.csproj", "package", "ApiSecurityAnalyzers", "--version", package.Version)).Succeeds();
        var project = consumer.Read("Api/Api.csproj");
        Assert.Contains("<PrivateAssets>all</PrivateAssets>", project, StringComparison.Ordinal);
    }

    /// <summary>A library of a version of its own in each test: all consumers share one folder of packages.</summary>
    private Consumer Library(string reference, string version)
    {
        var consumer = new Consumer(package);
        consumer.Project("Lib/Lib.csproj", "Microsoft.NET.Sdk", $"<Version>{version}</Version>", string.Format(CultureInfo.InvariantCulture, reference, package.Version));
        return consumer.Write("Lib/Greeting.cs", """
            namespace Lib;

            public static class Greeting
            {
                public const string Text = "Hello";
            }
            """);
    }

    private string Reference() => string.Format(CultureInfo.InvariantCulture, Consumer.Reference, package.Version);

    private static Task<CommandResult> ByProject(Consumer consumer, string more)
    {
        consumer.Project("App/App.csproj", "Microsoft.NET.Sdk.Web", "", """<ProjectReference Include="../Lib/Lib.csproj" />""" + more);
        consumer.Write("App/Program.cs", Application);
        return consumer.BuildAsync("App");
    }

    private static Task<CommandResult> ByPackage(Consumer consumer, string version, params string[] arguments)
    {
        consumer.Project("User/User.csproj", "Microsoft.NET.Sdk.Web", "", $"""<PackageReference Include="Lib" Version="{version}" />""");
        consumer.Write("User/Program.cs", Application);
        return consumer.BuildAsync("User", arguments);
    }
}
