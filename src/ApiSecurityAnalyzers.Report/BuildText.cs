using System.Globalization;
using System.Text;

namespace ApiSecurityAnalyzers.Report;

/// <summary>Carries a text through the error log and the properties of MSBuild into a file without a change.</summary>
internal static class BuildText
{
    /// <summary>
    /// Escapes a text twice, as MSBuild escapes: once for the target that unescapes it, once for MSBuild, which unescapes what it hands to a task. Nothing remains
    /// that the log would escape, that MSBuild would expand or split, or that it would take for a path and turn its backslashes.
    /// </summary>
    /// <param name="text">A text without surrogates.</param>
    public static string Escape(string text)
    {
        var result = new StringBuilder(text.Length + text.Length / 4);
        foreach (var c in text)
        {
            if (c is '%' or '\\' or '"' or '\'' or ';' or '$' or '@' or '(' or ')' or '*' or '?' or < ' ')
                result.Append("%25").Append(((int)c).ToString("X2", CultureInfo.InvariantCulture));
            else
                result.Append(c);
        }

        return result.ToString();
    }
}
