using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using ApiSecurityAnalyzers.Engines.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Functions;

/// <summary>
/// Tells whether a function that is to decide something always says yes: lambdas, method groups, local functions, delegates that are kept
/// in locals and read-only fields. Code that can throw, or that calls what it does not use the result of, is taken for a check.
/// </summary>
internal sealed class AlwaysTrue
{
    /// <summary>How many functions are followed behind one another.</summary>
    private const int MaxDepth = 5;

    private readonly CompilationFacts _facts;
    private readonly CancellationToken _cancellationToken;

    public AlwaysTrue(CompilationFacts facts, CancellationToken cancellationToken)
    {
        _facts = facts;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Whether the expression, of a delegate type, stands for a function that returns <see langword="true"/> whatever it is given.</summary>
    public bool Is(ExpressionSyntax? function, SemanticModel model) => Function(function, model, 0);

    private bool Function(ExpressionSyntax? function, SemanticModel model, int depth)
    {
        if (depth > MaxDepth)
            return false;
        switch (function)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return Function(parenthesized.Expression, model, depth);
            case CastExpressionSyntax cast:
                return Function(cast.Expression, model, depth);
            case AnonymousFunctionExpressionSyntax lambda:
                return Body(lambda, model, depth);

            // new Func<T, bool>(f)
            case BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments }:
                return Function(arguments[0].Expression, model, depth);
            case SimpleNameSyntax or MemberAccessExpressionSyntax:
                var info = model.GetSymbolInfo(function, _cancellationToken);
                var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
                return symbol is IMethodSymbol method ? Method(method, depth) : Kept(symbol) is { } kept && Function(kept, _facts.ModelOf(kept.SyntaxTree), depth + 1);
            default:
                return false;
        }
    }

    private bool Method(IMethodSymbol method, int depth)
    {
        if (depth > MaxDepth || method.IsAbstract || method.IsVirtual || method is { IsOverride: true, IsSealed: false } && !method.ContainingType.IsSealed)
            return false;
        method = method.PartialImplementationPart ?? method;
        return method.DeclaringSyntaxReferences.FirstOrDefault()?.Open(_cancellationToken) is { } declaration
            && _facts.Compilation.ContainsSyntaxTree(declaration.SyntaxTree) && Body(declaration, _facts.ModelOf(declaration.SyntaxTree), depth + 1);
    }

    private bool Body(SyntaxNode declaration, SemanticModel model, int depth)
    {
        foreach (var node in declaration.DescendantNodes(n => n == declaration || n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            switch (node)
            {
                case ThrowStatementSyntax or ThrowExpressionSyntax or TryStatementSyntax:
                case ExpressionStatementSyntax { Expression: var statement } when Call(statement) is { } call && !IsHarmless(call):
                    return false;
            }
        }

        var any = false;
        foreach (var returned in Members.Returns(declaration))
        {
            if (!True(returned, model, depth))
                return false;
            any = true;
        }

        return any;
    }

    private bool True(ExpressionSyntax expression, SemanticModel model, int depth)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (depth > MaxDepth)
            return false;
        if (model.GetConstantValue(expression, _cancellationToken) is { HasValue: true } constant)
            return constant.Value is true;
        switch (expression)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return True(parenthesized.Expression, model, depth);
            case CastExpressionSyntax cast:
                return True(cast.Expression, model, depth);
            case AwaitExpressionSyntax awaited:
                return True(awaited.Expression, model, depth);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } either:
                return True(either.Left, model, depth) || True(either.Right, model, depth);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both:
                return True(both.Left, model, depth) && True(both.Right, model, depth);
            case ConditionalExpressionSyntax conditional:
                return True(conditional.WhenTrue, model, depth) && True(conditional.WhenFalse, model, depth);

            // new ValueTask<bool>(true)
            case BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } creation:
                return model.GetTypeInfo(creation, _cancellationToken).Type.Is("System.Threading.Tasks.ValueTask`1") && True(arguments[0].Expression, model, depth);
            case InvocationExpressionSyntax call when model.GetSymbolInfo(call, _cancellationToken).Symbol is IMethodSymbol method:
                if (method.Name == "FromResult" && call.ArgumentList.Arguments.Count == 1)
                    return True(call.ArgumentList.Arguments[0].Expression, model, depth);
                return Method(method.ReducedFrom ?? method, depth);
            case IdentifierNameSyntax or MemberAccessExpressionSyntax:
                return Kept(model.GetSymbolInfo(expression, _cancellationToken).Symbol) is { } kept && True(kept, _facts.ModelOf(kept.SyntaxTree), depth + 1);
            default:
                return false;
        }
    }

    /// <summary>The initial value of what never gets another one: a local, a read-only field, a property that only has a getter.</summary>
    private ExpressionSyntax? Kept(ISymbol? symbol)
    {
        if (symbol is not (ILocalSymbol or IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null, IsVirtual: false, IsAbstract: false })
            || symbol.DeclaringSyntaxReferences.FirstOrDefault()?.Open(_cancellationToken) is not { } declaration || !_facts.Compilation.ContainsSyntaxTree(declaration.SyntaxTree))
        {
            return null;
        }

        var value = declaration switch
        {
            VariableDeclaratorSyntax { Initializer.Value: var initial } => initial,
            PropertyDeclarationSyntax { Initializer.Value: var initial } => initial,
            PropertyDeclarationSyntax { ExpressionBody.Expression: var computed } => computed,
            _ => null,
        };
        return value is null || IsWritten(symbol.Name, Scope(declaration)) ? null : value;
    }

    private static SyntaxNode Scope(SyntaxNode declaration) =>
        declaration.FirstAncestorOrSelf<SyntaxNode>(static n => n is BlockSyntax or CompilationUnitSyntax or TypeDeclarationSyntax or SwitchSectionSyntax) ?? declaration;

    private static bool IsWritten(string name, SyntaxNode scope)
    {
        foreach (var node in scope.DescendantNodes())
        {
            switch (node)
            {
                case AssignmentExpressionSyntax { Left: IdentifierNameSyntax left } when left.Identifier.ValueText == name:
                case AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name: var member } } when member.Identifier.ValueText == name:
                case ArgumentSyntax { Expression: IdentifierNameSyntax argument, RefKindKeyword.RawKind: not (int)SyntaxKind.None } when argument.Identifier.ValueText == name:
                    return true;
            }
        }

        return false;
    }

    private static InvocationExpressionSyntax? Call(ExpressionSyntax statement) => statement switch
    {
        AwaitExpressionSyntax awaited => Call(awaited.Expression),
        ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax call } => call,
        InvocationExpressionSyntax call => call,
        _ => null,
    };

    /// <summary>Calls that keep nobody out: log entries, traces, pauses.</summary>
    private static bool IsHarmless(InvocationExpressionSyntax call) =>
        CodeInspector.IsLogCall(call) || call.Expression is MemberAccessExpressionSyntax member && (Last(member.Expression), member.Name.Identifier.ValueText) is
            ("Console" or "Debug" or "Trace", "Write" or "WriteLine") or ("Task", "Yield" or "Delay");

    private static string? Last(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => null,
    };
}
