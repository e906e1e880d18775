namespace ApiSecurityAnalyzers.Compilations;

/// <summary>Name sets that several engines share.</summary>
internal static class KnownNames
{
    /// <summary>Names by which a source file shows that it configures or starts a web host.</summary>
    public static readonly NameSet Host = new(
        "WebApplication", "IApplicationBuilder", "IHostBuilder", "IWebHostBuilder", "IHostApplicationBuilder", "WebApplicationBuilder",
        "IServiceCollection", "IEndpointRouteBuilder", "RouteGroupBuilder", "UseStartup", "Startup", "StartupDevelopment", "StartupProduction",
        "ConfigureWebHostDefaults", "ConfigureWebHost", "CreateDefaultBuilder", "CreateSlimBuilder", "CreateEmptyBuilder", "WebHost", "WebHostBuilder",
        "HostBuilder", "IStartupFilter", "IHostingStartup", "IStartup");
}
