using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>Writes the value of a parameter as source text.</summary>
internal static class SqlValue
{
    /// <summary>The value of a slot: the value of the program itself, or, where text stands in the same quotes, the text around it with the value in it.</summary>
    public static string Of(SqlSlot slot, IReadOnlyList<SqlElement> elements, SemanticModel model)
    {
        if (!slot.IsQuoted && slot.Token.Kind != SqlTokenKind.QuotedName)
            return Of(slot.First, model);
        var parts = new List<(string? Text, HolePiece? Hole)>();
        var text = new StringBuilder();
        for (var i = slot.Token.From + 1; i < slot.Token.To - 1; i++)
        {
            if (elements[i].Hole is { } hole)
            {
                Flush();
                parts.Add((null, hole));
                continue;
            }

            text.Append(elements[i].Character);
            if (elements[i].Character == '\'')
                i++;
        }

        Flush();
        if (parts.Count == 1)
            return Of(parts[0].Hole!, model);
        return parts.TrueForAll(p => p.Hole is null || p.Hole.Format.Length == 0 && IsString(p.Hole.Expression, model))
            ? string.Join(" + ", parts.Select(static p => p.Hole is null ? SymbolDisplay.FormatLiteral(p.Text!, quote: true) : Operand(Clean(p.Hole.Expression))))
            : "$\"" + string.Concat(parts.Select(static p => p.Hole is null ? Inner(p.Text!) : "{" + Interpolated(Clean(p.Hole.Expression)) + p.Hole.Format + "}")) + "\"";

        void Flush()
        {
            if (text.Length > 0)
                parts.Add((text.ToString(), null));
            text.Clear();
        }
    }

    /// <summary>Whether the value is one that may be null.</summary>
    public static bool MayBeNull(SqlSlot slot, SemanticModel model)
    {
        if (slot.Token.To - slot.Token.From != (slot.IsQuoted ? 3 : 1) || slot.First.Format.Length > 0)
            return false;
        var type = model.GetTypeInfo(slot.First.Expression);
        return type.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } ? type.Nullability.FlowState != NullableFlowState.NotNull || !model.GetNullableContext(slot.First.Expression.SpanStart).WarningsEnabled()
            : type.Nullability.FlowState == NullableFlowState.MaybeNull;
    }

    /// <summary>The value, or <c>DBNull.Value</c> where it may be null.</summary>
    public static string OrDbNull(SqlSlot slot, SemanticModel model)
    {
        if (!MayBeNull(slot, model))
            return slot.Value;
        var position = slot.First.Expression.SpanStart;
        var cast = model.GetNullableContext(position).AnnotationsEnabled() ? "(object?)" : "(object)";
        return cast + (IsPrimary(SyntaxFactory.ParseExpression(slot.Value)) ? slot.Value : "(" + slot.Value + ")") + " ?? " + SystemType("DBNull", model, position) + ".Value";
    }

    /// <summary>The name of a type of the namespace <c>System</c>, qualified where it must be.</summary>
    public static string SystemType(string name, SemanticModel model, int position) =>
        model.LookupNamespacesAndTypes(position, name: name).Any(static t => t is INamedTypeSymbol { ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } }) ? name : "System." + name;

    /// <summary>The name of a type, with its namespace where that is not imported.</summary>
    public static string TypeName(string container, string name, SemanticModel model, int position) =>
        model.LookupNamespacesAndTypes(position, name: name).Any(t => t is INamedTypeSymbol && t.ContainingNamespace?.ToDisplayString() == container) ? name : container + "." + name;

    private static string Of(HolePiece hole, SemanticModel model)
    {
        var value = Clean(hole.Expression);
        if (hole.Format.Length > 0)
            return "$\"{" + Interpolated(value) + hole.Format + "}\"";
        var type = model.GetTypeInfo(hole.Expression);
        if (IsPassedAsIs(type.Type))
            return value.ToString();

        // what no provider knows was a text before, and stays one
        var text = IsPrimary(value) ? value.ToString() : "(" + value + ")";
        return text + (type.Type!.IsReferenceType && type.Nullability.FlowState != NullableFlowState.NotNull ? "?" : "") + ".ToString()";
    }

    private static bool IsPassedAsIs(ITypeSymbol? type) =>
        type is null || type.TypeKind is TypeKind.Error or TypeKind.Dynamic or TypeKind.TypeParameter or TypeKind.Array
        || type.SpecialType is SpecialType.System_String or SpecialType.System_Object
        || type.TypeKind != TypeKind.Enum && SqlConstants.IsClosed(type);

    private static bool IsPrimary(ExpressionSyntax expression) =>
        expression is not (BinaryExpressionSyntax or ConditionalExpressionSyntax or AssignmentExpressionSyntax or SwitchExpressionSyntax or AnonymousFunctionExpressionSyntax or ConditionalAccessExpressionSyntax or CastExpressionSyntax or AwaitExpressionSyntax or PrefixUnaryExpressionSyntax);

    /// <summary>The value without what only served the text: parentheses, and quotes that were doubled by hand.</summary>
    public static ExpressionSyntax Clean(ExpressionSyntax expression)
    {
        while (true)
        {
            switch (expression)
            {
                case ParenthesizedExpressionSyntax inner:
                    expression = inner.Expression;
                    continue;
                case InvocationExpressionSyntax
                {
                    Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Replace" } access,
                    ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax { Token.ValueText: "'" } }, { Expression: LiteralExpressionSyntax { Token.ValueText: "''" } }],
                }:
                    expression = access.Expression;
                    continue;
                default:
                    return expression.WithoutTrivia();
            }
        }
    }

    public static bool IsString(ExpressionSyntax expression, SemanticModel model) => model.GetTypeInfo(expression).Type?.SpecialType == SpecialType.System_String;

    private static string Operand(ExpressionSyntax expression) =>
        expression is ConditionalExpressionSyntax or AssignmentExpressionSyntax or SwitchExpressionSyntax or AnonymousFunctionExpressionSyntax || expression is BinaryExpressionSyntax && !expression.IsKind(SyntaxKind.AddExpression)
            ? "(" + expression + ")"
            : expression.ToString();

    private static string Interpolated(ExpressionSyntax expression) => expression is ConditionalExpressionSyntax or SwitchExpressionSyntax ? "(" + expression + ")" : expression.ToString();

    private static string Inner(string text)
    {
        var literal = SymbolDisplay.FormatLiteral(text, quote: true);
        return literal.Substring(1, literal.Length - 2).Replace("{", "{{").Replace("}", "}}");
    }
}
