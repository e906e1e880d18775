using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using ApiSecurityAnalyzers.Engines.Pipelines;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Rules.Authorization;

/// <summary>ASA1008: ineffective authorization.</summary>
internal static class IneffectiveAuthorization
{
    /// <summary>The property that tells the fix what is wrong.</summary>
    public const string FaultKey = "Fault";

    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA1008",
        title: "Ineffective authorization",
        messageFormat: "'{0}' {1}, so {2}",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "Authorization that endpoints ask for acts through services and middleware in the right order; where one is missing or misplaced, requests fail, or nobody is kept out.",
        cwe: 862,
        topic: Topics.Authorization);

    internal static void Inspect(EndpointDocument document)
    {
        if (!document.Context.Index.HasAny(KnownNames.Host))
            return;
        foreach (var host in document.Application.Hosts(document.CancellationToken))
        {
            foreach (var fault in AuthorizationFaults.Of(document.Application, host, document.CancellationToken))
            {
                if (fault.Node.SyntaxTree == document.Context.Tree)
                    Report(document, fault);
            }
        }
    }

    private static void Report(EndpointDocument document, AuthorizationFault fault)
    {
        var (name, what) = fault.Kind switch
        {
            AuthorizationFaultKind.NoAuthentication => ("AddAuthentication", "is missing"),
            AuthorizationFaultKind.NoAuthorization => ("AddAuthorization", "is missing"),
            AuthorizationFaultKind.NoMiddleware => ("UseAuthorization", "is missing"),
            AuthorizationFaultKind.NoAuthenticationMiddleware => ("UseAuthentication", "is missing"),
            AuthorizationFaultKind.AutomaticBeforeRouting => ("UseRouting", "stands behind the authorization that 'WebApplication' adds"),
            AuthorizationFaultKind.AutomaticBeforeAuthentication => ("UseAuthentication", "stands behind the authorization that 'WebApplication' adds"),
            AuthorizationFaultKind.BeforeRouting => ("UseAuthorization", "stands before 'UseRouting' and sees no endpoint"),
            AuthorizationFaultKind.BehindEndpoints => ("UseAuthorization", "stands behind 'UseEndpoints'"),
            _ => (EndpointPath.NameOf((InvocationExpressionSyntax)fault.Node).Identifier.ValueText, "stands behind 'UseAuthorization'"),
        };
        var refuses = fault.Kind is AuthorizationFaultKind.AuthenticationBehind or AuthorizationFaultKind.AutomaticBeforeAuthentication or AuthorizationFaultKind.NoAuthenticationMiddleware;
        var cost = refuses ? "callers who have signed in are refused too" : fault.IsExplicit ? "endpoints that demand authorization fail" : "the fallback policy keeps nobody out";
        document.Context.Report(
            Descriptor,
            fault.Node is InvocationExpressionSyntax call && IsStep(call) ? EndpointPath.NameOf(call).GetLocation() : EndpointAnalyzer.LocationOf(fault.Node),
            ImmutableDictionary<string, string?>.Empty.Add(FaultKey, fault.Kind.ToString()),
            asSuggestion: false,
            additionalLocations: null,
            name,
            what,
            cost);
    }

    /// <summary>Whether the call is a step of the pipeline, not the builder of the host.</summary>
    private static bool IsStep(InvocationExpressionSyntax call) =>
        EndpointPath.NameOf(call).Identifier.ValueText is var name && (name.StartsWith("Use", StringComparison.Ordinal) && name != "UseStartup" || name.StartsWith("Map", StringComparison.Ordinal));
}
