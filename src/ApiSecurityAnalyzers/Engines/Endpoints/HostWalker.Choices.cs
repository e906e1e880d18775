using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <content>Reads expressions that choose one of two builders: <c>group ?? app</c>, <c>group is null ? app : group</c>.</content>
internal sealed partial class HostWalker
{
    /// <summary>What a test of a builder for null gives, where that is known.</summary>
    private bool? NullTest(ExpressionSyntax condition) => condition switch
    {
        ParenthesizedExpressionSyntax parenthesized => NullTest(parenthesized.Expression),
        IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.NullLiteralExpression } } test => IsNull(test.Expression),
        IsPatternExpressionSyntax { Pattern: UnaryPatternSyntax { Pattern: ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.NullLiteralExpression } } } test => !IsNull(test.Expression),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression, Right.RawKind: (int)SyntaxKind.NullLiteralExpression } test => IsNull(test.Left),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression, Right.RawKind: (int)SyntaxKind.NullLiteralExpression } test => !IsNull(test.Left),
        _ => null,
    };

    /// <summary>Whether the expression is an optional parameter that the caller left out, or one that it gave.</summary>
    private bool? IsNull(ExpressionSyntax expression) => _model.GetSymbolInfo(expression, _cancellationToken).Symbol switch
    {
        { } symbol when _values.TryGetValue(symbol, out var value) && value is not null => false,
        IParameterSymbol { HasExplicitDefaultValue: true, ExplicitDefaultValue: null } => true,
        _ => null,
    };

    /// <summary>One of two builders, nobody knows which: conventions on one cannot be told from those on the other.</summary>
    private BuilderValue? Either(BuilderValue? left, BuilderValue? right)
    {
        if (left is null || right is null || left == right)
            return left ?? right;
        return new BuilderValue(new RouteGroup(Host.Routes, null) { Own = EndpointMetadata.Unknown });
    }
}
