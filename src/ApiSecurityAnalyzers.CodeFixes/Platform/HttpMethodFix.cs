using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Platform;

/// <summary>What ASA8001 and ASA8002 share: an action for each HTTP method that the rule found fitting.</summary>
public abstract class HttpMethodFix : CodeFixProvider, ITogetherFix
{
    private protected HttpMethodFix()
    {
    }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => TogetherFixAllProvider.Instance;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var document = context.Document;
        var diagnostic = context.Diagnostics[0];
        if (await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
            return;
        foreach (var (key, method) in Actions(MethodsOf(diagnostic)))
        {
            if (root.FindToken(diagnostic.Location.SourceSpan.Start).Parent is { } node && Edit(root, node, TargetOf(diagnostic), method) is not null)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(Title(TargetOf(diagnostic), method), ct => ((ITogetherFix)this).ApplyAsync(document.Project.Solution, [(document.Id, diagnostic)], key, ct), key),
                    context.Diagnostics);
            }
        }
    }

    async Task<Solution> ITogetherFix.ApplyAsync(Solution solution, IReadOnlyList<(DocumentId Document, Diagnostic Diagnostic)> diagnostics, string equivalenceKey, CancellationToken cancellationToken)
    {
        var before = solution;
        foreach (var document in diagnostics.GroupBy(static d => d.Document, static d => d.Diagnostic))
        {
            // from the end to the start, so that places further up stay where they are
            var root = (await solution.GetDocument(document.Key)!.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
            foreach (var diagnostic in document.OrderByDescending(static d => d.Location.SourceSpan.Start))
            {
                var method = Actions(MethodsOf(diagnostic)).FirstOrDefault(a => a.Key == equivalenceKey).Method;
                if (method is not null && root.FindToken(diagnostic.Location.SourceSpan.Start).Parent is { } node)
                    root = Edit(root, node, TargetOf(diagnostic), method) ?? root;
            }

            solution = solution.WithDocumentSyntaxRoot(document.Key, root);
        }

        return await CleanUp.RunAsync(before, solution, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The actions for the methods that fit, the safest first.</summary>
    private protected abstract IEnumerable<(string Key, string Method)> Actions(string[] methods);

    private protected abstract string Title(string target, string method);

    /// <summary>Changes the place of a diagnostic; <see langword="null"/> where that cannot be done.</summary>
    /// <param name="root">The document's root.</param>
    /// <param name="node">The node of the diagnostic.</param>
    /// <param name="target">What is to be changed.</param>
    /// <param name="method">The HTTP method, as names have it: <c>Post</c>.</param>
    private protected abstract SyntaxNode? Edit(SyntaxNode root, SyntaxNode node, string target, string method);

    private static string TargetOf(Diagnostic diagnostic) => diagnostic.Properties.TryGetValue(CoverageReport.TargetKey, out var target) ? target ?? "" : "";

    private static string[] MethodsOf(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(MethodChoice.MethodsKey, out var methods) && !string.IsNullOrEmpty(methods) ? methods!.Split(',') : [];

    /// <summary>Gives the action its verb.</summary>
    private protected static SyntaxNode? AddVerb(SyntaxNode root, SyntaxNode node, string method) =>
        node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } action ? Attributes.Add(root, action, $"Microsoft.AspNetCore.Mvc.Http{method}") : null;

    /// <summary>Makes the mapping call that of the method.</summary>
    private protected static SyntaxNode? RenameCall(SyntaxNode root, SyntaxNode node, string from, string method) =>
        node is IdentifierNameSyntax name && name.Identifier.ValueText == from ? root.ReplaceNode(name, SyntaxFactory.IdentifierName("Map" + method).WithTriviaFrom(name)) : null;
}
