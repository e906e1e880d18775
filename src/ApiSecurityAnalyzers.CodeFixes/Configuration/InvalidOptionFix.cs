using System.Collections.Immutable;
using ApiSecurityAnalyzers.Rules.Configuration;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ApiSecurityAnalyzers.CodeFixes.Configuration;

/// <summary>ASA0001: corrects the key or the value of an option in the file that sets it, or removes its line.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InvalidOptionFix), DocumentKinds = [nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument), nameof(TextDocumentKind.AnalyzerConfigDocument)])]
public sealed class InvalidOptionFix : CodeFixProvider
{
    internal const string CorrectKey = "ASA0001.CorrectKey";
    internal const string CorrectValue = "ASA0001.CorrectValue";
    internal const string RemoveOption = "ASA0001.RemoveOption";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(InvalidOption.Descriptor.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => OptionFixAllProvider.Instance;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var project = context.TextDocument.Project;
        var diagnostic = context.Diagnostics[0];
        if (!diagnostic.Properties.TryGetValue(InvalidOption.KeyKey, out var key) || key is null || !diagnostic.Properties.TryGetValue(InvalidOption.ValueKey, out var value) || value is null)
            return;
        var found = await OptionEdit.FindAsync(project, (key, value), context.CancellationToken).ConfigureAwait(false);
        if (found.Count == 0)
            return;
        var problem = found[0].Problem;
        if (problem.Key is not null)
            Register($"Change to '{problem.Key}'", CorrectKey);
        if (problem.Value is not null)
            Register($"Change the value to '{problem.Value}'", CorrectValue);
        Register("Remove the option", RemoveOption);

        void Register(string title, string equivalenceKey) => context.RegisterCodeFix(
            CodeAction.Create(title, ct => OptionEdit.ApplyAsync(project.Solution, [project.Id], (key, value), equivalenceKey, ct), equivalenceKey),
            diagnostic);
    }
}
