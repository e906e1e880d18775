using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Reads what attributes say about limiters and anti-forgery tokens of an endpoint.</summary>
internal static class EndpointAttributes
{
    /// <summary>The limiter attributes of a method and of what it overrides, or of a type and its bases; the nearest last.</summary>
    public static IEnumerable<LimiterStatement> Limiters(ISymbol? symbol)
    {
        for (; symbol is not null; symbol = Next(symbol))
        {
            foreach (var attribute in symbol.GetAttributes())
            {
                if (LimiterAttributes.Meaning(attribute.AttributeClass) is { } isDisabled)
                    yield return new LimiterStatement(!isDisabled && attribute.ConstructorArguments is { Length: > 0 } arguments ? arguments[0].Value as string : null, isDisabled) { Node = attribute.ApplicationSyntaxReference?.GetSyntax() };
            }
        }
    }

    /// <summary>What <c>[RequireAntiforgeryToken]</c> says, where it stands on the symbol.</summary>
    public static bool? Antiforgery(ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass.InheritsFrom("Microsoft.AspNetCore.Antiforgery.RequireAntiforgeryTokenAttribute"))
                return attribute.ConstructorArguments is not { Length: > 0 } arguments || arguments[0].Value is not false;
        }

        return null;
    }

    private static ISymbol? Next(ISymbol symbol) => symbol switch
    {
        IMethodSymbol method => method.OverriddenMethod,
        INamedTypeSymbol { BaseType: { SpecialType: not SpecialType.System_Object } type } => type,
        _ => null,
    };
}
