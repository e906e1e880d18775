using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>
/// Fix All without the name of an action. 'dotnet format' takes the name from the first action for the first diagnostic of the analyzer, also
/// where that diagnostic is of another rule; then no action is offered, and it asks for Fix All without a name. The first action is meant.
/// </summary>
internal static class FirstAction
{
    /// <summary>What Fix All does where nothing of the rule is left, for which 'dotnet format' asks too, after each pass.</summary>
    public static CodeAction Nothing(FixAllContext context) => CodeAction.Create("Fix all", _ => Task.FromResult(context.Solution), nameof(Nothing));

    /// <summary>The key of the first action that is offered for a diagnostic.</summary>
    public static async Task<string?> KeyAsync(FixAllContext context, DocumentId document, Diagnostic diagnostic)
    {
        if (context.Solution.GetDocument(document) is not { } owner)
            return null;
        string? key = null;
        var asked = new CodeFixContext(owner, diagnostic, (action, _) => key ??= action.EquivalenceKey, context.CancellationToken);
        await context.CodeFixProvider.RegisterCodeFixesAsync(asked).ConfigureAwait(false);
        return key;
    }

    /// <summary>The key of the first action that is offered for any of the diagnostics.</summary>
    public static async Task<string?> KeyAsync(FixAllContext context, IReadOnlyList<(DocumentId Document, Diagnostic Diagnostic)> diagnostics)
    {
        foreach (var (document, diagnostic) in diagnostics)
        {
            if (await KeyAsync(context, document, diagnostic).ConfigureAwait(false) is { } key)
                return key;
        }

        return null;
    }
}
