using System.Collections.Immutable;
using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Engines.Endpoints;
using ApiSecurityAnalyzers.Rules.Authorization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Authorization;

/// <summary>ASA1024: moves the attribute to where it acts, makes the policy in effect read it, or removes it so that the code says what happens.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnreadAuthorizationFix))]
public sealed class UnreadAuthorizationFix : CodeFixProvider, ITogetherFix
{
    internal const string Move = "ASA1024.Move";
    internal const string Remove = "ASA1024.Remove";
    internal const string AskForScopes = "ASA1024.AskForScopes";
    internal const string AddAuthorize = "ASA1024.AddAuthorize";
    internal const string RegisterScopes = "ASA1024.RegisterScopes";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(UnreadAuthorization.Descriptor.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => TogetherFixAllProvider.Instance;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var document = context.Document;
        var diagnostic = context.Diagnostics[0];
        if (await AttributeAsync(document, diagnostic, context.CancellationToken).ConfigureAwait(false) is not { } attribute || !diagnostic.Properties.TryGetValue(CoverageReport.TargetKey, out var target))
            return;
        switch (target)
        {
            case UnreadAttribute.TargetClass when attribute.FirstAncestorOrSelf<ClassDeclarationSyntax>() is { } type:
                Register(context, $"Move '[{attribute.Name}]' to '{type.Identifier.ValueText}'", Move);
                break;
            case UnreadAttribute.TargetCalls when await MovedAttribute.CanMoveAsync(document.Project.Solution, diagnostic, context.CancellationToken).ConfigureAwait(false):
                Register(context, "Add '.RequireAuthorization()' where the endpoint is mapped instead", Move);
                break;
            case UnreadScope.TargetPolicy when await MovedAttribute.PolicyAsync(document.Project.Solution, diagnostic, context.CancellationToken).ConfigureAwait(false) is not null:
                Register(context, "Make the policy ask for scopes", AskForScopes);
                return;
            case UnreadScope.TargetDefault:
                Register(context, "Add '[Authorize]' for the default policy", AddAuthorize);
                return;
            case UnreadScope.TargetRegistration when await HostEditor.CreateAsync(document.Project, null, context.CancellationToken).ConfigureAwait(false) is { CanAddServices: true }:
                Register(context, "Register 'AddRequiredScopeAuthorization'", RegisterScopes);
                return;
        }

        if (target is UnreadAttribute.TargetClass or UnreadAttribute.TargetCalls or UnreadAttribute.TargetNone)
            Register(context, $"Remove '[{attribute.Name}]', which has no effect", Remove);
    }

    async Task<Solution> ITogetherFix.ApplyAsync(Solution solution, IReadOnlyList<(DocumentId Document, Diagnostic Diagnostic)> diagnostics, string equivalenceKey, CancellationToken cancellationToken)
    {
        switch (equivalenceKey)
        {
            case RegisterScopes:
                return await RegisterAsync(solution, diagnostics, cancellationToken).ConfigureAwait(false);
            case AddAuthorize:
                return await AuthorizeAsync(solution, diagnostics, cancellationToken).ConfigureAwait(false);
        }

        var edits = new TextEditList();
        var servesBrowsers = false;
        foreach (var (id, diagnostic) in diagnostics)
        {
            var document = solution.GetDocument(id)!;
            if (await AttributeAsync(document, diagnostic, cancellationToken).ConfigureAwait(false) is not { } attribute || !diagnostic.Properties.TryGetValue(CoverageReport.TargetKey, out var target))
                continue;
            var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
            if (equivalenceKey == AskForScopes)
            {
                if (target == UnreadScope.TargetPolicy && await MovedAttribute.PolicyAsync(solution, diagnostic, cancellationToken).ConfigureAwait(false) is var (policy, change) && policy is not null)
                    edits.Add(policy, change);
                continue;
            }

            if (target is not (UnreadAttribute.TargetClass or UnreadAttribute.TargetCalls or UnreadAttribute.TargetNone) || Removal.Of(attribute, text) is not { } removed)
                continue;
            if (equivalenceKey == Move)
            {
                var moved = target switch
                {
                    UnreadAttribute.TargetClass => MovedAttribute.ToClass(attribute, id, edits),
                    UnreadAttribute.TargetCalls => await MovedAttribute.ToCallsAsync(solution, document, attribute, diagnostic, edits, cancellationToken).ConfigureAwait(false),
                    _ => false,
                };
                if (!moved)
                    continue;
                servesBrowsers |= target == UnreadAttribute.TargetClass;
            }

            edits.Add(id, new TextChange(removed, ""));
        }

        solution = await edits.ApplyAsync(solution, cancellationToken).ConfigureAwait(false);
        return equivalenceKey == Move ? await SetUpAsync(solution, diagnostics, servesBrowsers, cancellationToken).ConfigureAwait(false) : solution;
    }

    private void Register(CodeFixContext context, string title, string key)
    {
        var document = context.Document;
        var diagnostic = context.Diagnostics[0];
        context.RegisterCodeFix(
            CodeAction.Create(title, ct => ((ITogetherFix)this).ApplyAsync(document.Project.Solution, [(document.Id, diagnostic)], key, ct), key),
            context.Diagnostics);
    }

    private static async Task<AttributeSyntax?> AttributeAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        return root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>();
    }

    /// <summary>What acts now needs what authorization needs at start-up.</summary>
    private static async Task<Solution> SetUpAsync(Solution solution, IEnumerable<(DocumentId Document, Diagnostic Diagnostic)> diagnostics, bool servesBrowsers, CancellationToken cancellationToken)
    {
        foreach (var id in diagnostics.Select(static d => d.Document.ProjectId).Distinct())
        {
            if (await HostEditor.CreateAsync(solution.GetProject(id)!, null, cancellationToken).ConfigureAwait(false) is not { } host || host.Application.Hosts(cancellationToken).Length != 1)
                continue;
            await AuthorizationSetup.EnsureAsync(host, needsMiddleware: false, servesBrowsers, cancellationToken).ConfigureAwait(false);
            solution = host.Solution;
        }

        return solution;
    }

    private static async Task<Solution> RegisterAsync(Solution solution, IEnumerable<(DocumentId Document, Diagnostic Diagnostic)> diagnostics, CancellationToken cancellationToken)
    {
        foreach (var id in diagnostics.Select(static d => d.Document.ProjectId).Distinct())
        {
            if (await HostEditor.CreateAsync(solution.GetProject(id)!, null, cancellationToken).ConfigureAwait(false) is not { CanAddServices: true } host || host.Registers(static n => n == "AddRequiredScopeAuthorization"))
                continue;
            await host.AddServiceAsync("AddRequiredScopeAuthorization()", cancellationToken).ConfigureAwait(false);
            solution = host.Solution;
        }

        return solution;
    }

    private static async Task<Solution> AuthorizeAsync(Solution solution, IEnumerable<(DocumentId Document, Diagnostic Diagnostic)> diagnostics, CancellationToken cancellationToken)
    {
        var before = solution;
        foreach (var document in diagnostics.Where(static d => d.Diagnostic.Properties[CoverageReport.TargetKey] == UnreadScope.TargetDefault).GroupBy(static d => d.Document, static d => d.Diagnostic))
        {
            // from the end to the start, so that places further up stay where they are
            var root = (await solution.GetDocument(document.Key)!.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
            foreach (var diagnostic in document.OrderByDescending(static d => d.Location.SourceSpan.Start))
            {
                if (root.FindToken(diagnostic.Location.SourceSpan.Start).Parent?.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } declaration)
                    root = Attributes.Add(root, declaration, "Microsoft.AspNetCore.Authorization.Authorize");
            }

            solution = solution.WithDocumentSyntaxRoot(document.Key, root);
        }

        return await CleanUp.RunAsync(before, solution, cancellationToken).ConfigureAwait(false);
    }
}
