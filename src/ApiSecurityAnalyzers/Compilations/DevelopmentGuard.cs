using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Compilations;

/// <summary>
/// Answers "does this statement run only in development": direct guards, negations, early returns, <c>switch</c>, a local or own
/// member that holds the answer, <c>#if DEBUG</c>, <c>StartupDevelopment</c> and <c>ConfigureDevelopment</c>.
/// </summary>
internal static class DevelopmentGuard
{
    /// <summary>How many own members are followed to find what a condition means.</summary>
    private const int MaxDepth = 4;

    /// <summary>The environments in which <paramref name="node"/> runs, looking outwards to the enclosing member.</summary>
    public static RunsIn Of(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) =>
        Of(node, node.SyntaxTree.GetRoot(cancellationToken), model, cancellationToken);

    /// <summary>As <see cref="Of(SyntaxNode, SemanticModel, CancellationToken)"/>, but conditions outside <paramref name="boundary"/> do not count.</summary>
    public static RunsIn Of(SyntaxNode node, SyntaxNode boundary, SemanticModel model, CancellationToken cancellationToken)
    {
        var result = ConditionalCompilation(node, cancellationToken);
        for (var current = node; current.Parent is { } parent; current = parent)
        {
            result = And(result, Step(current, parent, model, cancellationToken));
            if (result == RunsIn.DevelopmentOnly || parent == boundary)
                break;
            if (parent is BaseMethodDeclarationSyntax or TypeDeclarationSyntax)
            {
                result = And(result, OfMember(parent));
                if (parent is TypeDeclarationSyntax)
                    break;
            }
        }

        return boundary is MethodDeclarationSyntax { Parent: { } type } method ? And(result, And(OfMember(method), OfMember(type))) : result;
    }

    /// <summary>What the condition says of the environment when it is true.</summary>
    public static RunsIn Meaning(ExpressionSyntax condition, SemanticModel model, CancellationToken cancellationToken) => Meaning(condition, model, 0, cancellationToken);

    private static RunsIn Step(SyntaxNode current, SyntaxNode parent, SemanticModel model, CancellationToken cancellationToken)
    {
        switch (parent)
        {
            case IfStatementSyntax branch when current == branch.Statement:
                return Meaning(branch.Condition, model, cancellationToken);
            case IfStatementSyntax branch when current == branch.Else:
                return Not(Meaning(branch.Condition, model, cancellationToken));
            case ConditionalExpressionSyntax conditional when current == conditional.WhenTrue:
                return Meaning(conditional.Condition, model, cancellationToken);
            case ConditionalExpressionSyntax conditional when current == conditional.WhenFalse:
                return Not(Meaning(conditional.Condition, model, cancellationToken));
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both when current == both.Right:
                return Meaning(both.Left, model, cancellationToken);
            case SwitchSectionSyntax section when section.Parent is SwitchStatementSyntax statement && current is StatementSyntax:
                return And(OfSection(section, statement, model, cancellationToken), Preceding(section.Statements, current, model, cancellationToken));
            case SwitchExpressionArmSyntax arm when current == arm.Expression && arm.Parent is SwitchExpressionSyntax expression:
                return OfArm(arm, expression, model, cancellationToken);
            case WhileStatementSyntax or ForStatementSyntax when current is StatementSyntax:
                return RunsIn.Everywhere;
            case CatchClauseSyntax:
                return RunsIn.Unknown;
            case BlockSyntax block:
                return Preceding(block.Statements, current, model, cancellationToken);
            case CompilationUnitSyntax unit when current is GlobalStatementSyntax:
                var answer = RunsIn.Everywhere;
                foreach (var member in unit.Members)
                {
                    if (member == current)
                        break;
                    if (member is GlobalStatementSyntax { Statement: IfStatementSyntax early })
                        answer = And(answer, AfterEarlyExit(early, model, cancellationToken));
                }

                return answer;
            default:
                return RunsIn.Everywhere;
        }
    }

    /// <summary>What early returns before the statement say: after <c>if (!env.IsDevelopment()) return;</c> only development is left.</summary>
    private static RunsIn Preceding(SyntaxList<StatementSyntax> statements, SyntaxNode current, SemanticModel model, CancellationToken cancellationToken)
    {
        var answer = RunsIn.Everywhere;
        foreach (var statement in statements)
        {
            if (statement == current)
                break;
            if (statement is IfStatementSyntax early)
                answer = And(answer, AfterEarlyExit(early, model, cancellationToken));
        }

        return answer;
    }

    private static RunsIn AfterEarlyExit(IfStatementSyntax early, SemanticModel model, CancellationToken cancellationToken)
    {
        var exitsWhenTrue = Exits(early.Statement);
        var exitsWhenFalse = early.Else is { } other && Exits(other.Statement);
        if (exitsWhenTrue == exitsWhenFalse)
            return RunsIn.Everywhere;
        var meaning = Meaning(early.Condition, model, cancellationToken);

        // an exit for another reason (bad arguments, a command-line switch) does not make the rest conditional
        if (meaning == RunsIn.Unknown)
            return RunsIn.Everywhere;
        return exitsWhenTrue ? Not(meaning) : meaning;
    }

    private static bool Exits(StatementSyntax statement) => statement switch
    {
        ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax => true,
        BlockSyntax { Statements: { Count: > 0 } statements } => Exits(statements.Last()),
        _ => false,
    };

    private static RunsIn OfSection(SwitchSectionSyntax section, SwitchStatementSyntax statement, SemanticModel model, CancellationToken cancellationToken)
    {
        if (!IsEnvironmentName(statement.Expression, model, cancellationToken))
            return RunsIn.Unknown;
        var allDevelopment = true;
        var names = false;
        foreach (var label in section.Labels)
        {
            var value = label switch
            {
                CaseSwitchLabelSyntax constant => constant.Value,
                CasePatternSwitchLabelSyntax { Pattern: ConstantPatternSyntax pattern } => pattern.Expression,
                _ => null,
            };
            names |= value is not null;
            allDevelopment &= value is not null && IsDevelopmentName(value, model, cancellationToken);
        }

        if (allDevelopment)
            return RunsIn.DevelopmentOnly;

        // default: everything but the named ones
        var elsewhere = statement.Sections.Any(s => s != section && s.Labels.OfType<CaseSwitchLabelSyntax>().Any(l => IsDevelopmentName(l.Value, model, cancellationToken)));
        return elsewhere && (!names || section.Labels.Any(static l => l is DefaultSwitchLabelSyntax)) ? RunsIn.NotDevelopment : RunsIn.Unknown;
    }

    private static RunsIn OfArm(SwitchExpressionArmSyntax arm, SwitchExpressionSyntax expression, SemanticModel model, CancellationToken cancellationToken)
    {
        if (!IsEnvironmentName(expression.GoverningExpression, model, cancellationToken))
            return arm.WhenClause is { } when ? Meaning(when.Condition, model, cancellationToken) : RunsIn.Unknown;
        if (arm.Pattern is ConstantPatternSyntax constant)
            return IsDevelopmentName(constant.Expression, model, cancellationToken) ? RunsIn.DevelopmentOnly : RunsIn.Unknown;
        return arm.Pattern is DiscardPatternSyntax && expression.Arms.Any(a => a.Pattern is ConstantPatternSyntax c && IsDevelopmentName(c.Expression, model, cancellationToken)) ? RunsIn.NotDevelopment : RunsIn.Unknown;
    }

    private static RunsIn Meaning(ExpressionSyntax condition, SemanticModel model, int depth, CancellationToken cancellationToken)
    {
        if (depth > MaxDepth)
            return RunsIn.Unknown;
        switch (condition)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return Meaning(parenthesized.Expression, model, depth, cancellationToken);
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not:
                return Not(Meaning(not.Operand, model, depth, cancellationToken));
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                return Meaning(suppressed.Operand, model, depth, cancellationToken);
            case BinaryExpressionSyntax binary:
                return OfBinary(binary, model, depth, cancellationToken);
            case IsPatternExpressionSyntax pattern:
                return OfPattern(pattern, model, depth, cancellationToken);
            case InvocationExpressionSyntax call:
                return OfCall(call, model, depth, cancellationToken);
            case IdentifierNameSyntax or MemberAccessExpressionSyntax:
                return OfSymbol(model.GetSymbolInfo(condition, cancellationToken).Symbol, condition, model, depth, cancellationToken);
            default:
                return RunsIn.Unknown;
        }
    }

    private static RunsIn OfBinary(BinaryExpressionSyntax binary, SemanticModel model, int depth, CancellationToken cancellationToken)
    {
        switch (binary.Kind())
        {
            case SyntaxKind.LogicalAndExpression:
                return And(Meaning(binary.Left, model, depth, cancellationToken), Meaning(binary.Right, model, depth, cancellationToken));
            case SyntaxKind.LogicalOrExpression:
                var left = Meaning(binary.Left, model, depth, cancellationToken);
                var right = Meaning(binary.Right, model, depth, cancellationToken);
                return left == right ? left : left == RunsIn.NotDevelopment && right == RunsIn.DevelopmentOnly ? RunsIn.Everywhere : RunsIn.Unknown;
            case SyntaxKind.EqualsExpression or SyntaxKind.NotEqualsExpression:
                var meaning = OfEquality(binary.Left, binary.Right, model, depth, cancellationToken);
                return binary.IsKind(SyntaxKind.EqualsExpression) ? meaning : Not(meaning);
            default:
                return RunsIn.Unknown;
        }
    }

    private static RunsIn OfEquality(ExpressionSyntax left, ExpressionSyntax right, SemanticModel model, int depth, CancellationToken cancellationToken)
    {
        if (right.Kind() is SyntaxKind.TrueLiteralExpression or SyntaxKind.FalseLiteralExpression)
        {
            var meaning = Meaning(left, model, depth + 1, cancellationToken);
            return right.IsKind(SyntaxKind.TrueLiteralExpression) ? meaning : Not(meaning);
        }

        if (IsEnvironmentName(left, model, cancellationToken))
            return OfName(right, model, cancellationToken);
        return IsEnvironmentName(right, model, cancellationToken) ? OfName(left, model, cancellationToken) : RunsIn.Unknown;
    }

    private static RunsIn OfPattern(IsPatternExpressionSyntax pattern, SemanticModel model, int depth, CancellationToken cancellationToken)
    {
        var (inner, negated) = pattern.Pattern is UnaryPatternSyntax not ? (not.Pattern, true) : (pattern.Pattern, false);
        if (inner is not ConstantPatternSyntax constant)
            return RunsIn.Unknown;
        var meaning = OfEquality(pattern.Expression, constant.Expression, model, depth, cancellationToken);
        return negated ? Not(meaning) : meaning;
    }

    private static RunsIn OfCall(InvocationExpressionSyntax call, SemanticModel model, int depth, CancellationToken cancellationToken)
    {
        var name = call.Expression switch
        {
            MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
            _ => "",
        };
        var arguments = call.ArgumentList.Arguments;
        switch (name)
        {
            case "IsDevelopment":
                return RunsIn.DevelopmentOnly;
            case "IsProduction":
                return RunsIn.NotDevelopment;
            case "IsStaging":
                return RunsIn.Unknown;
            case "IsEnvironment" when arguments.Count > 0:
                return OfName(arguments[arguments.Count - 1].Expression, model, cancellationToken);
            case "Equals":
                var operands = arguments.Select(static a => a.Expression).ToList();
                if (call.Expression is MemberAccessExpressionSyntax { Expression: var receiver } && operands.Count is 1 or 2 && receiver is not PredefinedTypeSyntax && receiver.ToString() != "String")
                    operands.Insert(0, receiver);
                return operands.Count >= 2 ? OfEquality(operands[0], operands[1], model, depth, cancellationToken) : RunsIn.Unknown;
        }

        return OfSymbol(model.GetSymbolInfo(call, cancellationToken).Symbol, call, model, depth, cancellationToken);
    }

    /// <summary>A local, field, property or own method that holds the answer.</summary>
    private static RunsIn OfSymbol(ISymbol? symbol, SyntaxNode use, SemanticModel model, int depth, CancellationToken cancellationToken)
    {
        if (symbol is not (ILocalSymbol or IFieldSymbol or IPropertySymbol or IMethodSymbol) || symbol.DeclaringSyntaxReferences.IsEmpty)
            return RunsIn.Unknown;
        var declaration = symbol.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken);

        // other documents would need their own model, which only the compilation's owner hands out
        if (declaration.SyntaxTree != use.SyntaxTree)
            return symbol.Name is "IsDevelopment" or "IsDev" or "InDevelopment" ? RunsIn.DevelopmentOnly : RunsIn.Unknown;
        var value = declaration switch
        {
            VariableDeclaratorSyntax { Initializer.Value: { } initializer } => initializer,
            PropertyDeclarationSyntax { ExpressionBody.Expression: { } body } => body,
            PropertyDeclarationSyntax { Initializer.Value: { } initializer } => initializer,
            PropertyDeclarationSyntax { AccessorList.Accessors: { Count: 1 } accessors } => ReturnedBy((SyntaxNode?)accessors[0].Body ?? accessors[0].ExpressionBody),
            MethodDeclarationSyntax method => ReturnedBy((SyntaxNode?)method.Body ?? method.ExpressionBody),
            LocalFunctionStatementSyntax local => ReturnedBy((SyntaxNode?)local.Body ?? local.ExpressionBody),
            _ => null,
        };
        value ??= symbol is IFieldSymbol or IPropertySymbol ? AssignedInConstructor(declaration, symbol.Name) : null;
        return value is null ? RunsIn.Unknown : Meaning(value, model, depth + 1, cancellationToken);
    }

    private static ExpressionSyntax? ReturnedBy(SyntaxNode? body) => body switch
    {
        ArrowExpressionClauseSyntax arrow => arrow.Expression,
        BlockSyntax { Statements: { Count: 1 } statements } when statements[0] is ReturnStatementSyntax { Expression: { } expression } => expression,
        _ => null,
    };

    private static ExpressionSyntax? AssignedInConstructor(SyntaxNode declaration, string name)
    {
        var assignments = declaration.FirstAncestorOrSelf<TypeDeclarationSyntax>()?.Members.OfType<ConstructorDeclarationSyntax>()
            .SelectMany(static c => c.DescendantNodes().OfType<AssignmentExpressionSyntax>())
            .Where(a => a.Left is IdentifierNameSyntax id && id.Identifier.ValueText == name || a.Left is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } m && m.Name.Identifier.ValueText == name)
            .ToList();
        return assignments is { Count: 1 } ? assignments[0].Right : null;
    }

    private static bool IsEnvironmentName(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellationToken)
    {
        switch (expression)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return IsEnvironmentName(parenthesized.Expression, model, cancellationToken);
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "EnvironmentName" }:
                return true;
            case InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } call when call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetEnvironmentVariable" } or IdentifierNameSyntax { Identifier.ValueText: "GetEnvironmentVariable" }:
                return model.GetConstantValue(arguments[0].Expression, cancellationToken) is { HasValue: true, Value: "ASPNETCORE_ENVIRONMENT" or "DOTNET_ENVIRONMENT" };
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce:
                return IsEnvironmentName(coalesce.Left, model, cancellationToken);
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToLower" or "ToLowerInvariant" or "ToUpper" or "ToUpperInvariant" or "Trim" } member }:
                return IsEnvironmentName(member.Expression, model, cancellationToken);
            case IdentifierNameSyntax when model.GetSymbolInfo(expression, cancellationToken).Symbol is ILocalSymbol local
                && local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer.Value: { } value } && value is not IdentifierNameSyntax:
                return IsEnvironmentName(value, model, cancellationToken);
            default:
                return false;
        }
    }

    private static RunsIn OfName(ExpressionSyntax name, SemanticModel model, CancellationToken cancellationToken)
    {
        if (IsDevelopmentName(name, model, cancellationToken))
            return RunsIn.DevelopmentOnly;
        return Constant(name, model, cancellationToken) is { } text && string.Equals(text, "Production", StringComparison.OrdinalIgnoreCase) ? RunsIn.NotDevelopment : RunsIn.Unknown;
    }

    private static bool IsDevelopmentName(ExpressionSyntax name, SemanticModel model, CancellationToken cancellationToken) =>
        Constant(name, model, cancellationToken) is { } text && (string.Equals(text, "Development", StringComparison.OrdinalIgnoreCase) || string.Equals(text, "Dev", StringComparison.OrdinalIgnoreCase) || string.Equals(text, "Local", StringComparison.OrdinalIgnoreCase));

    private static string? Constant(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellationToken)
    {
        if (model.GetConstantValue(expression, cancellationToken) is { HasValue: true, Value: string text })
            return text;

        // Environments.Development is a static readonly field, not a constant
        return expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Development" or "Production" or "Staging" } member ? member.Name.Identifier.ValueText : null;
    }

    private static RunsIn OfMember(SyntaxNode member) => member switch
    {
        MethodDeclarationSyntax method when method.Identifier.ValueText.StartsWith("ConfigureDevelopment", StringComparison.Ordinal) => RunsIn.DevelopmentOnly,
        ClassDeclarationSyntax { Identifier.ValueText: "StartupDevelopment" } => RunsIn.DevelopmentOnly,
        _ => RunsIn.Everywhere,
    };

    /// <summary>Whether the node stands in a region that only debug builds, or only others, compile.</summary>
    private static RunsIn ConditionalCompilation(SyntaxNode node, CancellationToken cancellationToken)
    {
        var root = node.SyntaxTree.GetRoot(cancellationToken);
        if (!root.ContainsDirectives)
            return RunsIn.Everywhere;
        var result = RunsIn.Everywhere;
        var open = new Stack<RunsIn>();
        for (var directive = ((CompilationUnitSyntax)root).GetFirstDirective(); directive is not null && directive.SpanStart < node.SpanStart; directive = directive.GetNextDirective())
        {
            switch (directive)
            {
                case IfDirectiveTriviaSyntax start:
                    open.Push(OfSymbol(start.Condition));
                    break;
                case ElseDirectiveTriviaSyntax when open.Count > 0:
                    open.Push(Not(open.Pop()));
                    break;
                case ElifDirectiveTriviaSyntax elif when open.Count > 0:
                    open.Pop();
                    open.Push(OfSymbol(elif.Condition));
                    break;
                case EndIfDirectiveTriviaSyntax when open.Count > 0:
                    open.Pop();
                    break;
            }
        }

        // another symbol than DEBUG says which product is built, not where it runs
        foreach (var condition in open)
            result = condition == RunsIn.Unknown ? result : And(result, condition);
        return result;
    }

    private static RunsIn OfSymbol(ExpressionSyntax condition) => condition switch
    {
        IdentifierNameSyntax { Identifier.ValueText: "DEBUG" } => RunsIn.DevelopmentOnly,
        IdentifierNameSyntax { Identifier.ValueText: "RELEASE" } => RunsIn.NotDevelopment,
        PrefixUnaryExpressionSyntax not => Not(OfSymbol(not.Operand)),
        ParenthesizedExpressionSyntax parenthesized => OfSymbol(parenthesized.Expression),
        _ => RunsIn.Unknown,
    };

    private static RunsIn And(RunsIn outer, RunsIn inner)
    {
        if (outer == RunsIn.Everywhere || outer == inner)
            return inner;
        if (inner == RunsIn.Everywhere)
            return outer;
        return outer == RunsIn.DevelopmentOnly || inner == RunsIn.DevelopmentOnly ? RunsIn.DevelopmentOnly : RunsIn.Unknown;
    }

    private static RunsIn Not(RunsIn meaning) => meaning switch
    {
        RunsIn.DevelopmentOnly => RunsIn.NotDevelopment,
        RunsIn.NotDevelopment => RunsIn.DevelopmentOnly,
        _ => RunsIn.Unknown,
    };
}
