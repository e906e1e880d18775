namespace ApiSecurityAnalyzers.Engines.Text;

/// <summary>Where the values of a parameter come from.</summary>
internal enum ParameterOrigin
{
    /// <summary>All callers give constants or harmless values.</summary>
    Constant,

    /// <summary>A public parameter or property of a library, or configuration: other projects or the operator give the values.</summary>
    Outside,

    /// <summary>Some caller gives a value that is not constant, or the framework does.</summary>
    Open,

    /// <summary>Too much to follow.</summary>
    Unknown,
}
