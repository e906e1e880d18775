namespace ApiSecurityAnalyzers.Engines.Text;

/// <summary>Where the values of a parameter come from.</summary>
internal enum ParameterOrigin
{
    /// <summary>All callers give constants or harmless values.</summary>
    Constant,

    /// <summary>A public parameter of a library: other projects give the values.</summary>
    Outside,

    /// <summary>Some caller gives a value that is not constant, or the framework does.</summary>
    Open,

    /// <summary>Too much to follow.</summary>
    Unknown,
}
