using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Reads what attributes say about limiters and anti-forgery tokens of an endpoint.</summary>
internal static class EndpointAttributes
{
    private const string Enable = "Microsoft.AspNetCore.RateLimiting.EnableRateLimitingAttribute";
    private const string Disable = "Microsoft.AspNetCore.RateLimiting.DisableRateLimitingAttribute";

    /// <summary>The limiter attributes of a method and of what it overrides, or of a type and its bases; the nearest last.</summary>
    public static IEnumerable<LimiterStatement> Limiters(ISymbol? symbol)
    {
        for (; symbol is not null; symbol = Next(symbol))
        {
            foreach (var attribute in symbol.GetAttributes())
            {
                if (attribute.AttributeClass.InheritsFrom(Disable))
                    yield return new LimiterStatement(null, true) { Node = attribute.ApplicationSyntaxReference?.GetSyntax() };
                else if (attribute.AttributeClass.InheritsFrom(Enable))
                    yield return new LimiterStatement(attribute.ConstructorArguments is { Length: > 0 } arguments ? arguments[0].Value as string : null, false) { Node = attribute.ApplicationSyntaxReference?.GetSyntax() };
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

    /// <summary>Whether a route handler binds a form or a file.</summary>
    public static bool BindsForm(IMethodSymbol handler) => handler.Parameters.Any(static p =>
        p.Type.Is("Microsoft.AspNetCore.Http.IFormFile") || p.Type.Is("Microsoft.AspNetCore.Http.IFormFileCollection") || p.Type.Is("Microsoft.AspNetCore.Http.IFormCollection")
        || p.GetAttributes().Any(static a => a.AttributeClass.Implements("Microsoft.AspNetCore.Http.Metadata.IFromFormMetadata")));

    private static ISymbol? Next(ISymbol symbol) => symbol switch
    {
        IMethodSymbol method => method.OverriddenMethod,
        INamedTypeSymbol { BaseType: { SpecialType: not SpecialType.System_Object } type } => type,
        _ => null,
    };
}
