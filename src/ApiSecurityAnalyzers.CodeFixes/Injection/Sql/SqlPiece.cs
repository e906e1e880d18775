namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>A part of composed SQL text, in the order in which the parts become the text.</summary>
internal abstract class SqlPiece
{
}
