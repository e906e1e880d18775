using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using ApiSecurityAnalyzers.Engines.Pipelines;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Rules.RateLimiting;

/// <summary>ASA3003: endpoints that name a policy which no host registers; the middleware throws there.</summary>
internal static class LimiterPolicyNames
{
    public static void Inspect(EndpointDocument document)
    {
        var hosts = document.Application.Hosts(document.CancellationToken);

        // without the middleware a name is never looked up
        if (hosts.IsEmpty || hosts.Any(static h => !HostMechanisms.KnowsLimiterPolicies(h) || !h.Pipeline.Exists(static c => c.Name == "UseRateLimiter" && c.RunsIn != RunsIn.DevelopmentOnly)))
            return;
        foreach (var token in document.Context.Tokens(LimiterAttributes.Names))
        {
            if (ArgumentOf(token) is not { } argument || document.Context.Model.GetConstantValue(argument, document.CancellationToken) is not { HasValue: true, Value: string policy } || hosts.Any(h => h.RateLimiterPolicies.Contains(policy)) || !Applies(document, token))
                continue;
            IneffectiveRateLimiter.Report(document, LimiterFaultKind.UnknownPolicy, argument.GetLocation(), asSuggestion: false, policy, "is a policy that the rate limiter does not have", "every request to the endpoint fails");
        }
    }

    /// <summary>The expression that names the policy in an attribute or a call.</summary>
    private static ExpressionSyntax? ArgumentOf(SyntaxToken token)
    {
        if (token.Parent is not SimpleNameSyntax name)
            return null;
        if (token.ValueText == "RequireRateLimiting")
            return name.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } } ? arguments[0].Expression : null;
        return name.FirstAncestorOrSelf<AttributeSyntax>() is { ArgumentList.Arguments: { Count: 1 } given } attribute && attribute.Name.Span.Contains(name.Span) ? given[0].Expression
            : name.Parent is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } created } ? created[0].Expression : null;
    }

    private static bool Applies(EndpointDocument document, SyntaxToken token)
    {
        var model = document.Context.Model;
        var node = token.Parent!.FirstAncestorOrSelf<SyntaxNode>(static n => n is AttributeSyntax or InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax)!;
        return model.GetSymbolInfo(node, document.CancellationToken).Symbol is IMethodSymbol method && (LimiterAttributes.Meaning(method.ContainingType) == false
            || (method.ReducedFrom ?? method).ContainingType.Is("Microsoft.AspNetCore.Builder.RateLimiterEndpointConventionBuilderExtensions"));
    }
}
