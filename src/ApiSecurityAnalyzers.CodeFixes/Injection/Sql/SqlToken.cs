namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>A token of SQL text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="From">The index of its first element.</param>
/// <param name="To">The index behind its last element.</param>
/// <param name="Text">Its text; for quoted tokens the quote, for values of the program nothing.</param>
/// <param name="IsGlued">Whether no white space stands in front of it.</param>
internal sealed record SqlToken(SqlTokenKind Kind, int From, int To, string Text, bool IsGlued)
{
    /// <summary>The values of the program in the token.</summary>
    public List<HolePiece> Holes { get; } = [];

    public bool IsWord(string upper) => Kind == SqlTokenKind.Word && string.Equals(Text, upper, StringComparison.OrdinalIgnoreCase);
}
