using System.Collections.Immutable;
using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Rules.Logging;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Logging;

/// <summary>ASA4002: logs who changes what, at the start of the handler.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnloggedStateChangeFix))]
public sealed class UnloggedStateChangeFix : CodeFixProvider, ISequentialFix
{
    internal const string LogChange = "ASA4002.LogChange";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(UnloggedStateChange.Descriptor.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => SequentialFixAllProvider.Instance;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var document = context.Document;
        var diagnostic = context.Diagnostics[0];
        if (await ChangeLog.PlanAsync(document, context.Span, diagnostic, context.CancellationToken).ConfigureAwait(false) is null)
            return;
        this.Register(context, "Log the change and who makes it", LogChange);
    }

    async Task<Solution> ISequentialFix.ApplyAsync(Solution solution, DocumentId documentId, TextSpan span, Diagnostic diagnostic, string equivalenceKey, CancellationToken cancellationToken) =>
        await ChangeLog.PlanAsync(solution.GetDocument(documentId)!, span, diagnostic, cancellationToken).ConfigureAwait(false) is { } plan
            ? await CleanUp.RunAsync(solution, await plan.ApplyAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false)
            : solution;
}
