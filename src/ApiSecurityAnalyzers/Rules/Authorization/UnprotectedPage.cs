using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Rules.Authorization;

/// <summary>ASA1006: unprotected page.</summary>
internal static class UnprotectedPage
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA1006",
        title: "Unprotected page",
        messageFormat: "Anyone can reach page '{0}': {1}",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A Razor Page without authorization shows itself to everyone and takes every form that is sent to it.",
        cwe: 862,
        topic: Topics.Authorization);

    internal static void Inspect(EndpointDocument document)
    {
        if (document.Pages.Count == 0 || document.IsProtectedElsewhere)
            return;
        foreach (var page in document.Pages)
        {
            if (PageCoverage.Of(page, document.Application, document.CancellationToken).Or(page.Own).AccessDecided == Answer.No && ReasonOf(page, document) is { } reason)
                Report(page, reason, document);
        }
    }

    /// <summary>Why a page that says nothing is reported; <see langword="null"/> where nobody would ask for more.</summary>
    private static string? ReasonOf(PageModelClass page, EndpointDocument document)
    {
        var open = page.Handlers.Where(h => !IsDecidedIn(h, document.CancellationToken)).ToList();
        if (PublicPages.AreAnyone(page) || IsBase(page, document) || PageCoverage.IsDecidedByMarkup(page, document.Context.Facts, document.CancellationToken))
            return null;
        if (open.Find(static h => h.IsWriting) is { } writing)
            return $"no authorization applies to its '{writing.Method.Name}'";

        // a page that only shows something is left open on purpose as long as none is closed
        if (open.Count == 0 && (page.Handlers.Length > 0 || !page.IsCodeBehind) || PublicPages.AreShownToAnyone(page) || !PageCoverage.ClosesPages(document.Application, document.CancellationToken))
            return null;
        return "no authorization applies to it, while other pages demand it";
    }

    private static bool IsDecidedIn(PageHandler handler, CancellationToken cancellationToken) =>
        handler.Method.DeclaringSyntaxReferences.Any(r => AccessDecision.IsByHandIn(r.GetSyntax(cancellationToken)));

    /// <summary>Whether other page models are made of this one, which is then no page itself.</summary>
    private static bool IsBase(PageModelClass page, EndpointDocument document) => !page.IsCodeBehind
        && document.Context.Facts.Compilation.SyntaxTrees.Any(t => DeclaredTypes.In(t, document.CancellationToken).Any(d => d.Bases.Contains(page.Type.Name)));

    private static void Report(PageModelClass page, string reason, EndpointDocument document) => document.Context.Report(
        Descriptor,
        page.Declaration.Identifier.GetLocation(),
        ImmutableDictionary<string, string?>.Empty.Add(CoverageReport.TargetKey, CoverageReport.TargetPage),
        document.IsSuggestion,
        additionalLocations: null,
        page.Type.Name,
        reason);
}
