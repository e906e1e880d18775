namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Tells from SQL texts whether they change data, and whose.</summary>
internal static class SqlChange
{
    private static readonly char[] Separators = [' ', '\t', '\r', '\n', '(', ';', ',', '='];

    private static readonly HashSet<string> Changing = new(StringComparer.OrdinalIgnoreCase) { "INSERT", "UPDATE", "DELETE", "DROP", "TRUNCATE", "ALTER", "MERGE", "REPLACE" };

    private static readonly HashSet<string> Harmless = new(StringComparer.OrdinalIgnoreCase)
    {
        "SELECT", "SET", "PRAGMA", "USE", "BEGIN", "COMMIT", "ROLLBACK", "REFRESH", "ANALYZE", "LOCK", "LISTEN", "NOTIFY", "SHOW", "EXPLAIN", "WITH", "DECLARE",
    };

    private static readonly HashSet<string> Fillers = new(StringComparer.OrdinalIgnoreCase) { "INTO", "FROM", "TABLE", "OR", "IGNORE", "IF", "EXISTS", "ONLY", "LOW_PRIORITY" };

    /// <summary>What the SQL among the texts does; <see langword="null"/> where none of them is SQL.</summary>
    public static ChangeKind? Of(IEnumerable<string> texts)
    {
        ChangeKind? result = null;
        foreach (var text in texts)
        {
            var words = text.Split(Separators, 12, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2)
                continue;
            if (Changing.Contains(words[0]))
            {
                if (!IsBookkeeping(words))
                    return ChangeKind.Write;
                result = ChangeKind.Bookkeeping;
            }
            else if (Harmless.Contains(words[0]))
            {
                result ??= ChangeKind.None;
            }
        }

        return result;
    }

    /// <summary>Whether the table, or the first column that is set, is kept about reading.</summary>
    private static bool IsBookkeeping(string[] words)
    {
        var table = Array.FindIndex(words, 1, static w => !Fillers.Contains(w));
        if (table < 0)
            return false;
        var set = Array.FindIndex(words, static w => w.Equals("SET", StringComparison.OrdinalIgnoreCase));
        return ChangeNames.IsBookkeeping(words[table]) || set > 0 && set + 1 < words.Length && ChangeNames.IsBookkeeping(words[set + 1]);
    }
}
