using System.Collections.Immutable;
using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Authorization;

/// <summary>What ASA1001, ASA1002 and ASA1003 offer: require authorization here, declare anonymous access, require it everywhere.</summary>
public abstract class AccessFix : CodeFixProvider, ISequentialFix
{
    private const string AuthorizeAttribute = "Microsoft.AspNetCore.Authorization.Authorize";
    private const string AllowAnonymousAttribute = "Microsoft.AspNetCore.Authorization.AllowAnonymous";
    private const string Fallback = "AddAuthorization(options => options.FallbackPolicy = new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())";

    private protected AccessFix()
    {
    }

    private protected abstract string AuthorizeKey { get; }

    private protected abstract string AnonymousKey { get; }

    private protected abstract string FallbackKey { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => SequentialFixAllProvider.Instance;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var diagnostic = context.Diagnostics[0];
        if (!diagnostic.Properties.TryGetValue(CoverageReport.TargetKey, out var target) || target is null)
            return;
        var isCall = target is CoverageReport.TargetEndpoint or CoverageReport.TargetGroup;
        Register(context, isCall ? "Add '.RequireAuthorization()'" : "Add '[Authorize]'", AuthorizeKey);
        await RegisterMoreAsync(context, target).ConfigureAwait(false);
        Register(context, isCall ? "Add '.AllowAnonymous()'" : "Add '[AllowAnonymous]'", AnonymousKey);

        // one policy for the whole application, where its host can be edited
        var editor = await HostEditor.CreateAsync(context.Document.Project, null, context.CancellationToken).ConfigureAwait(false);
        if (editor is { CanAddServices: true } && editor.Application.Hosts(context.CancellationToken).Length == 1)
            Register(context, "Require authorization everywhere", FallbackKey);
    }

    async Task<Solution> ISequentialFix.ApplyAsync(Solution solution, DocumentId documentId, TextSpan span, Diagnostic diagnostic, string equivalenceKey, CancellationToken cancellationToken)
    {
        var document = solution.GetDocument(documentId)!;
        if (equivalenceKey == FallbackKey)
        {
            var host = await HostEditor.CreateAsync(document.Project, null, cancellationToken).ConfigureAwait(false);
            if (host is null || host.Host.FallbackPolicy == Answer.Yes)
                return solution;
            await host.AddServiceAsync(Fallback, cancellationToken).ConfigureAwait(false);
            await host.EnsureAuthorizationAsync(cancellationToken).ConfigureAwait(false);
            return host.Solution;
        }

        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var changed = equivalenceKey == AuthorizeKey || equivalenceKey == AnonymousKey
            ? Edit(root!, span, diagnostic, equivalenceKey == AuthorizeKey)
            : await EditMoreAsync(document, span, equivalenceKey, cancellationToken).ConfigureAwait(false);
        if (changed is null)
            return solution;
        var edited = changed.SyntaxTree.FilePath.Length > 0 && changed.SyntaxTree.FilePath != root!.SyntaxTree.FilePath
            ? solution.GetDocumentIdsWithFilePath(changed.SyntaxTree.FilePath).Where(i => i.ProjectId == documentId.ProjectId).Select(i => solution.GetDocument(i)).FirstOrDefault() ?? document
            : document;
        var result = await CleanUp.RunAsync(solution, edited.WithSyntaxRoot(changed).Project.Solution, cancellationToken).ConfigureAwait(false);
        if (equivalenceKey == AnonymousKey || await HostEditor.CreateAsync(result.GetProject(documentId.ProjectId)!, null, cancellationToken).ConfigureAwait(false) is not { } editor)
            return result;
        await editor.EnsureAuthorizationAsync(cancellationToken).ConfigureAwait(false);
        return editor.Solution;
    }

    private protected void Register(CodeFixContext context, string title, string key)
    {
        var document = context.Document;
        var diagnostic = context.Diagnostics[0];
        context.RegisterCodeFix(
            CodeAction.Create(title, ct => ((ISequentialFix)this).ApplyAsync(document.Project.Solution, document.Id, diagnostic.Location.SourceSpan, diagnostic, key, ct), key),
            context.Diagnostics);
    }

    /// <summary>Actions of one rule only.</summary>
    private protected virtual Task RegisterMoreAsync(CodeFixContext context, string target) => Task.CompletedTask;

    /// <summary>Applies an action that <see cref="RegisterMoreAsync"/> offered; the root of the changed document.</summary>
    private protected virtual Task<SyntaxNode?> EditMoreAsync(Document document, TextSpan span, string key, CancellationToken cancellationToken) => Task.FromResult<SyntaxNode?>(null);

    private static SyntaxNode? Edit(SyntaxNode root, TextSpan span, Diagnostic diagnostic, bool authorize)
    {
        var node = root.FindToken(span.Start).Parent;
        diagnostic.Properties.TryGetValue(CoverageReport.TargetKey, out var target);
        if (target is CoverageReport.TargetEndpoint or CoverageReport.TargetGroup)
            return node?.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call ? Chain.Append(root, call, authorize ? "RequireAuthorization" : "AllowAnonymous") : null;
        return node?.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } declaration ? Attributes.Add(root, declaration, authorize ? AuthorizeAttribute : AllowAnonymousAttribute) : null;
    }
}
