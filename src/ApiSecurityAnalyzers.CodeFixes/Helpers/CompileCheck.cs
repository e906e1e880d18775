using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>Asks whether a change brings errors, before an action is offered.</summary>
internal static class CompileCheck
{
    /// <summary>Whether the document, or its whole project, has no error that it did not have before.</summary>
    public static async Task<bool> PassesAsync(Document before, Document after, bool wholeProject, CancellationToken cancellationToken)
    {
        var old = await ErrorsAsync(before, wholeProject, cancellationToken).ConfigureAwait(false);
        var changed = await ErrorsAsync(after, wholeProject, cancellationToken).ConfigureAwait(false);
        return changed.All(e => old.TryGetValue(e.Key, out var count) && count >= e.Value);
    }

    private static async Task<Dictionary<string, int>> ErrorsAsync(Document document, bool wholeProject, CancellationToken cancellationToken)
    {
        var diagnostics = wholeProject
            ? (await document.Project.GetCompilationAsync(cancellationToken).ConfigureAwait(false))!.GetDiagnostics(cancellationToken)
            : (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false))!.GetDiagnostics(null, cancellationToken);
        return diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error).GroupBy(static d => d.Id).ToDictionary(static g => g.Key, static g => g.Count(), StringComparer.Ordinal);
    }
}
