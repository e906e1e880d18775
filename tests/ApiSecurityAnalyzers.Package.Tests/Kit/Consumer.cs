namespace ApiSecurityAnalyzers.Package.Tests.Kit;

/// <summary>A folder outside of the repository with projects that use the package.</summary>
internal sealed class Consumer
{
    /// <summary>A reference as the readme shows it.</summary>
    public const string Reference = """<PackageReference Include="ApiSecurityAnalyzers" Version="{0}" PrivateAssets="all" />""";

    private readonly PackedPackage _package;
    private readonly string _folder;

    public Consumer(PackedPackage package)
    {
        _package = package;
        _folder = Directory.CreateDirectory(Path.Combine(package.Folder, "consumers", Guid.NewGuid().ToString("n")[..8])).FullName;
        // nothing from outside: what a web API needs comes with the SDK
        Write("nuget.config", $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="feed" value="{package.Feed}" />
                <add key="own" value="{Path.Combine(_folder, "own")}" />
              </packageSources>
              <fallbackPackageFolders>
                <clear />
              </fallbackPackageFolders>
            </configuration>
            """);
        Directory.CreateDirectory(Path.Combine(_folder, "own"));
        // ends the search for settings of folders above; leaves out what only costs time here
        Write("Directory.Build.props", """
            <Project>
              <PropertyGroup>
                <EnableNETAnalyzers>false</EnableNETAnalyzers>
                <ProduceReferenceAssembly>false</ProduceReferenceAssembly>
                <UseAppHost>false</UseAppHost>
              </PropertyGroup>
            </Project>
            """);
        Write("Directory.Build.targets", "<Project />");
        Write("Directory.Packages.props", "<Project />");
        Write(".editorconfig", "root = true\n");
    }

    /// <summary>A web API with one clear instance of each fault.</summary>
    public static Consumer WebApi(PackedPackage package, string properties = "")
    {
        var consumer = new Consumer(package);
        consumer.Project("Api/Api.csproj", "Microsoft.NET.Sdk.Web", properties, string.Format(System.Globalization.CultureInfo.InvariantCulture, Reference, package.Version));
        foreach (var (name, text) in Faults.All)
            consumer.Write("Api/" + name, text);
        return consumer;
    }

    public string PathOf(string file) => Path.Combine(_folder, file);

    public string Read(string file) => File.ReadAllText(PathOf(file));

    public Consumer Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
        return this;
    }

    public Consumer Project(string file, string sdk, string properties, string items) => Write(file, $"""
        <Project Sdk="{sdk}">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <NuGetAudit>false</NuGetAudit>
            {properties}
          </PropertyGroup>
          <ItemGroup>
            {items}
          </ItemGroup>
        </Project>
        """);

    /// <summary>Builds everything anew, so that every finding is printed.</summary>
    public Task<CommandResult> BuildAsync(string project, params string[] arguments) =>
        RunAsync(["build", project, "--no-incremental", "-v", "m", "-m:1", "-p:UseSharedCompilation=false", .. arguments]);

    public Task<CommandResult> RunAsync(params string[] arguments) => Dotnet.RunAsync(_folder, _package.PackagesFolder, arguments);
}
