namespace ApiSecurityAnalyzers.Engines.Text;

/// <summary>
/// Which texts and patterns let through nothing but names: letters, digits and a few signs, with which a statement can neither be
/// ended nor begun. A pattern that is not understood lets everything through.
/// </summary>
internal static class NamePatterns
{
    /// <summary>Signs of names and numbers; no quote, white space, parenthesis, semicolon, or sign of a comment.</summary>
    private const string Signs = "_.-,:@$/+";

    public static bool IsSafe(char c) => char.IsLetterOrDigit(c) || Signs.IndexOf(c) >= 0;

    /// <summary>Whether a regular expression is anchored at both ends and matches names only: <c>^[A-Za-z0-9_]+$</c>.</summary>
    public static bool MatchesNamesOnly(string pattern)
    {
        var start = pattern.StartsWith("(?i)", StringComparison.Ordinal) ? 4 : 0;
        var hasStart = At(pattern, start, "^") ? 1 : At(pattern, start, @"\A") ? 2 : 0;
        var hasEnd = pattern.EndsWith("$", StringComparison.Ordinal) && !pattern.EndsWith(@"\$", StringComparison.Ordinal) ? 1
            : pattern.EndsWith(@"\z", StringComparison.Ordinal) || pattern.EndsWith(@"\Z", StringComparison.Ordinal) ? 2 : 0;
        if (hasStart == 0 || hasEnd == 0 || start + hasStart + hasEnd > pattern.Length)
            return false;
        var end = pattern.Length - hasEnd;
        var depth = 0;
        for (var i = start + hasStart; i < end;)
        {
            switch (pattern[i])
            {
                case '[':
                    if ((i = Class(pattern, i + 1, end)) < 0)
                        return false;
                    continue;
                case '\\':
                    if ((i = Escape(pattern, i + 1, end)) < 0)
                        return false;
                    continue;
                case '(':
                    depth++;
                    i += At(pattern, i, "(?:") ? 3 : At(pattern, i, "(?") ? pattern.Length : 1;
                    continue;
                case ')':
                    if (--depth < 0)
                        return false;
                    break;
                case '|' when depth > 0:
                    break;
                case '{':
                    var close = pattern.IndexOf('}', i);
                    if (close < 0 || !pattern.Substring(i + 1, close - i - 1).All(static c => char.IsDigit(c) || c == ','))
                        return false;
                    i = close;
                    break;
                case '*' or '+' or '?':
                    break;
                case '.':
                    return false;
                default:
                    if (!IsSafe(pattern[i]))
                        return false;
                    break;
            }

            i++;
        }

        return depth == 0;
    }

    /// <summary>Whether what a regular expression does not find consists of names only: <c>[^A-Za-z0-9_]</c>.</summary>
    public static bool FindsAllButNames(string pattern)
    {
        if (pattern.TrimEnd('+', '*') is @"\W" or @"\D")
            return !pattern.EndsWith("*", StringComparison.Ordinal);
        return At(pattern, 0, "[^") && Class(pattern, 2, pattern.Length) is var end && end > 0 && (end == pattern.Length || end == pattern.Length - 1 && pattern[end] == '+');
    }

    private static bool At(string text, int index, string part) => string.CompareOrdinal(text, index, part, 0, part.Length) == 0;

    /// <summary>The index behind a class of safe characters, or -1.</summary>
    private static int Class(string pattern, int start, int end)
    {
        for (var i = start; i < end;)
        {
            var c = pattern[i];
            if (c == ']' && i > start)
                return i + 1;
            if (c == '\\')
            {
                if ((i = Escape(pattern, i + 1, end)) < 0)
                    return -1;
                continue;
            }

            // a range is one of letters or of digits; [A-z] holds more than letters
            if (i + 2 < end && pattern[i + 1] == '-' && pattern[i + 2] != ']')
            {
                if (!IsRange(c, pattern[i + 2]))
                    return -1;
                i += 3;
                continue;
            }

            if (!IsSafe(c))
                return -1;
            i++;
        }

        return -1;
    }

    public static bool IsRange(char first, char last) =>
        first is >= 'a' and <= 'z' && last is >= 'a' and <= 'z' || first is >= 'A' and <= 'Z' && last is >= 'A' and <= 'Z' || first is >= '0' and <= '9' && last is >= '0' and <= '9'
        || first > 127 && char.IsLetter(first) && char.IsLetter(last);

    /// <summary>The index behind an escape that stands for safe characters, or -1.</summary>
    private static int Escape(string pattern, int index, int end)
    {
        if (index >= end)
            return -1;
        switch (pattern[index])
        {
            case 'w' or 'd':
                return index + 1;
            case 'p' when index + 2 < end && pattern[index + 1] == '{' && pattern[index + 2] is 'L' or 'N':
                var close = pattern.IndexOf('}', index);
                return close < 0 ? -1 : close + 1;
            default:
                return !char.IsLetterOrDigit(pattern[index]) && IsSafe(pattern[index]) ? index + 1 : -1;
        }
    }
}
