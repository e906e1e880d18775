namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>One character of the SQL text, one value in it, or a border of alternatives.</summary>
internal readonly record struct SqlElement(SqlElementKind Kind, TextPiece? Text, int Index, HolePiece? Hole)
{
    public char Character => Kind == SqlElementKind.Character && Text is not null ? Text.Value[Index] : '\0';

    /// <summary>The string literal in which the element stands.</summary>
    public StringNode? Node => Kind == SqlElementKind.Character ? Text!.Node : Hole?.Node;

    public bool IsBorder => Kind is SqlElementKind.BranchStart or SqlElementKind.BranchNext or SqlElementKind.BranchEnd;

    /// <summary>Where the element begins in the source.</summary>
    public int Start => Kind == SqlElementKind.Character ? Text!.Position(Index) : Hole!.Span.Start;

    /// <summary>Where the element ends in the source.</summary>
    public int End => Kind == SqlElementKind.Character ? Text!.Position(Index + 1) : Hole!.Span.End;

    /// <summary>Whether the element can be edited where it stands.</summary>
    public bool IsEditable => Kind == SqlElementKind.Hole || Kind == SqlElementKind.Character && Text!.Node is not null;

    public static void Flatten(IEnumerable<SqlPiece> pieces, List<SqlElement> elements)
    {
        foreach (var piece in pieces)
        {
            switch (piece)
            {
                case TextPiece text:
                    for (var i = 0; i < text.Value.Length; i++)
                        elements.Add(new SqlElement(SqlElementKind.Character, text, i, null));
                    break;
                case HolePiece hole:
                    elements.Add(new SqlElement(SqlElementKind.Hole, null, 0, hole));
                    break;
                case ChoicePiece choice:
                    for (var i = 0; i < choice.Alternatives.Length; i++)
                    {
                        elements.Add(new SqlElement(i == 0 ? SqlElementKind.BranchStart : SqlElementKind.BranchNext, null, 0, null));
                        Flatten(choice.Alternatives[i], elements);
                    }

                    elements.Add(new SqlElement(SqlElementKind.BranchEnd, null, 0, null));
                    break;
            }
        }
    }
}
