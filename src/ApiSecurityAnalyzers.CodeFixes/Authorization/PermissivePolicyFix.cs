using System.Collections.Immutable;
using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Rules.Authorization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Authorization;

/// <summary>ASA1009: demands an authenticated user; removes what takes a fallback policy away.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PermissivePolicyFix))]
public sealed class PermissivePolicyFix : CodeFixProvider, ISequentialFix
{
    internal const string RequireAuthenticatedUser = "ASA1009.RequireAuthenticatedUser";
    internal const string Remove = "ASA1009.Remove";

    private const string Call = ".RequireAuthenticatedUser()";
    private const string Requirement = "new Microsoft.AspNetCore.Authorization.Infrastructure.DenyAnonymousAuthorizationRequirement()";
    private const string Policy = "new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build()";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(PermissivePolicy.Descriptor.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => SequentialFixAllProvider.Instance;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var document = context.Document;
        var diagnostic = context.Diagnostics[0];
        foreach (var (key, title) in new[] { (RequireAuthenticatedUser, "Require an authenticated user"), (Remove, "Remove what leaves endpoints open") })
        {
            if (await ChangeAsync(document, diagnostic.Location.SourceSpan, diagnostic, key, context.CancellationToken).ConfigureAwait(false) is null)
                continue;
            this.Register(context, title, key);
        }
    }

    async Task<Solution> ISequentialFix.ApplyAsync(Solution solution, DocumentId documentId, TextSpan span, Diagnostic diagnostic, string equivalenceKey, CancellationToken cancellationToken)
    {
        var changed = await ChangeAsync(solution.GetDocument(documentId)!, span, diagnostic, equivalenceKey, cancellationToken).ConfigureAwait(false);
        return changed is null ? solution : await CleanUp.RunAsync(solution, changed.Project.Solution, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<Document?> ChangeAsync(Document document, TextSpan span, Diagnostic diagnostic, string key, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || span.End > root.FullSpan.End || root.FindToken(span.Start).Parent is not SimpleNameSyntax name || !diagnostic.Properties.TryGetValue(PermissivePolicy.KindKey, out var kind))
            return null;
        if (key == Remove)
            return kind == PermissivePolicy.Fallback && FallbackEdits.Remove(name, text) is { } removed ? document.WithText(text.WithChanges(removed)) : null;
        if (TextOf(kind, name, text) is { } change)
            return document.WithText(text.WithChanges(change));
        return NodeOf(kind, name) is var (old, code) && old is not null ? document.WithSyntaxRoot(root.ReplaceNode(old, Parse(code).WithTriviaFrom(old))) : null;
    }

    /// <summary>What is written into the text as it stands.</summary>
    private static TextChange? TextOf(string? kind, SimpleNameSyntax name, SourceText text) => kind switch
    {
        PermissivePolicy.AssertionCall when name.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call => new TextChange(TextSpan.FromBounds(name.SpanStart, call.Span.End), Call.Substring(1)),
        PermissivePolicy.CallerIgnored when name.Parent is MemberAccessExpressionSyntax member => new TextChange(new TextSpan(member.Expression.Span.End, 0), Call),
        PermissivePolicy.EmptyBuilder when name.FirstAncestorOrSelf<ObjectCreationExpressionSyntax>() is { } creation => new TextChange(new TextSpan(creation.Span.End, 0), Call),
        PermissivePolicy.EmptyLambda when name.FirstAncestorOrSelf<InvocationExpressionSyntax>()?.ArgumentList.Arguments.LastOrDefault()?.Expression is LambdaExpressionSyntax lambda => PolicyLambda.Demand(lambda, Call),
        PermissivePolicy.Handler when name.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } succeed => HandlerGuard.Insert(succeed, text),
        PermissivePolicy.Fallback when name.Parent is MemberAccessExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } member && assignment.Left == member =>
            new TextChange(assignment.Right.Span, member.Expression + ".DefaultPolicy"),
        _ => null,
    };

    /// <summary>What names types that the document may not import.</summary>
    private static (SyntaxNode? Old, string Code) NodeOf(string? kind, SimpleNameSyntax name) => kind switch
    {
        PermissivePolicy.AssertionObject => (name.FirstAncestorOrSelf<ObjectCreationExpressionSyntax>(), Requirement),
        PermissivePolicy.EmptyPolicy => (name.FirstAncestorOrSelf<ObjectCreationExpressionSyntax>()?.ArgumentList?.Arguments[0].Expression, "new Microsoft.AspNetCore.Authorization.IAuthorizationRequirement[] { " + Requirement + " }"),
        PermissivePolicy.Fallback when name.Parent is AssignmentExpressionSyntax assignment => (assignment.Right, Policy),
        PermissivePolicy.Fallback => (name.FirstAncestorOrSelf<InvocationExpressionSyntax>()?.ArgumentList.Arguments.LastOrDefault()?.Expression, Policy),
        _ => (null, ""),
    };

    private static ExpressionSyntax Parse(string code) =>
        SyntaxFactory.ParseExpression(code).WithAdditionalAnnotations(Simplifier.AddImportsAnnotation, Simplifier.Annotation, TypeNames.Annotation);
}
