using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Pipelines;

/// <summary>
/// Finds limiters that are configured and do not act. The middleware reads the endpoint's policy (RateLimitingMiddleware.Invoke): before routing
/// there is none, and only a limiter for all requests acts.
/// </summary>
internal static class LimiterFaults
{
    private static readonly NameSet Middleware = new("UseRateLimiter");

    /// <summary>The faults of all pipelines of a host.</summary>
    public static IEnumerable<LimiterFault> Of(ApplicationModel application, WebHost host, CancellationToken cancellationToken)
    {
        if (Unused(host) is { } registration)
        {
            yield return new(LimiterFaultKind.NoMiddleware, PipelineSection.Of(host).First(), registration.Call);
            yield break;
        }

        foreach (var section in PipelineSection.Of(host))
        {
            if (Misplaced(application, section, cancellationToken) is { } fault)
                yield return fault;
        }
    }

    /// <summary>The registration of a limiter that nothing runs.</summary>
    public static HostCall? Unused(WebHost host) =>
        host.RateLimiterPolicies.Count > 0 || host.GlobalLimiter == Answer.Yes ? host.Services.Find(static s => s.Name == "AddRateLimiter" && s.RunsIn is RunsIn.Everywhere or RunsIn.NotDevelopment) is { } call && HostMechanisms.RateLimiterRuns(host) == Answer.No ? call : null : null;

    private static LimiterFault? Misplaced(ApplicationModel application, PipelineSection section, CancellationToken cancellationToken)
    {
        var calls = section.Certain("UseRateLimiter");
        if (calls.Count == 0 || section.Host.PipelineHasUnknown || section.MayHave(Middleware))
            return null;
        if (section.IsBehindMvc(calls[0]))
            return new(LimiterFaultKind.BehindEndpoints, section, calls[0].Call);
        if (!section.IsUnderstood || calls.Exists(c => section.PositionOf(c) == PipelinePosition.BetweenRoutingAndEndpoints))
            return null;
        var hasPolicies = HasPolicies(application, section, cancellationToken);
        if (calls.FindLast(c => section.PositionOf(c) == PipelinePosition.BeforeRouting) is { } early)
            return hasPolicies ? new(LimiterFaultKind.BeforeRouting, section, early.Call) : null;
        return hasPolicies || section.Host.GlobalLimiter == Answer.Yes ? new(LimiterFaultKind.BehindEndpoints, section, calls[0].Call) : null;
    }

    /// <summary>Whether an endpoint of the section asks for a policy.</summary>
    private static bool HasPolicies(ApplicationModel application, PipelineSection section, CancellationToken cancellationToken)
    {
        foreach (var endpoint in section.Host.Routes.AllEndpoints)
        {
            if (endpoint.Branch != section.Branch || endpoint.RunsIn is RunsIn.DevelopmentOnly or RunsIn.Unknown)
                continue;
            if (endpoint.Limiters.Concat(endpoint.Group.SelfAndParents.SelectMany(static g => g.Limiters)).Any(static l => !l.IsDisabled && l.RunsIn is not (RunsIn.DevelopmentOnly or RunsIn.Unknown)))
                return true;
            if (endpoint.Kind == EndpointKind.Controllers && !endpoint.Name.StartsWith("Use", StringComparison.Ordinal) && application.HasLimitedControllers(cancellationToken))
                return true;
        }

        return false;
    }

    /// <summary>Whether a controller of the compilation asks for a policy.</summary>
    public static bool InControllers(CompilationFacts facts, CancellationToken cancellationToken)
    {
        foreach (var tree in facts.Compilation.SyntaxTrees)
        {
            var index = NameIndex.For(tree, cancellationToken);
            if (!index.HasAny(LimiterAttributes.Names))
                continue;
            foreach (var token in index.Tokens(LimiterAttributes.Names, tree.GetRoot(cancellationToken), cancellationToken))
            {
                if (token.Parent is not SimpleNameSyntax name || name.FirstAncestorOrSelf<AttributeSyntax>() is not { Parent.Parent: MemberDeclarationSyntax member } attribute || !attribute.Name.Span.Contains(name.Span)
                    || member.FirstAncestorOrSelf<ClassDeclarationSyntax>() is not { } declaration)
                    continue;
                if (facts.ModelOf(tree).GetDeclaredSymbol(declaration, cancellationToken) is { } type && (ControllerReader.IsController(type) || type.InheritsFrom("Microsoft.AspNetCore.Mvc.ControllerBase")))
                    return true;
            }
        }

        return false;
    }
}
