using System.Text.RegularExpressions;

namespace ApiSecurityAnalyzers.Package.Tests.Kit;

/// <summary>What a command printed, and how it ended.</summary>
internal sealed partial record CommandResult(string Command, int ExitCode, string Output)
{
    /// <summary>The findings that the build printed, each once.</summary>
    public IReadOnlyList<Finding> Findings { get; } = [.. Line().Matches(Output).Select(static m => new Finding(m.Groups["id"].Value, m.Groups["severity"].Value, Path.GetFileName(m.Groups["file"].Value), int.Parse(m.Groups["line"].Value, System.Globalization.CultureInfo.InvariantCulture), m.Groups["message"].Value)).Distinct()];

    /// <summary>The ids of the findings, in order, each once.</summary>
    public IEnumerable<string> Ids => Findings.Select(static f => f.Id).Distinct().Order(StringComparer.Ordinal);

    public CommandResult Succeeds()
    {
        Assert.True(ExitCode == 0, $"{Command} ended with {ExitCode}:\n{Output}");
        Assert.DoesNotContain("AD0001", Output, StringComparison.Ordinal);
        Assert.DoesNotContain("CS8032", Output, StringComparison.Ordinal);
        return this;
    }

    public CommandResult Fails()
    {
        Assert.True(ExitCode != 0, $"{Command} did not fail:\n{Output}");
        return this;
    }

    [GeneratedRegex(@"^\s*(?<file>[^\r\n(]+)\((?<line>\d+),\d+\): (?<severity>warning|error) (?<id>ASA\d{4}): (?<message>[^\r\n]*?)(?: \(https?://[^\r\n]*\))?(?: \[[^\r\n\]]+\])?\s*$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Line();
}

/// <summary>A line of build output.</summary>
internal sealed record Finding(string Id, string Severity, string File, int Line, string Message);
