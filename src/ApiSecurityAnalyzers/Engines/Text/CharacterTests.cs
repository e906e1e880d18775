using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Text;

/// <summary>Tells whether a predicate over characters lets through those of names only: <c>c => char.IsLetterOrDigit(c) || c == '_'</c>.</summary>
internal sealed class CharacterTests(TextTracer tracer)
{
    public static bool Is(string method) =>
        method is "IsLetter" or "IsDigit" or "IsLetterOrDigit" or "IsNumber" or "IsAsciiLetter" or "IsAsciiDigit" or "IsAsciiLetterOrDigit" or "IsAsciiLetterLower" or "IsAsciiLetterUpper" or "IsAsciiHexDigit" or "IsUpper" or "IsLower";

    /// <summary>Whether the predicate, being true (or false), says that the character is one of a name.</summary>
    public bool Allows(ExpressionSyntax predicate, bool truth) => predicate switch
    {
        MemberAccessExpressionSyntax group => truth && Is(group.Name.Identifier.ValueText),
        SimpleLambdaExpressionSyntax { ExpressionBody: { } body } lambda => Allows(body, lambda.Parameter.Identifier.ValueText, truth),
        ParenthesizedLambdaExpressionSyntax { ExpressionBody: { } body, ParameterList.Parameters: [var parameter] } => Allows(body, parameter.Identifier.ValueText, truth),
        _ => false,
    };

    private bool Allows(ExpressionSyntax condition, string name, bool truth)
    {
        switch (condition)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return Allows(parenthesized.Expression, name, truth);
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } negation:
                return Allows(negation.Operand, name, !truth);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.LogicalAndExpression } pair:
                var isEither = pair.IsKind(SyntaxKind.LogicalOrExpression) == truth;
                return isEither
                    ? Allows(pair.Left, name, truth) && Allows(pair.Right, name, truth)
                    : Allows(pair.Left, name, truth) || Allows(pair.Right, name, truth) || truth && IsRange(pair, name);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } comparison:
                return comparison.IsKind(SyntaxKind.EqualsExpression) == truth && (IsNamed(comparison.Left, name) && IsSafe(comparison.Right) || IsNamed(comparison.Right, name) && IsSafe(comparison.Left));
            case IsPatternExpressionSyntax test when IsNamed(test.Expression, name):
                return truth ? Allows(test.Pattern) : test.Pattern is UnaryPatternSyntax negated && Allows(negated.Pattern);
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax method, ArgumentList.Arguments: [{ Expression: var argument }, ..] } call when truth && IsNamed(argument, name):
                return method.Name.Identifier.ValueText switch
                {
                    "Contains" => IsSafeList(method.Expression),
                    "IsBetween" => call.ArgumentList.Arguments is [_, { Expression: var first }, { Expression: var last }] && IsRange(first, last),
                    var other => Is(other),
                };
            default:
                return false;
        }
    }

    /// <summary><c>c >= 'a' &amp;&amp; c &lt;= 'z'</c>.</summary>
    private bool IsRange(BinaryExpressionSyntax both, string name) =>
        both.Left is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.GreaterThanOrEqualExpression } from && both.Right is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LessThanOrEqualExpression } to
        && IsNamed(from.Left, name) && IsNamed(to.Left, name) && IsRange(from.Right, to.Right);

    private bool IsRange(ExpressionSyntax first, ExpressionSyntax last) => Value(first) is { } a && Value(last) is { } b && NamePatterns.IsRange(a, b);

    private bool Allows(PatternSyntax pattern) => pattern switch
    {
        ConstantPatternSyntax constant => IsSafe(constant.Expression),
        ParenthesizedPatternSyntax parenthesized => Allows(parenthesized.Pattern),
        BinaryPatternSyntax { RawKind: (int)SyntaxKind.OrPattern } either => Allows(either.Left) && Allows(either.Right),
        BinaryPatternSyntax { Left: RelationalPatternSyntax { OperatorToken.RawKind: (int)SyntaxKind.GreaterThanEqualsToken } from, Right: RelationalPatternSyntax { OperatorToken.RawKind: (int)SyntaxKind.LessThanEqualsToken } to } => IsRange(from.Expression, to.Expression),
        _ => false,
    };

    /// <summary>A constant text of safe characters, or a collection of the code's own.</summary>
    private bool IsSafeList(ExpressionSyntax list) => tracer.ModelOf(list).GetConstantValue(list, tracer.CancellationToken) is { HasValue: true, Value: string text }
        ? text.All(NamePatterns.IsSafe)
        : tracer.TypeOf(list) is { SpecialType: not SpecialType.System_String };

    private bool IsSafe(ExpressionSyntax constant) => Value(constant) is { } c && NamePatterns.IsSafe(c);

    private char? Value(ExpressionSyntax constant) => tracer.ModelOf(constant).GetConstantValue(constant, tracer.CancellationToken) is { HasValue: true, Value: char c } ? c : null;

    private static bool IsNamed(ExpressionSyntax expression, string name) => expression is IdentifierNameSyntax { Identifier.ValueText: var found } && found == name;
}
