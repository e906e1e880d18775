using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>A fix that can be applied to one diagnostic after the other, each time on what the one before left.</summary>
internal interface ISequentialFix
{
    /// <summary>Applies the action to the place of a diagnostic, or returns the solution unchanged where it no longer applies.</summary>
    /// <param name="solution">The solution as earlier diagnostics left it.</param>
    /// <param name="documentId">The document of the diagnostic.</param>
    /// <param name="span">Where the diagnostic's span has moved to.</param>
    /// <param name="diagnostic">The diagnostic as it was reported, for its properties.</param>
    /// <param name="equivalenceKey">The action.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    Task<Solution> ApplyAsync(Solution solution, DocumentId documentId, TextSpan span, Diagnostic diagnostic, string equivalenceKey, CancellationToken cancellationToken);
}

/// <summary>
/// Fix All for actions that edit a shared place (a host file, a constructor, one method's commands): applies them one after the other and
/// follows the places of the later ones through the changes. The text changes between two states of a document move them.
/// </summary>
internal sealed class SequentialFixAllProvider : FixAllProvider
{
    public static readonly SequentialFixAllProvider Instance = new();

    public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

    public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
    {
        if (fixAllContext.CodeFixProvider is not ISequentialFix fix)
            return null;
        var diagnostics = await DiagnosticsAsync(fixAllContext).ConfigureAwait(false);
        if (diagnostics.Count == 0)
            return FirstAction.Nothing(fixAllContext);
        if ((fixAllContext.CodeActionEquivalenceKey ?? await FirstAction.KeyAsync(fixAllContext, diagnostics).ConfigureAwait(false)) is not { } key)
            return null;
        return CodeAction.Create(
            "Fix all",
            ct => ApplyAsync(fix, fixAllContext, diagnostics, ct),
            key);
    }

    private static async Task<Solution> ApplyAsync(ISequentialFix fix, FixAllContext context, IReadOnlyList<(DocumentId Document, Diagnostic Diagnostic)> diagnostics, CancellationToken cancellationToken)
    {
        var solution = context.Solution;
        var spans = diagnostics.Select(static d => d.Diagnostic.Location.SourceSpan).ToArray();
        for (var i = 0; i < diagnostics.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if ((context.CodeActionEquivalenceKey ?? await FirstAction.KeyAsync(context, diagnostics[i].Document, diagnostics[i].Diagnostic).ConfigureAwait(false)) is not { } key)
                continue;
            var before = solution;
            solution = await fix.ApplyAsync(solution, diagnostics[i].Document, spans[i], diagnostics[i].Diagnostic, key, cancellationToken).ConfigureAwait(false);
            if (solution == before)
                continue;
            solution = await CleanUp.RunAsync(before, solution, cancellationToken).ConfigureAwait(false);
            for (var later = i + 1; later < diagnostics.Count; later++)
                spans[later] = await MoveAsync(before, solution, diagnostics[later].Document, spans[later], cancellationToken).ConfigureAwait(false);
        }

        return solution;
    }

    private static async Task<TextSpan> MoveAsync(Solution before, Solution after, DocumentId id, TextSpan span, CancellationToken cancellationToken)
    {
        if (before.GetDocument(id) is not { } old || after.GetDocument(id) is not { } changed || old == changed)
            return span;
        var shift = 0;
        foreach (var change in await changed.GetTextChangesAsync(old, cancellationToken).ConfigureAwait(false))
        {
            if (change.Span.End <= span.Start)
                shift += (change.NewText?.Length ?? 0) - change.Span.Length;
        }

        return new TextSpan(Math.Max(0, span.Start + shift), span.Length);
    }

    internal static async Task<IReadOnlyList<(DocumentId Document, Diagnostic Diagnostic)>> DiagnosticsAsync(FixAllContext context)
    {
        var result = new List<(DocumentId, Diagnostic)>();
        var projects = context.Scope == FixAllScope.Solution ? context.Solution.Projects : [context.Project];
        if (context.Scope == FixAllScope.Document && context.Document is { } document)
        {
            foreach (var diagnostic in await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false))
                result.Add((document.Id, diagnostic));
        }
        else
        {
            foreach (var project in projects)
            {
                foreach (var diagnostic in await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false))
                {
                    if (diagnostic.Location.SourceTree is { } tree && project.GetDocument(tree) is { } owner)
                        result.Add((owner.Id, diagnostic));
                }
            }
        }

        // within a document from top to bottom; documents in the order in which they were found
        return result.GroupBy(static d => d.Item1).SelectMany(static g => g.OrderBy(static d => d.Item2.Location.SourceSpan.Start)).ToList();
    }
}
