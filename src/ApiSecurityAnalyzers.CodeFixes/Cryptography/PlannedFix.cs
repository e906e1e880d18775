using ApiSecurityAnalyzers.CodeFixes.Helpers;

namespace ApiSecurityAnalyzers.CodeFixes.Cryptography;

/// <summary>One way to mend a finding; of several with the same key the first that compiles is taken.</summary>
/// <param name="Key">The action's equivalence key.</param>
/// <param name="Title">What the light bulb says.</param>
/// <param name="Edits">The changes.</param>
/// <param name="ReachesOut">The change shows in other documents, so that the whole project has to compile.</param>
internal sealed record PlannedFix(string Key, string Title, NodeEdits Edits, bool ReachesOut = false)
{
    /// <summary>A namespace that the new code needs where it is not imported yet.</summary>
    public string? Namespace { get; init; }
}
