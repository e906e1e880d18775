using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ApiSecurityAnalyzers.Samples.Tests.Mending;

/// <summary>Applies the fixes of the package as <c>dotnet format</c> does: rule by rule the first action, for the whole project.</summary>
internal static class Mender
{
    /// <summary>How often one rule's action is applied to one project; what is left then has no fix that helps.</summary>
    private const int MaxRounds = 5;

    /// <summary>Mends all projects; the second value tells what is still reported.</summary>
    public static async Task<(Solution Solution, ImmutableArray<Diagnostic> Left)> MendAsync(Solution solution, CancellationToken cancellationToken)
    {
        var left = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var id in solution.ProjectIds)
        {
            for (var round = 0; round < MaxRounds; round++)
            {
                var before = solution;
                foreach (var rule in (await Sample.DiagnosticsAsync(solution.GetProject(id)!, cancellationToken)).Select(static d => d.Id).Distinct())
                    solution = await MendAsync(solution.GetProject(id)!, rule, cancellationToken);
                if (solution == before)
                    break;
            }

            left.AddRange(await Sample.DiagnosticsAsync(solution.GetProject(id)!, cancellationToken));
        }

        return (solution, left.ToImmutable());
    }

    private static async Task<Solution> MendAsync(Project project, string rule, CancellationToken cancellationToken)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var changed = await FixAllAsync(project, rule, cancellationToken);
            if (changed is null || changed == project)
                break;
            project = changed;
        }

        return project.Solution;
    }

    /// <summary>Applies the first action that is offered for the rule to all its diagnostics in the project.</summary>
    private static async Task<Project?> FixAllAsync(Project project, string rule, CancellationToken cancellationToken)
    {
        foreach (var diagnostic in (await Sample.DiagnosticsAsync(project, cancellationToken)).Where(d => d.Id == rule))
        {
            if (project.GetDocument(diagnostic.Location.SourceTree) is not { } document)
                continue;
            foreach (var provider in Package.Fixes.Where(f => f.FixableDiagnosticIds.Contains(rule)))
            {
                var offered = new List<CodeAction>();
                await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => offered.Add(action), cancellationToken));
                if (offered is not [{ EquivalenceKey: { } key }, ..])
                    continue;
                var context = new FixAllContext(document, provider, FixAllScope.Project, key, [rule], new Reported(rule), cancellationToken);
                if (await provider.GetFixAllProvider()!.GetFixAsync(context) is not { } all)
                    continue;
                var change = (await all.GetOperationsAsync(cancellationToken)).OfType<ApplyChangesOperation>().Single();
                return change.ChangedSolution.GetProject(project.Id);
            }
        }

        return null;
    }

    /// <summary>The diagnostics of one rule, for Fix All.</summary>
    private sealed class Reported(string rule) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            (await Sample.DiagnosticsAsync(project, cancellationToken)).Where(d => d.Id == rule);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            var tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return (await GetAllDiagnosticsAsync(document.Project, cancellationToken)).Where(d => d.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult(Enumerable.Empty<Diagnostic>());
    }
}
