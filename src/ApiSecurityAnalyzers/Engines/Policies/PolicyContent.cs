namespace ApiSecurityAnalyzers.Engines.Policies;

/// <summary>What an authorization policy demands. All its requirements have to be met, so the strongest one counts.</summary>
internal enum PolicyContent
{
    /// <summary>No requirement at all.</summary>
    Nothing,

    /// <summary>Assertions that are always true, and nothing else.</summary>
    AlwaysTrue,

    /// <summary>Assertions that never look at the caller, and nothing stronger.</summary>
    CallerIgnored,

    /// <summary>A requirement, or code out of sight that adds one.</summary>
    Something,
}
