using System.Collections.Immutable;
using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Engines.Endpoints;
using ApiSecurityAnalyzers.Rules.Exposure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Exposure;

/// <summary>ASA7006: has the token checked, by MVC's filters where the application has views, else by the middleware.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MissingAntiforgeryCheckFix))]
public sealed class MissingAntiforgeryCheckFix : CodeFixProvider, ITogetherFix
{
    internal const string CheckToken = "ASA7006.CheckToken";
    internal const string RemoveOptOut = "ASA7006.RemoveOptOut";

    private const string Require = "Microsoft.AspNetCore.Antiforgery.RequireAntiforgeryToken";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(MissingAntiforgeryCheck.Descriptor.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => TogetherFixAllProvider.Instance;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var document = context.Document;
        var diagnostic = context.Diagnostics[0];
        var plan = Plan.Of(diagnostic);
        if (await EditAsync(document, context.Span, plan, context.CancellationToken).ConfigureAwait(false) is null)
            return;
        if (plan.NeedsMiddleware && !(await HasTypeAsync(document.Project, context.CancellationToken).ConfigureAwait(false) && await AntiforgerySetup.IsPossibleAsync(document.Project, context.CancellationToken).ConfigureAwait(false)))
            return;
        context.RegisterCodeFix(
            CodeAction.Create(plan.Title, ct => ((ITogetherFix)this).ApplyAsync(document.Project.Solution, [(document.Id, diagnostic)], plan.Key, ct), plan.Key),
            context.Diagnostics);
    }

    async Task<Solution> ITogetherFix.ApplyAsync(Solution solution, IReadOnlyList<(DocumentId Document, Diagnostic Diagnostic)> diagnostics, string equivalenceKey, CancellationToken cancellationToken)
    {
        var before = solution;
        var needMiddleware = new HashSet<ProjectId>();
        foreach (var group in diagnostics.GroupBy(static d => d.Document, static d => d.Diagnostic))
        {
            // from the end to the start, so that places further up stay where they are
            foreach (var diagnostic in group.OrderByDescending(static d => d.Location.SourceSpan.Start))
            {
                var plan = Plan.Of(diagnostic);
                if (plan.Key != equivalenceKey || await EditAsync(solution.GetDocument(group.Key)!, diagnostic.Location.SourceSpan, plan, cancellationToken).ConfigureAwait(false) is not { } changed)
                    continue;
                solution = changed.Project.Solution;
                if (plan.NeedsMiddleware)
                    needMiddleware.Add(group.Key.ProjectId);
            }
        }

        solution = await CleanUp.RunAsync(before, solution, cancellationToken).ConfigureAwait(false);
        foreach (var project in needMiddleware)
            solution = await AntiforgerySetup.EnsureAsync(solution.GetProject(project)!, cancellationToken).ConfigureAwait(false);
        return solution;
    }

    private static async Task<bool> HasTypeAsync(Project project, CancellationToken cancellationToken) =>
        await HostEditor.ModelAsync(project, cancellationToken).ConfigureAwait(false) is { } model && model.Facts.Types.Has(Require + "Attribute");

    private static async Task<Document?> EditAsync(Document document, TextSpan span, Plan plan, CancellationToken cancellationToken)
    {
        var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        var node = root.FindToken(span.Start).Parent;
        switch (plan.Target)
        {
            case MissingAntiforgeryCheck.TargetController or MissingAntiforgeryCheck.TargetAction:
                return node?.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } declaration ? document.WithSyntaxRoot(Attributes.Add(root, declaration, plan.Attribute)) : null;
            case MissingAntiforgeryCheck.TargetEndpoint:
                var metadata = SyntaxFactory.Argument(SyntaxFactory.ParseExpression($"new {Require}Attribute()").WithAdditionalAnnotations(ServiceAccess.Annotations));
                return node?.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call ? document.WithSyntaxRoot(Chain.Append(root, call, "WithMetadata", metadata)) : null;
            case MissingAntiforgeryCheck.TargetAttribute when plan.Replacement.Length > 0:
                if (node?.FirstAncestorOrSelf<AttributeSyntax>() is not { } replaced || plan.NeedsMiddleware && replaced.ArgumentList is not null)
                    return null;
                var name = SyntaxFactory.ParseName(plan.Attribute).WithAdditionalAnnotations(ServiceAccess.Annotations);
                return document.WithSyntaxRoot(root.ReplaceNode(replaced.Name, name.WithTriviaFrom(replaced.Name)));
            default:
                var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
                SyntaxNode? removed = plan.Target == MissingAntiforgeryCheck.TargetAttribute ? node?.FirstAncestorOrSelf<AttributeSyntax>() : node?.FirstAncestorOrSelf<InvocationExpressionSyntax>();
                return removed is not null && Removal.Of(removed, text) is { } gone ? document.WithText(text.WithChanges(new TextChange(gone, ""))) : null;
        }
    }

    /// <summary>What is to be done for a diagnostic.</summary>
    private sealed record Plan(string Target, string Replacement, bool HasViews)
    {
        public static Plan Of(Diagnostic diagnostic) => new(Property(diagnostic, CoverageReport.TargetKey), Property(diagnostic, MissingAntiforgeryCheck.ReplacementKey), Property(diagnostic, MissingAntiforgeryCheck.ViewsKey) == "true");

        public bool Adds => Target is MissingAntiforgeryCheck.TargetController or MissingAntiforgeryCheck.TargetAction or MissingAntiforgeryCheck.TargetEndpoint;

        public string Key => Adds ? CheckToken : RemoveOptOut;

        /// <summary>What an attribute or call leaves to the middleware; MVC's filters work without.</summary>
        public bool NeedsMiddleware => Target switch
        {
            MissingAntiforgeryCheck.TargetEndpoint => true,
            MissingAntiforgeryCheck.TargetCall => IsEndpoint,
            MissingAntiforgeryCheck.TargetAttribute => Replacement.Length > 0 && !HasViews,
            _ => !HasViews,
        };

        public bool IsEndpoint => Replacement != MissingAntiforgeryCheck.Filter;

        /// <summary>MVC's filters need services that come with views, and throw without.</summary>
        public string Attribute => !HasViews ? Require : "Microsoft.AspNetCore.Mvc." + (Target switch
        {
            MissingAntiforgeryCheck.TargetController => "AutoValidateAntiforgeryToken",
            MissingAntiforgeryCheck.TargetAction => "ValidateAntiForgeryToken",
            _ => Replacement,
        });

        public string Title => Target switch
        {
            MissingAntiforgeryCheck.TargetEndpoint => "Require an anti-forgery token by metadata",
            MissingAntiforgeryCheck.TargetCall => IsEndpoint ? "Remove '.DisableAntiforgery()'" : "Remove the filter",
            MissingAntiforgeryCheck.TargetAttribute => Replacement.Length == 0 ? "Remove '[IgnoreAntiforgeryToken]'" : $"Replace '[IgnoreAntiforgeryToken]' by '[{Short}]'",
            _ => $"Add '[{Short}]'",
        };

        private string Short => Attribute.Substring(Attribute.LastIndexOf('.') + 1);

        private static string Property(Diagnostic diagnostic, string key) => diagnostic.Properties.TryGetValue(key, out var value) ? value ?? "" : "";
    }
}
