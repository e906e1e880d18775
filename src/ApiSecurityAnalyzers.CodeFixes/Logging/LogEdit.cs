using ApiSecurityAnalyzers.CodeFixes.Helpers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Editing;

namespace ApiSecurityAnalyzers.CodeFixes.Logging;

/// <summary>A planned log entry: what must be injected, and the edit that writes the statement.</summary>
internal sealed class LogEdit
{
    private readonly Document _document;
    private readonly Action<DocumentEditor> _write;
    private readonly ServiceAccess?[] _accesses;

    public LogEdit(Document document, Action<DocumentEditor> write, params ServiceAccess?[] accesses)
    {
        _document = document;
        _write = write;
        _accesses = accesses;
    }

    public async Task<Solution> ApplyAsync(CancellationToken cancellationToken)
    {
        var editor = new SolutionEditor(_document.Project.Solution);
        foreach (var access in _accesses)
        {
            if (access is not null)
                await access.ApplyAsync(editor, cancellationToken).ConfigureAwait(false);
        }

        _write(await editor.GetDocumentEditorAsync(_document.Id, cancellationToken).ConfigureAwait(false));
        return editor.GetChangedSolution();
    }
}
