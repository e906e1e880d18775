namespace ApiSecurityAnalyzers;

/// <summary>The diagnostic categories, by which <c>.editorconfig</c> sets severities in bulk.</summary>
internal static class Categories
{
    /// <summary>Every rule about the user's code.</summary>
    public const string Security = "Security";

    /// <summary>Rules about the configuration of this package itself.</summary>
    public const string Configuration = "Configuration";
}
