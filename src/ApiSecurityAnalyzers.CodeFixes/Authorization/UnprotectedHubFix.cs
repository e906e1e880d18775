using System.Collections.Immutable;
using System.Composition;
using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Engines.Endpoints;
using ApiSecurityAnalyzers.Rules.Authorization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Authorization;

/// <summary>ASA1003: decides who may connect, on the hub or where it is mapped.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnprotectedHubFix)), Shared]
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

    private protected override async Task RegisterMoreAsync(CodeFixContext context, string target)
    {
        if (target == CoverageReport.TargetHub && await MappingAsync(context.Document, context.Span, context.CancellationToken).ConfigureAwait(false) is not null)
            Register(context, "Add '.RequireAuthorization()' to 'MapHub'", RequireAuthorization);
    }

    private protected override async Task<SyntaxNode?> EditMoreAsync(Document document, TextSpan span, string key, CancellationToken cancellationToken) =>
        await MappingAsync(document, span, cancellationToken).ConfigureAwait(false) is { } call
            ? Reattach(call, Chain.Append(await call.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false), call, "RequireAuthorization"))
            : null;

    /// <summary>The one call that maps the hub.</summary>
    private static async Task<InvocationExpressionSyntax?> MappingAsync(Document document, TextSpan span, CancellationToken cancellationToken)
    {
        var model = await HostEditor.ModelAsync(document.Project, cancellationToken).ConfigureAwait(false);
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (model is null || root?.FindToken(span.Start).Parent?.FirstAncestorOrSelf<ClassDeclarationSyntax>() is not { } declaration)
            return null;
        var type = model.Facts.ModelOf(declaration.SyntaxTree).GetDeclaredSymbol(declaration, cancellationToken);
        var calls = model.AllEndpoints(cancellationToken).Where(e => e.Kind == EndpointKind.Hub && SymbolEqualityComparer.Default.Equals(e.MappedType, type)).Select(static e => e.Call).Distinct().ToList();
        return calls.Count == 1 && document.Project.GetDocument(calls[0].SyntaxTree) is not null ? calls[0] : null;
    }

    /// <summary>Gives the changed root the path of its document back, by which the caller finds it.</summary>
    private static SyntaxNode Reattach(InvocationExpressionSyntax call, SyntaxNode changed) =>
        call.SyntaxTree.WithRootAndOptions(changed, call.SyntaxTree.Options).GetRoot();
}
