using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Rules.Transport;

/// <summary>ASA2002: missing or short HSTS.</summary>
internal static class MissingHsts
{
    /// <summary>The property that tells the fix what is wrong: a short age, or nothing at all.</summary>
    public const string ShortKey = "Short";

    private const int MinimumDays = 180;

    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA2002",
        title: "Missing HSTS",
        messageFormat: "'{0}' {1}, so {2}",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "A redirection to HTTPS protects from the second request on; with HSTS a browser does not send the first one in clear either.",
        cwe: 319,
        topic: Topics.Transport);

    private static readonly NameSet Clues = new("UseHsts");

    private static readonly NameSet Age = new("MaxAge");

    /// <summary>The names that this type asks for.</summary>
    public static readonly NameSet Names = Age;

    /// <summary>Asks once for each application that redirects to HTTPS: what does not redirect has a greater fault, which ASA2001 reports.</summary>
    internal static void Inspect(EndpointDocument document, WebHost host)
    {
        var facts = document.Context.Facts;
        if (facts.Options.IsTrue(ApiSecurityOptions.TlsTerminatedByProxy) || host.Runs(KnownCalls.HttpsRedirection) != Answer.Yes || host.HttpsOnly != Answer.No)
            return;
        if (host.Runs(KnownCalls.StrictTransport).Or(host.StrictTransport) != Answer.No || host.Unread(Clues))
            return;
        document.Context.Report(Descriptor, EndpointAnalyzer.LocationOf(host.Anchor!), facts.Compilation.AssemblyName ?? "", "redirects to HTTPS without HSTS", "the first request of every visit travels in clear");
    }

    /// <summary>Asks for the age in every document that sets one.</summary>
    internal static void InspectAge(EndpointDocument document)
    {
        if (!document.Context.Index.HasAny(Age))
            return;
        foreach (var token in document.Context.Tokens(Age))
        {
            var left = token.Parent is { Parent: MemberAccessExpressionSyntax member } name && member.Name == name ? member : token.Parent;
            if (left?.Parent is not AssignmentExpressionSyntax assignment || assignment.Left != left || Days(assignment.Right, document) is not { } days || days >= MinimumDays)
                continue;
            var model = document.Context.Model;
            if (model.GetSymbolInfo(left, document.CancellationToken).Symbol is not IPropertySymbol property || !property.ContainingType.Is("Microsoft.AspNetCore.HttpsPolicy.HstsOptions")
                || DevelopmentGuard.Of(assignment, model, document.CancellationToken) == RunsIn.DevelopmentOnly)
                continue;
            document.Context.Report(
                Descriptor,
                assignment.Right.GetLocation(),
                ImmutableDictionary<string, string?>.Empty.Add(ShortKey, "true"),
                asSuggestion: false,
                additionalLocations: null,
                "MaxAge",
                "is shorter than 180 days",
                "browsers forget to use HTTPS between two visits");
        }
    }

    /// <summary>The length of a time span that constants give.</summary>
    private static double? Days(ExpressionSyntax expression, EndpointDocument document)
    {
        if (expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Zero" })
            return 0;
        if (expression is not InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments, Expression: MemberAccessExpressionSyntax { Expression: var type, Name.Identifier.ValueText: var unit } } || type.ToString() is not ("TimeSpan" or "System.TimeSpan"))
            return null;
        if (document.Context.Model.GetConstantValue(arguments[0].Expression, document.CancellationToken) is not { HasValue: true, Value: IConvertible and not string and var value })
            return null;
        var number = value.ToDouble(System.Globalization.CultureInfo.InvariantCulture);
        return unit switch
        {
            "FromDays" => number,
            "FromHours" => number / 24,
            "FromMinutes" => number / 1440,
            "FromSeconds" => number / 86400,
            _ => null,
        };
    }
}
