using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace ApiSecurityAnalyzers.Tests.Kit;

/// <summary>Small stand-ins for libraries: code under test sees them as compiled assemblies, not as its own code.</summary>
internal static class Stubs
{
    /// <summary>Compiles a library against ASP.NET Core.</summary>
    public static Lazy<ImmutableArray<MetadataReference>> Library(string assembly, string source) => Library(assembly, source, new EmitOptions());

    /// <summary>The same as a reference assembly, of whose bodies nothing can be known.</summary>
    public static Lazy<ImmutableArray<MetadataReference>> WithoutBodies(string assembly, string source) => Library(assembly, source, new EmitOptions(metadataOnly: true, includePrivateMembers: false));

    private static Lazy<ImmutableArray<MetadataReference>> Library(string assembly, string source, EmitOptions options) => new(() =>
    {
        var trees = new[] { source, TestProject.GlobalUsings, TestProject.WebUsings }.Select(static t => CSharpSyntaxTree.ParseText(t));
        var compilation = CSharpCompilation.Create(assembly, trees, References.AspNetCore, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream, options: options);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return [MetadataReference.CreateFromImage(stream.ToArray())];
    });

    /// <summary>A library of extension methods on <c>IApplicationBuilder</c> that return it.</summary>
    public static Lazy<ImmutableArray<MetadataReference>> Middleware(string assembly, params string[] names) => WithoutBodies(
        assembly,
        "public static class Extensions { " + string.Concat(names.Select(static n => $"public static IApplicationBuilder {n}(this IApplicationBuilder app) => app; ")) + "}");

    /// <summary>A library of extension methods on <c>IServiceCollection</c> that return it.</summary>
    public static Lazy<ImmutableArray<MetadataReference>> Services(string assembly, params string[] names) => WithoutBodies(
        assembly,
        "public static class Extensions { " + string.Concat(names.Select(static n => $"public static IServiceCollection {n}(this IServiceCollection services) => services; ")) + "}");
}
