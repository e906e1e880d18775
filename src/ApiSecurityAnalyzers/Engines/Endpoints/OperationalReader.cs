using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Tells from the arguments of a call whether its endpoint has something to show, and shows it to everyone.</summary>
internal sealed class OperationalReader
{
    private readonly SemanticModel _model;
    private readonly CancellationToken _cancellationToken;

    public OperationalReader(SemanticModel model, CancellationToken cancellationToken)
    {
        _model = model;
        _cancellationToken = cancellationToken;
    }

    public bool IsOpen(InvocationExpressionSyntax call, OperationalOpening opens) => opens switch
    {
        OperationalOpening.DetailedHealth => !HasPort(call) && Settings(call, "ResponseWriter").Any(IsDetailed),
        OperationalOpening.WithoutPort => !HasPort(call) && !call.ArgumentList.Arguments.Any(a => IsPredicate(a.Expression)),
        OperationalOpening.DashboardFilters => Settings(call, "Authorization").ToList() is { Count: > 0 } filters && filters.TrueForAll(LetsEveryoneIn),
        _ => true,
    };

    /// <summary>A port as a number, or as a text of digits behind the path.</summary>
    private bool HasPort(InvocationExpressionSyntax call) => call.ArgumentList.Arguments.Any(a =>
        a.NameColon?.Name.Identifier.ValueText == "port"
        || _model.GetTypeInfo(a.Expression, _cancellationToken).Type is { SpecialType: SpecialType.System_Int32 }
        || _model.GetConstantValue(a.Expression, _cancellationToken) is { HasValue: true, Value: string text } && int.TryParse(text, out _));

    private bool IsPredicate(ExpressionSyntax argument) =>
        argument is LambdaExpressionSyntax && _model.GetTypeInfo(argument, _cancellationToken).ConvertedType is INamedTypeSymbol { DelegateInvokeMethod.ReturnType.SpecialType: SpecialType.System_Boolean };

    /// <summary>What a property of the options is set to: in the arguments, or where a variable among them got its value.</summary>
    private IEnumerable<ExpressionSyntax> Settings(InvocationExpressionSyntax call, string property)
    {
        foreach (var argument in call.ArgumentList.Arguments)
        {
            foreach (var value in Assignments(argument.Expression, property))
                yield return value;
            if (argument.Expression is not (IdentifierNameSyntax or MemberAccessExpressionSyntax) || _model.GetSymbolInfo(argument.Expression, _cancellationToken).Symbol is not { Kind: SymbolKind.Local or SymbolKind.Field or SymbolKind.Property } variable)
                continue;
            foreach (var declaration in variable.DeclaringSyntaxReferences.Select(r => r.GetSyntax(_cancellationToken)))
            {
                foreach (var value in Assignments(declaration, property))
                    yield return value;
            }

            // options.ResponseWriter = … between the declaration and the call
            var scope = call.FirstAncestorOrSelf<SyntaxNode>(static n => n is BaseMethodDeclarationSyntax or CompilationUnitSyntax or LocalFunctionStatementSyntax);
            foreach (var assignment in scope?.DescendantNodes().OfType<AssignmentExpressionSyntax>() ?? [])
            {
                if (assignment.Left is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } left && name == property && left.Expression.ToString() == argument.Expression.ToString())
                    yield return assignment.Right;
            }
        }
    }

    private static IEnumerable<ExpressionSyntax> Assignments(SyntaxNode node, string property) => node.DescendantNodes().OfType<AssignmentExpressionSyntax>()
        .Where(a => a.Left is IdentifierNameSyntax simple && simple.Identifier.ValueText == property || a.Left is MemberAccessExpressionSyntax member && member.Name.Identifier.ValueText == property).Select(static a => a.Right);

    /// <summary>Whether a writer tells more than the state: the entries of the report, or the report as a whole.</summary>
    private bool IsDetailed(ExpressionSyntax writer)
    {
        if (writer is AnonymousFunctionExpressionSyntax lambda)
        {
            var parameters = lambda switch
            {
                ParenthesizedLambdaExpressionSyntax parenthesized => parenthesized.ParameterList.Parameters,
                AnonymousMethodExpressionSyntax { ParameterList: { } list } => list.Parameters,
                _ => default,
            };
            return TellsMore(lambda, parameters.LastOrDefault()?.Identifier.ValueText);
        }

        var info = _model.GetSymbolInfo(writer, _cancellationToken);
        if ((info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is not IMethodSymbol method)
            return writer.ToString().IndexOf("UIResponseWriter", StringComparison.Ordinal) >= 0;
        return method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellationToken) is not { } code || TellsMore(code, method.Parameters.LastOrDefault()?.Name);
    }

    private static bool TellsMore(SyntaxNode code, string? report) => code.DescendantNodes().OfType<SimpleNameSyntax>().Any(n =>
        n.Identifier.ValueText == "Entries" && n.Parent is MemberAccessExpressionSyntax
        || n.Identifier.ValueText == report && n.Parent is ArgumentSyntax && !IsNameOf(n));

    private static bool IsNameOf(SimpleNameSyntax name) => name.Parent?.Parent?.Parent is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } };

    /// <summary>Whether filters keep nobody out: there are none, or each of them says yes to everything.</summary>
    private bool LetsEveryoneIn(ExpressionSyntax filters)
    {
        switch (filters)
        {
            case ImplicitArrayCreationExpressionSyntax array:
                return array.Initializer.Expressions.All(SaysYes);
            case ArrayCreationExpressionSyntax array:
                return array.Initializer?.Expressions.All(SaysYes) ?? array.Type.RankSpecifiers.All(static r => r.Sizes.All(static s => s is LiteralExpressionSyntax { Token.Value: 0 }));
            case BaseObjectCreationExpressionSyntax list:
                return list.Initializer?.Expressions.All(SaysYes) ?? list.ArgumentList is { Arguments.Count: 0 };
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Empty" } }:
                return true;
            case CollectionExpressionSyntax collection:
                return collection.Elements.All(e => e is ExpressionElementSyntax element && SaysYes(element.Expression));
            default:
                return false;
        }
    }

    private bool SaysYes(ExpressionSyntax filter)
    {
        if (filter is not BaseObjectCreationExpressionSyntax || _model.GetTypeInfo(filter, _cancellationToken).Type is not { } type)
            return false;
        var methods = type.GetMembers("Authorize").Concat(type.GetMembers("AuthorizeAsync")).OfType<IMethodSymbol>().ToList();
        return methods.Count > 0 && methods.TrueForAll(m => m.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellationToken) is MethodDeclarationSyntax code && IsTrue(code));
    }

    private static bool IsTrue(MethodDeclarationSyntax method) => (method.ExpressionBody?.Expression ?? (method.Body is { Statements: { Count: 1 } statements } && statements[0] is ReturnStatementSyntax { Expression: { } returned } ? returned : null)) switch
    {
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.TrueLiteralExpression } => true,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "FromResult" }, ArgumentList.Arguments: { Count: 1 } arguments } => arguments[0].Expression.IsKind(SyntaxKind.TrueLiteralExpression),
        _ => false,
    };
}
