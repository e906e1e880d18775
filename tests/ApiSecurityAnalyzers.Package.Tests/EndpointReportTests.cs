using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace ApiSecurityAnalyzers.Package.Tests;

/// <summary>A build with <c>ApiSecurityReport</c> writes the report, and is otherwise the build that it is without.</summary>
public sealed class EndpointReportTests(PackedPackage package)
{
    private const string Report = "-p:ApiSecurityReport=true";
    private const string Output = "Api/bin/Debug/net10.0/";
    private const string Json = Output + "Api.endpoints.json";
    private const string Page = Output + "Api.endpoints.html";

    [Fact]
    public async Task Build_with_the_property_writes_both_files_and_changes_nothing_else()
    {
        var consumer = Consumer.WebApi(package);
        string[] log = ["-p:ErrorLog=findings.sarif%2Cversion=2.1", "-p:ApiSecurityReadReferences=false"];
        var without = (await consumer.BuildAsync("Api", log)).Succeeds();
        Assert.False(File.Exists(consumer.PathOf(Json)));
        Assert.False(File.Exists(consumer.PathOf(Page)));
        Assert.False(Directory.Exists(consumer.PathOf("Api/obj/Debug/net10.0/ApiSecurityReport")));
        var before = Built(consumer);

        var with = (await consumer.BuildAsync("Api", [.. log, Report])).Succeeds();
        Assert.Equal(Faults.Ids, with.Ids);
        Assert.Equal(without.Findings, with.Findings);
        Assert.Equal(before, Built(consumer));
        Assert.DoesNotContain("ASA0902", consumer.Read("Api/findings.sarif"), StringComparison.Ordinal);

        Assert.Equal(["GET /api/Customers open CustomersController.cs:11", " /news open Program.cs:10", "GET /orders/{id} open Program.cs:11"], Endpoints(consumer, Json));
        var page = consumer.Read(Page);
        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        Assert.Contains("<title>Endpoints of Api</title>", page, StringComparison.Ordinal);
        Assert.Contains("/orders/<wbr>{id}", page, StringComparison.Ordinal);
        Assert.EndsWith("</html>", page.TrimEnd(), StringComparison.Ordinal);

        (await consumer.RunAsync("clean", "Api", "-v", "q")).Succeeds();
        Assert.False(File.Exists(consumer.PathOf(Json)));
        Assert.False(File.Exists(consumer.PathOf(Page)));
    }

    [Fact]
    public async Task Later_builds_keep_the_report_right()
    {
        var consumer = Consumer.WebApi(package, "<ApiSecurityReport>true</ApiSecurityReport><ApiSecurityReportFile>endpoints.json</ApiSecurityReportFile>");
        (await BuildAsync(consumer)).Succeeds();
        var json = consumer.Read(Json);
        var page = consumer.Read(Page);
        var record = consumer.Read("Api/endpoints.json");
        Assert.DoesNotContain("\"line\"", record, StringComparison.Ordinal);
        var compiled = File.GetLastWriteTimeUtc(consumer.PathOf(Output + "Api.dll"));

        // nothing to do: nothing is compiled, and what somebody deleted or changed is written anew
        File.Delete(consumer.PathOf(Json));
        consumer.Write(Page, "changed").Write("Api/endpoints.json", "changed");
        (await BuildAsync(consumer)).Succeeds();
        Assert.Equal(compiled, File.GetLastWriteTimeUtc(consumer.PathOf(Output + "Api.dll")));
        Assert.Equal(json, consumer.Read(Json));
        Assert.Equal(page, consumer.Read(Page));
        Assert.Equal(record, consumer.Read("Api/endpoints.json"));

        // lines move: the file that is kept in the repository does not change, and is not touched
        var written = File.GetLastWriteTimeUtc(consumer.PathOf("Api/endpoints.json"));
        var program = consumer.Read("Api/Program.cs");
        consumer.Write("Api/Program.cs", "// one line more\n" + program);
        (await BuildAsync(consumer)).Succeeds();
        Assert.Contains("GET /orders/{id} open Program.cs:12", Endpoints(consumer, Json));
        Assert.Equal(written, File.GetLastWriteTimeUtc(consumer.PathOf("Api/endpoints.json")));

        // the attack surface changes in a build without the report, and is seen by the next one with it
        consumer.Write("Api/Program.cs", program.Replace("""app.MapGet("/orders/{id}", (int id) => Results.Ok(id));""", """app.MapDelete("/orders/{id}", (int id) => Results.Ok(id)).RequireAuthorization("CanDelete");""", StringComparison.Ordinal));
        (await BuildAsync(consumer, "-p:ApiSecurityReport=false")).Succeeds();
        Assert.Contains("GET /orders/{id} open Program.cs:12", Endpoints(consumer, Json));
        (await BuildAsync(consumer)).Succeeds();
        Assert.Contains("DELETE /orders/{id} protected Program.cs:11", Endpoints(consumer, Json));
        var changed = consumer.Read("Api/endpoints.json").Split('\n').Except(record.Split('\n'));
        Assert.Equal(["\"access\": \"protected\",", "\"because\": [\"RequireAuthorization on MapDelete\"]", "\"methods\": [\"DELETE\"],", "\"policies\": [\"CanDelete\"],"], changed.Select(static l => l.Trim()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Solution_with_several_frameworks_has_a_report_for_each_and_none_for_a_library()
    {
        var consumer = new Consumer(package);
        var reference = string.Format(CultureInfo.InvariantCulture, Consumer.Reference, package.Version);
        consumer.Project("Lib/Lib.csproj", "Microsoft.NET.Sdk", "", reference).Write("Lib/Greeting.cs", "namespace Lib; public static class Greeting { public const string Text = \"Hello\"; }");
        consumer.Project("Api/Api.csproj", "Microsoft.NET.Sdk.Web", "<TargetFramework /><TargetFrameworks>net10.0;net10.0-windows</TargetFrameworks><EnableWindowsTargeting>true</EnableWindowsTargeting><DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads><ApiSecurityReportFile>endpoints.json</ApiSecurityReportFile>", """<ProjectReference Include="../Lib/Lib.csproj" />""" + reference);
        consumer.Write("Api/Program.cs", """
            var app = WebApplication.CreateBuilder(args).Build();
            app.MapGet("/", () => Lib.Greeting.Text);
            #if WINDOWS
            app.MapGet("/windows", () => Lib.Greeting.Text);
            #endif
            app.Run();
            """);
        consumer.Write("All.slnx", """<Solution><Project Path="Api/Api.csproj" /><Project Path="Lib/Lib.csproj" /></Solution>""");

        (await consumer.BuildAsync("All.slnx", Report)).Succeeds();
        Assert.Equal(["GET / open Program.cs:2"], Endpoints(consumer, Json));
        Assert.Equal(["GET / open Program.cs:2", "GET /windows open Program.cs:4"], Endpoints(consumer, "Api/bin/Debug/net10.0-windows/Api.endpoints.json"));
        Assert.Equal(["endpoints.net10.0-windows.json", "endpoints.net10.0.json"], Directory.EnumerateFiles(consumer.PathOf("Api"), "endpoints*").Select(static f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
        Assert.Empty(Directory.EnumerateFiles(consumer.PathOf("Lib"), "*.endpoints.*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Names_survive_the_build_and_files_are_named_from_the_root_of_the_repository()
    {
        var consumer = new Consumer(package);
        consumer.Write(".git/HEAD", "ref: refs/heads/main\n");
        consumer.Project("C# (new) API/Api.csproj", "Microsoft.NET.Sdk.Web", "<TreatWarningsAsErrors>false</TreatWarningsAsErrors>", string.Format(CultureInfo.InvariantCulture, Consumer.Reference, package.Version));
        consumer.Write("C# (new) API/Program.cs", """"
            var app = WebApplication.CreateBuilder(args).Build();
            app.MapGet("""/a;b/$(Path)/@(Compile)/%41/{x:regex(^\\d*$)}/ü🎉'""", () => 1).RequireAuthorization("</script>");
            app.Run();
            """");
        (await consumer.BuildAsync("C# (new) API/Api.csproj", Report)).Succeeds();

        var folder = "C# (new) API/bin/Debug/net10.0/";
        using var json = JsonDocument.Parse(consumer.Read(folder + "Api.endpoints.json"));
        var endpoint = json.RootElement.GetProperty("endpoints").EnumerateArray().Single();
        Assert.Equal("""/a;b/$(Path)/@(Compile)/%41/{x:regex(^\\d*$)}/ü🎉'""", endpoint.GetProperty("route").GetString());
        Assert.Equal("C# (new) API/Program.cs", endpoint.GetProperty("file").GetString());
        Assert.Equal("</script>", endpoint.GetProperty("policies")[0].GetString());
        Assert.Contains("&lt;/script&gt;", consumer.Read(folder + "Api.endpoints.html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Design_time_build_makes_no_report()
    {
        var consumer = Consumer.WebApi(package, "<ApiSecurityReport>true</ApiSecurityReport>");
        (await consumer.RunAsync("restore", "Api")).Succeeds();
        (await consumer.RunAsync("msbuild", "Api", "-t:Compile", "-v:m", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true")).Succeeds();
        Assert.False(Directory.Exists(consumer.PathOf("Api/obj/Debug/net10.0/ApiSecurityReport")));
        Assert.False(File.Exists(consumer.PathOf(Json)));
    }

    /// <summary>As somebody at work builds: what is up to date is left alone.</summary>
    private static Task<CommandResult> BuildAsync(Consumer consumer, params string[] arguments) =>
        consumer.RunAsync(["build", "Api", "-v", "m", "-m:1", "-p:UseSharedCompilation=false", .. arguments]);

    private static List<string> Built(Consumer consumer) =>
        [.. new[] { Output + "Api.dll", Output + "Api.pdb" }.Select(f => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(consumer.PathOf(f)))))];

    private static List<string> Endpoints(Consumer consumer, string file)
    {
        using var json = JsonDocument.Parse(consumer.Read(file));
        return [.. json.RootElement.GetProperty("endpoints").EnumerateArray().Select(static e =>
            $"{string.Join(",", e.GetProperty("methods").EnumerateArray().Select(static m => m.GetString()))} {e.GetProperty("route").GetString()} {e.GetProperty("access").GetString()} {Path.GetFileName(e.GetProperty("file").GetString())}:{e.GetProperty("line").GetInt32()}")];
    }
}
