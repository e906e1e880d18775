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

    /// <summary>What is written in the place of the elements.</summary>
    public string Placeholder { get; set; } = "";

    /// <summary>The value of the parameter, as source text.</summary>
    public string Value { get; set; } = "";
}
