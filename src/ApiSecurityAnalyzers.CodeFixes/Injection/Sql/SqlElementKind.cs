namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>What an element of the flattened text is.</summary>
internal enum SqlElementKind
{
    Character,
    Hole,
    BranchStart,
    BranchNext,
    BranchEnd,
}
