using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>Finds the statements around a node: in blocks, switch sections and at the top level.</summary>
internal static class Statements
{
    /// <summary>The statements among which a statement stands; a statement without braces stands alone.</summary>
    public static ImmutableArray<StatementSyntax> ListOf(StatementSyntax? statement) => statement?.Parent switch
    {
        BlockSyntax block => block.Statements.ToImmutableArray(),
        SwitchSectionSyntax section => section.Statements.ToImmutableArray(),
        GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } => unit.Members.OfType<GlobalStatementSyntax>().Select(static g => g.Statement).ToImmutableArray(),
        _ => statement is null ? ImmutableArray<StatementSyntax>.Empty : ImmutableArray.Create(statement),
    };

    /// <summary>
    /// The statement in front of which a value can be checked: it is evaluated there each time and in any case. Null in lambdas,
    /// branches of expressions and the heads of loops.
    /// </summary>
    public static StatementSyntax? BeforeWhich(ExpressionSyntax expression)
    {
        SyntaxNode node = expression;
        for (; node.Parent is { } parent; node = parent)
        {
            switch (parent)
            {
                case AnonymousFunctionExpressionSyntax or ArrowExpressionClauseSyntax or SwitchExpressionArmSyntax or QueryExpressionSyntax or LocalFunctionStatementSyntax:
                case ConditionalExpressionSyntax choice when choice.Condition != node:
                case ConditionalAccessExpressionSyntax access when access.WhenNotNull == node:
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.CoalesceExpression } binary when binary.Right == node:
                case WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax:
                    return null;
                case StatementSyntax statement:
                    return statement;
            }
        }

        return null;
    }

    /// <summary>The member, or the file of top-level statements, in which a node stands.</summary>
    public static SyntaxNode Scope(SyntaxNode node) =>
        node.Ancestors().FirstOrDefault(static a => a is MemberDeclarationSyntax and not GlobalStatementSyntax and not BaseTypeDeclarationSyntax) ?? node.SyntaxTree.GetRoot();
}
