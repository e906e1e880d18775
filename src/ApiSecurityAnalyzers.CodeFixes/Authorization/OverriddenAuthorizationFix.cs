using System.Collections.Immutable;
using System.Globalization;
using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Rules.Authorization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Authorization;

/// <summary>
/// ASA1007: removes what opens the endpoint, or the demand that does nothing. The first closes what its author meant to close, and what said
/// nothing of its own stays as open as it was (<see cref="OpenedNeighbours"/>); the second only makes the code say what happens.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(OverriddenAuthorizationFix))]
public sealed class OverriddenAuthorizationFix : CodeFixProvider, ITogetherFix
{
    internal const string RemoveAllowAnonymous = "ASA1007.RemoveAllowAnonymous";
    internal const string RemoveAuthorize = "ASA1007.RemoveAuthorize";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(OverriddenAuthorization.Descriptor.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => TogetherFixAllProvider.Instance;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var document = context.Document;
        var diagnostic = context.Diagnostics[0];
        if (await OpeningsAsync(document.Project.Solution, diagnostic, context.CancellationToken).ConfigureAwait(false) is { Count: > 0 } openings)
            Register(context, "Remove " + Title(openings[0].Node), RemoveAllowAnonymous);
        var text = await document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        if (await DemandAsync(document, diagnostic, context.CancellationToken).ConfigureAwait(false) is { } demand && Removal.Of(demand, text) is not null)
            Register(context, "Remove " + Title(demand) + ", which has no effect", RemoveAuthorize);
    }

    async Task<Solution> ITogetherFix.ApplyAsync(Solution solution, IReadOnlyList<(DocumentId Document, Diagnostic Diagnostic)> diagnostics, string equivalenceKey, CancellationToken cancellationToken)
    {
        var edits = new TextEditList();
        var openings = new HashSet<(DocumentId Document, SyntaxNode Node)>();
        foreach (var (id, diagnostic) in diagnostics)
        {
            if (equivalenceKey == RemoveAllowAnonymous)
            {
                openings.UnionWith(await OpeningsAsync(solution, diagnostic, cancellationToken).ConfigureAwait(false) ?? []);
            }
            else if (await DemandAsync(solution.GetDocument(id)!, diagnostic, cancellationToken).ConfigureAwait(false) is { } demand
                && Removal.Of(demand, await solution.GetDocument(id)!.GetTextAsync(cancellationToken).ConfigureAwait(false)) is { } removed)
            {
                edits.Add(id, new TextChange(removed, ""));
            }
        }

        foreach (var (id, node) in openings)
        {
            if (Removal.Of(node, await solution.GetDocument(id)!.GetTextAsync(cancellationToken).ConfigureAwait(false)) is { } removed)
                edits.Add(id, new TextChange(removed, ""));
        }

        foreach (var project in openings.GroupBy(static o => o.Document.ProjectId))
            await OpenedNeighbours.AddAsync(solution.GetProject(project.Key)!, project.Select(static o => o.Node).ToList(), edits, cancellationToken).ConfigureAwait(false);
        return await edits.ApplyAsync(solution, cancellationToken).ConfigureAwait(false);
    }

    private void Register(CodeFixContext context, string title, string key)
    {
        var document = context.Document;
        var diagnostic = context.Diagnostics[0];
        context.RegisterCodeFix(
            CodeAction.Create(title, ct => ((ITogetherFix)this).ApplyAsync(document.Project.Solution, [(document.Id, diagnostic)], key, ct), key),
            context.Diagnostics);
    }

    private static string Title(SyntaxNode node) => node switch
    {
        AttributeSyntax attribute => $"'[{attribute.Name}]'",
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } => $"'.{member.Name}()'",
        _ => $"'{node}'",
    };

    /// <summary>Everything that opens the endpoint; none where a part of it cannot be removed, because the endpoint would stay open.</summary>
    private static async Task<List<(DocumentId Document, SyntaxNode Node)>?> OpeningsAsync(Solution solution, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var found = new List<(DocumentId, SyntaxNode)>();
        foreach (var location in diagnostic.AdditionalLocations)
        {
            if (location.SourceTree is not { } tree || solution.GetDocument(tree) is not { } document)
                return null;
            var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
            var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
            if (root.FindNode(location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<SyntaxNode>(static n => n is AttributeSyntax or InvocationExpressionSyntax) is not { } node || Removal.Of(node, text) is null)
                return null;
            found.Add((document.Id, node));
        }

        return diagnostic.Properties.TryGetValue(OverriddenAuthorization.OpeningsKey, out var count) && count == found.Count.ToString(CultureInfo.InvariantCulture) ? found : null;
    }

    /// <summary>The attribute or call that does nothing, where it can go.</summary>
    private static async Task<SyntaxNode?> DemandAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (!diagnostic.Properties.TryGetValue(OverriddenAuthorization.CanRemoveKey, out var can) || can != "true")
            return null;
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        return root?.FindToken(diagnostic.Location.SourceSpan.Start).Parent?.FirstAncestorOrSelf<SyntaxNode>(static n => n is AttributeSyntax or InvocationExpressionSyntax);
    }
}
