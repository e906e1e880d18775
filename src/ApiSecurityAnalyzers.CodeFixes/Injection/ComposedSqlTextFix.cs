using System.Collections.Immutable;
using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.CodeFixes.Injection.Sql;
using ApiSecurityAnalyzers.Rules.Injection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Injection;

/// <summary>ASA5002: values become parameters; names of tables and columns are checked against a list.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ComposedSqlTextFix))]
public sealed class ComposedSqlTextFix : CodeFixProvider, ISequentialFix
{
    internal const string Parameterize = "ASA5002.Parameterize";

    internal const string AllowList = "ASA5002.AllowList";

    internal const string CheckNames = "ASA5002.CheckNames";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(ComposedSqlText.Descriptor.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => SequentialFixAllProvider.Instance;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var cancellationToken = context.CancellationToken;
        var listed = await SqlFixPlan.CreateAsync(context.Document, context.Span, isListed: true, cancellationToken).ConfigureAwait(false);
        var check = listed is { Names.IsEmpty: true } ? null : await SqlFixPlan.CreateAsync(context.Document, context.Span, isListed: false, cancellationToken).ConfigureAwait(false);
        if (check is not null && listed is not null && Key(check) == Key(listed))
            check = null;

        // a list that nobody has filled refuses everything: the check that keeps the code at work comes first
        foreach (var plan in listed is { IsToFill: true } ? new[] { check, listed } : [listed, check])
        {
            if (plan is not null)
                context.RegisterCodeFix(CodeAction.Create(Title(plan), _ => Task.FromResult(plan.Document), Key(plan)), context.Diagnostics);
        }
    }

    async Task<Solution> ISequentialFix.ApplyAsync(Solution solution, DocumentId documentId, TextSpan span, Diagnostic diagnostic, string equivalenceKey, CancellationToken cancellationToken)
    {
        if (solution.GetDocument(documentId) is not { } document)
            return solution;
        var plan = await SqlFixPlan.CreateAsync(document, span, isListed: equivalenceKey != CheckNames, cancellationToken).ConfigureAwait(false);
        return plan is not null && Key(plan) == equivalenceKey ? plan.Document.Project.Solution : solution;
    }

    private static string Key(SqlFixPlan plan) => plan.Names.IsEmpty ? Parameterize : plan.IsListed ? AllowList : CheckNames;

    private static string Title(SqlFixPlan plan)
    {
        if (plan.Names.IsEmpty)
            return "Pass the values as parameters";
        var names = string.Join(", ", plan.Names.Select(static n => "'" + n + "'"));
        if (!plan.IsListed)
            return plan.HasParameters ? $"Pass the values as parameters and check that {names} is a plain name" : $"Check that {names} is a plain name";
        return plan.HasParameters ? $"Pass the values as parameters and check {names} against a list" : $"Check {names} against a list of allowed names";
    }
}
