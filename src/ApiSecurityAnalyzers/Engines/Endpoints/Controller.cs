using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>A controller or hub of a document, with the methods that callers reach.</summary>
/// <param name="Type">The class.</param>
/// <param name="Declaration">Its first declaration in the document.</param>
/// <param name="IsMain">Whether findings about the whole class are reported here; false for further documents of a partial class.</param>
/// <param name="Own">What the attributes of the class and its bases say.</param>
/// <param name="Actions">The actions or hub methods, inherited ones included.</param>
internal sealed record Controller(INamedTypeSymbol Type, ClassDeclarationSyntax Declaration, bool IsMain, EndpointMetadata Own, ImmutableArray<ControllerAction> Actions)
{
    /// <summary>Whether attributes say where it answers. Without them only a conventional route (<c>MapControllerRoute</c>) leads to it.</summary>
    public bool IsAttributeRouted { get; init; }

    /// <summary>Whether MVC takes it for a controller by its name alone.</summary>
    public bool IsByName { get; init; }
}

/// <summary>An action of a controller or a method of a hub.</summary>
/// <param name="Method">The method, declared in the class or one of its bases.</param>
/// <param name="Own">What its own attributes say.</param>
internal sealed record ControllerAction(IMethodSymbol Method, EndpointMetadata Own)
{
    /// <summary>Whether a route attribute leads to it; without one only a conventional route (<c>MapControllerRoute</c>) does.</summary>
    public bool IsAttributeRouted { get; init; }
}
