namespace ApiSecurityAnalyzers.Engines.Cryptography;

/// <summary>How much a use matters.</summary>
internal enum Severity
{
    /// <summary>It is fine.</summary>
    Silent,

    /// <summary>It is reported at info.</summary>
    Suggestion,

    /// <summary>It is reported at the rule's own severity.</summary>
    Warning,
}
