namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>The part of an SQL statement in which a token stands.</summary>
internal enum SqlClause
{
    Unknown,
    Select,
    From,
    Into,
    Values,
    Set,
    Where,
    On,
    OrderBy,
    GroupBy,
    Limit,
    Execute,

    /// <summary>A statement that defines something; parameters are not allowed in it.</summary>
    Definition,
}
