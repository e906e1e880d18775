using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Policies;

/// <summary>Reads where the fallback policy is set, and whether setting it to <see langword="null"/> cancels one that was set before.</summary>
internal static class FallbackReset
{
    public static readonly NameSet Names = new("FallbackPolicy", "SetFallbackPolicy", "AddFallbackPolicy");

    private const string Options = "Microsoft.AspNetCore.Authorization.AuthorizationOptions";
    private const string Builder = "Microsoft.AspNetCore.Authorization.AuthorizationBuilder";

    /// <summary>The assignment or call in which a name sets the fallback policy, with the value; nothing is bound.</summary>
    public static (ExpressionSyntax Setting, ExpressionSyntax Value)? At(SyntaxToken token)
    {
        if (token.Parent is not SimpleNameSyntax name)
            return null;
        ExpressionSyntax target = name.Parent is MemberAccessExpressionSyntax member && member.Name == name ? member : name;
        return target.Parent switch
        {
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment when assignment.Left == target && token.ValueText == "FallbackPolicy" => (assignment, assignment.Right),
            InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } call when token.ValueText != "FallbackPolicy" => (call, arguments.Last().Expression),
            _ => null,
        };
    }

    public static bool IsNull(ExpressionSyntax value) => value switch
    {
        LiteralExpressionSyntax literal => literal.IsKind(SyntaxKind.NullLiteralExpression) || literal.IsKind(SyntaxKind.DefaultLiteralExpression),
        DefaultExpressionSyntax => true,
        ParenthesizedExpressionSyntax parenthesized => IsNull(parenthesized.Expression),
        CastExpressionSyntax cast => IsNull(cast.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed => IsNull(suppressed.Operand),
        _ => false,
    };

    /// <summary>Whether the setting is one of ASP.NET Core's authorization.</summary>
    public static bool IsAuthorization(ExpressionSyntax setting, SemanticModel model, CancellationToken cancellationToken)
    {
        var symbol = model.GetSymbolInfo(setting is AssignmentExpressionSyntax assignment ? assignment.Left : setting, cancellationToken).Symbol;
        return symbol?.ContainingType.Is(Options) == true || symbol?.ContainingType.Is(Builder) == true;
    }

    /// <summary>Whether another place in the compilation sets a fallback policy that this one takes away.</summary>
    public static bool Cancels(ExpressionSyntax reset, DocumentContext context)
    {
        foreach (var tree in context.Facts.Compilation.SyntaxTrees)
        {
            var index = NameIndex.For(tree, context.CancellationToken);
            foreach (var token in index.Tokens(Names, tree.GetRoot(context.CancellationToken), context.CancellationToken))
            {
                if (At(token) is { } other && !IsNull(other.Value) && !IsLaterOrInstead(other.Setting, reset)
                    && IsAuthorization(other.Setting, context.Facts.ModelOf(tree), context.CancellationToken)
                    && DevelopmentGuard.Of(other.Setting, context.Facts.ModelOf(tree), context.CancellationToken) != RunsIn.DevelopmentOnly)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>In the same function: written after the reset, or in the other branch of the same condition.</summary>
    private static bool IsLaterOrInstead(SyntaxNode other, SyntaxNode reset)
    {
        if (FunctionOf(other) != FunctionOf(reset))
            return false;
        if (other.SpanStart > reset.SpanStart)
            return true;
        return reset.Ancestors().OfType<IfStatementSyntax>().Any(c => c.Else is { } otherwise && otherwise.Span.Contains(reset.Span) && c.Statement.Span.Contains(other.Span));
    }

    private static SyntaxNode? FunctionOf(SyntaxNode node) =>
        node.FirstAncestorOrSelf<SyntaxNode>(static n => n is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or CompilationUnitSyntax);
}
