namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>A place in the SQL text that holds one or more values of the program and is mended as a whole.</summary>
internal sealed class SqlSlot
{
    public SqlSlot(SqlRole role, int from, int to, SqlToken token)
    {
        Role = role;
        From = from;
        To = to;
        Token = token;
    }

    public SqlRole Role { get; }

    /// <summary>The index of the first element that goes away.</summary>
    public int From { get; }

    /// <summary>The index behind the last element that goes away.</summary>
    public int To { get; }

    public SqlToken Token { get; }

    public IReadOnlyList<HolePiece> Holes => Token.Holes;

    public HolePiece First => Token.Holes[0];

    public bool IsQuoted => Token.Kind == SqlTokenKind.QuotedText;

    /// <summary>Whether a loop adds the place to the text, each time with another value.</summary>
    public bool IsRepeated => Holes.Any(static h => h.Guards.Any(static g => g.IsLoop));

    /// <summary>The expression that numbers the placeholder, where a loop writes it.</summary>
    public string? Count { get; set; }

    /// <summary>What is written in the place of the elements.</summary>
    public string Placeholder { get; set; } = "";

    /// <summary>The value of the parameter, as source text.</summary>
    public string Value { get; set; } = "";
}
