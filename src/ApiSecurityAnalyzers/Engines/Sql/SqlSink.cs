using System.Collections.Immutable;

namespace ApiSecurityAnalyzers.Engines.Sql;

/// <summary>One row of the sink table: members of a type, or of what derives from it, that take SQL text.</summary>
/// <param name="Shape">How the text is given.</param>
/// <param name="Type">The type, base type or interface, by full name.</param>
/// <param name="Names">The members; for constructors the names of the types that are created.</param>
internal sealed record SqlSink(SinkShape Shape, string Type, ImmutableArray<string> Names)
{
    /// <summary>The property that a constructor's text goes to, for the message.</summary>
    public string? Property { get; init; }

    /// <summary>Code that developers run, such as a migration: reported as a suggestion.</summary>
    public bool IsSuggestion { get; init; }
}
