using ApiSecurityAnalyzers.Engines.Configuration;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Configuration;

/// <summary>Edits options in the configuration files of projects.</summary>
internal static class OptionEdit
{
    /// <summary>The entries that are not valid, in files that can be edited.</summary>
    /// <param name="project">The project whose files are searched.</param>
    /// <param name="option">The one option that is wanted, or <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static async Task<IReadOnlyList<(TextDocument Document, ConfigEntry Entry, OptionProblem Problem)>> FindAsync(Project project, (string Key, string Value)? option, CancellationToken cancellationToken)
    {
        var result = new List<(TextDocument, ConfigEntry, OptionProblem)>();
        foreach (var document in project.AnalyzerConfigDocuments.Concat<TextDocument>(project.AdditionalDocuments.Where(static d => ConfigFile.Is(d.FilePath ?? d.Name))))
        {
            var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
            foreach (var entry in ConfigFile.Entries(text, OptionCheck.KeyPart))
            {
                if ((option is not { } wanted || string.Equals(entry.Key, wanted.Key, StringComparison.OrdinalIgnoreCase) && entry.Value == wanted.Value) && OptionCheck.Of(entry.Key, entry.Value) is { } problem)
                    result.Add((document, entry, problem));
            }
        }

        return result;
    }

    /// <summary>Applies one action, or where none is named the first that is offered for each entry. A file may be part of a project in two roles, and of several projects: each gets the same text.</summary>
    public static async Task<Solution> ApplyAsync(Solution solution, IEnumerable<ProjectId> projects, (string Key, string Value)? option, string? action, CancellationToken cancellationToken)
    {
        foreach (var id in projects)
        {
            var found = await FindAsync(solution.GetProject(id)!, option, cancellationToken).ConfigureAwait(false);
            foreach (var file in found.GroupBy(static f => f.Document))
            {
                var text = await file.Key.GetTextAsync(cancellationToken).ConfigureAwait(false);
                var changes = file.Select(f => Change(f.Entry, f.Problem, action ?? First(f.Problem))).OfType<TextChange>().ToList();
                if (changes.Count == 0)
                    continue;
                text = text.WithChanges(changes);
                solution = file.Key is AnalyzerConfigDocument ? solution.WithAnalyzerConfigDocumentText(file.Key.Id, text) : solution.WithAdditionalDocumentText(file.Key.Id, text);
            }
        }

        return solution;
    }

    private static string First(OptionProblem problem) =>
        problem.Key is not null ? InvalidOptionFix.CorrectKey : problem.Value is not null ? InvalidOptionFix.CorrectValue : InvalidOptionFix.RemoveOption;

    private static TextChange? Change(ConfigEntry entry, OptionProblem problem, string action) => action switch
    {
        InvalidOptionFix.CorrectKey when problem.Key is { } key => new TextChange(entry.KeySpan, key),
        InvalidOptionFix.CorrectValue when problem.Value is { } value => new TextChange(entry.ValueSpan, value),
        InvalidOptionFix.RemoveOption => new TextChange(entry.LineSpan, ""),
        _ => null,
    };
}
