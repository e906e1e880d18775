using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.ApiUse;

/// <summary>Reads the text of an expression: constants, and locals and read-only fields that hold one and nothing else.</summary>
internal static class ConstantText
{
    public static string? Of(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellationToken)
    {
        if (model.GetConstantValue(expression, cancellationToken) is { HasValue: true, Value: string text })
            return text;
        if (expression is not (IdentifierNameSyntax or MemberAccessExpressionSyntax))
            return null;
        var initializer = model.GetSymbolInfo(expression, cancellationToken).Symbol switch
        {
            ILocalSymbol local => OfLocal(local, cancellationToken),
            IFieldSymbol { IsReadOnly: true } field => Declarator(field, cancellationToken)?.Initializer?.Value,
            IPropertySymbol { SetMethod: null } property when property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is PropertyDeclarationSyntax declaration =>
                declaration.Initializer?.Value ?? declaration.ExpressionBody?.Expression,
            _ => null,
        };
        return initializer is LiteralExpressionSyntax { Token.Value: string literal } ? literal : null;
    }

    private static ExpressionSyntax? OfLocal(ILocalSymbol local, CancellationToken cancellationToken)
    {
        if (Declarator(local, cancellationToken) is not { Initializer.Value: { } value } declarator || declarator.FirstAncestorOrSelf<BlockSyntax>() is not { } block)
            return null;
        foreach (var token in block.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == local.Name && token.Parent is IdentifierNameSyntax name && IsWritten(name))
                return null;
        }

        return value;
    }

    private static bool IsWritten(IdentifierNameSyntax name) =>
        (name.Parent is AssignmentExpressionSyntax assignment && assignment.Left == name)
        || name.Parent is ArgumentSyntax argument && !argument.RefOrOutKeyword.IsKind(SyntaxKind.None);

    private static VariableDeclaratorSyntax? Declarator(ISymbol symbol, CancellationToken cancellationToken) =>
        symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) as VariableDeclaratorSyntax;
}
