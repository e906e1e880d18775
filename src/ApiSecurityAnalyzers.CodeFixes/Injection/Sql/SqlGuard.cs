using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>A condition under which a part is added to the text.</summary>
/// <param name="Condition">The condition, or null where it cannot be repeated elsewhere.</param>
/// <param name="IsNegated">Whether the part is added where the condition does not hold.</param>
/// <param name="Statement">The statement that adds the part, where the condition is that of a statement.</param>
/// <param name="IsLoop">Whether the part is added again and again.</param>
internal sealed record SqlGuard(ExpressionSyntax? Condition, bool IsNegated, StatementSyntax? Statement, bool IsLoop = false);
