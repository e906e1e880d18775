namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>How much of the host that serves the endpoints the compilation shows.</summary>
internal enum HostVisibility
{
    /// <summary>The compilation builds the host.</summary>
    Visible,

    /// <summary>A library: another project hosts its endpoints.</summary>
    OutOfSight,
}
