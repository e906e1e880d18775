using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>Where an expression stands that is read as SQL text.</summary>
/// <param name="Operands">The operands among which it stands.</param>
/// <param name="Index">Its index among them.</param>
/// <param name="Guards">The conditions under which it is part of the text.</param>
/// <param name="Self">The local that is appended to, and its text so far: <c>sql = sql + "…"</c>.</param>
internal sealed record ReadContext(Operands? Operands, int Index, ImmutableArray<SqlGuard> Guards, (ISymbol Symbol, IReadOnlyList<SqlPiece> Pieces)? Self = null)
{
    public static readonly ReadContext Empty = new(null, 0, ImmutableArray<SqlGuard>.Empty);

    public ReadContext Under(SqlGuard guard) => this with { Guards = Guards.Add(guard) };
}
