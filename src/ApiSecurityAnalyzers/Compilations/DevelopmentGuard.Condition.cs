using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Compilations;

/// <content>Reads what a condition says of the environment.</content>
internal static partial class DevelopmentGuard
{
    /// <summary>How many own members are followed to find what a condition means.</summary>
    private const int MaxDepth = 4;

    /// <summary>Environments that are not production, by the names that projects give them.</summary>
    private static readonly HashSet<string> NonProduction = new(StringComparer.OrdinalIgnoreCase)
    {
        "Development", "Dev", "Local", "LocalDevelopment", "Localhost", "Debug", "Staging", "Test", "Testing", "Tests", "UnitTest", "UnitTests", "UnitTesting", "IntegrationTest", "IntegrationTests", "IntegrationTesting", "E2E", "CI",
    };

    /// <summary>Members that hold the answer, where their code is out of sight.</summary>
    private static readonly HashSet<string> AnswerNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "IsDevelopment", "IsDev", "InDevelopment", "IsLocal", "IsLocalDevelopment", "IsDevelopmentEnvironment", "IsStaging", "IsTest", "IsTesting", "IsDebug", "IsDevelopmentOrStaging",
    };

    /// <summary>One document's conditions.</summary>
    private readonly struct Condition(SemanticModel model, CancellationToken cancellationToken)
    {
        public RunsIn Meaning(ExpressionSyntax condition, int depth)
        {
            if (depth > MaxDepth)
                return RunsIn.Unknown;
            switch (condition)
            {
                case ParenthesizedExpressionSyntax parenthesized:
                    return Meaning(parenthesized.Expression, depth);
                case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not:
                    return Meaning(not.Operand, depth).Not();
                case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                    return Meaning(suppressed.Operand, depth);
                case LiteralExpressionSyntax { RawKind: (int)SyntaxKind.TrueLiteralExpression }:
                    return RunsIn.Everywhere;
                case LiteralExpressionSyntax { RawKind: (int)SyntaxKind.FalseLiteralExpression }:
                    // nowhere, and so not in production
                    return RunsIn.DevelopmentOnly;
                case BinaryExpressionSyntax binary:
                    return OfBinary(binary, depth);
                case IsPatternExpressionSyntax pattern:
                    return OfPattern(pattern.Expression, pattern.Pattern, depth);
                case ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax call }:
                    return OfCall(call, depth);
                case InvocationExpressionSyntax call:
                    return OfCall(call, depth);
                case IdentifierNameSyntax or MemberAccessExpressionSyntax:
                    return OfSymbol(model.GetSymbolInfo(condition, cancellationToken).Symbol, condition, depth);
                default:
                    return RunsIn.Unknown;
            }
        }

        public RunsIn OfSection(SwitchSectionSyntax section, SwitchStatementSyntax statement)
        {
            RunsIn? answer = null;
            foreach (var label in section.Labels)
            {
                var own = label is DefaultSwitchLabelSyntax
                    ? Otherwise(statement.Expression, statement.Sections.Where(s => s != section).SelectMany(static s => s.Labels).Select(static l => l is CasePatternSwitchLabelSyntax { WhenClause: not null } ? null : PatternOf(l)).ToList())
                    : OfLabel(statement.Expression, PatternOf(label), (label as CasePatternSwitchLabelSyntax)?.WhenClause);
                answer = answer is { } earlier ? earlier.Or(own) : own;
            }

            return answer ?? RunsIn.Unknown;
        }

        public RunsIn OfArm(SwitchExpressionArmSyntax arm, SwitchExpressionSyntax expression) => arm.Pattern is DiscardPatternSyntax && arm.WhenClause is null
            ? Otherwise(expression.GoverningExpression, expression.Arms.Where(a => a != arm).Select(static a => (SyntaxNode?)(a.WhenClause is null ? a.Pattern : null)).ToList())
            : OfLabel(expression.GoverningExpression, arm.Pattern, arm.WhenClause);

        private RunsIn OfLabel(ExpressionSyntax governing, SyntaxNode? label, WhenClauseSyntax? when)
        {
            var answer = label switch
            {
                PatternSyntax pattern => OfPattern(governing, pattern, 0),
                ExpressionSyntax value => OfEquality(governing, value, 0),
                _ => RunsIn.Unknown,
            };
            return when is null ? answer : answer.And(Meaning(when.Condition, 0));
        }

        /// <summary>What is left where none of the labels fits.</summary>
        private RunsIn Otherwise(ExpressionSyntax governing, IReadOnlyList<SyntaxNode?> labels)
        {
            var isName = IsEnvironmentName(governing);
            var left = RunsIn.Unknown;
            RunsIn? named = null;
            foreach (var label in labels)
            {
                var value = (label as ConstantPatternSyntax)?.Expression ?? label as ExpressionSyntax;
                if (isName && value is not null && Constant(value) is not null)
                {
                    // any one environment that is named, development or not, leaves production over, unless it is production
                    var own = OfName(value);
                    if (own == RunsIn.NotDevelopment)
                        return RunsIn.DevelopmentOnly;
                    left = own == RunsIn.DevelopmentOnly ? RunsIn.NotDevelopment : left;
                    continue;
                }

                var meaning = OfLabel(governing, label, null);
                named = named is { } earlier ? earlier.Or(meaning) : meaning;
            }

            return named is { } others ? isName && left == RunsIn.NotDevelopment && others == RunsIn.DevelopmentOnly ? left : others.Not() : left;
        }

        private static SyntaxNode? PatternOf(SwitchLabelSyntax label) => label switch
        {
            CaseSwitchLabelSyntax constant => constant.Value,
            CasePatternSwitchLabelSyntax pattern => pattern.Pattern,
            _ => null,
        };

        private RunsIn OfBinary(BinaryExpressionSyntax binary, int depth)
        {
            switch (binary.Kind())
            {
                case SyntaxKind.LogicalAndExpression or SyntaxKind.BitwiseAndExpression:
                    return Meaning(binary.Left, depth).And(Meaning(binary.Right, depth));
                case SyntaxKind.LogicalOrExpression or SyntaxKind.BitwiseOrExpression:
                    return Meaning(binary.Left, depth).Or(Meaning(binary.Right, depth));
                case SyntaxKind.EqualsExpression:
                    return OfEquality(binary.Left, binary.Right, depth);
                case SyntaxKind.NotEqualsExpression:
                    return OfEquality(binary.Left, binary.Right, depth).Not();
                default:
                    return RunsIn.Unknown;
            }
        }

        private RunsIn OfEquality(ExpressionSyntax left, ExpressionSyntax right, int depth)
        {
            if (right.Kind() is SyntaxKind.TrueLiteralExpression or SyntaxKind.FalseLiteralExpression)
            {
                var meaning = Meaning(left, depth + 1);
                return right.IsKind(SyntaxKind.TrueLiteralExpression) ? meaning : meaning.Not();
            }

            if (IsEnvironmentName(left))
                return OfName(right);
            return IsEnvironmentName(right) ? OfName(left) : RunsIn.Unknown;
        }

        private RunsIn OfPattern(ExpressionSyntax? expression, PatternSyntax pattern, int depth)
        {
            switch (pattern)
            {
                case ParenthesizedPatternSyntax parenthesized:
                    return OfPattern(expression, parenthesized.Pattern, depth);
                case UnaryPatternSyntax not:
                    return OfPattern(expression, not.Pattern, depth).Not();
                case BinaryPatternSyntax { RawKind: (int)SyntaxKind.OrPattern } either:
                    return OfPattern(expression, either.Left, depth).Or(OfPattern(expression, either.Right, depth));
                case BinaryPatternSyntax both:
                    return OfPattern(expression, both.Left, depth).And(OfPattern(expression, both.Right, depth));
                case ConstantPatternSyntax constant:
                    // without an expression the pattern is asked of 'EnvironmentName' itself
                    return expression is null ? OfName(constant.Expression) : OfEquality(expression, constant.Expression, depth);
                case RecursivePatternSyntax { PropertyPatternClause.Subpatterns: { } parts }:
                    foreach (var part in parts)
                    {
                        if (part.ExpressionColon?.Expression is IdentifierNameSyntax { Identifier.ValueText: "EnvironmentName" } or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "EnvironmentName" })
                            return OfPattern(null, part.Pattern, depth);
                    }

                    return RunsIn.Unknown;
                default:
                    return RunsIn.Unknown;
            }
        }

        private RunsIn OfCall(InvocationExpressionSyntax call, int depth)
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
                case "IsDevelopment" or "IsStaging":
                    return RunsIn.DevelopmentOnly;
                case "IsProduction":
                    return RunsIn.NotDevelopment;
                case "IsEnvironment" when arguments.Count > 0:
                    return OfName(arguments[arguments.Count - 1].Expression);
                case "Equals":
                    var operands = arguments.Select(static a => a.Expression).ToList();
                    if (call.Expression is MemberAccessExpressionSyntax { Expression: var receiver } && operands.Count is 1 or 2 && receiver is not PredefinedTypeSyntax && receiver.ToString() is not ("String" or "System.String"))
                        operands.Insert(0, receiver);
                    return operands.Count >= 2 ? OfEquality(operands[0], operands[1], depth) : RunsIn.Unknown;
                case "StartsWith" or "Contains" when arguments.Count > 0 && call.Expression is MemberAccessExpressionSyntax { Expression: var text } && IsEnvironmentName(text):
                    return OfName(arguments[0].Expression);
            }

            return OfSymbol(model.GetSymbolInfo(call, cancellationToken).Symbol, call, depth);
        }

        /// <summary>A local, field, property or own method that holds the answer.</summary>
        private RunsIn OfSymbol(ISymbol? symbol, SyntaxNode use, int depth)
        {
            if (symbol is not (ILocalSymbol or IFieldSymbol or IPropertySymbol or IMethodSymbol or IParameterSymbol))
                return RunsIn.Unknown;
            var declaration = symbol is IParameterSymbol ? null : symbol.DeclaringSyntaxReferences.FirstOrDefault()?.Open(cancellationToken);

            // other documents would need their own model, which only the compilation's owner hands out
            if (declaration is null || declaration.SyntaxTree != use.SyntaxTree)
                return AnswerNames.Contains(symbol.Name) ? RunsIn.DevelopmentOnly : RunsIn.Unknown;
            var value = declaration switch
            {
                VariableDeclaratorSyntax variable when symbol is ILocalSymbol => OnlyValue(variable),
                VariableDeclaratorSyntax { Initializer.Value: { } initializer } => initializer,
                PropertyDeclarationSyntax { ExpressionBody.Expression: { } body } => body,
                PropertyDeclarationSyntax { Initializer.Value: { } initializer } => initializer,
                PropertyDeclarationSyntax { AccessorList.Accessors: { Count: 1 } accessors } => ReturnedBy((SyntaxNode?)accessors[0].Body ?? accessors[0].ExpressionBody),
                MethodDeclarationSyntax method => ReturnedBy((SyntaxNode?)method.Body ?? method.ExpressionBody),
                LocalFunctionStatementSyntax local => ReturnedBy((SyntaxNode?)local.Body ?? local.ExpressionBody),
                _ => null,
            };
            value ??= symbol is IFieldSymbol or IPropertySymbol ? AssignedInConstructor(declaration, symbol.Name) : null;
            return value is null ? RunsIn.Unknown : Meaning(value, depth + 1);
        }

        /// <summary>The value of a local that is given one value only.</summary>
        private static ExpressionSyntax? OnlyValue(VariableDeclaratorSyntax variable)
        {
            var name = variable.Identifier.ValueText;
            SyntaxNode? scope = variable.FirstAncestorOrSelf<BlockSyntax>() ?? (SyntaxNode?)variable.FirstAncestorOrSelf<CompilationUnitSyntax>();
            var values = scope?.DescendantNodes(static n => n is not TypeDeclarationSyntax).OfType<AssignmentExpressionSyntax>()
                .Where(a => a.Left is IdentifierNameSyntax id && id.Identifier.ValueText == name).Select(static a => a.Right).ToList() ?? [];
            if (variable.Initializer?.Value is { } initializer)
                values.Add(initializer);
            return values.Count == 1 ? values[0] : null;
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

        private bool IsEnvironmentName(ExpressionSyntax expression)
        {
            switch (expression)
            {
                case ParenthesizedExpressionSyntax parenthesized:
                    return IsEnvironmentName(parenthesized.Expression);
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "EnvironmentName" }:
                case ConditionalAccessExpressionSyntax { WhenNotNull: MemberBindingExpressionSyntax { Name.Identifier.ValueText: "EnvironmentName" } }:
                    return true;
                case InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } call when call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetEnvironmentVariable" } or IdentifierNameSyntax { Identifier.ValueText: "GetEnvironmentVariable" }:
                    return model.GetConstantValue(arguments[0].Expression, cancellationToken) is { HasValue: true, Value: "ASPNETCORE_ENVIRONMENT" or "DOTNET_ENVIRONMENT" };
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce:
                    return IsEnvironmentName(coalesce.Left);
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToLower" or "ToLowerInvariant" or "ToUpper" or "ToUpperInvariant" or "Trim" } member }:
                    return IsEnvironmentName(member.Expression);
                case ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: "ToLower" or "ToLowerInvariant" or "ToUpper" or "ToUpperInvariant" or "Trim" } } } access:
                    return IsEnvironmentName(access.Expression);
                case IdentifierNameSyntax when model.GetSymbolInfo(expression, cancellationToken).Symbol is ILocalSymbol local
                    && local.DeclaringSyntaxReferences.FirstOrDefault()?.Open(cancellationToken) is VariableDeclaratorSyntax { Initializer.Value: { } value } && value is not IdentifierNameSyntax:
                    return IsEnvironmentName(value);
                default:
                    return false;
            }
        }

        private RunsIn OfName(ExpressionSyntax name) => Constant(name) switch
        {
            { } text when NonProduction.Contains(text) => RunsIn.DevelopmentOnly,
            { } text when string.Equals(text, "Production", StringComparison.OrdinalIgnoreCase) || string.Equals(text, "Prod", StringComparison.OrdinalIgnoreCase) => RunsIn.NotDevelopment,
            _ => RunsIn.Unknown,
        };

        private string? Constant(ExpressionSyntax expression)
        {
            if (model.GetConstantValue(expression, cancellationToken) is { HasValue: true, Value: string text })
                return text;

            // Environments.Development is a static readonly field, not a constant
            return expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Development" or "Production" or "Staging" } member ? member.Name.Identifier.ValueText : null;
        }
    }
}
