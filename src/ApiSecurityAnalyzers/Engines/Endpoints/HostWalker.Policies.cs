using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Policies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <content>Reads authorization policies: the fallback policy, and those that everyone meets.</content>
internal sealed partial class HostWalker
{
    /// <summary>Calls that give a policy to the authorization options, by name or as the default or fallback one.</summary>
    private void AuthorizationPolicy(string name, InvocationExpressionSyntax call, IMethodSymbol? method)
    {
        var container = method?.ContainingType;
        if (method is not null && !container.Is("Microsoft.AspNetCore.Authorization.AuthorizationOptions") && !container.Is("Microsoft.AspNetCore.Authorization.AuthorizationBuilder"))
            return;
        var arguments = call.ArgumentList.Arguments;
        var policy = arguments.LastOrDefault()?.Expression;
        if (name.Contains("Fallback"))
            Fallback(call, policy);
        if (policy is null || !IsMetByEveryone(policy))
            return;
        if (name.Contains("Fallback"))
            Host.PermissivePolicies.Add(WebHost.FallbackPolicyName);
        if (name.Contains("Default"))
            Host.PermissivePolicies.Add(WebHost.DefaultPolicyName);
        if (arguments.Count > 1 && Text(arguments[0].Expression) is { } given)
            Host.PermissivePolicies.Add(given);
    }

    private void Fallback(SyntaxNode node, ExpressionSyntax? policy)
    {
        var answer = Answer.No;
        Record(ref answer, node);
        if (policy is null || policy.IsKind(SyntaxKind.NullLiteralExpression) || policy is PostfixUnaryExpressionSyntax { Operand.RawKind: (int)SyntaxKind.NullLiteralExpression })
            answer = Answer.No;
        Host.FallbackPolicy = Host.FallbackPolicy.Or(answer);
    }

    /// <summary>Whether a policy, written in place, consists of assertions that are always true.</summary>
    private bool IsMetByEveryone(ExpressionSyntax policy)
    {
        // nothing is bound before the name matched
        if (!policy.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Any(static n => n.Identifier.ValueText is "RequireAssertion" or "AssertionRequirement"))
            return false;
        var reader = new PolicyReader(_facts, _model, _cancellationToken);
        return (policy is LambdaExpressionSyntax lambda ? reader.OfLambda(lambda) : reader.Of(policy)) == PolicyContent.AlwaysTrue;
    }
}
