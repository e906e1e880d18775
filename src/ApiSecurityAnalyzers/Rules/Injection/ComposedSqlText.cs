using System.Collections.Immutable;
using ApiSecurityAnalyzers.Engines;
using ApiSecurityAnalyzers.Engines.Sql;
using ApiSecurityAnalyzers.Engines.Text;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Rules.Injection;

/// <summary>ASA5002: composed SQL text.</summary>
internal static class ComposedSqlText
{
    /// <summary>How much of a piece of text the message shows.</summary>
    private const int MaxShown = 60;

    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA5002",
        title: "Composed SQL text",
        messageFormat: "'{0}' becomes part of the SQL text of '{1}', which lets its value change the statement",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "SQL text that is put together from values lets whoever controls a value change the statement.",
        cwe: 89,
        topic: Topics.Injection);

    /// <summary>Reports the use of a sink whose text is composed of anything that is not constant.</summary>
    public static void Judge(DocumentContext context, TextTracer tracer, SinkUse use)
    {
        var value = use.Trace(tracer);
        if (value is { IsComposed: false, IsUnknown: false, IsHarmless: false })
            value = tracer.ThroughCallers(value, use.Text);
        if (value.IsUnknown || !value.IsComposed)
            return;
        var isSuggestion = true;
        TextPart? first = null;
        foreach (var part in value.Parts.Where(static p => p.IsJoined))
        {
            var origin = tracer.OriginOf(part);
            if (origin == ParameterOrigin.Unknown)
                return;
            if (origin == ParameterOrigin.Constant)
                continue;
            isSuggestion &= origin == ParameterOrigin.Outside;
            first ??= part;
        }

        if (first is null)
            return;
        var location = use.Text.GetLocation();
        context.Report(
            Descriptor,
            location,
            ImmutableDictionary<string, string?>.Empty.Add(SinkKinds.Property, use.Kind),
            isSuggestion || use.IsSuggestion,
            Others(value.Compositions, use.Text),
            Shorten(first.Expression.ToString()),
            use.Name);
    }

    private static IEnumerable<Location> Others(ImmutableArray<SyntaxNode> compositions, SyntaxNode text) => compositions
        .Where(c => c != text)
        .OrderBy(c => c.SyntaxTree == text.SyntaxTree ? 0 : 1)
        .ThenBy(static c => c.SyntaxTree.FilePath, StringComparer.Ordinal)
        .ThenBy(static c => c.SpanStart)
        .ThenBy(static c => c.Span.End)
        .Select(static c => c.GetLocation());

    private static string Shorten(string text)
    {
        var line = string.Join(" ", text.Split(Separators, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= MaxShown ? line : line.Substring(0, MaxShown - 1) + "…";
    }

    private static readonly char[] Separators = [' ', '\t', '\r', '\n'];
}
