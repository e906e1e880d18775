using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Tells which attributes apply a rate-limiter policy, and which exempt from all limiters.</summary>
internal static class LimiterAttributes
{
    private const string Enable = "Microsoft.AspNetCore.RateLimiting.EnableRateLimitingAttribute";
    private const string Disable = "Microsoft.AspNetCore.RateLimiting.DisableRateLimitingAttribute";

    /// <summary>What applies a policy, as it is written.</summary>
    public static readonly NameSet Names = new("EnableRateLimiting", "EnableRateLimitingAttribute", "RequireRateLimiting");

    /// <summary>Whether metadata of the type exempts from limiters or applies one; <see langword="null"/> for neither.</summary>
    public static bool? Meaning(ITypeSymbol? type) => type.InheritsFrom(Disable) ? true : type.InheritsFrom(Enable) ? false : null;
}
