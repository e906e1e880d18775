using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>Says whether an expression gives the same value at a later place.</summary>
internal static class SqlStability
{
    private static readonly HashSet<string> Impure = new(StringComparer.Ordinal) { "Read", "ReadLine", "ReadKey", "ReadToEnd", "NewGuid", "Next", "MoveNext", "Dequeue", "Pop", "GetString", "GetValue", "Invoke" };

    /// <summary>Whether the expression can move from where it stands to the position.</summary>
    public static bool CanMove(ExpressionSyntax expression, int position, SemanticModel model, CancellationToken cancellationToken)
    {
        var names = new List<ISymbol>();
        foreach (var node in expression.DescendantNodesAndSelf())
        {
            if (node is AssignmentExpressionSyntax or AwaitExpressionSyntax or ObjectCreationExpressionSyntax or DeclarationExpressionSyntax or SingleVariableDesignationSyntax
                || node is PostfixUnaryExpressionSyntax && !node.IsKind(SyntaxKind.SuppressNullableWarningExpression)
                || node is PrefixUnaryExpressionSyntax && (node.IsKind(SyntaxKind.PreIncrementExpression) || node.IsKind(SyntaxKind.PreDecrementExpression)))
            {
                return false;
            }

            if (node is InvocationExpressionSyntax call && !IsPure(call, model, cancellationToken))
                return false;
            if (node is IdentifierNameSyntax name && model.GetSymbolInfo(name, cancellationToken).Symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol or IPropertySymbol)
                names.Add(model.GetSymbolInfo(name, cancellationToken).Symbol!);
        }

        // a name that the expression declares itself (a lambda's parameter) moves with it
        foreach (var symbol in names.Where(s => s is ILocalSymbol or IParameterSymbol && !s.DeclaringSyntaxReferences.Any(r => expression.FullSpan.Contains(r.Span))))
        {
            if (!model.LookupSymbols(position, name: symbol.Name).Contains(symbol, SymbolEqualityComparer.Default))
                return false;
        }

        return !IsWritten(names, Statements.Scope(expression), expression.Span.End, position, model, cancellationToken);
    }

    /// <summary>A local or parameter: reading it never fails.</summary>
    public static bool IsVariable(ExpressionSyntax expression, SemanticModel model) => SqlTextReader.Bare(expression) is IdentifierNameSyntax name && model.GetSymbolInfo(name).Symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol;

    private static bool IsPure(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken)
    {
        if (call.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" })
            return true;
        if (model.GetSymbolInfo(call, cancellationToken).Symbol is not IMethodSymbol method || Impure.Contains(method.Name))
            return false;
        var type = method.ContainingType;
        return type.SpecialType != SpecialType.None || type.TypeKind == TypeKind.Enum || type.IsTupleType || type.Name is "Convert" or "Enumerable" or "Guid" or "Path" or "WebUtility" or "StringExtensions" or "Nullable" or "DateOnly" or "DateTimeOffset" or "Uri";
    }

    private static bool IsWritten(List<ISymbol> symbols, SyntaxNode scope, int from, int to, SemanticModel model, CancellationToken cancellationToken)
    {
        if (from >= to)
            return false;
        foreach (var node in scope.DescendantNodes(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(from, to)))
        {
            var written = node switch
            {
                AssignmentExpressionSyntax assignment => assignment.Left,
                PostfixUnaryExpressionSyntax postfix when postfix.IsKind(SyntaxKind.PostIncrementExpression) || postfix.IsKind(SyntaxKind.PostDecrementExpression) => postfix.Operand,
                PrefixUnaryExpressionSyntax prefix when prefix.IsKind(SyntaxKind.PreIncrementExpression) || prefix.IsKind(SyntaxKind.PreDecrementExpression) => prefix.Operand,
                ArgumentSyntax { RefKindKeyword.RawKind: not 0 } argument => argument.Expression,
                _ => null,
            };
            if (written is not null && written.SpanStart >= from && written.Span.End <= to && symbols.Contains(model.GetSymbolInfo(written, cancellationToken).Symbol!, SymbolEqualityComparer.Default))
                return true;
        }

        return false;
    }
}
