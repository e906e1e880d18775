using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>
/// Understands the conditions by which a function asks for the outcome of one check: <c>!await CheckPasswordAsync(…)</c>, <c>result.Succeeded</c>, <c>outcome == PasswordVerificationResult.Failed</c>,
/// a variable that holds any of these.
/// </summary>
internal sealed class CheckConditions
{
    private const int MaxDepth = 8;

    private readonly InvocationExpressionSyntax _check;
    private readonly SyntaxNode _function;
    private readonly bool _isBoolean;
    private readonly string? _variable;

    /// <param name="check">The call that checks.</param>
    /// <param name="function">The function around it.</param>
    /// <param name="isBoolean">Whether its result is <see langword="true"/> or <see langword="false"/>.</param>
    public CheckConditions(InvocationExpressionSyntax check, SyntaxNode function, bool isBoolean)
    {
        _check = check;
        _function = function;
        _isBoolean = isBoolean;
        Value = WholeOf(check);
        _variable = Value.Parent switch
        {
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } => declarator.Identifier.ValueText,
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax left } assignment when assignment.Right == Value => left.Identifier.ValueText,
            _ => null,
        };
    }

    /// <summary>The check with what waits for it: <c>await check.ConfigureAwait(false)</c>.</summary>
    public ExpressionSyntax Value { get; }

    /// <summary>The variable that takes the outcome.</summary>
    public string? Variable => _variable;

    /// <summary>What a condition says.</summary>
    public CheckOutcome Of(SyntaxNode condition) => condition is ExpressionSyntax expression ? Of(expression, 0) : Mentions(condition) ? CheckOutcome.Unclear : CheckOutcome.None;

    private static ExpressionSyntax WholeOf(InvocationExpressionSyntax check)
    {
        ExpressionSyntax whole = check;
        while (true)
        {
            switch (whole.Parent)
            {
                case AwaitExpressionSyntax or ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression }:
                    whole = (ExpressionSyntax)whole.Parent;
                    continue;
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" or "GetAwaiter" or "GetResult", Parent: InvocationExpressionSyntax call }:
                    whole = call;
                    continue;
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" } result:
                    whole = result;
                    continue;
                default:
                    return whole;
            }
        }
    }

    private CheckOutcome Of(ExpressionSyntax expression, int depth)
    {
        if (depth > MaxDepth)
            return CheckOutcome.Unclear;
        if (expression == Value || expression == _check)
            return _isBoolean ? CheckOutcome.Success : CheckOutcome.Value;
        switch (expression)
        {
            case ParenthesizedExpressionSyntax inner:
                return Of(inner.Expression, depth + 1);
            case AwaitExpressionSyntax awaited:
                return Of(awaited.Expression, depth + 1);
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                return Of(suppressed.Operand, depth + 1);
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not:
                return Negate(Of(not.Operand, depth + 1));
            case IdentifierNameSyntax name:
                return OfVariable(name.Identifier.ValueText, depth);
            case MemberAccessExpressionSyntax member when Of(member.Expression, depth + 1) == CheckOutcome.Value:
                return OfMember(member.Name.Identifier.ValueText);
            case ConditionalAccessExpressionSyntax { WhenNotNull: MemberBindingExpressionSyntax binding } access when Of(access.Expression, depth + 1) == CheckOutcome.Value:
                return OfMember(binding.Name.Identifier.ValueText);
            case BinaryExpressionSyntax binary:
                return OfBinary(binary, depth);
            case IsPatternExpressionSyntax pattern:
                return OfPattern(Of(pattern.Expression, depth + 1), pattern.Pattern);
            default:
                return Mentions(expression) ? CheckOutcome.Unclear : CheckOutcome.None;
        }
    }

    private CheckOutcome OfVariable(string name, int depth)
    {
        if (name == _variable)
            return _isBoolean ? CheckOutcome.Success : CheckOutcome.Value;

        // var passed = result.Succeeded;
        foreach (var declarator in _function.DescendantNodes().OfType<VariableDeclaratorSyntax>())
        {
            if (declarator.Identifier.ValueText == name && declarator.Initializer?.Value is { } value && Mentions(value))
                return Of(value, depth + 1);
        }

        return CheckOutcome.None;
    }

    private static CheckOutcome OfMember(string name) => name switch
    {
        "Succeeded" or "IsValid" => CheckOutcome.Success,
        "IsLockedOut" or "IsNotAllowed" or "RequiresTwoFactor" => CheckOutcome.Special,
        "Result" => CheckOutcome.Value,
        _ => CheckOutcome.Unclear,
    };

    private CheckOutcome OfBinary(BinaryExpressionSyntax binary, int depth)
    {
        var left = Of(binary.Left, depth + 1);
        var right = Of(binary.Right, depth + 1);
        if (left == CheckOutcome.None && right == CheckOutcome.None)
            return CheckOutcome.None;
        var (side, other) = left == CheckOutcome.None ? (right, binary.Left) : (left, binary.Right);
        switch (binary.Kind())
        {
            case SyntaxKind.EqualsExpression when right == CheckOutcome.None || left == CheckOutcome.None:
                return OfConstant(side, other);
            case SyntaxKind.NotEqualsExpression when right == CheckOutcome.None || left == CheckOutcome.None:
                return Negate(OfConstant(side, other));
            case SyntaxKind.LogicalAndExpression when left is CheckOutcome.Success or CheckOutcome.None && right is CheckOutcome.Success or CheckOutcome.None:
                return CheckOutcome.Success;
            case SyntaxKind.LogicalOrExpression when left is CheckOutcome.Failure or CheckOutcome.None && right is CheckOutcome.Failure or CheckOutcome.None:
                return CheckOutcome.Failure;
            default:
                return CheckOutcome.Unclear;
        }
    }

    private static CheckOutcome OfPattern(CheckOutcome value, PatternSyntax pattern)
    {
        if (value == CheckOutcome.None)
            return CheckOutcome.None;
        switch (pattern)
        {
            case ParenthesizedPatternSyntax inner:
                return OfPattern(value, inner.Pattern);
            case UnaryPatternSyntax not:
                return Negate(OfPattern(value, not.Pattern));
            case ConstantPatternSyntax constant:
                return OfConstant(value, constant.Expression);
            case RecursivePatternSyntax { PropertyPatternClause.Subpatterns: { Count: 1 } parts, PositionalPatternClause: null, Type: null } when value == CheckOutcome.Value && parts[0].NameColon is { } name:
                return OfPattern(OfMember(name.Name.Identifier.ValueText), parts[0].Pattern);
            case RecursivePatternSyntax { PropertyPatternClause.Subpatterns.Count: 0 }:
                return CheckOutcome.None;
            default:
                return CheckOutcome.Unclear;
        }
    }

    /// <summary>The outcome compared with a constant.</summary>
    private static CheckOutcome OfConstant(CheckOutcome side, ExpressionSyntax constant)
    {
        switch (constant.Kind())
        {
            case SyntaxKind.TrueLiteralExpression:
                return side;
            case SyntaxKind.FalseLiteralExpression:
                return Negate(side);
            case SyntaxKind.NullLiteralExpression:
                return CheckOutcome.None;
        }

        var name = (constant as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText ?? (constant as IdentifierNameSyntax)?.Identifier.ValueText;
        if (side != CheckOutcome.Value)
            return CheckOutcome.Unclear;
        return name switch
        {
            "Failed" => CheckOutcome.Failure,
            "Success" => CheckOutcome.Success,
            "SuccessRehashNeeded" or "LockedOut" or "NotAllowed" or "TwoFactorRequired" => CheckOutcome.Special,
            _ => CheckOutcome.Unclear,
        };
    }

    private static CheckOutcome Negate(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Success => CheckOutcome.Failure,
        CheckOutcome.Failure => CheckOutcome.Success,
        CheckOutcome.Special => CheckOutcome.NotSpecial,
        CheckOutcome.NotSpecial => CheckOutcome.Special,
        CheckOutcome.Value => CheckOutcome.Unclear,
        _ => outcome,
    };

    private bool Mentions(SyntaxNode node) => node.DescendantNodesAndSelf().Any(n => n == _check || _variable is not null && n is IdentifierNameSyntax name && name.Identifier.ValueText == _variable && name.Parent is not MemberAccessExpressionSyntax { Name: var part } | (name.Parent as MemberAccessExpressionSyntax)?.Expression == name);
}
