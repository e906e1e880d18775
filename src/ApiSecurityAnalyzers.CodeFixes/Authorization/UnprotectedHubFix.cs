using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using ApiSecurityAnalyzers.Rules.Authorization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Authorization;

/// <summary>ASA1003: decides who may connect, on the hub or where it is mapped.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnprotectedHubFix))]
public sealed class UnprotectedHubFix : AccessFix
{
    internal const string Authorize = "ASA1003.Authorize";
    internal const string RequireAuthorization = "ASA1003.RequireAuthorization";
    internal const string AllowAnonymous = "ASA1003.AllowAnonymous";
    internal const string SetFallbackPolicy = "ASA1003.SetFallbackPolicy";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(UnprotectedHub.Descriptor.Id);

    private protected override string AuthorizeKey => Authorize;

    private protected override string AnonymousKey => AllowAnonymous;

    private protected override string FallbackKey => SetFallbackPolicy;

    /// <summary>The one call that maps the hub.</summary>
    private protected override async Task<AccessPlace?> PlaceOfMoreAsync(Document document, Diagnostic diagnostic, ApplicationModel application, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (diagnostic.Properties[CoverageReport.TargetKey] != CoverageReport.TargetHub || root?.FindToken(diagnostic.Location.SourceSpan.Start).Parent?.FirstAncestorOrSelf<ClassDeclarationSyntax>() is not { } declaration)
            return null;
        var type = application.Facts.ModelOf(declaration.SyntaxTree).GetDeclaredSymbol(declaration, cancellationToken);
        var calls = application.AllEndpoints(cancellationToken).Where(e => e.Kind == EndpointKind.Hub && e.MappedType is not null && (type as INamedTypeSymbol).Is(e.MappedType)).Select(static e => e.Call).Distinct().ToList();
        return calls.Count == 1 && document.Project.GetDocument(calls[0].SyntaxTree) is not null ? new AccessPlace(RequireAuthorization, "Add '.RequireAuthorization()' to 'MapHub'", calls[0]) : null;
    }
}
