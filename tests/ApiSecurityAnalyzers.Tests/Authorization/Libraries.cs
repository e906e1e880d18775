using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ApiSecurityAnalyzers.Tests.Authorization;

/// <summary>Libraries that code under test references, made of a few lines.</summary>
internal static class Libraries
{
    /// <summary>Extension methods that configure hosts in ways that nobody sees.</summary>
    public static readonly Lazy<ImmutableArray<MetadataReference>> Defaults = Stubs.WithoutBodies("Company.Defaults", """
        namespace Company.Defaults
        {
            public static class Extensions
            {
                public static Microsoft.AspNetCore.Builder.WebApplicationBuilder AddServiceDefaults(this Microsoft.AspNetCore.Builder.WebApplicationBuilder builder) => builder;
                public static Microsoft.AspNetCore.Builder.WebApplication MapDefaultEndpoints(this Microsoft.AspNetCore.Builder.WebApplication app) => app;
            }
        }
        """);

    /// <summary>The shape of Carter.</summary>
    public static readonly Lazy<ImmutableArray<MetadataReference>> Carter = Of("Carter", """
        using Microsoft.AspNetCore.Routing;

        namespace Carter
        {
            public interface ICarterModule { void AddRoutes(IEndpointRouteBuilder app); }

            public abstract class CarterModule : ICarterModule
            {
                public CarterModule(string path) { }
                public abstract void AddRoutes(IEndpointRouteBuilder app);
                protected void RequireAuthorization() { }
            }

            public static class CarterExtensions { public static IEndpointRouteBuilder MapCarter(this IEndpointRouteBuilder builder) => builder; }
        }
        """);

    private static Lazy<ImmutableArray<MetadataReference>> Of(string name, string source) => new(() =>
    {
        var compilation = CSharpCompilation.Create(name, [CSharpSyntaxTree.ParseText(source)], References.AspNetCore, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var stream = new MemoryStream();
        Assert.True(compilation.Emit(stream).Success);
        return [MetadataReference.CreateFromImage(stream.ToArray())];
    });
}
