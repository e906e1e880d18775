using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Functions;
using ApiSecurityAnalyzers.Engines.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Policies;

/// <summary>Reads what an <c>AuthorizationPolicyBuilder</c> is told: the calls of its chain, and those on the variable that holds it.</summary>
internal sealed class PolicyReader
{
    public const string Builder = "Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder";
    public const string Policy = "Microsoft.AspNetCore.Authorization.AuthorizationPolicy";
    public const string Assertion = "Microsoft.AspNetCore.Authorization.Infrastructure.AssertionRequirement";

    private readonly SemanticModel _model;
    private readonly AlwaysTrue _alwaysTrue;
    private readonly CancellationToken _cancellationToken;

    public PolicyReader(CompilationFacts facts, SemanticModel model, CancellationToken cancellationToken)
    {
        _model = model;
        _alwaysTrue = new AlwaysTrue(facts, cancellationToken);
        _cancellationToken = cancellationToken;
    }

    /// <summary>Whether the builder that was read last makes a policy (<c>Build()</c>).</summary>
    public bool IsBuilt { get; private set; }

    /// <summary>What the builder demands on which a chain of calls is made; <paramref name="link"/> is any link of the chain.</summary>
    public PolicyContent Of(ExpressionSyntax link)
    {
        IsBuilt = false;
        var root = link;
        while (Receiver(root) is { } receiver)
            root = receiver;
        switch (root)
        {
            case BaseObjectCreationExpressionSyntax creation:
                return Max(OfConstructor(creation), Chain(creation));
            case IdentifierNameSyntax name:
                return _model.GetSymbolInfo(name, _cancellationToken).Symbol switch
                {
                    IParameterSymbol parameter when IsHelper(parameter) => PolicyContent.Something,
                    IParameterSymbol parameter => References(parameter, parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellationToken).FirstAncestorOrSelf<SyntaxNode>(static n => n is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax)),
                    ILocalSymbol local when local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellationToken) is VariableDeclaratorSyntax { Initializer.Value: { } initial } => Local(local, initial),
                    _ => PolicyContent.Something,
                };
            default:
                return PolicyContent.Something;
        }
    }

    /// <summary>What a lambda tells the builder that it is given.</summary>
    public PolicyContent OfLambda(LambdaExpressionSyntax lambda)
    {
        IsBuilt = false;
        return _model.GetSymbolInfo(lambda, _cancellationToken).Symbol is IMethodSymbol { Parameters: { Length: 1 } parameters } && parameters[0].Type.Is(Builder)
            ? References(parameters[0], lambda)
            : PolicyContent.Something;
    }

    /// <summary>What one requirement demands.</summary>
    public PolicyContent OfRequirement(ExpressionSyntax requirement) =>
        requirement is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } && _model.GetTypeInfo(requirement, _cancellationToken).Type.Is(Assertion)
            ? OfAssertion(arguments[0].Expression)
            : PolicyContent.Something;

    private PolicyContent OfAssertion(ExpressionSyntax function)
    {
        if (_alwaysTrue.Is(function, _model))
            return PolicyContent.AlwaysTrue;
        return IgnoresCaller(function) ? PolicyContent.CallerIgnored : PolicyContent.Something;
    }

    /// <summary>A lambda that never names its parameter, and that can be true.</summary>
    private bool IgnoresCaller(ExpressionSyntax function)
    {
        if (function is not LambdaExpressionSyntax lambda)
            return false;
        var parameter = lambda switch
        {
            SimpleLambdaExpressionSyntax simple => simple.Parameter.Identifier.ValueText,
            ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: { Count: 1 } parameters } => parameters[0].Identifier.ValueText,
            _ => null,
        };
        return parameter is not null
            && !lambda.Body.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(n => n.Identifier.ValueText == parameter)
            && !lambda.Body.DescendantNodesAndSelf().Any(static n => n is ThrowStatementSyntax or ThrowExpressionSyntax)
            && Members.Returns(lambda).ToList() is { Count: > 0 } returns && !returns.TrueForAll(r => _model.GetConstantValue(r, _cancellationToken) is { HasValue: true, Value: false })
            && returns.TrueForAll(r => DevelopmentGuard.Meaning(r, _model, _cancellationToken) != RunsIn.DevelopmentOnly);
    }

    private PolicyContent OfConstructor(BaseObjectCreationExpressionSyntax creation) =>
        creation.Initializer is null && _model.GetSymbolInfo(creation, _cancellationToken).Symbol is IMethodSymbol constructor && constructor.ContainingType.Is(Builder) && !constructor.Parameters.Any(static p => p.Type.Is(Policy))
            ? PolicyContent.Nothing
            : PolicyContent.Something;

    private PolicyContent Local(ILocalSymbol local, ExpressionSyntax initial)
    {
        var root = initial;
        while (Receiver(root) is { } receiver)
            root = receiver;

        // what the local holds may be a policy that is built in its initial value
        return root is BaseObjectCreationExpressionSyntax creation && local.Type.Is(Builder) ? Max(OfConstructor(creation), Chain(creation)) : PolicyContent.Something;
    }

    /// <summary>What all uses of a variable say.</summary>
    private PolicyContent References(ISymbol variable, SyntaxNode? scope)
    {
        var content = scope is null ? PolicyContent.Something : PolicyContent.Nothing;
        if (scope is null)
            return content;
        foreach (var name in scope.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (content == PolicyContent.Something)
                break;
            if (name.Identifier.ValueText == variable.Name && SymbolEqualityComparer.Default.Equals(_model.GetSymbolInfo(name, _cancellationToken).Symbol, variable))
                content = Max(content, Chain(name));
        }

        return content;
    }

    /// <summary>What the calls say that are made on an expression, one on the other.</summary>
    private PolicyContent Chain(ExpressionSyntax start)
    {
        var content = PolicyContent.Nothing;
        var current = start;
        var built = false;
        while (current.Parent is MemberAccessExpressionSyntax member && member.Expression == current)
        {
            if (member.Parent is not InvocationExpressionSyntax call)
                return Max(content, OfProperty(member));
            var name = member.Name.Identifier.ValueText;
            built = name == "Build";
            IsBuilt |= built;
            content = Max(content, OfCall(name, call));
            current = call;
        }

        return current.Parent switch
        {
            ExpressionStatementSyntax or AnonymousFunctionExpressionSyntax or ArrowExpressionClauseSyntax or ReturnStatementSyntax => content,
            _ when built => content,
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } when _model.GetDeclaredSymbol(declarator, _cancellationToken) is ILocalSymbol local =>
                Max(content, References(local, declarator.FirstAncestorOrSelf<SyntaxNode>(static n => n is BlockSyntax or CompilationUnitSyntax))),
            _ => PolicyContent.Something,
        };
    }

    private PolicyContent OfCall(string name, InvocationExpressionSyntax call)
    {
        var arguments = call.ArgumentList.Arguments;
        switch (name)
        {
            case "Build" or "AddAuthenticationSchemes":
                return PolicyContent.Nothing;
            case "RequireAssertion" when arguments.Count == 1:
                return OfAssertion(arguments[0].Expression);
            case "AddRequirements":
                return arguments.Aggregate(PolicyContent.Nothing, (c, a) => Max(c, OfRequirement(a.Expression)));
            default:
                return PolicyContent.Something;
        }
    }

    /// <summary><c>policy.Requirements.Add(…)</c>, <c>policy.AuthenticationSchemes.Add(…)</c>.</summary>
    private PolicyContent OfProperty(MemberAccessExpressionSyntax member)
    {
        if (member.Parent is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add", Parent: InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } })
            return PolicyContent.Something;
        return member.Name.Identifier.ValueText switch
        {
            "AuthenticationSchemes" => PolicyContent.Nothing,
            "Requirements" => OfRequirement(arguments[0].Expression),
            _ => PolicyContent.Something,
        };
    }

    private static ExpressionSyntax? Receiver(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax parenthesized => parenthesized.Expression,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } => member.Expression,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Requirements" or "AuthenticationSchemes" } member => member.Expression,
        _ => null,
    };

    /// <summary>A method that adds to a policy which its caller makes; the caller may demand more.</summary>
    private static bool IsHelper(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol { MethodKind: not MethodKind.AnonymousFunction } method && (method.IsExtensionMethod || !method.ReturnsVoid || method.Parameters.Length > 1);

    private static PolicyContent Max(PolicyContent left, PolicyContent right) => left > right ? left : right;
}
