namespace ApiSecurityAnalyzers.Compilations;

/// <summary>The environments in which a statement runs, as far as the code says.</summary>
internal enum RunsIn
{
    /// <summary>Under no condition.</summary>
    Everywhere,

    /// <summary>Never in production: only in development, staging or tests, or in debug builds.</summary>
    DevelopmentOnly,

    /// <summary>In production, but not in development.</summary>
    NotDevelopment,

    /// <summary>Under a condition that says nothing about the environment.</summary>
    Unknown,
}

/// <summary>Logic on <see cref="RunsIn"/>: what a combined condition says about production.</summary>
internal static class Environments
{
    /// <summary>Both conditions hold, or one stands inside the other.</summary>
    public static RunsIn And(this RunsIn outer, RunsIn inner)
    {
        if (outer == RunsIn.Everywhere || outer == inner)
            return inner;
        if (inner == RunsIn.Everywhere)
            return outer;

        // development is the narrowest claim: whatever else is asked, production does not get there
        return outer == RunsIn.DevelopmentOnly || inner == RunsIn.DevelopmentOnly ? RunsIn.DevelopmentOnly : RunsIn.Unknown;
    }

    /// <summary>One of the conditions holds.</summary>
    public static RunsIn Or(this RunsIn left, RunsIn right)
    {
        if (left == right)
            return left;
        if (left == RunsIn.Everywhere || right == RunsIn.Everywhere)
            return RunsIn.Everywhere;
        if (left == RunsIn.NotDevelopment || right == RunsIn.NotDevelopment)
            return left == RunsIn.DevelopmentOnly || right == RunsIn.DevelopmentOnly ? RunsIn.Everywhere : RunsIn.NotDevelopment;
        return RunsIn.Unknown;
    }

    /// <summary>The condition does not hold.</summary>
    public static RunsIn Not(this RunsIn meaning) => meaning switch
    {
        RunsIn.DevelopmentOnly => RunsIn.NotDevelopment,
        RunsIn.NotDevelopment or RunsIn.Everywhere => RunsIn.DevelopmentOnly,
        _ => RunsIn.Unknown,
    };
}
