namespace ApiSecurityAnalyzers.Engines.Sql;

/// <summary>How a library takes SQL text.</summary>
internal enum SinkShape
{
    /// <summary>A constructor: <c>new SqlCommand(text)</c>.</summary>
    Creation,

    /// <summary>A property that is set: <c>command.CommandText = text</c>.</summary>
    Assignment,

    /// <summary>A method: <c>connection.Query(text)</c>.</summary>
    Call,
}
