using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>The clean-up that the IDE does after an action, for actions that build on one another.</summary>
internal static class CleanUp
{
    public static async Task<Solution> RunAsync(Solution before, Solution after, CancellationToken cancellationToken)
    {
        foreach (var id in after.GetChanges(before).GetProjectChanges().SelectMany(static p => p.GetChangedDocuments()).ToList())
        {
            var document = after.GetDocument(id)!;
            document = await Imports.AddAsync(document, cancellationToken).ConfigureAwait(false);
            document = await TypeNames.ShortenAsync(before.GetDocument(id)!, document, cancellationToken).ConfigureAwait(false);
            document = await Simplifier.ReduceAsync(document, Simplifier.Annotation, cancellationToken: cancellationToken).ConfigureAwait(false);
            document = await Formatter.FormatAsync(document, Formatter.Annotation, cancellationToken: cancellationToken).ConfigureAwait(false);
            document = await KeepLineBreaksAsync(before.GetDocument(id)!, document, cancellationToken).ConfigureAwait(false);
            after = document.Project.Solution;
        }

        return after;
    }

    /// <summary>Code is added with <c>\n</c>; a document that uses <c>\r\n</c> throughout gets these.</summary>
    private static async Task<Document> KeepLineBreaksAsync(Document before, Document after, CancellationToken cancellationToken)
    {
        var text = await before.GetTextAsync(cancellationToken).ConfigureAwait(false);
        if (text.Lines.Count < 2 || text.Lines.Any(l => l.EndIncludingLineBreak - l.End == 1))
            return after;
        var root = (await after.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        var breaks = root.DescendantTrivia().Where(static t => t.IsKind(SyntaxKind.EndOfLineTrivia) && t.FullSpan.Length == 1).ToList();
        return breaks.Count == 0 ? after : after.WithSyntaxRoot(root.ReplaceTrivia(breaks, static (_, _) => SyntaxFactory.EndOfLine("\r\n")));
    }
}
