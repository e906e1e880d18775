using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>Changes to the texts of several documents, made together; what is asked for twice is done once.</summary>
internal sealed class TextEditList
{
    private readonly Dictionary<DocumentId, HashSet<TextChange>> _changes = [];

    public void Add(DocumentId document, TextChange change)
    {
        if (!_changes.TryGetValue(document, out var changes))
            _changes.Add(document, changes = []);
        changes.Add(change);
    }

    public async Task<Solution> ApplyAsync(Solution solution, CancellationToken cancellationToken)
    {
        foreach (var document in _changes)
        {
            var text = await solution.GetDocument(document.Key)!.GetTextAsync(cancellationToken).ConfigureAwait(false);
            var apart = new List<TextChange>();
            foreach (var change in document.Value.OrderBy(static c => c.Span.Start).ThenBy(static c => c.Span.End))
            {
                // removals that meet are left to another run
                if (apart.Count == 0 || change.Span.Start >= apart[apart.Count - 1].Span.End)
                    apart.Add(change);
            }

            solution = solution.WithDocumentText(document.Key, text.WithChanges(apart));
        }

        return solution;
    }
}
