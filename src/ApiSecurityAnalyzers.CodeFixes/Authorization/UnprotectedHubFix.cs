using System.Collections.Immutable;
using ApiSecurityAnalyzers.Engines.Endpoints;
using ApiSecurityAnalyzers.Rules.Authorization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

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

    private protected override async Task<AccessPlace?> PlaceOfMoreAsync(Document document, Diagnostic diagnostic, ApplicationModel application, CancellationToken cancellationToken) =>
        diagnostic.Properties[CoverageReport.TargetKey] == CoverageReport.TargetHub && await MappingAsync(document, diagnostic, application, EndpointKind.Hub, cancellationToken).ConfigureAwait(false) is { } call
            ? new AccessPlace(RequireAuthorization, "Add '.RequireAuthorization()' to 'MapHub'", call)
            : null;
}
