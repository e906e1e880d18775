using System.Collections.Immutable;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>What <see cref="SqlGrammar"/> knows between two tokens.</summary>
/// <param name="Clause">The part of the statement.</param>
/// <param name="Previous">The token in front.</param>
/// <param name="BeforePrevious">The token in front of that.</param>
/// <param name="IsBetween">Whether <c>BETWEEN</c> waits for its <c>AND</c>.</param>
/// <param name="EndsBetween">Whether the token in front is that <c>AND</c>.</param>
/// <param name="IsDefinition">Whether the statement takes no parameters.</param>
/// <param name="IsPragma">Whether the statement is a <c>PRAGMA</c>.</param>
/// <param name="IsHead">Whether no word of the statement has been seen.</param>
/// <param name="Frames">The open parentheses.</param>
internal sealed record SqlState(SqlClause Clause, SqlToken? Previous, SqlToken? BeforePrevious, bool IsBetween, bool EndsBetween, bool IsDefinition, bool IsPragma, bool IsHead, ImmutableStack<SqlFrame> Frames)
{
    public static readonly SqlState Start = new(SqlClause.Unknown, null, null, false, false, false, false, true, ImmutableStack<SqlFrame>.Empty);

    public SqlFrame? Frame => Frames.IsEmpty ? null : Frames.Peek();
}
