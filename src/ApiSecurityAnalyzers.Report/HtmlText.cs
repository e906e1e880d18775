using System.Globalization;
using System.Text;

namespace ApiSecurityAnalyzers.Report;

/// <summary>Writes text that the page does not trust: routes, names, file names.</summary>
internal static class HtmlText
{
    /// <summary>Appends text as content or as the value of a quoted attribute. What cannot be seen is written as its number.</summary>
    /// <param name="html">Where to write.</param>
    /// <param name="value">The text.</param>
    public static StringBuilder AppendText(this StringBuilder html, string value) => Append(html, value, breaks: false);

    /// <summary>Appends text as content that may be broken after the separators of routes, paths and names.</summary>
    /// <param name="html">Where to write.</param>
    /// <param name="value">The text.</param>
    public static StringBuilder AppendBreakable(this StringBuilder html, string value) => Append(html, value, breaks: true);

    private static StringBuilder Append(StringBuilder html, string value, bool breaks)
    {
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            switch (c)
            {
                case '&':
                    html.Append("&amp;");
                    break;
                case '<':
                    html.Append("&lt;");
                    break;
                case '>':
                    html.Append("&gt;");
                    break;
                case '"':
                    html.Append("&quot;");
                    break;
                case '\'':
                    html.Append("&#39;");
                    break;
                default:
                    if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
                        html.Append("&#").Append(char.ConvertToUtf32(c, value[++i]).ToString(CultureInfo.InvariantCulture)).Append(';');
                    else if (char.IsSurrogate(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned)
                        html.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    else
                        html.Append(c);
                    break;
            }

            if (breaks && c is '/' or '.' or '_' or ',' && i + 1 < value.Length)
                html.Append("<wbr>");
        }

        return html;
    }
}
