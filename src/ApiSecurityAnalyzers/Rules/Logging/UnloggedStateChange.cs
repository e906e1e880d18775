using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Rules.Logging;

/// <summary>ASA4002: an endpoint that changes state and leaves no log entry.</summary>
internal static class UnloggedStateChange
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA4002",
        title: "Unlogged state change",
        messageFormat: "'{0}' changes state and leaves no log entry, so nobody can tell afterwards who did what",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A change that nobody can attribute afterwards cannot be audited.",
        cwe: 778,
        topic: Topics.Logging);

    /// <summary>The property that tells the fix what an endpoint is called in the log.</summary>
    internal const string ActionKey = "Action";

    internal static void Inspect(EndpointDocument document)
    {
        if (document.IsProtectedElsewhere || document.Context.Facts.Options.IsTrue(ApiSecurityOptions.RequestsLoggedByGateway))
            return;
        if (document.Controllers.Count == 0 && document.Mapped.Count == 0)
            return;
        var handlers = new HandlerInspector(document.Context.Facts, document.Application.Inspector, document.CancellationToken);
        Controllers(document, handlers);
        Mapped(document, handlers);
    }

    private static void Controllers(EndpointDocument document, HandlerInspector handlers)
    {
        foreach (var controller in document.Controllers)
        {
            var covered = document.AllControllers.RequestLog;
            foreach (var action in controller.Actions)
            {
                if (!SymbolEqualityComparer.Default.Equals(action.Method.ContainingType, controller.Type)
                    || action.Method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(document.CancellationToken) is not MethodDeclarationSyntax syntax
                    || syntax.SyntaxTree != document.Context.Tree
                    || !IsAsked(document, covered, AttributeMetadata.SwitchesLogOff(action.Method) || AttributeMetadata.SwitchesLogOff(controller.Type))
                    || ActionFilterLogs(document, controller.Type) || ActionFilterLogs(document, action.Method)
                    || !handlers.ChangesState(syntax, HttpMethods.Of(action.Method))
                    || handlers.Logs(syntax) != Answer.No)
                {
                    continue;
                }

                Report(document, syntax.Identifier.GetLocation(), CoverageReport.TargetAction, controller.Type.Name + "." + action.Method.Name);
            }
        }
    }

    private static void Mapped(EndpointDocument document, HandlerInspector handlers)
    {
        var everything = document.Everything.RequestLog;
        foreach (var calls in document.Mapped.Where(static e => e.Kind == EndpointKind.RouteHandler && e.RunsIn != RunsIn.DevelopmentOnly).GroupBy(static e => e.Call))
        {
            var endpoint = calls.First();
            var switchedOff = calls.Any(e => LogIsSwitchedOff(e.Call)) || endpoint.HandlerLogIsOff;
            if (calls.Any(static e => e.Effective.RequestLog != Answer.No) || !IsAsked(document, everything, switchedOff))
                continue;
            if (endpoint.HandlerCode is not { } code || !handlers.ChangesState(code, HttpMethods.Of(endpoint)) || handlers.Logs(code) != Answer.No)
                continue;
            if (endpoint.Call.Expression is MemberAccessExpressionSyntax member)
                Report(document, member.Name.GetLocation(), CoverageReport.TargetEndpoint, HttpMethods.Describe(endpoint));
        }
    }

    /// <summary>
    /// Whether the endpoint's own log entry matters: nothing logs it, although the application logs others. Where nothing logs at
    /// all, ASA4001 says so once.
    /// </summary>
    private static bool IsAsked(EndpointDocument document, Answer covered, bool switchedOff)
    {
        if (!document.HostIsVisible)
            return true;
        if (covered == Answer.Yes)
            return switchedOff && document.Application.Hosts(document.CancellationToken).All(static h => h.RequestLog != Answer.Yes && h.Runs(HttpLogging) == Answer.Yes);
        return covered == Answer.No && document.Application.Hosts(document.CancellationToken).Any(static h => h.ControllerLog == Answer.Yes || h.Routes.AllEndpoints.Any(static e => e.Effective.RequestLog == Answer.Yes));
    }

    private static readonly ImmutableArray<string> HttpLogging = ImmutableArray.Create("UseHttpLogging");

    private static bool LogIsSwitchedOff(InvocationExpressionSyntax call)
    {
        for (SyntaxNode? node = call; node is InvocationExpressionSyntax or MemberAccessExpressionSyntax; node = node.Parent)
        {
            if (node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "WithHttpLogging" } } logging
                && logging.ArgumentList.Arguments.FirstOrDefault()?.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "None" })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a filter attribute on the class or action logs.</summary>
    internal static bool ActionFilterLogs(EndpointDocument document, ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass is not { } type || !type.Implements("Microsoft.AspNetCore.Mvc.Filters.IFilterMetadata"))
                continue;
            var filter = attribute.ConstructorArguments.Select(static a => a.Kind == TypedConstantKind.Type ? a.Value as ITypeSymbol : null).FirstOrDefault(static t => t is not null) ?? type.TypeArguments.FirstOrDefault() ?? type;
            if (document.Application.Inspector.IsInSource(filter) ? document.Application.Inspector.Logs(filter, document.CancellationToken) : !KnownCalls.IsHarmlessAssembly(filter.ContainingAssembly?.Name ?? ""))
                return true;
        }

        return false;
    }

    private static void Report(EndpointDocument document, Location location, string target, string name) => document.Context.Report(
        Descriptor,
        location,
        ImmutableDictionary<string, string?>.Empty.Add(CoverageReport.TargetKey, target).Add(ActionKey, name),
        document.IsSuggestion,
        additionalLocations: null,
        name);
}
