using System.Globalization;
using System.Text;

namespace ApiSecurityAnalyzers.Report;

/// <summary>Writes text that the page does not trust: routes, names, file names.</summary>
internal static class HtmlText
{
    /// <summary>Appends text as content or as the value of a quoted attribute. What cannot be seen is written as its number.</summary>
    /// <param name="html">Where to write.</param>
    /// <param name="value">The text.</param>
    public static StringBuilder AppendText(this StringBuilder html, string value) => Append(html, value, "");

    /// <summary>Appends a name as content that may be broken after its parts.</summary>
    /// <param name="html">Where to write.</param>
    /// <param name="value">The name.</param>
    public static StringBuilder AppendName(this StringBuilder html, string value) => Append(html, value, "._,");

    /// <summary>Appends a route or the path of a file as content that may be broken after its parts.</summary>
    /// <param name="html">Where to write.</param>
    /// <param name="value">The path.</param>
    public static StringBuilder AppendPath(this StringBuilder html, string value) => Append(html, value, "/");

    private static StringBuilder Append(StringBuilder html, string value, string separators)
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

            if (i > 0 && i + 1 < value.Length && separators.IndexOf(c) >= 0)
                html.Append("<wbr>");
        }

        return html;
    }
}
