using ApiSecurityAnalyzers.Compilations;

namespace ApiSecurityAnalyzers.Engines.Configuration;

/// <summary>What is wrong with an option.</summary>
/// <param name="Message">The end of the sentence that begins "Option '…' is not valid:".</param>
/// <param name="Key">The key that was meant, where the key is wrong and one comes near.</param>
/// <param name="Value">The value that was meant, where the value is wrong and that can be told.</param>
internal sealed record OptionProblem(string Message, string? Key = null, string? Value = null);

/// <summary>Checks keys and values against <see cref="ApiSecurityOptions.All"/>.</summary>
internal static class OptionCheck
{
    /// <summary>What every key that is meant for this package contains, also most misspelt ones.</summary>
    public const string KeyPart = "api";

    /// <summary>The section of the keys, without the dot.</summary>
    private const string Section = "api_security";

    /// <summary>How many letters of a key may be wrong for it to be taken for another one: a third, and never more than this.</summary>
    private const int MaxKeyDistance = 4;

    /// <summary>Whether the key is meant for this package: its section, or one that differs in two letters.</summary>
    public static bool IsOurs(string key)
    {
        if (key.StartsWith(ApiSecurityOptions.Prefix, StringComparison.OrdinalIgnoreCase))
            return true;
        var dot = key.IndexOf('.');
        return dot > 0 && Math.Abs(dot - Section.Length) <= 2 && key.StartsWith(KeyPart, StringComparison.OrdinalIgnoreCase) && Distance(key.Substring(0, dot), Section) <= 2;
    }

    /// <summary>The problem of an option, or <see langword="null"/> where it is valid or not ours.</summary>
    public static OptionProblem? Of(string key, string value)
    {
        if (!IsOurs(key))
            return null;
        foreach (var option in ApiSecurityOptions.All)
        {
            if (string.Equals(option.Key, key, StringComparison.OrdinalIgnoreCase))
                return OfValue(option, value.Trim());
        }

        var name = key.Substring(key.IndexOf('.') + 1);
        var nearest = Nearest(name, ApiSecurityOptions.All.Select(static o => o.Key.Substring(ApiSecurityOptions.Prefix.Length)), Math.Max(1, Math.Min(MaxKeyDistance, name.Length / 3)));
        return nearest is null
            ? new OptionProblem("no option has this name; known are " + Listed(ApiSecurityOptions.All.Select(static o => o.Key)))
            : new OptionProblem($"no option has this name; did you mean '{ApiSecurityOptions.Prefix}{nearest}'?", Key: ApiSecurityOptions.Prefix + nearest);
    }

    private static OptionProblem? OfValue(OptionDefinition option, string value)
    {
        // an empty value, like 'unset', takes back what a file further up says
        if (ApiSecurityOptions.IsUnset(value))
            return null;
        switch (option.Kind)
        {
            case OptionKind.Boolean:
                return bool.TryParse(value, out _) ? null : new OptionProblem($"its value '{value}' is neither 'true' nor 'false'", Value: Truth(value) ?? Nearest(value, ["true", "false"], 2));
            case OptionKind.Choice:
                return option.Values.Any(v => string.Equals(v, value, StringComparison.OrdinalIgnoreCase))
                    ? null
                    : new OptionProblem($"its value '{value}' is not one of {Listed(option.Values)}", Value: Nearest(value, option.Values, 3));
            default:
                var items = value.Split(',').Select(static i => i.Trim()).Where(static i => i.Length > 0).ToList();
                var wrong = items.Find(i => option.Values.IsEmpty ? !IsName(i) : !option.Values.Contains(i, StringComparer.OrdinalIgnoreCase));
                if (wrong is null)
                    return null;
                var right = string.Join(", ", items.Where(i => option.Values.IsEmpty ? IsName(i) : option.Values.Contains(i, StringComparer.OrdinalIgnoreCase)));
                return new OptionProblem(option.Values.IsEmpty ? $"'{wrong}' is not the name of a type or member" : $"'{wrong}' is not one of {Listed(option.Values)}", Value: right.Length == 0 ? null : right);
        }
    }

    private static readonly HashSet<string> Yes = new(StringComparer.OrdinalIgnoreCase) { "yes", "on", "1", "y", "enable", "enabled" };

    private static readonly HashSet<string> No = new(StringComparer.OrdinalIgnoreCase) { "no", "off", "0", "n", "disable", "disabled", "none" };

    private static string? Truth(string value) => Yes.Contains(value) ? "true" : No.Contains(value) ? "false" : null;

    /// <summary>Whether the text is a name as code writes it: identifiers joined by dots, nested types by a plus, arity behind a grave accent.</summary>
    private static bool IsName(string text)
    {
        var expectsStart = true;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (expectsStart ? !(char.IsLetter(c) || c is '_' or '@') : !(char.IsLetterOrDigit(c) || c is '_' or '.' or '+' or '`'))
                return false;
            expectsStart = c is '.' or '+';
        }

        return !expectsStart;
    }

    private static string Listed(IEnumerable<string> values) => string.Join(", ", values.Select(static v => "'" + v + "'"));

    private static string? Nearest(string text, IEnumerable<string> candidates, int maximum)
    {
        string? best = null;
        foreach (var candidate in candidates)
        {
            var distance = Distance(text, candidate);
            if (distance <= maximum)
                (best, maximum) = (candidate, distance - 1);
        }

        return best;
    }

    /// <summary>The number of letters to insert, remove or replace (Levenshtein), two exchanged neighbours counting as one, in any case.</summary>
    private static int Distance(string left, string right)
    {
        var (beforeLast, last, current) = (new int[right.Length + 1], new int[right.Length + 1], new int[right.Length + 1]);
        for (var j = 0; j <= right.Length; j++)
            last[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var best = Math.Min(Math.Min(last[j] + 1, current[j - 1] + 1), last[j - 1] + (Same(left[i - 1], right[j - 1]) ? 0 : 1));
                if (i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]))
                    best = Math.Min(best, beforeLast[j - 2] + 1);
                current[j] = best;
            }

            (beforeLast, last, current) = (last, current, beforeLast);
        }

        return last[right.Length];
    }

    private static bool Same(char left, char right) => char.ToUpperInvariant(left) == char.ToUpperInvariant(right);
}
