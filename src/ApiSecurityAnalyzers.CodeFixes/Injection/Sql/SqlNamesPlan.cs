using ApiSecurityAnalyzers.Engines.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>
/// Mends texts that are composed elsewhere than at the sink: in another method, in a loop, for several sinks, for an own method that runs
/// them. Values cannot become parameters from there; names can be checked where they become part of a text.
/// </summary>
internal static class SqlNamesPlan
{
    /// <summary>Checks all names in the pieces of the text; false where one of them is no name, or stands in another document.</summary>
    public static bool Write(ExpressionSyntax text, TextTracer tracer, SemanticModel model, SourceText source, TextEdits edits, Func<HolePiece, SqlSlot, bool> guard, List<HolePiece> open, CancellationToken cancellationToken)
    {
        var value = tracer.Trace(text);
        if (value is { IsComposed: false, IsUnknown: false })
            value = tracer.ThroughCallers(value, text);
        if (value.IsUnknown || !value.IsComposed || value.Compositions.IsEmpty)
            return false;
        var harmless = new SqlHarmless(tracer);
        foreach (var composition in value.Compositions)
        {
            if (composition.SyntaxTree != model.SyntaxTree || composition is not ExpressionSyntax composed)
                return false;
            if (value.Compositions.Any(o => o != composition && o.SyntaxTree == composition.SyntaxTree && o.Span.Contains(composition.Span)))
                continue;
            var reader = new SqlTextReader(model, source, cancellationToken);
            if (reader.Read(composed) is not { } pieces)
                return false;

            // what a piece is made of has a composition of its own
            var lexer = SqlLexer.Run(pieces, static _ => null);
            if (lexer.HasFailed || reader.HasFailed)
                return false;
            foreach (var slot in SqlGrammar.Run(lexer.Tokens, h => SqlList.Of(h.Expression, model) is not null, doubleQuotesAreText: false))
            {
                var holes = slot.Holes.Where(h => !harmless.Is(h.Expression) && !IsOther(h, value, tracer)).ToList();
                if (holes.Count > 0 && slot.Role is not (SqlRole.Table or SqlRole.Column or SqlRole.Direction or SqlRole.Setting) || !holes.TrueForAll(h => guard(h, slot)))
                    return false;
                open.AddRange(holes);
            }

            if (!new SqlTextRewriter(lexer.Elements, edits).Rewrite([]))
                return false;
        }

        return open.Count > 0;
    }

    /// <summary>Whether a value is itself one of the composed texts, which are read by themselves.</summary>
    private static bool IsOther(HolePiece hole, TextValue whole, TextTracer tracer)
    {
        var value = tracer.Trace(hole.Expression);
        return value is { IsUnknown: false, IsComposed: true, Compositions.IsEmpty: false } && value.Compositions.All(c => whole.Compositions.Contains(c));
    }
}
