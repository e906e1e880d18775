using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>A controller or hub of a document, with the methods that callers reach.</summary>
/// <param name="Type">The class.</param>
/// <param name="Declaration">Its declaration in the document; of partial classes the first one reports.</param>
/// <param name="Own">What the attributes of the class and its bases say.</param>
/// <param name="Actions">The actions or hub methods, inherited ones included.</param>
internal sealed record Controller(INamedTypeSymbol Type, ClassDeclarationSyntax Declaration, EndpointMetadata Own, ImmutableArray<ControllerAction> Actions);

/// <summary>An action of a controller or a method of a hub.</summary>
/// <param name="Method">The method, declared in the class or one of its bases.</param>
/// <param name="Own">What its own attributes say.</param>
internal sealed record ControllerAction(IMethodSymbol Method, EndpointMetadata Own);
