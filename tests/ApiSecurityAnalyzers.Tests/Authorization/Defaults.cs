using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ApiSecurityAnalyzers.Tests.Authorization;

/// <summary>A library whose extension methods configure hosts in ways that nobody sees.</summary>
internal static class Defaults
{
    public static readonly Lazy<ImmutableArray<MetadataReference>> Assembly = new(static () =>
    {
        var compilation = CSharpCompilation.Create(
            "Company.Defaults",
            [CSharpSyntaxTree.ParseText("""
                namespace Company.Defaults
                {
                    public static class Extensions
                    {
                        public static Microsoft.AspNetCore.Builder.WebApplicationBuilder AddServiceDefaults(this Microsoft.AspNetCore.Builder.WebApplicationBuilder builder) => builder;
                        public static Microsoft.AspNetCore.Builder.WebApplication MapDefaultEndpoints(this Microsoft.AspNetCore.Builder.WebApplication app) => app;
                    }
                }
                """)],
            References.AspNetCore,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var stream = new MemoryStream();
        Assert.True(compilation.Emit(stream).Success);
        return [MetadataReference.CreateFromImage(stream.ToArray())];
    });
}
