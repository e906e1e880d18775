using System.Text;

namespace ApiSecurityAnalyzers.Report;

/// <summary>Writes JSON values.</summary>
internal static class JsonText
{
    /// <summary>Appends a string, or <c>null</c>. What ends a script or a comment where the file is embedded elsewhere is escaped too.</summary>
    /// <param name="text">Where to write.</param>
    /// <param name="value">The text.</param>
    public static StringBuilder AppendJson(this StringBuilder text, string? value)
    {
        if (value is null)
            return text.Append("null");
        text.Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"' or '\\':
                    text.Append('\\').Append(c);
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                default:
                    if (IsEscaped(c))
                        text.Append("\\u").Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
                    else
                        text.Append(c);
                    break;
            }
        }

        return text.Append('"');
    }

    /// <summary>Appends an array of strings on one line.</summary>
    /// <param name="text">Where to write.</param>
    /// <param name="values">The elements.</param>
    public static StringBuilder AppendJson(this StringBuilder text, IEnumerable<string> values)
    {
        text.Append('[');
        var isFirst = true;
        foreach (var value in values)
        {
            if (!isFirst)
                text.Append(", ");
            isFirst = false;
            text.AppendJson(value);
        }

        return text.Append(']');
    }

    /// <summary>Controls, surrogates (which the error log cannot carry), line ends of JavaScript, marks that turn the direction of text, and what means something in HTML.</summary>
    private static bool IsEscaped(char c) => c is < ' ' or '\x7f' or '<' or '>' or '&' or '\ufeff' or '\ufffe' or '\uffff'
        or (>= '\x80' and <= '\x9f') or (>= '\u200b' and <= '\u200f') or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069') || char.IsSurrogate(c);
}
