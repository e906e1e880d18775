using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Reads from code which paths a middleware is about.</summary>
internal static class PathGuard
{
    /// <summary>
    /// The constant paths that a condition or a middleware compares the request's path with. Empty where it compares with none, or
    /// where a comparison is negated: then it is about everything else.
    /// </summary>
    public static IReadOnlyList<string> PathsIn(SyntaxNode code, SemanticModel model, CancellationToken cancellationToken)
    {
        var paths = new List<string>();
        foreach (var node in code.DescendantNodesAndSelf())
        {
            var (compared, expression) = node switch
            {
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "StartsWithSegments" or "StartsWith" } access } call when IsPath(access.Expression) => (call.ArgumentList.Arguments.FirstOrDefault()?.Expression, (ExpressionSyntax)call),
                InvocationExpressionSyntax { Expression: ConditionalAccessExpressionSyntax } => (null, null),
                InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: "StartsWith" } } call when call.Parent is ConditionalAccessExpressionSyntax access && IsPath(access.Expression) => (call.ArgumentList.Arguments.FirstOrDefault()?.Expression, access),
                BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression } equals when IsPath(equals.Left) => (equals.Right, equals),
                BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression } differs when IsPath(differs.Left) => (differs.Right, null),
                _ => ((ExpressionSyntax?)null, (ExpressionSyntax?)null),
            };
            if (compared is null)
                continue;
            if (expression is null || IsNegated(expression) || Constant(compared, model, cancellationToken) is not { Length: > 0 } path)
                return [];
            paths.Add(path);
        }

        return paths;
    }

    /// <summary>The constant path that a branch is mapped to: <c>app.Map("/admin", …)</c>.</summary>
    public static string? Constant(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellationToken)
    {
        if (expression is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments })
            expression = arguments[0].Expression;
        return model.GetConstantValue(expression, cancellationToken) is { HasValue: true, Value: string text } ? text : null;
    }

    private static bool IsPath(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Value", Expression: var inner } => IsPath(inner),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed => IsPath(suppressed.Operand),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToString" or "ToLower" or "ToLowerInvariant", Expression: var inner } } => IsPath(inner),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Path" } => true,
        IdentifierNameSyntax { Identifier.ValueText: "path" or "requestPath" } => true,
        _ => false,
    };

    private static bool IsNegated(ExpressionSyntax expression)
    {
        SyntaxNode node = expression;
        while (node.Parent is ParenthesizedExpressionSyntax)
            node = node.Parent;
        return node.Parent is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression }
            or IsPatternExpressionSyntax
            or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression };
    }
}
