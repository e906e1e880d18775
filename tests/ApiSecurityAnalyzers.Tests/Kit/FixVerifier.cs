using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ApiSecurityAnalyzers.Tests.Kit;

/// <summary>
/// Proves one action: it gives the expected text, compiles, removes its diagnostics, comes to an end, and Fix All in document,
/// project and solution gives the same.
/// </summary>
internal sealed class FixVerifier
{
    /// <summary>How often an action is applied one by one; more means that it does not come to an end.</summary>
    private const int MaxSteps = 25;

    private readonly Verifier _verifier;
    private readonly Project _project;
    private readonly string _key;
    private readonly ImmutableArray<(string Name, string Text)> _before;
    private readonly ImmutableArray<(string Name, string Text)> _files;
    private readonly IReadOnlyList<string> _errors;

    public FixVerifier(Verifier verifier, Project project, string key, ImmutableArray<(string Name, string Text)> before, ImmutableArray<(string Name, string Text)> files, IReadOnlyList<string> errors)
    {
        _verifier = verifier;
        _project = project;
        _key = key;
        _before = before;
        _files = files;
        _errors = errors;
    }

    public async Task RunAsync()
    {
        var (texts, expected) = Verifier.Parse(_files);
        var diagnostics = await _verifier.DiagnosticsAsync(_project);
        var first = await FirstAsync(_project, diagnostics);
        if (first is not { } start)
        {
            var offered = new List<string>();
            foreach (var diagnostic in diagnostics)
                offered.AddRange((await _verifier.ActionsAsync(_project, diagnostic)).Select(a => diagnostic.Id + ": " + a.Action.EquivalenceKey));
            Assert.Fail($"No action '{_key}' is offered; offered are: {string.Join(", ", offered)}");
            return;
        }

        var step = await StepByStepAsync();
        await AssertResultAsync(step, texts, expected, "one by one");
        foreach (var scope in new[] { FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution })
        {
            var all = await FixAllAsync(start.Provider, start.Diagnostic, scope, _key);
            if (scope == FixAllScope.Document && diagnostics.Where(d => d.Id == start.Diagnostic.Id).Select(static d => d.Location.SourceTree).Distinct().Count() > 1)
                continue;
            await AssertResultAsync(all, texts, expected, "Fix All in " + scope);
        }

        if (await IsFirstEverywhereAsync(diagnostics.Where(d => d.Id == start.Diagnostic.Id && d.Location.IsInSource)))
            await AssertResultAsync(await FixAllAsync(start.Provider, start.Diagnostic, FixAllScope.Solution, null), texts, expected, "Fix All without a key");
    }

    /// <summary>Whether the action is what Fix All without a key means, which 'dotnet format' asks for.</summary>
    private async Task<bool> IsFirstEverywhereAsync(IEnumerable<Diagnostic> diagnostics)
    {
        var any = false;
        foreach (var diagnostic in diagnostics)
        {
            any = true;
            if ((await _verifier.ActionsAsync(_project, diagnostic)).FirstOrDefault().Action?.EquivalenceKey != _key)
                return false;
        }

        return any;
    }

    private async Task<(CodeAction Action, CodeFixProvider Provider, Diagnostic Diagnostic)?> FirstAsync(Project project, IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            foreach (var (action, provider) in await _verifier.ActionsAsync(project, diagnostic))
            {
                if (action.EquivalenceKey == _key)
                    return (action, provider, diagnostic);
            }
        }

        return null;
    }

    private async Task<Project> StepByStepAsync()
    {
        var project = _project;
        for (var step = 0; ; step++)
        {
            var first = await FirstAsync(project, await _verifier.DiagnosticsAsync(project));
            if (first is not { } found)
                return project;
            Assert.True(step < MaxSteps, $"'{_key}' does not come to an end");
            var changed = await ApplyAsync(found.Action, project);
            Assert.False((await TextOfAsync(changed)).SequenceEqual(await TextOfAsync(project)), $"'{_key}' changes nothing for {found.Diagnostic}");
            project = changed;
        }
    }

    private async Task<Project> FixAllAsync(CodeFixProvider provider, Diagnostic diagnostic, FixAllScope scope, string? key)
    {
        var fixAll = provider.GetFixAllProvider();
        Assert.True(fixAll is not null, $"{provider.GetType().Name} has no Fix All");
        var document = _project.GetDocument(diagnostic.Location.SourceTree);
        var source = new DiagnosticSource(_verifier);
        var ids = provider.FixableDiagnosticIds.Where(id => id == diagnostic.Id);
        var context = document is not null
            ? new FixAllContext(document, provider, scope, key!, ids, source, CancellationToken.None)
            : new FixAllContext(_project, provider, scope == FixAllScope.Document ? FixAllScope.Project : scope, key!, ids, source, CancellationToken.None);
        var action = await fixAll!.GetFixAsync(context);
        Assert.True(action is not null, $"Fix All in {scope} gives no action for '{_key}'");
        return await ApplyAsync(action!, _project);
    }

    private static async Task<Project> ApplyAsync(CodeAction action, Project project)
    {
        var operations = await action.GetOperationsAsync(CancellationToken.None);
        var change = Assert.Single(operations.OfType<ApplyChangesOperation>());
        return change.ChangedSolution.GetProject(project.Id)!;
    }

    private async Task AssertResultAsync(Project project, List<(string Name, string Text)> texts, List<Verifier.Expected> expected, string how)
    {
        // a file may have two roles, and has one text
        var after = (await TextOfAsync(project)).Distinct().ToDictionary(static f => f.Name, static f => f.Text, StringComparer.Ordinal);
        foreach (var (name, text) in _before.Where(b => texts.TrueForAll(t => t.Name != b.Name)).Concat(texts))
            Assert.True(after.TryGetValue(name, out var actual) && actual == text, $"'{_key}' ({how}) gives another {name}:\n{after.GetValueOrDefault(name)}\n---- expected:\n{text}");
        var errors = (await Verifier.ErrorsAsync(project)).Except(_errors).ToList();
        if (!_verifier.IsBroken)
            Assert.True(errors.Count == 0, $"'{_key}' ({how}) breaks the build:\n{string.Join('\n', errors)}\n{string.Join('\n', after.Values)}");
        _verifier.AssertDiagnostics(expected, await _verifier.DiagnosticsAsync(project), $"The diagnostics after '{_key}' ({how}) differ");
    }

    private static async Task<ImmutableArray<(string Name, string Text)>> TextOfAsync(Project project)
    {
        var files = ImmutableArray.CreateBuilder<(string, string)>();
        foreach (var document in project.Documents.Concat(project.AdditionalDocuments).Concat(project.AnalyzerConfigDocuments))
            files.Add((document.Name, (await document.GetTextAsync()).ToString().ReplaceLineEndings("\n")));
        return files.ToImmutable();
    }

    private sealed class DiagnosticSource(Verifier verifier) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => await verifier.DiagnosticsAsync(project);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            var tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return (await verifier.DiagnosticsAsync(document.Project)).Where(d => d.Location.SourceTree == tree);
        }

        public override async Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            (await verifier.DiagnosticsAsync(project)).Where(static d => !d.Location.IsInSource);
    }
}
