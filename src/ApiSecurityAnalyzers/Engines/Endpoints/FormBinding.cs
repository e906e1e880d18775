using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Tells whether an endpoint takes a posted form, which a page of any site can send.</summary>
internal static class FormBinding
{
    /// <summary>Whether the framework binds a parameter from the form because an attribute or its type says so.</summary>
    public static bool IsIn(IMethodSymbol method) => method.Parameters.Any(static p => IsForm(p) || HasAttribute(p, "AsParametersAttribute") && p.Type.GetMembers().OfType<IPropertySymbol>().Any(IsForm));

    /// <summary>Whether a parameter is read from a body that no form can send.</summary>
    public static bool TakesBody(IMethodSymbol method) => method.Parameters.Any(static p => HasAttribute(p, "FromBodyAttribute") || p.GetAttributes().Any(static a => a.AttributeClass.Implements("Microsoft.AspNetCore.Http.Metadata.IFromBodyMetadata")));

    /// <summary>Whether code reads the form of the request by itself.</summary>
    public static bool IsReadIn(SyntaxNode code) => code.DescendantNodes().Any(static n => n is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Form" or "ReadFormAsync" or "GetMultipartBoundary" } access
        && access.Expression is IdentifierNameSyntax { Identifier.ValueText: "request" or "req" or "Request" } or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Request" });

    private static bool IsForm(IParameterSymbol parameter) => IsForm(parameter, parameter.Type);

    private static bool IsForm(IPropertySymbol property) => IsForm(property, property.Type);

    private static bool IsForm(ISymbol symbol, ITypeSymbol type)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass.Implements("Microsoft.AspNetCore.Http.Metadata.IFromFormMetadata"))
                return true;
            if (attribute.AttributeClass?.Name.StartsWith("From", StringComparison.Ordinal) == true)
                return false;
        }

        return type.Implements("Microsoft.AspNetCore.Http.IFormFile") || type.Implements("Microsoft.AspNetCore.Http.IFormFileCollection") || type.Implements("Microsoft.AspNetCore.Http.IFormCollection")
            || type is INamedTypeSymbol { TypeArguments: [var element] } && element.Implements("Microsoft.AspNetCore.Http.IFormFile") && type.Implements("System.Collections.IEnumerable")
            || type is IArrayTypeSymbol array && array.ElementType.Implements("Microsoft.AspNetCore.Http.IFormFile");
    }

    private static bool HasAttribute(IParameterSymbol parameter, string name) => parameter.GetAttributes().Any(a => a.AttributeClass?.Name == name);
}
