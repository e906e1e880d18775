using System.Collections.Immutable;
using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Engines.Endpoints;
using ApiSecurityAnalyzers.Rules.RateLimiting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.RateLimiting;

/// <summary>ASA3002: applies a policy that is registered, or limits every request.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnlimitedEndpointFix))]
public sealed class UnlimitedEndpointFix : CodeFixProvider, ISequentialFix
{
    internal const string ApplyPolicy = "ASA3002.ApplyPolicy";
    internal const string SetGlobalLimiter = "ASA3002.SetGlobalLimiter";

    private const string Attribute = "Microsoft.AspNetCore.RateLimiting.EnableRateLimiting";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(UnlimitedEndpoint.Descriptor.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => SequentialFixAllProvider.Instance;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await HostEditor.ModelAsync(context.Document.Project, context.CancellationToken).ConfigureAwait(false) is not { } model || !model.Facts.Types.Has(Attribute + "Attribute"))
            return;
        var diagnostic = context.Diagnostics[0];
        diagnostic.Properties.TryGetValue(CoverageReport.TargetKey, out var target);
        if (Policy(model, context.CancellationToken) is { } policy)
            this.Register(context, IsCall(target) ? $"Add '.RequireRateLimiting({Literal(policy)})'" : $"Add '[EnableRateLimiting({Literal(policy)})]'", ApplyPolicy);
        if (LimiterOptions(model, context.Document.Project, context.CancellationToken) is not null)
            this.Register(context, "Limit every request with a 'GlobalLimiter'", SetGlobalLimiter);
    }

    async Task<Solution> ISequentialFix.ApplyAsync(Solution solution, DocumentId documentId, TextSpan span, Diagnostic diagnostic, string equivalenceKey, CancellationToken cancellationToken)
    {
        var document = solution.GetDocument(documentId)!;
        if (await HostEditor.ModelAsync(document.Project, cancellationToken).ConfigureAwait(false) is not { } model)
            return solution;
        Document? changed = null;
        if (equivalenceKey == SetGlobalLimiter)
        {
            if (model.Hosts(cancellationToken).All(static h => h.GlobalLimiter == Answer.No) && LimiterOptions(model, document.Project, cancellationToken) is { } options)
                changed = await OptionsLambda.InsertAsync(document.Project.GetDocument(options.SyntaxTree)!, options, GlobalLimiter.Assignment, cancellationToken).ConfigureAwait(false);
        }
        else if (Policy(model, cancellationToken) is { } policy && await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is { } root && Edit(root, span, diagnostic, Literal(policy)) is { } edited)
        {
            changed = document.WithSyntaxRoot(edited);
        }

        return changed is null ? solution : await CleanUp.RunAsync(solution, changed.Project.Solution, cancellationToken).ConfigureAwait(false);
    }

    internal static SyntaxNode? Edit(SyntaxNode root, TextSpan span, Diagnostic diagnostic, string policy)
    {
        var node = root.FindToken(span.Start).Parent;
        diagnostic.Properties.TryGetValue(CoverageReport.TargetKey, out var target);
        if (IsCall(target))
            return node?.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call ? Chain.Append(root, call, "RequireRateLimiting", SyntaxFactory.Argument(SyntaxFactory.ParseExpression(policy))) : null;
        return node?.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } declaration ? Attributes.Add(root, declaration, $"{Attribute}({policy})") : null;
    }

    internal static bool IsCall(string? target) => target is CoverageReport.TargetEndpoint or CoverageReport.TargetGroup;

    /// <summary>The policy that every host registers first.</summary>
    private static string? Policy(ApplicationModel model, CancellationToken cancellationToken)
    {
        var hosts = model.Hosts(cancellationToken);
        return hosts.IsEmpty ? null : hosts[0].RateLimiterPolicies.FirstOrDefault(p => hosts.All(h => h.RateLimiterPolicies.Contains(p)));
    }

    /// <summary>The options lambda of the one <c>AddRateLimiter</c> call of the one host.</summary>
    internal static LambdaExpressionSyntax? LimiterOptions(ApplicationModel model, Project project, CancellationToken cancellationToken)
    {
        var hosts = model.Hosts(cancellationToken);
        if (hosts.Length != 1)
            return null;
        var calls = hosts[0].Services.Where(static s => s.Name == "AddRateLimiter").Select(static s => s.Call).Distinct().ToList();
        return calls.Count == 1 && project.GetDocument(calls[0].SyntaxTree) is not null && calls[0].ArgumentList.Arguments.LastOrDefault()?.Expression is LambdaExpressionSyntax lambda && OptionsLambda.NameOf(lambda) is not null ? lambda : null;
    }

    internal static string Literal(string text) => SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(text)).ToString();
}
