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

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(ComposedSqlText.Descriptor.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => SequentialFixAllProvider.Instance;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await SqlFixPlan.CreateAsync(context.Document, context.Span, context.CancellationToken).ConfigureAwait(false) is not { } plan)
            return;
        context.RegisterCodeFix(CodeAction.Create(Title(plan), _ => Task.FromResult(plan.Document), Key(plan)), context.Diagnostics);
    }

    async Task<Solution> ISequentialFix.ApplyAsync(Solution solution, DocumentId documentId, TextSpan span, Diagnostic diagnostic, string equivalenceKey, CancellationToken cancellationToken)
    {
        if (solution.GetDocument(documentId) is not { } document)
            return solution;
        var plan = await SqlFixPlan.CreateAsync(document, span, cancellationToken).ConfigureAwait(false);
        return plan is not null && Key(plan) == equivalenceKey ? plan.Document.Project.Solution : solution;
    }

    private static string Key(SqlFixPlan plan) => plan.Names.IsEmpty ? Parameterize : AllowList;

    private static string Title(SqlFixPlan plan)
    {
        if (plan.Names.IsEmpty)
            return "Pass the values as parameters";
        var names = string.Join(", ", plan.Names.Select(static n => "'" + n + "'"));
        return plan.HasParameters ? $"Pass the values as parameters and check {names} against a list" : $"Check {names} against a list of allowed names";
    }
}
