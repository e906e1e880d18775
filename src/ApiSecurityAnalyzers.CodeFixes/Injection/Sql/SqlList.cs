using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>Finds the collection behind <c>string.Join(",", ids)</c>.</summary>
internal static class SqlList
{
    /// <summary>The collection whose elements are joined with commas, or null.</summary>
    public static ExpressionSyntax? Of(ExpressionSyntax expression, SemanticModel model)
    {
        expression = SqlTextReader.Bare(expression);
        if (expression is IdentifierNameSyntax && model.GetSymbolInfo(expression).Symbol is ILocalSymbol local && SqlTextHistory.Writes(local, expression, model, default) is [InvocationExpressionSyntax kept])
            return Of(kept, model) is { } list && SqlStability.CanMove(list, expression.SpanStart, model, default) ? list : null;
        if (expression is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Join" }, ArgumentList.Arguments: [var separator, var joined] } call
            || model.GetSymbolInfo(call).Symbol is not IMethodSymbol { ContainingType.SpecialType: SpecialType.System_String }
            || model.GetConstantValue(separator.Expression).Value is not { } sign || sign.ToString().Trim(' ', '\'') != ",")
        {
            return null;
        }

        var value = SqlTextReader.Bare(joined.Expression);

        // ids.Select(id => "'" + id + "'"): the quotes go with the text
        if (value is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Select" } select, ArgumentList.Arguments: [{ Expression: SimpleLambdaExpressionSyntax lambda }] }
            && lambda.ExpressionBody is { } body && IsQuoting(body, lambda.Parameter.Identifier.ValueText))
        {
            value = select.Expression;
        }

        var type = model.GetTypeInfo(value).Type;
        return type is { SpecialType: not SpecialType.System_String } && (type.AllInterfaces.Any(static i => i.SpecialType == SpecialType.System_Collections_IEnumerable) || type.SpecialType == SpecialType.System_Collections_IEnumerable) ? value.WithoutTrivia() : null;
    }

    /// <summary>Whether the element becomes itself in quotes: the only other text is quotes.</summary>
    private static bool IsQuoting(ExpressionSyntax body, string parameter) =>
        body.DescendantNodesAndSelf().All(n => n switch
        {
            LiteralExpressionSyntax literal => literal.Token.ValueText == "'",
            InterpolatedStringTextSyntax text => text.TextToken.ValueText == "'",
            IdentifierNameSyntax name => name.Identifier.ValueText == parameter,
            BinaryExpressionSyntax or InterpolatedStringExpressionSyntax or InterpolationSyntax => true,
            _ => false,
        });
}
