using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>The model of a Razor Page: the class that carries what the framework reads about access to the page.</summary>
/// <param name="Type">The class.</param>
/// <param name="Declaration">The declaration that names its base class.</param>
/// <param name="Own">What the attributes of the class and its bases say.</param>
/// <param name="Handlers">The handlers, inherited ones included.</param>
/// <param name="Path">Where the page stands.</param>
internal sealed record PageModelClass(INamedTypeSymbol Type, ClassDeclarationSyntax Declaration, EndpointMetadata Own, ImmutableArray<PageHandler> Handlers, PagePath Path)
{
    /// <summary>Whether it stands in a file beside a page, so that it is one and no base class.</summary>
    public bool IsCodeBehind => Declaration.SyntaxTree.FilePath.EndsWith(PagePath.CodeBehind, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A method of a page model that answers requests: <c>OnGet</c>, <c>OnPostDeleteAsync</c>.</summary>
/// <param name="Method">The method, declared in the class or one of its bases.</param>
/// <param name="Verb">The HTTP method, in upper case.</param>
internal sealed record PageHandler(IMethodSymbol Method, string Verb)
{
    /// <summary>Whether requests of the kind change something.</summary>
    public bool IsWriting => Verb is "POST" or "PUT" or "PATCH" or "DELETE";
}
