using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Reads which attributes apply a rate-limiter policy, and which exempt from all limiters.</summary>
internal static class LimiterAttributes
{
    private const string Enable = "Microsoft.AspNetCore.RateLimiting.EnableRateLimitingAttribute";
    private const string Disable = "Microsoft.AspNetCore.RateLimiting.DisableRateLimitingAttribute";

    /// <summary>The attributes and the convention, as they are written.</summary>
    public static readonly NameSet Names = new("EnableRateLimiting", "EnableRateLimitingAttribute", "RequireRateLimiting");

    /// <summary>What the attributes of a type or method say, inherited ones left out.</summary>
    public static IEnumerable<LimiterStatement> On(ISymbol symbol, CancellationToken cancellationToken)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (Meaning(attribute.AttributeClass) is not { } isDisabled)
                continue;
            var policy = attribute.ConstructorArguments is { Length: > 0 } arguments && arguments[0].Value is string name ? name : null;
            yield return new LimiterStatement(attribute.ApplicationSyntaxReference?.Open(cancellationToken), isDisabled, policy, RunsIn.Everywhere);
        }
    }

    /// <summary>What a type says and inherits, the nearest first.</summary>
    public static IEnumerable<LimiterStatement> OnTypeAndBases(ITypeSymbol type, CancellationToken cancellationToken)
    {
        for (ITypeSymbol? current = type; current is not null && current.SpecialType != SpecialType.System_Object; current = current.BaseType)
        {
            foreach (var statement in On(current, cancellationToken))
                yield return statement;
        }
    }

    /// <summary>What a method says and inherits, the nearest first.</summary>
    public static IEnumerable<LimiterStatement> OnMethodAndOverridden(IMethodSymbol method, CancellationToken cancellationToken)
    {
        for (var current = method; current is not null; current = current.OverriddenMethod)
        {
            foreach (var statement in On(current, cancellationToken))
                yield return statement;
        }
    }

    /// <summary>Whether metadata of the type exempts from limiters or applies one; <see langword="null"/> for neither.</summary>
    public static bool? Meaning(ITypeSymbol? type) => type.InheritsFrom(Disable) ? true : type.InheritsFrom(Enable) ? false : null;
}
