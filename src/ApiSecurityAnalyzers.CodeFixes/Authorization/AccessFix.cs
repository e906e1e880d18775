using System.Collections.Immutable;
using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Authorization;

/// <summary>What the rules about open endpoints offer: require authorization here, declare anonymous access, require it everywhere.</summary>
public abstract class AccessFix : CodeFixProvider, ITogetherFix
{
    private const string AuthorizeAttribute = "Microsoft.AspNetCore.Authorization.Authorize";
    private const string AllowAnonymousAttribute = "Microsoft.AspNetCore.Authorization.AllowAnonymous";
    private const string Conventions = "Microsoft.AspNetCore.Builder.AuthorizationEndpointConventionBuilderExtensions";

    private protected AccessFix()
    {
    }

    private protected abstract string AuthorizeKey { get; }

    /// <summary>The key for declared anonymous access, where that is offered.</summary>
    private protected abstract string? AnonymousKey { get; }

    /// <summary>The key for a policy for everything, where that is offered.</summary>
    private protected abstract string? FallbackKey { get; }

    /// <summary>Whether people use a browser to get to what is reported: they sign in at a page, not by a token.</summary>
    private protected virtual bool ServesBrowsers => false;

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => TogetherFixAllProvider.Instance;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var diagnostic = context.Diagnostics[0];
        if (!diagnostic.Properties.TryGetValue(CoverageReport.TargetKey, out var target) || target is null
            || await HostEditor.ModelAsync(context.Document.Project, context.CancellationToken).ConfigureAwait(false) is not { } application)
        {
            return;
        }

        var isCall = target is CoverageReport.TargetEndpoint or CoverageReport.TargetGroup or CoverageReport.TargetMiddleware;
        var takesConventions = isCall && await TakesConventionsAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false);
        if (!isCall || takesConventions)
            Register(context, isCall ? "Add '.RequireAuthorization()'" : "Add '[Authorize]'", AuthorizeKey);
        if (await PlaceOfMoreAsync(context.Document, diagnostic, application, context.CancellationToken).ConfigureAwait(false) is { } more)
            Register(context, more.Title, more.Key);
        await RegisterMoreAsync(context).ConfigureAwait(false);
        if (!isCall && AnonymousKey is not null)
            Register(context, "Add '[AllowAnonymous]'", AnonymousKey);
        else if (takesConventions && AnonymousKey is not null && application.Facts.Types[Conventions]?.GetMembers("AllowAnonymous").IsEmpty == false)
            Register(context, "Add '.AllowAnonymous()'", AnonymousKey);

        // one policy for the whole application, where its host can be edited
        if (FallbackKey is not null && await HostAsync(context.Document.Project, context.CancellationToken).ConfigureAwait(false) is { CanAddServices: true } && application.Facts.Types["Microsoft.AspNetCore.Authorization.AuthorizationOptions"]?.GetMembers("FallbackPolicy").IsEmpty == false)
            Register(context, "Require authorization everywhere", FallbackKey);
    }

    async Task<Solution> ITogetherFix.ApplyAsync(Solution solution, IReadOnlyList<(DocumentId Document, Diagnostic Diagnostic)> diagnostics, string equivalenceKey, CancellationToken cancellationToken)
    {
        if (await ApplyMoreAsync(solution, diagnostics, equivalenceKey, cancellationToken).ConfigureAwait(false) is { } changed)
            return changed;
        foreach (var project in diagnostics.GroupBy(static d => d.Document.ProjectId))
        {
            if (equivalenceKey != FallbackKey)
                solution = await EditAsync(solution, project, equivalenceKey, cancellationToken).ConfigureAwait(false);
            if (equivalenceKey == AnonymousKey || await HostAsync(solution.GetProject(project.Key)!, cancellationToken).ConfigureAwait(false) is not { } host)
                continue;
            if (equivalenceKey == FallbackKey)
            {
                if (!host.CanAddServices || host.Host.FallbackPolicy == Answer.Yes)
                    continue;
                await FallbackPolicy.AddAsync(host, cancellationToken).ConfigureAwait(false);
            }
            else if (OwnAttribute.Find(host.Application, cancellationToken) is not null)
            {
                continue;
            }

            await AuthorizationSetup.EnsureAsync(host, needsMiddleware: equivalenceKey == FallbackKey, ServesBrowsers, cancellationToken).ConfigureAwait(false);
            solution = host.Solution;
        }

        return solution;
    }

    /// <summary>An action of one rule only: where else its call can be added.</summary>
    private protected virtual Task<AccessPlace?> PlaceOfMoreAsync(Document document, Diagnostic diagnostic, ApplicationModel application, CancellationToken cancellationToken) => Task.FromResult<AccessPlace?>(null);

    /// <summary>Offers what one rule only has.</summary>
    private protected virtual Task RegisterMoreAsync(CodeFixContext context) => Task.CompletedTask;

    /// <summary>Applies what one rule only has; <see langword="null"/> for every other action.</summary>
    private protected virtual Task<Solution?> ApplyMoreAsync(Solution solution, IReadOnlyList<(DocumentId Document, Diagnostic Diagnostic)> diagnostics, string key, CancellationToken cancellationToken) => Task.FromResult<Solution?>(null);

    /// <summary>The one call that maps the type at the diagnostic.</summary>
    private protected static async Task<InvocationExpressionSyntax?> MappingAsync(Document document, Diagnostic diagnostic, ApplicationModel application, EndpointKind kind, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (root?.FindToken(diagnostic.Location.SourceSpan.Start).Parent?.FirstAncestorOrSelf<ClassDeclarationSyntax>() is not { } declaration)
            return null;
        var type = application.Facts.ModelOf(declaration.SyntaxTree).GetDeclaredSymbol(declaration, cancellationToken);
        var calls = application.AllEndpoints(cancellationToken).Where(e => e.Kind == kind && e.MappedType is not null && (type as INamedTypeSymbol).Is(e.MappedType)).Select(static e => e.Call).Distinct().ToList();
        return calls.Count == 1 && document.Project.GetDocument(calls[0].SyntaxTree) is not null ? calls[0] : null;
    }

    /// <summary>Whether conventions can be chained to the call; an own mapping method may return something else.</summary>
    private static async Task<bool> TakesConventionsAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        return root?.FindToken(diagnostic.Location.SourceSpan.Start).Parent?.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call
            && (model.GetSymbolInfo(call, cancellationToken).Symbol as IMethodSymbol)?.ReturnType.Implements("Microsoft.AspNetCore.Builder.IEndpointConventionBuilder") == true;
    }

    private static async Task<HostEditor?> HostAsync(Project project, CancellationToken cancellationToken) =>
        await HostEditor.CreateAsync(project, null, cancellationToken).ConfigureAwait(false) is { } editor && editor.Application.Hosts(cancellationToken).Length == 1 ? editor : null;

    private protected void Register(CodeFixContext context, string title, string key)
    {
        var document = context.Document;
        var diagnostic = context.Diagnostics[0];
        context.RegisterCodeFix(
            CodeAction.Create(title, ct => ((ITogetherFix)this).ApplyAsync(document.Project.Solution, [(document.Id, diagnostic)], key, ct), key),
            context.Diagnostics);
    }

    /// <summary>Edits each document from its end to its start, so that places further up stay where they are.</summary>
    private async Task<Solution> EditAsync(Solution solution, IEnumerable<(DocumentId Document, Diagnostic Diagnostic)> diagnostics, string key, CancellationToken cancellationToken)
    {
        var before = solution;
        var edits = new HashSet<(DocumentId Document, int Position, bool IsCall)>();
        ApplicationModel? application = null;
        foreach (var (id, diagnostic) in diagnostics)
        {
            var document = solution.GetDocument(id)!;
            application ??= await HostEditor.ModelAsync(document.Project, cancellationToken).ConfigureAwait(false);
            if (key == AuthorizeKey || key == AnonymousKey)
                edits.Add((id, diagnostic.Location.SourceSpan.Start, diagnostic.Properties[CoverageReport.TargetKey] is CoverageReport.TargetEndpoint or CoverageReport.TargetGroup));
            else if (application is not null && await PlaceOfMoreAsync(document, diagnostic, application, cancellationToken).ConfigureAwait(false) is { } more && more.Key == key && solution.GetDocument(more.Call.SyntaxTree) is { } other)
                edits.Add((other.Id, more.Call.ArgumentList.SpanStart - 1, true));
        }

        var authorize = (application is null ? null : OwnAttribute.Find(application, cancellationToken)) ?? AuthorizeAttribute;
        foreach (var document in edits.GroupBy(static e => e.Document))
        {
            var root = (await solution.GetDocument(document.Key)!.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
            foreach (var (_, position, isCall) in document.OrderByDescending(static e => e.Position))
                root = Edit(root, position, isCall, key == AnonymousKey ? AllowAnonymousAttribute : authorize, key == AnonymousKey ? "AllowAnonymous" : "RequireAuthorization");
            solution = solution.WithDocumentSyntaxRoot(document.Key, root);
        }

        return await CleanUp.RunAsync(before, solution, cancellationToken).ConfigureAwait(false);
    }

    private static SyntaxNode Edit(SyntaxNode root, int position, bool isCall, string attribute, string convention)
    {
        var node = root.FindToken(position).Parent;
        if (isCall)
            return node?.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call && !Chain.Has(call, convention) ? Chain.Append(root, call, convention) : root;
        return node?.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } declaration ? Attributes.Add(root, declaration, attribute) : root;
    }
}
