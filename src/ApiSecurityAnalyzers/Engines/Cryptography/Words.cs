using System.Collections.Immutable;

namespace ApiSecurityAnalyzers.Engines.Cryptography;

/// <summary>Reads what a name says: <c>GetContentMD5</c> is "get content md5", and "etag" is found in <c>ETag</c>, <c>e-tag</c> and <c>etag</c>.</summary>
internal static class Words
{
    /// <summary>How many words in a row may make up one term ("content md 5").</summary>
    private const int MaxTerm = 4;

    /// <summary>Whether consecutive words of the name, written together, are one of the terms.</summary>
    public static bool Say(string name, ImmutableHashSet<string> terms)
    {
        if (name.Length == 0)
            return false;
        var words = Split(name);
        for (var first = 0; first < words.Count; first++)
        {
            var term = "";
            for (var i = first; i < words.Count && i < first + MaxTerm; i++)
            {
                term += words[i];
                if (terms.Contains(term))
                    return true;
            }
        }

        return false;
    }

    /// <summary>The words of a name, lower case.</summary>
    public static List<string> Split(string name)
    {
        var words = new List<string>();
        var start = -1;
        for (var i = 0; i <= name.Length; i++)
        {
            if (start >= 0 && (i == name.Length || !char.IsLetterOrDigit(name[i]) || StartsWord(name, i, start)))
            {
                words.Add(string.Concat(name.Substring(start, i - start).Select(char.ToLowerInvariant)));
                start = -1;
            }

            if (start < 0 && i < name.Length && char.IsLetterOrDigit(name[i]))
                start = i;
        }

        return words;
    }

    private static bool StartsWord(string name, int i, int start) =>
        char.IsUpper(name[i]) && (char.IsLower(name[i - 1]) || char.IsDigit(name[i - 1]) || (i - 1 > start && i + 1 < name.Length && char.IsLower(name[i + 1])));
}
