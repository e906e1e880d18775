namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>What a condition says about the outcome of a check of credentials.</summary>
internal enum CheckOutcome
{
    /// <summary>Nothing: it is about something else.</summary>
    None,

    /// <summary>The value of the check itself, which is no condition.</summary>
    Value,

    /// <summary>True where the check succeeds.</summary>
    Success,

    /// <summary>True where the check fails.</summary>
    Failure,

    /// <summary>True where the check ends in a special way: locked out, second factor wanted.</summary>
    Special,

    /// <summary>False where the check ends in a special way.</summary>
    NotSpecial,

    /// <summary>It takes part in a way that is not understood.</summary>
    Unclear,
}
