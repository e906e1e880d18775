using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.Tests.Kit;

/// <summary>Proves a test: all rules report what is marked and nothing else, and each fix does what a fix must.</summary>
internal sealed class Verifier
{
    private readonly CodeTest _test;
    private readonly ImmutableArray<DiagnosticAnalyzer> _analyzers;
    private readonly ImmutableArray<CodeFixProvider> _fixes;

    public Verifier(CodeTest test, ImmutableArray<DiagnosticAnalyzer> analyzers, ImmutableArray<CodeFixProvider> fixes)
    {
        _test = test;
        _analyzers = analyzers;
        _fixes = fixes;
    }

    public async Task RunAsync()
    {
        var (texts, expected) = Parse(_test.Inputs);
        var (additional, marked) = Parse(_test.AdditionalFiles);
        expected.AddRange(marked);
        var project = TestProject.Create(_test, texts, additional);
        var errors = await ErrorsAsync(project);
        if (!_test.IsBroken)
            Assert.True(errors.Count == 0, "The input does not compile:\n" + string.Join('\n', errors));
        var diagnostics = await DiagnosticsAsync(project);
        AssertDiagnostics(expected, diagnostics, "The diagnostics of the input differ");
        foreach (var (id, text) in _test.Messages)
            Assert.Equal(text, diagnostics.First(d => d.Id == id).GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        foreach (var diagnostic in diagnostics)
        {
            var severity = _test.Severities.GetValueOrDefault(diagnostic.Id, DiagnosticSeverity.Warning);
            Assert.True(severity == diagnostic.Severity, $"{diagnostic} is reported at {diagnostic.Severity}, not at {severity}");
        }

        if (_test.ExpectsNoFix)
        {
            foreach (var diagnostic in diagnostics)
            {
                var offered = await ActionsAsync(project, diagnostic);
                Assert.True(offered.Count == 0, $"{diagnostic}: no fix is expected, offered is {string.Join(", ", offered.Select(static o => o.Action.EquivalenceKey))}");
            }
        }

        foreach (var (key, files) in _test.Fixes)
            await new FixVerifier(this, project, key, [.. texts], files, errors).RunAsync();
    }

    internal bool IsBroken => _test.IsBroken;

    internal async Task<List<Diagnostic>> DiagnosticsAsync(Project project)
    {
        var compilation = (await project.GetCompilationAsync())!;
        var found = await compilation.WithAnalyzers(_analyzers, project.AnalyzerOptions).GetAnalyzerDiagnosticsAsync();
        var crash = found.FirstOrDefault(static d => d.Id == "AD0001");
        Assert.True(crash is null, crash?.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        return [.. found.Where(d => !d.IsSuppressed && (!Rules.OnlyWhenAsked.Contains(d.Id) || _test.Asked.Contains(d.Id))).OrderBy(static d => d.Location.GetLineSpan().Path, StringComparer.Ordinal).ThenBy(static d => d.Location.SourceSpan.Start).ThenBy(static d => d.Id, StringComparer.Ordinal)];
    }

    internal static async Task<List<string>> ErrorsAsync(Project project) =>
        [.. (await project.GetCompilationAsync())!.GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error).Select(static d => d.Id + " " + d.GetMessage(System.Globalization.CultureInfo.InvariantCulture) + " at " + d.Location.GetLineSpan())];

    /// <summary>The actions that are offered for a diagnostic, in order.</summary>
    internal async Task<List<(CodeAction Action, CodeFixProvider Provider)>> ActionsAsync(Project project, Diagnostic diagnostic)
    {
        var actions = new List<(CodeAction, CodeFixProvider)>();
        TextDocument? document = diagnostic.Location.IsInSource
            ? project.GetDocument(diagnostic.Location.SourceTree)
            : project.AdditionalDocuments.Concat<TextDocument>(project.AnalyzerConfigDocuments).FirstOrDefault(d => d.FilePath == diagnostic.Location.GetLineSpan().Path);
        if (document is null)
            return actions;
        foreach (var provider in _fixes.Where(f => f.FixableDiagnosticIds.Contains(diagnostic.Id)))
        {
            var context = document is Document source
                ? new CodeFixContext(source, diagnostic, (a, _) => Register(a, provider), CancellationToken.None)
                : new CodeFixContext(document, diagnostic.Location.SourceSpan, [diagnostic], (a, _) => Register(a, provider), CancellationToken.None);
            await provider.RegisterCodeFixesAsync(context);
        }

        return actions;

        void Register(CodeAction action, CodeFixProvider provider) => actions.Add((action, provider));
    }

    internal void AssertDiagnostics(IReadOnlyCollection<Expected> expected, IEnumerable<Diagnostic> diagnostics, string title)
    {
        var actual = diagnostics.Select(d => new Expected(d.Id, Path.GetFileName(d.Location.GetLineSpan().Path), d.Location.SourceSpan)).ToList();
        var missing = expected.Except(actual).ToList();
        var surplus = actual.Except(expected).ToList();
        if (missing.Count == 0 && surplus.Count == 0 && actual.Count == expected.Count)
            return;
        Assert.Fail(title + ":\n" + string.Join('\n', missing.Select(static m => "  missing    " + m).Concat(surplus.Select(static s => "  unexpected " + s)).Append(actual.Count != expected.Count ? $"  {expected.Count} expected, {actual.Count} reported" : ""))
            + "\n" + string.Join('\n', diagnostics.Select(static d => "  " + d)));
    }

    /// <summary>Takes the marks out of the files.</summary>
    internal static (List<(string Name, string Text)> Texts, List<Expected> Expected) Parse(IEnumerable<(string Name, string Text)> files)
    {
        var texts = new List<(string, string)>();
        var expected = new List<Expected>();
        foreach (var (name, marked) in files)
        {
            TestFileMarkupParser.GetSpans(marked.ReplaceLineEndings("\n"), out var text, out ImmutableDictionary<string, ImmutableArray<TextSpan>> spans);
            texts.Add((name, text));
            expected.AddRange(spans.SelectMany(s => s.Value.Select(span => new Expected(s.Key, Path.GetFileName(name), span))));
        }

        return (texts, expected);
    }

    /// <summary>A diagnostic that is marked in the code.</summary>
    internal sealed record Expected(string Id, string File, TextSpan Span)
    {
        public override string ToString() => $"{Id} in {File} at {Span}";
    }
}
