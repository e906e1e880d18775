using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Text;

/// <summary>
/// Tells whether a value, where it is used, has been compared with values that the code allows: a branch, an early return, a
/// <c>switch</c>, an own helper that throws or returns <see langword="bool"/>. Guards are known by what they do, never by their names.
/// </summary>
internal sealed class AllowLists(TextTracer tracer)
{
    /// <summary>How many own helpers deep a check is looked for.</summary>
    private const int MaxHelpers = 3;

    private static readonly HashSet<string> Neutral = new(StringComparer.Ordinal)
    {
        "Trim", "TrimStart", "TrimEnd", "ToLower", "ToUpper", "ToLowerInvariant", "ToUpperInvariant", "ToString", "Normalize", "FirstOrDefault", "First", "Substring",
    };

    private readonly CharacterTests _characters = new(tracer);
    private readonly Memberships _memberships = new(tracer);
    private int _helpers;

    /// <summary>Whether the value is checked on every way to where it stands.</summary>
    public bool Cover(ExpressionSyntax value) => KeyOf(value) is { } key && CoverAt(value, key);

    /// <summary>Whether a predicate lets only allowed elements through: <c>names.Where(n => allowed.Contains(n))</c>.</summary>
    public bool Select(ExpressionSyntax predicate) => predicate switch
    {
        SimpleLambdaExpressionSyntax { ExpressionBody: { } body } lambda => Implies(body, lambda.Parameter.Identifier.ValueText, true) || _characters.Allows(lambda, true),
        ParenthesizedLambdaExpressionSyntax { ExpressionBody: { } body, ParameterList.Parameters.Count: > 0 } lambda => Implies(body, lambda.ParameterList.Parameters[0].Identifier.ValueText, true) || _characters.Allows(lambda, true),
        MemberAccessExpressionSyntax group => _memberships.IsAsked(group) || _characters.Allows(group, true),
        _ => false,
    };

    /// <summary>What is compared: the name or path under calls that only trim or change case.</summary>
    private static string? KeyOf(ExpressionSyntax? value)
    {
        while (true)
        {
            switch (value)
            {
                case ParenthesizedExpressionSyntax parenthesized:
                    value = parenthesized.Expression;
                    continue;
                case PostfixUnaryExpressionSyntax suppressed:
                    value = suppressed.Operand;
                    continue;
                case CastExpressionSyntax cast:
                    value = cast.Expression;
                    continue;
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } choice:
                    value = choice.Left;
                    continue;
                case ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax binding } } access when Neutral.Contains(binding.Name.Identifier.ValueText):
                    value = access.Expression;
                    continue;
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } when Neutral.Contains(access.Name.Identifier.ValueText):
                    value = access.Expression;
                    continue;
                case MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own:
                    return own.Name.Identifier.ValueText;
                case IdentifierNameSyntax name:
                    return name.Identifier.ValueText;
                case MemberAccessExpressionSyntax or ElementAccessExpressionSyntax:
                    return value.ToString();
                default:
                    return null;
            }
        }
    }

    private bool CoverAt(SyntaxNode use, string key)
    {
        var node = use;
        for (; node.Parent is { } parent; node = parent)
        {
            switch (parent)
            {
                case IfStatementSyntax condition when node == condition.Statement && Implies(condition.Condition, key, true):
                case ConditionalExpressionSyntax choice when node == choice.WhenTrue && Implies(choice.Condition, key, true):
                case ConditionalExpressionSyntax other when node == other.WhenFalse && Implies(other.Condition, key, false):
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both when node == both.Right && Implies(both.Left, key, true):
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } either when node == either.Right && Implies(either.Left, key, false):
                case WhileStatementSyntax loop when node == loop.Statement && Implies(loop.Condition, key, true):
                case SwitchSectionSyntax { Parent: SwitchStatementSyntax selection } section when KeyOf(selection.Expression) == key && section.Labels.All(IsConstant):
                case SwitchExpressionArmSyntax { Parent: SwitchExpressionSyntax choices } arm when node == arm.Expression && KeyOf(choices.GoverningExpression) == key && IsConstant(arm.Pattern):
                    return true;
                case ElseClauseSyntax { Parent: IfStatementSyntax condition } when Implies(condition.Condition, key, false):
                    return true;
                case BlockSyntax block:
                    if (CoverBefore(block.Statements, block.Statements.IndexOf((StatementSyntax)node), key) is { } told)
                        return told;
                    break;
                case SwitchSectionSyntax section when node is StatementSyntax statement:
                    if (CoverBefore(section.Statements, section.Statements.IndexOf(statement), key) is { } inSection)
                        return inSection;
                    break;
                case GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } global:
                    var before = unit.Members.TakeWhile(m => m != global).OfType<GlobalStatementSyntax>().Select(static g => g.Statement).ToList();
                    return CoverBefore(before, before.Count, key) ?? false;
                case MemberDeclarationSyntax:
                    return false;
            }
        }

        return false;
    }

    /// <summary>Whether one of the statements before lets only allowed values past; <see langword="null"/> when they say nothing.</summary>
    private bool? CoverBefore(IReadOnlyList<StatementSyntax> statements, int count, string key)
    {
        for (var i = count - 1; i >= 0; i--)
        {
            var statement = statements[i];

            // a condition may speak of the value through a local: if (!isKnown)
            if (statement is not IfStatementSyntax && !Mentions(statement, key))
                continue;
            switch (statement)
            {
                case IfStatementSyntax condition:
                    if ((Members.Leaves(condition.Statement) || Resets(condition.Statement, key)) && Implies(condition.Condition, key, false))
                        return true;
                    if (condition.Else is { } otherwise && (Members.Leaves(otherwise.Statement) || Resets(otherwise.Statement, key)) && Implies(condition.Condition, key, true))
                        return true;
                    break;
                case SwitchStatementSyntax selection when KeyOf(selection.Expression) == key && selection.Sections.Any(static s => s.Labels.Any(SyntaxKind.DefaultSwitchLabel)):
                    if (selection.Sections.All(s => s.Labels.All(IsConstant) || s.Statements.LastOrDefault() is ThrowStatementSyntax or ReturnStatementSyntax))
                        return true;
                    break;
                case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment } when KeyOf(assignment.Left) == key:
                case LocalDeclarationStatementSyntax declaration when declaration.Declaration.Variables.Any(v => v.Identifier.ValueText == key):
                    return false;
                case ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call } when Rejects(call, key):
                case ExpressionStatementSyntax { Expression: AwaitExpressionSyntax { Expression: InvocationExpressionSyntax awaited } } when Rejects(awaited, key):
                    return true;
            }
        }

        return null;
    }

    private static bool Mentions(SyntaxNode node, string key) => node.ToString().IndexOf(key, StringComparison.Ordinal) >= 0;

    /// <summary><c>if (!allowed.Contains(column)) column = "Id";</c>.</summary>
    private static bool Resets(StatementSyntax statement, string key) => statement switch
    {
        BlockSyntax { Statements: [var only] } => Resets(only, key),
        ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Right: LiteralExpressionSyntax } assignment } => KeyOf(assignment.Left) == key,
        _ => false,
    };

    /// <summary>Whether the condition, being true (or false), says that the value is one of those that the code allows.</summary>
    private bool Implies(ExpressionSyntax condition, string key, bool truth)
    {
        switch (condition)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return Implies(parenthesized.Expression, key, truth);
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } negation:
                return Implies(negation.Operand, key, !truth);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both:
                return truth ? Implies(both.Left, key, true) || Implies(both.Right, key, true) : Implies(both.Left, key, false) && Implies(both.Right, key, false);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } either:
                return truth ? Implies(either.Left, key, true) && Implies(either.Right, key, true) : Implies(either.Left, key, false) || Implies(either.Right, key, false);
            case BinaryExpressionSyntax comparison:
                return Compares(comparison, key, truth);
            case IsPatternExpressionSyntax test when KeyOf(test.Expression) == key:
                return truth ? IsConstant(test.Pattern) : test.Pattern is UnaryPatternSyntax negated && IsConstant(negated.Pattern);
            case InvocationExpressionSyntax call:
                return Calls(call, key, truth);
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Success", Expression: InvocationExpressionSyntax match }:
                return Calls(match, key, truth);
            case IdentifierNameSyntax flag when Members.Of(flag) is { } member && BodyWrites.Of(member).To(flag.Identifier.ValueText) is [{ Kind: WriteKind.Set, Node: VariableDeclaratorSyntax, Values: [var value] }]:
                return Implies(value, key, truth);
            default:
                return false;
        }
    }

    private bool Compares(BinaryExpressionSyntax comparison, string key, bool truth)
    {
        var isEquality = comparison.IsKind(SyntaxKind.EqualsExpression);
        if (isEquality || comparison.IsKind(SyntaxKind.NotEqualsExpression))
        {
            if (KeyOf(comparison.Left) == key && tracer.IsConstant(comparison.Right) || KeyOf(comparison.Right) == key && tracer.IsConstant(comparison.Left))
                return isEquality == truth;
        }

        // Array.IndexOf(allowed, value) >= 0
        if (comparison.Left is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IndexOf" or "FindIndex" or "BinarySearch" } access } search
            || !search.ArgumentList.Arguments.Any(a => Names(a.Expression, key)) || tracer.TypeOf(access.Expression)?.SpecialType == SpecialType.System_String)
        {
            return false;
        }

        var isFound = comparison.Kind() is SyntaxKind.GreaterThanOrEqualExpression or SyntaxKind.GreaterThanExpression or SyntaxKind.NotEqualsExpression;
        return isFound == truth;
    }

    private bool Calls(InvocationExpressionSyntax call, string key, bool truth)
    {
        var arguments = call.ArgumentList.Arguments;
        var access = call.Expression as MemberAccessExpressionSyntax;
        var name = access?.Name.Identifier.ValueText ?? (call.Expression as SimpleNameSyntax)?.Identifier.ValueText;
        var isArgument = arguments.Any(a => KeyOf(a.Expression) == key);
        if (name is null)
            return false;
        if (access is not null)
        {
            if (truth && name is "Equals" && (isArgument && (arguments.Any(a => tracer.IsConstant(a.Expression)) || tracer.IsConstant(access.Expression)) || KeyOf(access.Expression) == key && arguments.Count > 0 && tracer.IsConstant(arguments[0].Expression)))
                return true;
            if (truth && isArgument && (name is "IsNullOrEmpty" or "IsNullOrWhiteSpace" or "IsDefined"))
                return true;
            if (isArgument && name is "IsMatch" or "Match" && _memberships.IsStrict(call, truth))
                return true;
            if (truth && isArgument && (name is "TryParse" or "TryParseExact"))
                return tracer.SymbolOf(access.Expression) is ITypeSymbol parsed && (HarmlessTypes.Is(parsed) || parsed.SpecialType == SpecialType.System_Enum);
            if (Memberships.IsName(name) && truth && arguments.Count > 0 && (isArgument || arguments.Any(a => a.Expression is LambdaExpressionSyntax lambda && Equates(lambda, key))))
            {
                if (_memberships.IsAsked(call))
                    return true;
            }

            // every character is a letter or digit
            if (KeyOf(access.Expression) == key && arguments.Count == 1 && (name == "All" && truth || name == "Any" && !truth))
                return _characters.Allows(arguments[0].Expression, name == "All");
        }

        return isArgument && Helper(call, key, truth);
    }

    private static bool Equates(LambdaExpressionSyntax lambda, string key) => lambda.ExpressionBody switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression } equality => KeyOf(equality.Left) == key || KeyOf(equality.Right) == key,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Equals" } access } call => KeyOf(access.Expression) == key || call.ArgumentList.Arguments.Any(a => KeyOf(a.Expression) == key),
        _ => false,
    };

    private static bool Names(ExpressionSyntax argument, string key) => KeyOf(argument) == key || argument is LambdaExpressionSyntax lambda && Equates(lambda, key);

    /// <summary>Whether an own helper answers with this truth only for allowed values.</summary>
    private bool Helper(InvocationExpressionSyntax call, string key, bool truth)
    {
        if (Declaration(call, key) is not { } helper)
            return false;
        _helpers++;
        var returns = Members.Returns(helper.Declaration).ToList();
        var answer = returns.Count > 0 && returns.TrueForAll(r => r is LiteralExpressionSyntax literal && literal.IsKind(SyntaxKind.TrueLiteralExpression) != truth || Implies(r, helper.Parameter, truth) || CoverAt(r, helper.Parameter));
        _helpers--;
        return answer;
    }

    /// <summary>Whether an own helper throws for all but allowed values.</summary>
    private bool Rejects(InvocationExpressionSyntax call, string key)
    {
        if (Declaration(call, key) is not { } helper)
            return false;
        var body = helper.Declaration switch
        {
            BaseMethodDeclarationSyntax method => method.Body,
            LocalFunctionStatementSyntax function => function.Body,
            _ => null,
        };
        if (body is null)
            return false;
        _helpers++;
        var answer = CoverBefore(body.Statements, body.Statements.Count, helper.Parameter) == true && body.DescendantNodes().Any(static n => n is ThrowStatementSyntax or ThrowExpressionSyntax);
        _helpers--;
        return answer;
    }

    private (SyntaxNode Declaration, string Parameter)? Declaration(InvocationExpressionSyntax call, string key)
    {
        if (_helpers >= MaxHelpers || tracer.SymbolOf(call) is not IMethodSymbol method || !tracer.IsInSource(method))
            return null;
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        var ordinal = Arguments.ReceiverOf(call) is { } receiver && method.ReducedFrom is not null && KeyOf(receiver) == key ? 0 : -1;
        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (KeyOf(argument.Expression) == key)
                ordinal = Arguments.OrdinalOf(argument, method);
        }

        if (ordinal < 0 || ordinal >= definition.Parameters.Length || definition.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(tracer.CancellationToken) is not { } declaration)
            return null;
        return (declaration, definition.Parameters[ordinal].Name);
    }

    private bool IsConstant(SwitchLabelSyntax label) => label switch
    {
        CaseSwitchLabelSyntax simple => tracer.IsConstant(simple.Value),
        CasePatternSwitchLabelSyntax pattern => IsConstant(pattern.Pattern),
        _ => false,
    };

    private bool IsConstant(PatternSyntax pattern) => pattern switch
    {
        ConstantPatternSyntax constant => tracer.IsConstant(constant.Expression),
        ParenthesizedPatternSyntax parenthesized => IsConstant(parenthesized.Pattern),
        BinaryPatternSyntax { RawKind: (int)SyntaxKind.OrPattern } either => IsConstant(either.Left) && IsConstant(either.Right),
        BinaryPatternSyntax both => IsConstant(both.Left) || IsConstant(both.Right),
        _ => false,
    };
}
