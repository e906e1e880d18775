namespace ApiSecurityAnalyzers.Engines.ApiUse;

/// <summary>What the name of an unsafe algorithm, written as a string, stands for.</summary>
/// <param name="Algorithm">The algorithm, as the message names it.</param>
/// <param name="Replacement">The string that serves instead, or <see langword="null"/>.</param>
/// <param name="ReplacementType">The type whose instance serves instead of a factory call, or <see langword="null"/>.</param>
internal sealed record WeakName(string Algorithm, string? Replacement = null, string? ReplacementType = null);
