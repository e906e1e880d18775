namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>What an element of the flattened text is.</summary>
internal enum SqlElementKind
{
    /// <summary>No element: the end of the text.</summary>
    None,
    Character,
    Hole,
    BranchStart,
    BranchNext,
    BranchEnd,
}
