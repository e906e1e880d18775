using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>A fix that can be applied to many diagnostics at once, all places taken from the solution as it was before.</summary>
internal interface ITogetherFix
{
    /// <summary>Applies the action to the places of all diagnostics.</summary>
    Task<Solution> ApplyAsync(Solution solution, IReadOnlyList<(DocumentId Document, Diagnostic Diagnostic)> diagnostics, string equivalenceKey, CancellationToken cancellationToken);
}

/// <summary>Fix All for actions that make many small edits and one at a shared place: everything is edited in one go.</summary>
internal sealed class TogetherFixAllProvider : FixAllProvider
{
    public static readonly TogetherFixAllProvider Instance = new();

    public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

    public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
    {
        if (fixAllContext.CodeFixProvider is not ITogetherFix fix)
            return null;
        var diagnostics = await SequentialFixAllProvider.DiagnosticsAsync(fixAllContext).ConfigureAwait(false);
        if (diagnostics.Count == 0)
            return FirstAction.Nothing(fixAllContext);
        if ((fixAllContext.CodeActionEquivalenceKey ?? await FirstAction.KeyAsync(fixAllContext, diagnostics).ConfigureAwait(false)) is not { } key)
            return null;
        return CodeAction.Create("Fix all", ct => fix.ApplyAsync(fixAllContext.Solution, diagnostics, key, ct), key);
    }
}
