using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>What an action does to one composed SQL text: it is offered only where all of it can be done.</summary>
/// <param name="Document">The document with the changes.</param>
/// <param name="Names">The values that are names, and are checked.</param>
/// <param name="HasParameters">Whether values become parameters.</param>
/// <param name="IsListed">Whether a list was written, rather than a check of the characters.</param>
/// <param name="IsToFill">Whether a list is empty, because nothing in sight says what is allowed.</param>
internal sealed record SqlFixPlan(Document Document, ImmutableArray<string> Names, bool HasParameters, bool IsListed, bool IsToFill)
{
    /// <summary>The plan for the text at a span, or null where nothing can be done.</summary>
    /// <param name="document">The document.</param>
    /// <param name="span">The span of the text at the sink.</param>
    /// <param name="isListed">Whether names are compared with a list, rather than by their characters.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<SqlFixPlan?> CreateAsync(Document document, TextSpan span, bool isListed, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        var source = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || model is null || span.End > root.FullSpan.End || root.FindNode(span, getInnermostNodeForTie: true) is not ExpressionSyntax text || text.Span != span)
            return null;
        var tracer = new TextTracer(CompilationFacts.For(model.Compilation, document.Project.AnalyzerOptions), model, cancellationToken);
        foreach (var writes in new Func<SqlPlanWriter, bool>[] { static w => w.WriteWhole(), static w => w.WriteNames() })
        {
            var writer = new SqlPlanWriter(text, model, source, tracer, isListed, cancellationToken);
            if (!writes(writer))
                continue;
            writer.Finish();
            if (writer.Edits.ToChanges() is not { Length: > 0 } changes)
                continue;
            var changed = document.WithText(source.WithChanges(changes));
            if (await IsMendedAsync(document, changed, text.SpanStart, changes, cancellationToken).ConfigureAwait(false))
                return new SqlFixPlan(changed, writer.Names, writer.HasParameters, writer.IsListed, writer.List.IsToFill);
        }

        return null;
    }

    /// <summary>The last condition: the document still compiles, and the text is no longer composed of values.</summary>
    private static async Task<bool> IsMendedAsync(Document before, Document after, int position, ImmutableArray<TextChange> changes, CancellationToken cancellationToken)
    {
        var model = await after.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        var root = await after.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var old = await before.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (model is null || root is null || old is null || Errors(model) > Errors(old))
            return false;
        var shift = changes.Where(c => c.Span.End <= position && (c.Span.Start < position || c.Span.Length > 0 || c.NewText!.EndsWith("\n", StringComparison.Ordinal))).Sum(static c => (c.NewText?.Length ?? 0) - c.Span.Length);
        var moved = position + shift;
        if (moved < 0 || moved >= root.FullSpan.End)
            return false;
        var text = root.FindToken(moved).Parent?.AncestorsAndSelf().OfType<ExpressionSyntax>().LastOrDefault(e => e.SpanStart == moved && e.Parent is ArgumentSyntax or AssignmentExpressionSyntax);
        if (text is null || model.GetTypeInfo(text, cancellationToken) is { Type.Name: "FormattableString" } or { ConvertedType.Name: "FormattableString" })
            return true;
        return new SqlHarmless(new TextTracer(CompilationFacts.For(model.Compilation, after.Project.AnalyzerOptions), model, cancellationToken)).IsMended(text);

        int Errors(SemanticModel of) => of.GetDiagnostics(cancellationToken: cancellationToken).Count(static d => d.Severity == DiagnosticSeverity.Error);
    }
}
