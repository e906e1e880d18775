using ApiSecurityAnalyzers.Compilations;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>What <c>appsettings.json</c>, given as an additional file, says about the application in production.</summary>
internal static class AppSettings
{
    /// <summary>The category whose Information entries log the start and end of every request (Microsoft.AspNetCore.Hosting).</summary>
    private const string Diagnostics = "Microsoft.AspNetCore.Hosting.Diagnostics";

    /// <summary>
    /// Whether hosting diagnostics log requests: some provider's level of the most specific category is Information or below. Without a
    /// visible file the level of the project templates (Warning for <c>Microsoft.AspNetCore</c>) is taken.
    /// </summary>
    public static Answer LogsRequests(CompilationFacts facts, CancellationToken cancellationToken)
    {
        var levels = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var found = false;
        foreach (var settings in Production(facts, cancellationToken))
        {
            found = true;
            foreach (var setting in settings.Section("Logging"))
                levels[setting.Path.Substring("Logging:".Length)] = setting.Value;
        }

        if (!found)
            return Answer.No;

        // where levels are given to providers only, these are the providers that somebody reads
        var providers = levels.Keys.Select(static k => k.Split(':')).Where(static p => p.Length == 3 && string.Equals(p[1], "LogLevel", StringComparison.OrdinalIgnoreCase)).Select(static p => p[0] + ":LogLevel:").Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (providers.Count == 0 || levels.Keys.Any(static k => k.StartsWith("LogLevel:", StringComparison.OrdinalIgnoreCase)))
            providers.Add("LogLevel:");
        return providers.Exists(p => IsInformation(Level(levels, p) ?? Level(levels, "LogLevel:") ?? "Information")) ? Answer.Yes : Answer.No;
    }

    /// <summary>Whether Serilog's settings raise the level of the framework's own entries above Information.</summary>
    public static bool SerilogIsQuiet(CompilationFacts facts, CancellationToken cancellationToken)
    {
        var levels = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        string? minimum = null;
        foreach (var settings in Production(facts, cancellationToken))
        {
            minimum = settings["Serilog:MinimumLevel"] ?? settings["Serilog:MinimumLevel:Default"] ?? minimum;
            foreach (var setting in settings.Section("Serilog:MinimumLevel:Override"))
                levels[setting.Path.Substring("Serilog:MinimumLevel:Override:".Length)] = setting.Value;
        }

        return (Level(levels, "") ?? minimum) is { } level && (Is(level, "Warning") || Is(level, "Error") || Is(level, "Fatal"));
    }

    /// <summary>The addresses that the settings name: whether each is HTTPS.</summary>
    public static IEnumerable<Answer> Addresses(CompilationFacts facts, CancellationToken cancellationToken)
    {
        // the more specific file replaces a value of the other one
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var settings in Production(facts, cancellationToken))
        {
            foreach (var setting in settings.All)
            {
                if (Is(setting.Path, "Urls") || setting.Path.StartsWith("Kestrel:Endpoints:", StringComparison.OrdinalIgnoreCase) && setting.Path.EndsWith(":Url", StringComparison.OrdinalIgnoreCase))
                    values[setting.Path] = setting.Value;
            }
        }

        // endpoints replace the addresses
        var endpoints = values.Where(static v => !Is(v.Key, "Urls")).ToList();
        return (endpoints.Count > 0 ? endpoints : values.ToList()).SelectMany(static v => v.Value.Split(';')).Where(static a => a.Trim().Length > 0).Select(static a => IsHttps(a) ? Answer.Yes : Answer.No);
    }

    public static bool IsHttps(string address) => address.TrimStart().StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <summary>The settings files that production reads, the more specific one last.</summary>
    public static IEnumerable<JsonSettings> Production(CompilationFacts facts, CancellationToken cancellationToken)
    {
        foreach (var wanted in new[] { "appsettings.json", "appsettings.Production.json" })
        {
            foreach (var file in facts.AnalyzerOptions.AdditionalFiles)
            {
                if (Is(Path.GetFileName(file.Path), wanted) && file.GetText(cancellationToken) is { } text)
                    yield return JsonSettings.For(text);
            }
        }
    }

    /// <summary>The level that a section gives the category: the longest prefix counts, then <c>Default</c>.</summary>
    private static string? Level(Dictionary<string, string> levels, string section)
    {
        string? best = null;
        var length = -1;
        foreach (var pair in levels)
        {
            if (!pair.Key.StartsWith(section, StringComparison.OrdinalIgnoreCase))
                continue;
            var category = pair.Key.Substring(section.Length);
            var prefix = Is(category, "Default") ? "" : category.TrimEnd('*', '.');
            if (prefix.Length > length && category.IndexOf(':') < 0 && Diagnostics.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                (best, length) = (pair.Value, prefix.Length);
        }

        return best;
    }

    private static bool IsInformation(string level) => Is(level, "Information") || Is(level, "Debug") || Is(level, "Trace") || level is "0" or "1" or "2";

    private static bool Is(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
