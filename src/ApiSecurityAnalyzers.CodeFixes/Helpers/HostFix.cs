using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>A fix that edits the host whose builder carries the diagnostic.</summary>
public abstract class HostFix : CodeFixProvider, ISequentialFix
{
    private protected HostFix()
    {
    }

    private protected abstract string Title { get; }

    private protected abstract string Key { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => SequentialFixAllProvider.Instance;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var editor = await EditorAsync(context.Document, context.Span, context.CancellationToken).ConfigureAwait(false);
        if (editor is null || !CanEdit(editor))
            return;
        var document = context.Document;
        var diagnostic = context.Diagnostics[0];
        this.Register(context, Title, Key);
    }

    async Task<Solution> ISequentialFix.ApplyAsync(Solution solution, DocumentId documentId, TextSpan span, Diagnostic diagnostic, string equivalenceKey, CancellationToken cancellationToken)
    {
        var editor = await EditorAsync(solution.GetDocument(documentId)!, span, cancellationToken).ConfigureAwait(false);
        if (editor is null || !CanEdit(editor))
            return solution;
        await EditAsync(editor, cancellationToken).ConfigureAwait(false);
        await ExplicitAuthorization.EnsureAsync(editor, cancellationToken).ConfigureAwait(false);
        return editor.Solution;
    }

    /// <summary>Whether the compilation has what the edit writes, and the host a place for it.</summary>
    private protected abstract bool CanEdit(HostEditor editor);

    private protected abstract Task EditAsync(HostEditor editor, CancellationToken cancellationToken);

    private static async Task<HostEditor?> EditorAsync(Document document, TextSpan span, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        return root?.FindNode(span) is { } anchor ? await HostEditor.CreateAsync(document.Project, anchor, cancellationToken).ConfigureAwait(false) : null;
    }
}
