#:property PublishAot=false
#:property TreatWarningsAsErrors=false

// Shows the analyzers at work: builds a copy of tests/samples/InsecureApi and prints the findings, lets 'dotnet format' apply the fixes,
// prints what they changed, and builds again. Needs nothing but the .NET SDK; run from the folder of the repository: dotnet run eng/demo.cs
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

var root = Directory.GetCurrentDirectory();
while (!File.Exists(Path.Combine(root, "ApiSecurityAnalyzers.sln")))
    root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("Run this from the folder of the repository.");
var sample = Path.Combine(root, "tests", "samples", "InsecureApi");
var demo = Path.Combine(root, "artifacts", "demo", "Demo");

if (Directory.Exists(demo))
    Directory.Delete(demo, recursive: true);
foreach (var file in Directory.EnumerateFiles(sample, "*", SearchOption.AllDirectories).Where(f => !Regex.IsMatch(f, @"[\\/](bin|obj)[\\/]")))
{
    var copy = Path.Combine(demo, Path.GetRelativePath(sample, file));
    Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
    File.Copy(file, copy);
}

// the copy is built as the samples are: with the analyzers of this repository
foreach (var name in new[] { "Directory.Build.props", "Directory.Build.targets" })
    File.WriteAllText(Path.Combine(demo, "..", name), $"<Project><Import Project=\"{Path.Combine(root, "tests", "samples", name)}\" /></Project>\n");

var solution = Directory.EnumerateFiles(demo, "*.sln").Single();
Title("dotnet build tests/samples/InsecureApi");
var before = Build();
Title("dotnet format analyzers --severity warn");
// each pass applies the first fix of each rule; the next sees what the one before has made
for (var pass = 0; pass < 3; pass++)
    Run(["format", "analyzers", solution, "--no-restore", "--severity", "warn", "--diagnostics", .. before.Select(static f => f.Id).Distinct()]);
foreach (var file in Directory.EnumerateFiles(sample, "*", SearchOption.AllDirectories).Where(static f => f.EndsWith(".cs", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
    Diff(Path.GetRelativePath(sample, file), File.ReadAllLines(file), File.ReadAllLines(Path.Combine(demo, Path.GetRelativePath(sample, file))));
Title("dotnet build, after the fixes");
var after = Build();
Console.WriteLine();
Console.WriteLine($"{before.Count} findings before the fixes, {after.Count} after. The mended copy: {Path.GetRelativePath(root, demo)}");
return after.Count == 0 ? 0 : 1;

List<(string Id, string Text)> Build()
{
    var output = Run("build", solution, "--no-incremental", "-v", "q", "-nologo");
    var findings = Regex.Matches(output, @"^\s*(?<file>[^\r\n(]+)\((?<line>\d+),\d+\): (?<severity>warning|error) (?<id>ASA\d{4}): (?<message>.*?)(?: \(https?://[^)]*\))?(?: \[[^\]]+\])?\s*$", RegexOptions.Multiline)
        .Select(m => (Id: m.Groups["id"].Value, Text: $"{Path.GetRelativePath(demo, m.Groups["file"].Value)}({m.Groups["line"].Value}): {m.Groups["severity"].Value} {m.Groups["id"].Value}: {m.Groups["message"].Value}"))
        .Distinct().OrderBy(static f => f.Text, StringComparer.Ordinal).ToList();
    foreach (var (_, text) in findings)
        Console.WriteLine(text);
    if (findings.Count == 0)
        Console.WriteLine("No findings.");
    return findings;
}

string Run(params string[] arguments)
{
    var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = root, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 };
    start.Environment["MSBUILDTERMINALLOGGER"] = "off";
    start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
    using var process = Process.Start(start)!;
    var error = process.StandardError.ReadToEndAsync();
    var output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return process.ExitCode == 0 ? output : throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} failed:\n{output}{error.Result}");
}

static void Title(string text) => Console.WriteLine($"\n\u001b[1m$ {text}\u001b[0m");

// lines that differ, by the longest common subsequence, with one line of context
static void Diff(string name, string[] before, string[] after)
{
    if (before.SequenceEqual(after))
        return;
    var common = new int[before.Length + 1, after.Length + 1];
    for (var i = before.Length - 1; i >= 0; i--)
    {
        for (var j = after.Length - 1; j >= 0; j--)
            common[i, j] = before[i] == after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
    }

    Console.WriteLine($"\n{name}");
    for (int i = 0, j = 0; i < before.Length || j < after.Length;)
    {
        if (i < before.Length && j < after.Length && before[i] == after[j])
            (i, j) = (i + 1, j + 1);
        else if (j == after.Length || (i < before.Length && common[i + 1, j] >= common[i, j + 1]))
            Console.WriteLine($"  \u001b[31m- {before[i++]}\u001b[0m");
        else
            Console.WriteLine($"  \u001b[32m+ {after[j++]}\u001b[0m");
    }
}
