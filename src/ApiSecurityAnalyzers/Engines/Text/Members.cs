using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Text;

/// <summary>Where code belongs to, and what it gives back.</summary>
internal static class Members
{
    /// <summary>The member (or the top-level statements) in whose body a node stands.</summary>
    public static SyntaxNode? Of(SyntaxNode node)
    {
        for (var current = node; current is not null; current = current.Parent)
        {
            switch (current)
            {
                case BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax or BaseFieldDeclarationSyntax:
                    return current;
                case GlobalStatementSyntax:
                    return current.Parent;
                case TypeDeclarationSyntax:
                    return current;
            }
        }

        return null;
    }

    /// <summary>The expressions that a method, accessor, lambda or local function returns; nested functions have returns of their own.</summary>
    public static IEnumerable<ExpressionSyntax> Returns(SyntaxNode declaration)
    {
        switch (declaration)
        {
            case ArrowExpressionClauseSyntax arrow:
                return [arrow.Expression];
            case BaseMethodDeclarationSyntax { ExpressionBody: { } arrow }:
                return [arrow.Expression];
            case LocalFunctionStatementSyntax { ExpressionBody: { } arrow }:
                return [arrow.Expression];
            case AccessorDeclarationSyntax { ExpressionBody: { } arrow }:
                return [arrow.Expression];
            case PropertyDeclarationSyntax { ExpressionBody: { } arrow }:
                return [arrow.Expression];
            case AnonymousFunctionExpressionSyntax { ExpressionBody: { } body }:
                return [body];
            case BaseMethodDeclarationSyntax { Body: { } body }:
                return InBlock(body);
            case LocalFunctionStatementSyntax { Body: { } body }:
                return InBlock(body);
            case AccessorDeclarationSyntax { Body: { } body }:
                return InBlock(body);
            case AnonymousFunctionExpressionSyntax { Block: { } body }:
                return InBlock(body);
            case PropertyDeclarationSyntax { AccessorList.Accessors: var accessors } when accessors.FirstOrDefault(static a => a.IsKind(SyntaxKind.GetAccessorDeclaration)) is { } getter:
                return Returns(getter);
            default:
                return [];
        }
    }

    /// <summary>Whether a statement always leaves what it stands in.</summary>
    public static bool Leaves(StatementSyntax? statement) => statement switch
    {
        ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax or GotoStatementSyntax or YieldStatementSyntax { RawKind: (int)SyntaxKind.YieldBreakStatement } => true,
        BlockSyntax block => Leaves(block.Statements.LastOrDefault()),
        IfStatementSyntax { Else: { } otherwise } condition => Leaves(condition.Statement) && Leaves(otherwise.Statement),
        UsingStatementSyntax use => Leaves(use.Statement),
        LockStatementSyntax guarded => Leaves(guarded.Statement),
        _ => false,
    };

    private static IEnumerable<ExpressionSyntax> InBlock(BlockSyntax body)
    {
        foreach (var node in body.DescendantNodes(static n => n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            switch (node)
            {
                case ReturnStatementSyntax { Expression: { } value }:
                    yield return value;
                    break;
                case YieldStatementSyntax { Expression: { } element }:
                    yield return element;
                    break;
            }
        }
    }
}
