using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Rules.Authorization;

/// <summary>ASA1005: open operational endpoint.</summary>
internal static class OpenOperationalEndpoint
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA1005",
        title: "Open operational endpoint",
        messageFormat: "'{0}' shows {1} to everyone, also in production",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "What operators and developers look at tells an attacker how the application is built and what it is doing.",
        cwe: 497,
        topic: Topics.Authorization);

    private static readonly HashSet<string> AuthorizationMiddleware = new(StringComparer.Ordinal) { "UseAuthorization" };

    internal static void Inspect(EndpointDocument document)
    {
        if (!document.Context.Index.HasAny(OperationalCall.Names) || document.IsProtectedElsewhere)
            return;
        var reported = new HashSet<SyntaxNode>();
        foreach (var routes in document.Application.Routes(document.CancellationToken))
        {
            foreach (var endpoint in routes.AllEndpoints)
            {
                if (endpoint.Call.SyntaxTree == document.Context.Tree && OperationalCall.All.TryGetValue(endpoint.Name, out var row) && IsInProduction(endpoint.RunsIn)
                    && document.For(endpoint).AccessDecided == Answer.No && !IsForSomeHosts(endpoint))
                {
                    Report(endpoint.Call, row, CoverageReport.TargetEndpoint, document, reported);
                }
            }

            if (routes.Host is not { } host)
                continue;
            for (var i = 0; i < host.Pipeline.Count; i++)
            {
                if (host.Pipeline[i].Call.SyntaxTree == document.Context.Tree && OperationalCall.All.TryGetValue(host.Pipeline[i].Name, out var row) && IsOpen(host, i, row, document))
                    Report(host.Pipeline[i].Call, row, CoverageReport.TargetMiddleware, document, reported);
            }
        }
    }

    private static bool IsInProduction(RunsIn runsIn) => runsIn is RunsIn.Everywhere or RunsIn.NotDevelopment;

    /// <summary>Whether middleware answers everyone. It is no endpoint, yet a fallback policy acts on what follows the authorization middleware.</summary>
    private static bool IsOpen(WebHost host, int index, OperationalCall row, EndpointDocument document)
    {
        var call = host.Pipeline[index];
        if (!IsInProduction(call.RunsIn))
            return false;
        for (var branch = call.Branch; branch is not null; branch = branch.Branch)
        {
            if (branch.Name is not ("Map" or "UseEndpoints"))
                return false;
        }

        if (host.Routes.IsLibrary)
            return true;
        if (host.GuardingMiddleware != Answer.No || host.PipelineHasUnknown || host.GuardedPaths.Exists(g => EndpointPath.Overlap(g, PathOf(call.Call, document) ?? row.Path)))
            return false;
        return document.Application.ForHost(host, document.CancellationToken).Authorization switch
        {
            Answer.No => true,
            Answer.Unknown => false,
            _ => host.Uses("UseAuthorization").Any() ? !host.Pipeline.Take(index).Any(static c => AuthorizationMiddleware.Contains(c.Name)) : !host.IsMinimal,
        };
    }

    private static string? PathOf(InvocationExpressionSyntax call, EndpointDocument document) => call.ArgumentList.Arguments
        .Select(a => document.Context.Model.GetConstantValue(a.Expression, document.CancellationToken) is { HasValue: true, Value: string text } && text.StartsWith("/", StringComparison.Ordinal) ? text : null).FirstOrDefault(static t => t is not null);

    /// <summary>Whether the endpoint, or its group, answers at some hosts only.</summary>
    private static bool IsForSomeHosts(MappedEndpoint endpoint)
    {
        if (RequiresHost(endpoint.Call))
            return true;
        for (var group = endpoint.Group; group is not null; group = group.Parent)
        {
            if (group.Call is { } call && RequiresHost(call))
                return true;
        }

        return false;
    }

    private static bool RequiresHost(InvocationExpressionSyntax call)
    {
        SyntaxNode current = call;
        while (current.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax next } access && access.Expression == current)
        {
            if (access.Name.Identifier.ValueText == "RequireHost")
                return true;
            current = next;
        }

        return current.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } && variable.FirstAncestorOrSelf<SyntaxNode>(static n => n is BlockSyntax or CompilationUnitSyntax)?.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
            .Any(m => m.Name.Identifier.ValueText == "RequireHost" && m.Expression is IdentifierNameSyntax name && name.Identifier.ValueText == variable.Identifier.ValueText) == true;
    }

    private static void Report(InvocationExpressionSyntax call, OperationalCall row, string target, EndpointDocument document, HashSet<SyntaxNode> reported)
    {
        if (!reported.Add(call) || !new OperationalReader(document.Context.Model, document.CancellationToken).IsOpen(call, row.Opens))
            return;
        document.Context.Report(
            Descriptor,
            EndpointPath.NameOf(call).GetLocation(),
            ImmutableDictionary<string, string?>.Empty.Add(CoverageReport.TargetKey, target),
            document.IsSuggestion,
            additionalLocations: null,
            row.Name,
            row.Shows);
    }
}
