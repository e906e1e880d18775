namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>Constant SQL text, and where each of its characters stands in the source.</summary>
internal sealed class TextPiece : SqlPiece
{
    private readonly int[] _starts;

    public TextPiece(string value, StringNode node, int[] starts)
    {
        Value = value;
        Node = node;
        _starts = starts;
    }

    /// <summary>A constant that stands elsewhere and cannot be edited here.</summary>
    public TextPiece(string value)
    {
        Value = value;
        _starts = [];
    }

    public string Value { get; }

    public StringNode? Node { get; }

    /// <summary>Where a character of the value begins in the source; the length of the value gives the end.</summary>
    public int Position(int index) => _starts[index];
}
