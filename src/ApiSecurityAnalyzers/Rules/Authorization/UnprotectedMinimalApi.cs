using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Rules.Authorization;

/// <summary>ASA1002: unprotected minimal API.</summary>
internal static class UnprotectedMinimalApi
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA1002",
        title: "Unprotected minimal API",
        messageFormat: "Anyone can call '{0}': no authorization applies to it",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "An endpoint without authorization answers every request, signed in or not.",
        cwe: 862,
        topic: Topics.Authorization);

    internal static void Inspect(EndpointDocument document)
    {
        if (document.Mapped.Count == 0 && !document.Context.Index.Has("MapGroup") || document.IsProtectedElsewhere)
            return;
        new CoverageReport(document, Descriptor, static m => m.AccessDecided).Mapped(static e => e.Kind == EndpointKind.RouteHandler && !IsErrorPage(e));
    }

    /// <summary>The page to which the exception handler leads answers whoever ran into the error.</summary>
    private static bool IsErrorPage(MappedEndpoint endpoint) =>
        endpoint.Call.ArgumentList.Arguments.FirstOrDefault()?.Expression is LiteralExpressionSyntax { Token.Value: "/error" or "error" or "/Error" };
}
