using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Cryptography;

/// <summary>The expression in which a constant is replaced, and the form that the replacement must have there.</summary>
/// <param name="Node">What is replaced.</param>
/// <param name="Format">How the text becomes its value; <c>{0}</c> stands for the text.</param>
internal sealed record SecretExpression(ExpressionSyntax Node, string Format)
{
    private const string Text = "{0}";
    private const string Base64 = "System.Convert.FromBase64String({0})";
    private const string Utf8 = "System.Text.Encoding.UTF8.GetBytes({0})";

    /// <summary>Whether the constant is what a <c>??</c> falls back to: then nothing must take its place.</summary>
    public bool IsFallback => Format == Text && Node.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce && coalesce.Right == Node;

    /// <summary>The expression, or <see langword="null"/> where only a constant can stand.</summary>
    public static SecretExpression? Of(SyntaxNode reported, SemanticModel model, CancellationToken cancellationToken)
    {
        if (reported is not ExpressionSyntax node || node.FirstAncestorOrSelf<AttributeSyntax>() is not null || node.FirstAncestorOrSelf<ParameterSyntax>() is not null)
            return null;
        if (node.IsKind(SyntaxKind.Utf8StringLiteralExpression))
            return new SecretExpression(node.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToArray", Parent: InvocationExpressionSyntax call } ? call : node, Utf8);
        for (ExpressionSyntax? current = node; current is not null; current = Outer(current))
        {
            var info = model.GetTypeInfo(current, cancellationToken);
            if (info.Type is { SpecialType: SpecialType.System_String } && current is not InterpolatedStringExpressionSyntax { Parent: not ArgumentSyntax and not EqualsValueClauseSyntax })
                return new SecretExpression(current, Text);
            if (IsBytes(info.Type ?? info.ConvertedType) || current is InitializerExpressionSyntax { Parent: EqualsValueClauseSyntax })
                return new SecretExpression(current, Base64);
            if (current is InitializerExpressionSyntax)
                return null;
        }

        return null;
    }

    /// <summary>The call that is made on an expression, as in <c>Enumerable.Range(…).ToArray()</c>.</summary>
    private static InvocationExpressionSyntax? Outer(ExpressionSyntax expression) =>
        expression.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access && access.Expression == expression ? call : null;

    private static bool IsBytes(ITypeSymbol? type) => type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte }
        || type is INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_Byte }] } named && (named.Is("System.Span`1") || named.Is("System.ReadOnlySpan`1") || named.Is("System.ReadOnlyMemory`1") || named.Is("System.Memory`1"));

    /// <summary>The replacement, with parentheses where its place needs them.</summary>
    public ExpressionSyntax Replacement(string text)
    {
        var needsParentheses = Format == Text && Node.Parent is not (ArgumentSyntax or EqualsValueClauseSyntax or ArrowExpressionClauseSyntax or ReturnStatementSyntax or ParenthesizedExpressionSyntax or AssignmentExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression });
        var code = Format.Replace(Text, text);
        return SyntaxFactory.ParseExpression(needsParentheses ? "(" + code + ")" : code).WithTriviaFrom(Node);
    }
}
