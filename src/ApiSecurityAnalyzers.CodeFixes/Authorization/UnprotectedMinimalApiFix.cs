using System.Collections.Immutable;
using ApiSecurityAnalyzers.Engines.Endpoints;
using ApiSecurityAnalyzers.Rules.Authorization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Authorization;

/// <summary>ASA1002: decides who may call.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnprotectedMinimalApiFix))]
public sealed class UnprotectedMinimalApiFix : AccessFix
{
    internal const string Authorize = "ASA1002.Authorize";
    internal const string AuthorizeGroup = "ASA1002.AuthorizeGroup";
    internal const string AllowAnonymous = "ASA1002.AllowAnonymous";
    internal const string SetFallbackPolicy = "ASA1002.SetFallbackPolicy";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(UnprotectedMinimalApi.Descriptor.Id);

    private protected override string AuthorizeKey => Authorize;

    private protected override string AnonymousKey => AllowAnonymous;

    private protected override string FallbackKey => SetFallbackPolicy;

    /// <summary>The group around an endpoint; those of its endpoints that declare anonymous access stay open.</summary>
    private protected override async Task<AccessPlace?> PlaceOfMoreAsync(Document document, Diagnostic diagnostic, ApplicationModel application, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (diagnostic.Properties[CoverageReport.TargetKey] != CoverageReport.TargetEndpoint || root?.FindToken(diagnostic.Location.SourceSpan.Start).Parent?.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call)
            return null;
        var groups = application.EndpointsIn(call.SyntaxTree, cancellationToken).Where(e => e.Call == call).Select(static e => e.Group.Call).Distinct().ToList();
        return groups.Count == 1 && groups[0] is { } group && document.Project.GetDocument(group.SyntaxTree) is not null
            ? new AccessPlace(AuthorizeGroup, "Add '.RequireAuthorization()' to the group", group)
            : null;
    }
}
