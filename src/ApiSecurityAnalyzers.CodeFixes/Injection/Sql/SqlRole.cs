namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>What a value of the program is in the SQL statement.</summary>
internal enum SqlRole
{
    /// <summary>Part of the statement itself; nothing can take its place.</summary>
    Fragment,

    /// <summary>A value: a parameter can take its place.</summary>
    Value,

    /// <summary>All that stands between the parentheses of <c>IN (…)</c>.</summary>
    List,

    /// <summary>The name of a table, a procedure, a schema.</summary>
    Table,

    /// <summary>The name of a column, or a list of them.</summary>
    Column,

    /// <summary><c>ASC</c> or <c>DESC</c>.</summary>
    Direction,

    /// <summary>A setting of a statement such as <c>PRAGMA</c>, which takes no parameters.</summary>
    Setting,

    /// <summary>A number of rows, which not every database takes as a parameter.</summary>
    Count,
}
