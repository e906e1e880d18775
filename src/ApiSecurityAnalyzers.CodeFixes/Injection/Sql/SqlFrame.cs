namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>An open parenthesis.</summary>
/// <param name="Clause">The part of the statement in which it stands.</param>
/// <param name="Before">The token in front of it: <c>IN</c>, <c>VALUES</c>, the name of a function or table.</param>
/// <param name="IsValueSide">Whether what it encloses is computed for a comparison, an assignment or a row.</param>
internal sealed record SqlFrame(SqlClause Clause, SqlToken? Before, bool IsValueSide);
