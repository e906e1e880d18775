using System.Collections.Immutable;
using ApiSecurityAnalyzers.Engines.Endpoints;
using ApiSecurityAnalyzers.Rules.Authorization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ApiSecurityAnalyzers.CodeFixes.Authorization;

/// <summary>ASA1004: decides who may call, on the service or where it is mapped.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnprotectedGrpcServiceFix))]
public sealed class UnprotectedGrpcServiceFix : AccessFix
{
    internal const string Authorize = "ASA1004.Authorize";
    internal const string RequireAuthorization = "ASA1004.RequireAuthorization";
    internal const string AllowAnonymous = "ASA1004.AllowAnonymous";
    internal const string SetFallbackPolicy = "ASA1004.SetFallbackPolicy";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(UnprotectedGrpcService.Descriptor.Id);

    private protected override string AuthorizeKey => Authorize;

    private protected override string AnonymousKey => AllowAnonymous;

    private protected override string FallbackKey => SetFallbackPolicy;

    private protected override async Task<AccessPlace?> PlaceOfMoreAsync(Document document, Diagnostic diagnostic, ApplicationModel application, CancellationToken cancellationToken) =>
        diagnostic.Properties[CoverageReport.TargetKey] == CoverageReport.TargetService && await MappingAsync(document, diagnostic, application, EndpointKind.GrpcService, cancellationToken).ConfigureAwait(false) is { } call
            ? new AccessPlace(RequireAuthorization, "Add '.RequireAuthorization()' to 'MapGrpcService'", call)
            : null;
}
