using System.Collections.Immutable;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>Parts of which one set becomes part of the text.</summary>
internal sealed class ChoicePiece : SqlPiece
{
    public ChoicePiece(params IReadOnlyList<SqlPiece>[] alternatives) => Alternatives = alternatives.ToImmutableArray();

    public ImmutableArray<IReadOnlyList<SqlPiece>> Alternatives { get; }
}
