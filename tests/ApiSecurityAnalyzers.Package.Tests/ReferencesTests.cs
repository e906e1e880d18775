using System.Globalization;

namespace ApiSecurityAnalyzers.Package.Tests;

/// <summary>What a build shows of the projects that an application refers to.</summary>
public sealed class ReferencesTests(PackedPackage package)
{
    /// <summary>In a debug build the compiler gets a reference assembly, behind which anything could happen; in a release build the assembly itself.</summary>
    [Fact]
    public async Task Release_build_sees_what_a_referenced_project_cannot_do()
    {
        var consumer = new Consumer(package);
        consumer.Project("Lib/Lib.csproj", "Microsoft.NET.Sdk", "<ProduceReferenceAssembly>true</ProduceReferenceAssembly>", """<FrameworkReference Include="Microsoft.AspNetCore.App" />""");
        consumer.Write("Lib/Defaults.cs", """
            using Microsoft.AspNetCore.Builder;
            using Microsoft.Extensions.DependencyInjection;

            namespace Lib;

            public static class Defaults
            {
                public static IServiceCollection AddDefaults(this IServiceCollection services) => services.AddHttpLogging(static o => { });

                public static IApplicationBuilder UseDefaults(this IApplicationBuilder app) => app.UseHttpLogging();
            }
            """);
        consumer.Project("App/App.csproj", "Microsoft.NET.Sdk.Web", "", """<ProjectReference Include="../Lib/Lib.csproj" />""" + string.Format(CultureInfo.InvariantCulture, Consumer.Reference, package.Version));
        consumer.Write("App/Program.cs", """
            using Lib;

            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddDefaults();
            var app = builder.Build();
            app.UseDefaults();
            app.MapGet("/", () => "Hello");
            app.Run();
            """);

        Assert.Empty((await consumer.BuildAsync("App", "-c", "Debug")).Succeeds().Findings);
        Assert.Equal(["ASA1002", "ASA2001", "ASA3001"], (await consumer.BuildAsync("App", "-c", "Release")).Succeeds().Ids);
        Assert.Empty((await consumer.BuildAsync("App", "-c", "Release", "-p:ApiSecurityReadReferences=false")).Succeeds().Findings);
    }
}
