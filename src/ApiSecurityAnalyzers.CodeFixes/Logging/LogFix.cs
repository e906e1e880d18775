using ApiSecurityAnalyzers.CodeFixes.Helpers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Logging;

/// <summary>A fix that writes one log entry, and injects what it needs.</summary>
public abstract class LogFix : CodeFixProvider, ISequentialFix
{
    private protected LogFix()
    {
    }

    private protected abstract string Title { get; }

    private protected abstract string Key { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => SequentialFixAllProvider.Instance;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var document = context.Document;
        var diagnostic = context.Diagnostics[0];
        if (await PlanAsync(document, context.Span, diagnostic, context.CancellationToken).ConfigureAwait(false) is null)
            return;
        this.Register(context, Title, Key);
    }

    async Task<Solution> ISequentialFix.ApplyAsync(Solution solution, DocumentId documentId, TextSpan span, Diagnostic diagnostic, string equivalenceKey, CancellationToken cancellationToken) =>
        await PlanAsync(solution.GetDocument(documentId)!, span, diagnostic, cancellationToken).ConfigureAwait(false) is { } plan
            ? await CleanUp.RunAsync(solution, await plan.ApplyAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false)
            : solution;

    /// <summary>Plans the entry; <see langword="null"/> where it is there already, or cannot be written without breaking code.</summary>
    private protected abstract Task<LogEdit?> PlanAsync(Document document, TextSpan span, Diagnostic diagnostic, CancellationToken cancellationToken);
}
