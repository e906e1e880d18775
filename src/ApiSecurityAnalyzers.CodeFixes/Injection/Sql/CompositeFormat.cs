using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>Reads the format of <c>string.Format</c>.</summary>
internal static class CompositeFormat
{
    /// <summary>Splits the format into text and values; null where it is not well-formed.</summary>
    public static IReadOnlyList<SqlPiece>? Read(StringNode node, SourceText source, ImmutableArray<ExpressionSyntax> values, ImmutableArray<SqlGuard> guards)
    {
        var pieces = new List<SqlPiece>();
        var start = node.ContentStart;
        for (var position = start; position < node.ContentEnd; position++)
        {
            if (source[position] is not ('{' or '}'))
                continue;
            if (position + 1 < node.ContentEnd && source[position + 1] == source[position])
            {
                position++;
                continue;
            }

            var end = position + 1;
            while (end < node.ContentEnd && source[end] != '}')
                end++;
            var item = source.ToString(TextSpan.FromBounds(position + 1, end));
            var digits = item.TakeWhile(char.IsDigit).Count();
            if (source[position] == '}' || end == node.ContentEnd || !int.TryParse(item.Substring(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= values.Length)
                return null;
            if (!Add(start, position))
                return null;
            var hole = new HolePiece(values[index], TextSpan.FromBounds(position, end + 1), node, item.Substring(digits).Trim(), null, 0, guards);
            pieces.Add(hole);
            node.Items.Add(hole);
            node.ItemCount++;
            start = end + 1;
            position = end;
        }

        return Add(start, node.ContentEnd) ? pieces : null;

        bool Add(int from, int to)
        {
            if (from == to)
                return true;
            if (node.Read(from, to) is not { } piece)
                return false;
            pieces.Add(piece);
            return true;
        }
    }
}
