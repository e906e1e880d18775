using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>Says which values cannot change a statement: constants, and types whose values hold no quotes.</summary>
internal static class SqlConstants
{
    /// <summary>Whether only constants can be the value.</summary>
    public static bool IsConstant(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellationToken)
    {
        expression = SqlTextReader.Bare(expression);
        if (model.GetConstantValue(expression, cancellationToken).HasValue)
            return true;
        switch (expression)
        {
            case ConditionalExpressionSyntax conditional:
                return IsConstant(conditional.WhenTrue, model, cancellationToken) && IsConstant(conditional.WhenFalse, model, cancellationToken);
            case SwitchExpressionSyntax choice:
                return choice.Arms.All(a => a.Expression is ThrowExpressionSyntax || IsConstant(a.Expression, model, cancellationToken));
            case BinaryExpressionSyntax binary when binary.IsKind(SyntaxKind.AddExpression) || binary.IsKind(SyntaxKind.CoalesceExpression):
                return IsConstant(binary.Left, model, cancellationToken) && IsConstant(binary.Right, model, cancellationToken);
        }

        return model.GetSymbolInfo(expression, cancellationToken).Symbol switch
        {
            ILocalSymbol local when SqlTextHistory.Writes(local, expression, model, cancellationToken) is { Count: > 0 } writes => writes.TrueForAll(w => !Mentions(w, local.Name) && IsConstant(w, model, cancellationToken)),
            IFieldSymbol { IsReadOnly: true, Type.SpecialType: SpecialType.System_String } field => HasConstantInitializer(field, model, cancellationToken),
            _ => false,
        };
    }

    /// <summary>Whether the type has no values that could end a literal: numbers, <c>bool</c>, enums, dates, <c>Guid</c>.</summary>
    public static bool IsClosed(ITypeSymbol? type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            type = nullable.TypeArguments[0];
        if (type is null)
            return false;
        return type.TypeKind == TypeKind.Enum || IsNumber(type)
            || type.SpecialType is SpecialType.System_Boolean or SpecialType.System_DateTime
            || type is INamedTypeSymbol { Name: "Guid" or "DateTimeOffset" or "TimeSpan" or "DateOnly" or "TimeOnly" or "Int128" or "UInt128" or "Half", ContainingNamespace.Name: "System" };
    }

    public static bool IsNumber(ITypeSymbol? type) => type?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double;

    private static bool HasConstantInitializer(IFieldSymbol field, SemanticModel model, CancellationToken cancellationToken) =>
        field.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer.Value: { } value }
        && (value.SyntaxTree == model.SyntaxTree ? IsConstant(value, model, cancellationToken) : value is LiteralExpressionSyntax);

    private static bool Mentions(ExpressionSyntax expression, string name) => expression.DescendantNodesAndSelf().Any(n => n is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name);
}
