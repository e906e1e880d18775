using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ApiSecurityAnalyzers.CodeFixes.Configuration;

/// <summary>Fix All for options: every file that sets one is gone through once.</summary>
internal sealed class OptionFixAllProvider : FixAllProvider
{
    public static readonly OptionFixAllProvider Instance = new();

    public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

    public override Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
    {
        var key = fixAllContext.CodeActionEquivalenceKey;
        IReadOnlyList<ProjectId> projects = fixAllContext.Scope == FixAllScope.Solution ? fixAllContext.Solution.ProjectIds : [fixAllContext.Project.Id];
        return Task.FromResult<CodeAction?>(CodeAction.Create("Fix all", ct => OptionEdit.ApplyAsync(fixAllContext.Solution, projects, null, key, ct), key ?? nameof(OptionFixAllProvider)));
    }
}
