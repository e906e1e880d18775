using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <content>Reads the policies of the rate limiter.</content>
internal sealed partial class HostWalker
{
    private const string LimiterOptions = "Microsoft.AspNetCore.RateLimiting.RateLimiterOptions";

    /// <summary>A call on the limiter's options; own ones are followed, of others the policies that they add are out of sight.</summary>
    private void AddLimiterPolicy(string name, InvocationExpressionSyntax call, IMethodSymbol? method)
    {
        if (method is not null && _inspector.IsInSource(method.ReducedFrom ?? method))
            return;
        if (name is not ("AddPolicy" or "AddFixedWindowLimiter" or "AddSlidingWindowLimiter" or "AddTokenBucketLimiter" or "AddConcurrencyLimiter")
            || call.ArgumentList.Arguments.FirstOrDefault()?.Expression is not { } first || Text(first) is not { } policy)
        {
            Host.HasUnknownLimiterPolicies = true;
            return;
        }

        if (!Host.RateLimiterPolicies.Contains(policy))
            Host.RateLimiterPolicies.Add(policy);
        if (name != "AddPolicy")
            Host.SharedLimiters[policy] = call;
    }

    /// <summary>Options that come from a variable, a property or a method of another assembly are out of sight.</summary>
    private void LimiterOptionsGiven(CallContext context, ExpressionSyntax argument)
    {
        if (context.Name == "AddRateLimiter" && argument is not AnonymousFunctionExpressionSyntax && !IsOwnMethod(argument))
            Host.HasUnknownLimiterPolicies = true;
    }

    private bool IsOwnMethod(ExpressionSyntax argument) =>
        argument is SimpleNameSyntax or MemberAccessExpressionSyntax && _model.GetSymbolInfo(argument, _cancellationToken).Symbol is IMethodSymbol { ReturnsVoid: true } method && _inspector.IsInSource(method);

    /// <summary>Whether the call is known to the last: the framework's own, or this compilation's.</summary>
    private bool IsFramework(IMethodSymbol? method) => method is not null
        && (_inspector.IsInSource(method) || method.ContainingAssembly?.Name is { } assembly && FrameworkAssemblies.Any(a => assembly.StartsWith(a, StringComparison.Ordinal)));

    private static readonly string[] FrameworkAssemblies = ["Microsoft.AspNetCore", "Microsoft.Extensions", "Microsoft.EntityFrameworkCore", "System"];
}
