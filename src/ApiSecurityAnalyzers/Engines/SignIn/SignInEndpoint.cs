using System.Collections.Immutable;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Engines.SignIn;

/// <summary>An endpoint that everyone can call and that checks, or sends, a credential.</summary>
/// <param name="Purpose">What it is for.</param>
/// <param name="Location">The name of the action, the class of the page, or the mapping call.</param>
/// <param name="Target">What kind of place that is, for fixes (<see cref="CoverageReport.TargetKey"/>).</param>
/// <param name="Name">The endpoint as its reader knows it.</param>
/// <param name="Limiters">What attributes and conventions say about limiters, the nearest first.</param>
/// <param name="Covered">Whether any limiter covers it.</param>
/// <param name="Lockout">Whether failed attempts lock the account.</param>
internal sealed record SignInEndpoint(SignInPurpose Purpose, Location Location, string Target, string Name, ImmutableArray<LimiterStatement> Limiters, Answer Covered, Answer Lockout)
{
    /// <summary>The statement that exempts it from every limiter.</summary>
    public LimiterStatement? Exemption => Limiters.FirstOrDefault(static l => l.IsDisabled && l.RunsIn is not Compilations.RunsIn.DevelopmentOnly);

    /// <summary>The policy of its own.</summary>
    public LimiterStatement? Own => Limiters.FirstOrDefault(static l => !l.IsDisabled && l.RunsIn is not Compilations.RunsIn.DevelopmentOnly);
}
