namespace ApiSecurityAnalyzers.Engines.ApiUse;

/// <summary>A row: a static field, property or method, constant or enum member that stands for something unsafe.</summary>
/// <param name="Type">The metadata name of the type that declares it.</param>
/// <param name="Member">The member.</param>
/// <param name="Algorithm">What it stands for, as the message names it.</param>
/// <param name="Replacement">The member of the same type that serves instead, or <see langword="null"/>.</param>
internal sealed record WeakMember(string Type, string Member, string Algorithm, string? Replacement = null)
{
    /// <summary>The member's name is an everyday word: source files are searched for the type's name instead.</summary>
    public bool IsCommonName { get; init; }
}
