using ApiSecurityAnalyzers.Compilations;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>What <c>appsettings.json</c>, given as an additional file, says about the application in production.</summary>
internal static class AppSettings
{
    /// <summary>The category whose Information entries log the start and end of every request (Microsoft.AspNetCore.Hosting).</summary>
    private const string Diagnostics = "Microsoft.AspNetCore.Hosting.Diagnostics";

    /// <summary>
    /// Whether hosting diagnostics log requests: the level of the most specific category is Information or below. Without a visible
    /// file the level of the project templates (Warning for <c>Microsoft.AspNetCore</c>) is taken.
    /// </summary>
    public static Answer LogsRequests(CompilationFacts facts, CancellationToken cancellationToken)
    {
        string? level = null;
        var found = false;
        foreach (var settings in Production(facts, cancellationToken))
        {
            found = true;
            level = LevelOf(settings, Diagnostics) ?? level;
        }

        if (!found)
            return Answer.No;
        return level is null || IsInformation(level) ? Answer.Yes : Answer.No;
    }

    /// <summary>Whether every address that the settings name is HTTPS.</summary>
    public static Answer ServesHttpsOnly(CompilationFacts facts, CancellationToken cancellationToken)
    {
        var addresses = new List<string>();
        foreach (var settings in Production(facts, cancellationToken))
        {
            foreach (var setting in settings.All)
            {
                if (string.Equals(setting.Path, "Urls", StringComparison.OrdinalIgnoreCase))
                    addresses.AddRange(setting.Value.Split(';'));
                else if (setting.Path.StartsWith("Kestrel:Endpoints:", StringComparison.OrdinalIgnoreCase) && setting.Path.EndsWith(":Url", StringComparison.OrdinalIgnoreCase))
                    addresses.Add(setting.Value);
            }
        }

        return addresses.Count > 0 && addresses.TrueForAll(static a => a.Trim().StartsWith("https://", StringComparison.OrdinalIgnoreCase)) ? Answer.Yes : Answer.No;
    }

    /// <summary>The settings files that production reads, the more specific one last.</summary>
    public static IEnumerable<JsonSettings> Production(CompilationFacts facts, CancellationToken cancellationToken)
    {
        foreach (var wanted in new[] { "appsettings.json", "appsettings.Production.json" })
        {
            foreach (var file in facts.AnalyzerOptions.AdditionalFiles)
            {
                if (string.Equals(Path.GetFileName(file.Path), wanted, StringComparison.OrdinalIgnoreCase) && file.GetText(cancellationToken) is { } text)
                    yield return JsonSettings.For(text);
            }
        }
    }

    private static string? LevelOf(JsonSettings settings, string category)
    {
        for (var name = category; ;)
        {
            if (settings["Logging:LogLevel:" + name] is { } level)
                return level;
            var dot = name.LastIndexOf('.');
            if (dot < 0)
                return settings["Logging:LogLevel:Default"];
            name = name.Substring(0, dot);
        }
    }

    private static bool IsInformation(string level) =>
        string.Equals(level, "Information", StringComparison.OrdinalIgnoreCase) || string.Equals(level, "Debug", StringComparison.OrdinalIgnoreCase) || string.Equals(level, "Trace", StringComparison.OrdinalIgnoreCase)
        || level is "0" or "1" or "2";
}
