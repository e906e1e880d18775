namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>What a token of SQL text is.</summary>
internal enum SqlTokenKind
{
    Word,
    Number,
    Operator,
    Comma,
    Open,
    Close,
    Semicolon,

    /// <summary>A value: <c>'…'</c>.</summary>
    QuotedText,

    /// <summary>A name: <c>[…]</c>, <c>"…"</c>, <c>`…`</c>.</summary>
    QuotedName,

    /// <summary>A value of the program that stands in no quotes.</summary>
    Hole,
    BranchStart,
    BranchNext,
    BranchEnd,
}
