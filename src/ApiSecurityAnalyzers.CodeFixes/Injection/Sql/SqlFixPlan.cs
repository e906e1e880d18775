using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>What an action does to one composed SQL text: it is offered only where all of it can be done.</summary>
/// <param name="Document">The document with the changes.</param>
/// <param name="Names">The values that become allow-listed names.</param>
/// <param name="HasParameters">Whether values become parameters.</param>
internal sealed record SqlFixPlan(Document Document, ImmutableArray<string> Names, bool HasParameters)
{
    public static async Task<SqlFixPlan?> CreateAsync(Document document, TextSpan span, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        var source = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || model is null || span.End > root.FullSpan.End || root.FindNode(span, getInnermostNodeForTie: true) is not ExpressionSyntax text || text.Span != span)
            return null;
        if (SqlTarget.Find(text, model, cancellationToken) is not { } target)
            return null;
        var reader = new SqlTextReader(model, source, cancellationToken);
        if (reader.Read(text) is not { } pieces)
            return null;
        var lexer = SqlLexer.Run(pieces, reader.Expand);
        if (lexer.HasFailed || reader.HasFailed)
            return null;
        var edits = new TextEdits(source);
        var harmless = new SqlHarmless(new TextTracer(CompilationFacts.For(model.Compilation, document.Project.AnalyzerOptions), model, cancellationToken));
        var slots = SqlGrammar.Run(lexer.Tokens, h => SqlList.Of(h.Expression, model) is not null, target.DoubleQuotesAreText);
        var taken = new List<SqlSlot>();
        var context = new SqlPlanContext(model, text, lexer.Elements, lexer.Tokens, taken, edits, cancellationToken);
        var list = new AllowList(model, edits, target.RowType ?? RowOf(text, model), context.NamesInScope());
        var names = ImmutableArray.CreateBuilder<string>();
        foreach (var slot in slots)
        {
            var open = slot.Holes.Where(h => !harmless.Is(h.Expression)).ToList();
            if (open.Count == 0 && !Takes(slot, model, target, harmless))
                continue;
            switch (slot.Role)
            {
                case SqlRole.Value:
                case SqlRole.List when target.TakesLists && SqlList.Of(slot.First.Expression, model) is not null:
                    taken.Add(slot);
                    break;
                case SqlRole.Table or SqlRole.Column or SqlRole.Direction:
                    if (!open.TrueForAll(h => list.Guard(h, slot.Role)))
                        return null;
                    names.AddRange(open.Select(static h => h.Expression.ToString()));
                    break;
                default:
                    return null;
            }
        }

        if (taken.Count > 0 ? !target.Parameterize(context) : names.Count == 0 || !new SqlTextRewriter(lexer.Elements, edits).Rewrite([]))
            return null;
        if (names.Count > 0 && !lexer.Elements.Where(static e => e.Hole?.Replacement is not null && e.Hole.Node is null).All(e => Replace(e.Hole!)))
            return null;
        if (edits.ToChanges() is not { Length: > 0 } changes)
            return null;
        var changed = document.WithText(source.WithChanges(changes));
        return await IsMendedAsync(document, changed, text.SpanStart, changes, cancellationToken).ConfigureAwait(false)
            ? new SqlFixPlan(changed, names.Distinct().ToImmutableArray(), taken.Count > 0)
            : null;

        // an operand that stays: the name of the checked text takes its place
        bool Replace(HolePiece hole)
        {
            edits.Replace(hole.Expression.Span, hole.Replacement!);
            return true;
        }
    }

    /// <summary>Whether a harmless value becomes a parameter too, because the text reads better without it: a number, a date in quotes.</summary>
    private static bool Takes(SqlSlot slot, SemanticModel model, SqlTarget target, SqlHarmless harmless)
    {
        if (slot.Role != SqlRole.Value || slot.Holes.Any(h => SqlConstants.IsConstant(h.Expression, model, default)))
            return false;
        return slot.Holes.All(hole =>
        {
            var type = model.GetTypeInfo(hole.Expression).Type;
            if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
                type = nullable.TypeArguments[0];
            if (SqlConstants.IsNumber(type))
                return true;
            return slot.IsQuoted && (type?.SpecialType == SpecialType.System_DateTime || type is { Name: "DateOnly" or "DateTimeOffset" } || type is { Name: "Guid" } && target.TakesGuids);
        });
    }

    /// <summary>The entity of the set on which the text is used, where the call does not say it.</summary>
    private static ITypeSymbol? RowOf(ExpressionSyntax text, SemanticModel model) =>
        text.FirstAncestorOrSelf<InvocationExpressionSyntax>()?.Expression is MemberAccessExpressionSyntax access && model.GetTypeInfo(access.Expression).Type is INamedTypeSymbol { Name: "DbSet", TypeArguments: [var entity] } ? entity : null;

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
