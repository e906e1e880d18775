using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Rules.Configuration;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.Engines.Configuration;

/// <summary>
/// Checks the <c>api_security.*</c> options: in configuration files that are additional files, line by line; what is set elsewhere is reported once,
/// at the first token of the program. Runs in every compilation, since options are shared by all projects.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OptionsAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        InvalidOption.Descriptor);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterAdditionalFileAction(InspectFile);
        context.RegisterCompilationStartAction(static start =>
        {
            if (Anchor(start.Compilation, start.CancellationToken) is { } anchor)
                start.RegisterSyntaxTreeAction(c => InspectOptions(c, anchor, start.Compilation));
        });
    }

    private static void InspectFile(AdditionalFileAnalysisContext context)
    {
        if (!ConfigFile.Is(context.AdditionalFile.Path) || context.AdditionalFile.GetText(context.CancellationToken) is not { } text)
            return;
        foreach (var entry in ConfigFile.Entries(text, OptionCheck.KeyPart))
        {
            if (OptionCheck.Of(entry.Key, entry.Value) is not { } problem)
                continue;
            var span = problem.Value is not null || problem.Message.StartsWith("its ", StringComparison.Ordinal) ? entry.ValueSpan : entry.KeySpan;
            Report(context.ReportDiagnostic, Location.Create(context.AdditionalFile.Path, span, text.Lines.GetLinePositionSpan(span)), entry.Key, entry.Value, problem);
        }
    }

    private static void InspectOptions(SyntaxTreeAnalysisContext context, SyntaxTree anchor, Compilation compilation)
    {
        if (context.Tree != anchor)
            return;
        var found = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var provider = context.Options.AnalyzerConfigOptionsProvider;
        Collect(provider.GlobalOptions, found);
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tree in compilation.SyntaxTrees)
        {
            // sections hold for folders and file types: one file of each folder tells
            context.CancellationToken.ThrowIfCancellationRequested();
            if (folders.Add(Path.GetDirectoryName(tree.FilePath) ?? ""))
                Collect(provider.GetOptions(tree), found);
        }

        if (found.Count == 0)
            return;
        var reported = InFiles(context);
        var location = anchor.GetRoot(context.CancellationToken).GetFirstToken(includeZeroWidth: true).GetLocation();
        foreach (var option in found)
        {
            if (!reported.Contains((option.Key.ToUpperInvariant(), option.Value)) && OptionCheck.Of(option.Key, option.Value) is { } problem)
                Report(context.ReportDiagnostic, location, option.Key, option.Value, problem);
        }
    }

    /// <summary>What is reported in a file, where it is set, is not reported again.</summary>
    private static HashSet<(string Key, string Value)> InFiles(SyntaxTreeAnalysisContext context)
    {
        var entries = new HashSet<(string, string)>();
        foreach (var file in context.Options.AdditionalFiles)
        {
            if (ConfigFile.Is(file.Path) && file.GetText(context.CancellationToken) is { } text)
                entries.UnionWith(ConfigFile.Entries(text, OptionCheck.KeyPart).Select(static e => (e.Key.ToUpperInvariant(), e.Value)));
        }

        return entries;
    }

    private static void Collect(AnalyzerConfigOptions options, SortedDictionary<string, string> found)
    {
        foreach (var key in KeysOf(options))
        {
            if (OptionCheck.IsOurs(key) && options.TryGetValue(key, out var value))
                found[key] = value.Trim();
        }
    }

    private static IEnumerable<string> KeysOf(AnalyzerConfigOptions options)
    {
        try
        {
            return options.Keys;
        }
        catch (NotImplementedException)
        {
            // a host with options of its own need not enumerate them; values of the known ones can still be checked
            return ApiSecurityOptions.All.Select(static o => o.Key);
        }
    }

    /// <summary>The file at which options are reported: <c>Program.cs</c>, or else the first by path that is written by hand.</summary>
    private static SyntaxTree? Anchor(Compilation compilation, CancellationToken cancellationToken)
    {
        SyntaxTree? best = null;
        foreach (var tree in compilation.SyntaxTrees)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if ((best is null || Compare(tree.FilePath, best.FilePath) < 0) && !IsGenerated(tree, cancellationToken))
                best = tree;
        }

        return best;
    }

    private static int Compare(string left, string right)
    {
        var program = IsProgram(right).CompareTo(IsProgram(left));
        return program != 0 ? program : string.CompareOrdinal(left, right);
    }

    private static bool IsProgram(string path) => string.Equals(Path.GetFileName(path), "Program.cs", StringComparison.OrdinalIgnoreCase);

    /// <summary>By the compiler's own signs; in generated code nothing is reported.</summary>
    private static bool IsGenerated(SyntaxTree tree, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(tree.FilePath);
        if (name.EndsWith(".g.cs", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".g.i.cs", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".designer.cs", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".generated.cs", StringComparison.OrdinalIgnoreCase) || name.StartsWith("TemporaryGeneratedFile_", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var text = tree.GetText(cancellationToken);
        var start = text.ToString(new TextSpan(0, Math.Min(text.Length, 1_000))).TrimStart();
        return start.StartsWith("//", StringComparison.Ordinal) && (start.IndexOf("<auto-generated", StringComparison.Ordinal) >= 0 || start.IndexOf("<autogenerated", StringComparison.Ordinal) >= 0);
    }

    private static void Report(Action<Diagnostic> report, Location location, string key, string value, OptionProblem problem) => report(Diagnostic.Create(
        InvalidOption.Descriptor,
        location,
        ImmutableDictionary<string, string?>.Empty.Add(InvalidOption.KeyKey, key).Add(InvalidOption.ValueKey, value),
        key,
        problem.Message));
}
