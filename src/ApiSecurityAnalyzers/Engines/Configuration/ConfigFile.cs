using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.Engines.Configuration;

/// <summary>A line <c>key = value</c> of an <c>.editorconfig</c> or global configuration file.</summary>
/// <param name="Key">The key as written.</param>
/// <param name="Value">The value without comment and surrounding white space.</param>
/// <param name="KeySpan">Where the key stands.</param>
/// <param name="ValueSpan">Where the value stands.</param>
/// <param name="LineSpan">The whole line, line break included.</param>
internal readonly record struct ConfigEntry(string Key, string Value, TextSpan KeySpan, TextSpan ValueSpan, TextSpan LineSpan);

/// <summary>Reads configuration files as the compiler does: a line a key, <c>#</c> and <c>;</c> begin comments.</summary>
internal static class ConfigFile
{
    /// <summary>Whether the file holds analyzer configuration, by its name.</summary>
    public static bool Is(string? path) =>
        path is not null && (path.EndsWith(".editorconfig", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".globalconfig", StringComparison.OrdinalIgnoreCase));

    /// <summary>The entries whose key contains <paramref name="part"/>.</summary>
    public static ImmutableArray<ConfigEntry> Entries(SourceText text, string part)
    {
        var entries = ImmutableArray.CreateBuilder<ConfigEntry>();
        foreach (var line in text.Lines)
        {
            var content = line.ToString();
            if (content.IndexOf(part, StringComparison.OrdinalIgnoreCase) < 0)
                continue;
            var start = content.Length - content.TrimStart().Length;
            var end = start;
            while (end < content.Length && (char.IsLetterOrDigit(content[end]) || content[end] is '.' or '-' or '_'))
                end++;
            var separator = end;
            while (separator < content.Length && char.IsWhiteSpace(content[separator]))
                separator++;
            if (end == start || separator >= content.Length || content[separator] is not ('=' or ':'))
                continue;
            var comment = content.IndexOfAny(CommentStarts, separator + 1);
            var valueEnd = comment < 0 ? content.Length : comment;
            var valueStart = separator + 1;
            while (valueStart < valueEnd && char.IsWhiteSpace(content[valueStart]))
                valueStart++;
            while (valueEnd > valueStart && char.IsWhiteSpace(content[valueEnd - 1]))
                valueEnd--;
            entries.Add(new ConfigEntry(
                content.Substring(start, end - start),
                content.Substring(valueStart, valueEnd - valueStart),
                TextSpan.FromBounds(line.Start + start, line.Start + end),
                TextSpan.FromBounds(line.Start + valueStart, line.Start + valueEnd),
                line.SpanIncludingLineBreak));
        }

        return entries.ToImmutable();
    }

    private static readonly char[] CommentStarts = ['#', ';'];
}
