using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>Collects changes of one source text.</summary>
internal sealed class TextEdits
{
    private readonly List<(TextSpan Span, string Text, int Order)> _edits = [];

    public TextEdits(SourceText source)
    {
        Source = source;
        NewLine = source.Lines.Count > 1 && source.Lines[0].SpanIncludingLineBreak.Length - source.Lines[0].Span.Length == 2 ? "\r\n" : "\n";
    }

    public SourceText Source { get; }

    public string NewLine { get; }

    public void Replace(TextSpan span, string text) => _edits.Add((span, text, _edits.Count));

    public void Replace(int start, int end, string text) => Replace(TextSpan.FromBounds(start, end), text);

    public void Delete(int start, int end) => Replace(start, end, "");

    public void Insert(int position, string text) => Replace(position, position, text);

    /// <summary>Whether the character at the position goes away.</summary>
    public bool Removes(int position) => _edits.Exists(e => e.Span.Contains(position));

    /// <summary>The changes in order; null where two of them want the same text.</summary>
    public ImmutableArray<TextChange>? ToChanges()
    {
        var result = ImmutableArray.CreateBuilder<TextChange>();
        foreach (var (span, text, _) in _edits.OrderBy(static e => e.Span.Start).ThenBy(static e => e.Span.Length > 0).ThenBy(static e => e.Order))
        {
            if (result.Count > 0)
            {
                var last = result[result.Count - 1];
                if (span == last.Span && span.IsEmpty || span.Start == last.Span.Start && last.Span.IsEmpty)
                {
                    result[result.Count - 1] = new TextChange(span, last.NewText + text);
                    continue;
                }

                if (span.Start < last.Span.End)
                    return null;
            }

            result.Add(new TextChange(span, text));
        }

        return result.ToImmutable();
    }

    /// <summary>The white space at the beginning of the line.</summary>
    public string IndentationAt(int position)
    {
        var line = Source.Lines.GetLineFromPosition(position).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }

    public bool HasLineBreak(int start, int end) => start < end && Source.ToString(TextSpan.FromBounds(start, end)).IndexOf('\n') >= 0;

    public bool HasComment(int start, int end)
    {
        if (start >= end)
            return false;
        var text = Source.ToString(TextSpan.FromBounds(start, end));
        return text.Contains("//") || text.Contains("/*");
    }
}
