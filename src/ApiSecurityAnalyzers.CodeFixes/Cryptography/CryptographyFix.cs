using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Engines.ApiUse;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Cryptography;

/// <summary>
/// What the fixes of ASA6001, ASA6002 and ASA6003 share: uses that have to change together change in one action, and only what compiles is offered.
/// Because an action may reach beyond its own diagnostic, Fix All applies one after the other.
/// </summary>
public abstract class CryptographyFix : CodeFixProvider, ISequentialFix
{
    private protected CryptographyFix()
    {
    }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => SequentialFixAllProvider.Instance;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var document = context.Document;
        var diagnostic = context.Diagnostics[0];
        var registered = new HashSet<string>(StringComparer.Ordinal);
        if (!FixableDiagnosticIds.Contains(diagnostic.Id))
            return;
        if (await FixScene.CreateAsync(document, diagnostic.Id, context.CancellationToken).ConfigureAwait(false) is not { } scene || UseAt(scene, context.Span) is not { } use)
            return;
        foreach (var plan in Plan(scene, use))
        {
            if (registered.Contains(plan.Key) || await ChangeAsync(document, scene, plan, context.CancellationToken).ConfigureAwait(false) is not { } changed)
                continue;
            registered.Add(plan.Key);
            context.RegisterCodeFix(CodeAction.Create(plan.Title, _ => Task.FromResult(changed), plan.Key), context.Diagnostics);
        }
    }

    async Task<Solution> ISequentialFix.ApplyAsync(Solution solution, DocumentId documentId, TextSpan span, Diagnostic diagnostic, string equivalenceKey, CancellationToken cancellationToken)
    {
        var document = solution.GetDocument(documentId)!;
        if (await FixScene.CreateAsync(document, diagnostic.Id, cancellationToken).ConfigureAwait(false) is not { } scene || UseAt(scene, span) is not { } use)
            return solution;
        foreach (var plan in Plan(scene, use))
        {
            if (plan.Key == equivalenceKey && await ChangeAsync(document, scene, plan, cancellationToken).ConfigureAwait(false) is { } changed)
                return changed;
        }

        return solution;
    }

    /// <summary>The ways to mend a use, preferred ones first.</summary>
    private protected abstract IEnumerable<PlannedFix> Plan(FixScene scene, FoundUse use);

    private static FoundUse? UseAt(FixScene scene, TextSpan span) => scene.Findings.FirstOrDefault(f => f.Node.SpanStart == span.Start);

    private static async Task<Solution?> ChangeAsync(Document document, FixScene scene, PlannedFix plan, CancellationToken cancellationToken)
    {
        if (plan.Edits.IsEmpty)
            return null;
        var root = plan.Edits.ApplyTo(scene.Root);
        return await CheckedAsync(document, root, plan, cancellationToken).ConfigureAwait(false)
            ?? (plan.Namespace is { } name && root is CompilationUnitSyntax unit ? await CheckedAsync(document, Imports.Add(unit, name), plan, cancellationToken).ConfigureAwait(false) : null);
    }

    private static async Task<Solution?> CheckedAsync(Document document, SyntaxNode root, PlannedFix plan, CancellationToken cancellationToken)
    {
        var changed = document.WithSyntaxRoot(root);
        var solution = await CleanUp.RunAsync(document.Project.Solution, changed.Project.Solution, cancellationToken).ConfigureAwait(false);
        return await CompileCheck.PassesAsync(document, solution.GetDocument(document.Id)!, plan.ReachesOut, cancellationToken).ConfigureAwait(false) ? solution : null;
    }
}
