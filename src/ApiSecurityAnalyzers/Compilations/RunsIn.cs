namespace ApiSecurityAnalyzers.Compilations;

/// <summary>The environments in which a statement runs, as far as the code says.</summary>
internal enum RunsIn
{
    /// <summary>Under no condition.</summary>
    Everywhere,

    /// <summary>Only where the environment is development, or in debug builds.</summary>
    DevelopmentOnly,

    /// <summary>Everywhere but in development.</summary>
    NotDevelopment,

    /// <summary>Under a condition that says nothing about the environment.</summary>
    Unknown,
}
