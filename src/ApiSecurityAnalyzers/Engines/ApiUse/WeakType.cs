namespace ApiSecurityAnalyzers.Engines.ApiUse;

/// <summary>A row: a type that is unsafe to make or to call.</summary>
/// <param name="FullName">The metadata name.</param>
/// <param name="Algorithm">What it implements, as the message names it.</param>
/// <param name="Replacement">The metadata name of the type that serves instead, or <see langword="null"/> where none has the same shape.</param>
internal sealed record WeakType(string FullName, string Algorithm, string? Replacement = null)
{
    /// <summary>The name without namespace and outer types, by which source files are searched.</summary>
    public string SimpleName { get; } = FullName.Substring(FullName.LastIndexOfAny(['.', '+']) + 1);
}
