using System.Collections.Immutable;
using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Rules.Authorization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Authorization;

/// <summary>ASA1021: asks the authorization service whether the caller may have what was loaded.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UncheckedObjectReferenceFix))]
public sealed class UncheckedObjectReferenceFix : CodeFixProvider, ISequentialFix
{
    internal const string AuthorizeObject = "ASA1021.AuthorizeObject";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(UncheckedObjectReference.Descriptor.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => SequentialFixAllProvider.Instance;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var document = context.Document;
        var diagnostic = context.Diagnostics[0];
        if (await ObjectCheck.PlanAsync(document, context.Span, diagnostic, context.CancellationToken).ConfigureAwait(false) is not { } plan)
            return;
        this.Register(context, $"Ask 'IAuthorizationService' whether the caller may have '{plan.Variable}'", AuthorizeObject);
    }

    async Task<Solution> ISequentialFix.ApplyAsync(Solution solution, DocumentId documentId, TextSpan span, Diagnostic diagnostic, string equivalenceKey, CancellationToken cancellationToken) =>
        await ObjectCheck.PlanAsync(solution.GetDocument(documentId)!, span, diagnostic, cancellationToken).ConfigureAwait(false) is { } plan
            ? await CleanUp.RunAsync(solution, await plan.ApplyAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false)
            : solution;
}
