using System.Collections.Immutable;
using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Engines.Endpoints;
using ApiSecurityAnalyzers.Rules.RateLimiting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.RateLimiting;

/// <summary>ASA3004: gives a sign-in endpoint a policy that is registered, or a new one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnlimitedSignInFix))]
public sealed class UnlimitedSignInFix : CodeFixProvider, ISequentialFix
{
    internal const string ApplyPolicy = "ASA3004.ApplyPolicy";
    internal const string AddPolicy = "ASA3004.AddPolicy";

    private const string Attribute = "Microsoft.AspNetCore.RateLimiting.EnableRateLimitingAttribute";

    /// <summary>The policy that the second action registers.</summary>
    private const string Name = "sign-in";

    /// <summary>Ten attempts a minute and client: enough for people who mistype, little for a word list.</summary>
    private const int Permits = 10;

    /// <summary>Words in the names of policies that are made for signing in; the first such policy is taken before others.</summary>
    private static readonly string[] Words = ["auth", "login", "log-in", "signin", "sign-in", "token", "otp", "password", "credential", "strict", "brute"];

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(UnlimitedSignIn.Descriptor.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => SequentialFixAllProvider.Instance;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var document = context.Document;
        if (await HostEditor.ModelAsync(document.Project, context.CancellationToken).ConfigureAwait(false) is not { } model || !model.Facts.Types.Has(Attribute) || await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
            return;
        var diagnostic = context.Diagnostics[0];
        diagnostic.Properties.TryGetValue(CoverageReport.TargetKey, out var target);
        if (Exemption(diagnostic) is { } exemption && Removable(root, context.Span, exemption, UnlimitedEndpointFix.IsCall(target)) is null)
            return;
        if (Policy(model, context.CancellationToken) is { } policy)
            this.Register(context, UnlimitedEndpointFix.IsCall(target) ? $"Add '.RequireRateLimiting({UnlimitedEndpointFix.Literal(policy)})'" : $"Add '[EnableRateLimiting({UnlimitedEndpointFix.Literal(policy)})]'", ApplyPolicy);
        if (UnlimitedEndpointFix.LimiterOptions(model, document.Project, context.CancellationToken) is not null || IsRegistered(model, context.CancellationToken))
            this.Register(context, $"Register a policy '{Name}' and apply it", AddPolicy);
    }

    async Task<Solution> ISequentialFix.ApplyAsync(Solution solution, DocumentId documentId, TextSpan span, Diagnostic diagnostic, string equivalenceKey, CancellationToken cancellationToken)
    {
        var document = solution.GetDocument(documentId)!;
        if (await HostEditor.ModelAsync(document.Project, cancellationToken).ConfigureAwait(false) is not { } model || await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root)
            return solution;
        diagnostic.Properties.TryGetValue(CoverageReport.TargetKey, out var target);
        var policy = equivalenceKey == AddPolicy ? Name : Policy(model, cancellationToken);
        if (policy is null)
            return solution;

        // the exemption would win over any policy
        if (Exemption(diagnostic) is not null && root.FindNode(span) is var place && ExemptionAt(place, UnlimitedEndpointFix.IsCall(target)) is { } exemption && Removal.Of(exemption, root.GetText()) is { } removed)
        {
            root = await root.SyntaxTree.WithChangedText(root.GetText().WithChanges(new TextChange(removed, ""))).GetRootAsync(cancellationToken).ConfigureAwait(false);
            span = removed.End <= span.Start ? new TextSpan(span.Start - removed.Length, span.Length) : span;
            document = document.WithSyntaxRoot(root);
            root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        }

        if (UnlimitedEndpointFix.Edit(root, span, diagnostic, UnlimitedEndpointFix.Literal(policy)) is not { } edited)
            return solution;
        var changed = await CleanUp.RunAsync(solution, document.WithSyntaxRoot(edited).Project.Solution, cancellationToken).ConfigureAwait(false);
        if (equivalenceKey != AddPolicy || IsRegistered(model, cancellationToken))
            return changed;

        // the options may stand in the same document
        var project = changed.GetProject(document.Project.Id)!;
        if (await HostEditor.ModelAsync(project, cancellationToken).ConfigureAwait(false) is not { } later || UnlimitedEndpointFix.LimiterOptions(later, project, cancellationToken) is not { } options)
            return solution;
        var host = await OptionsLambda.InsertAsync(project.GetDocument(options.SyntaxTree)!, options, ClientLimiter.Policy(UnlimitedEndpointFix.Literal(Name), Permits), cancellationToken).ConfigureAwait(false);
        return await CleanUp.RunAsync(changed, host.Project.Solution, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsRegistered(ApplicationModel model, CancellationToken cancellationToken) => model.Hosts(cancellationToken).All(static h => h.RateLimiterPolicies.Contains(Name));

    /// <summary>A policy that every host registers, one that is made for signing in before others.</summary>
    private static string? Policy(ApplicationModel model, CancellationToken cancellationToken)
    {
        var hosts = model.Hosts(cancellationToken);
        if (hosts.IsEmpty)
            return null;
        var policies = hosts[0].RateLimiterPolicies.Where(p => hosts.All(h => h.RateLimiterPolicies.Contains(p))).ToList();
        return policies.Find(static p => Words.Any(w => p.IndexOf(w, StringComparison.OrdinalIgnoreCase) >= 0)) ?? policies.FirstOrDefault();
    }

    private static Location? Exemption(Diagnostic diagnostic) => diagnostic.AdditionalLocations is { Count: > 0 } locations ? locations[0] : null;

    /// <summary>The exemption, where it stands on the endpoint itself: elsewhere it exempts others too.</summary>
    private static SyntaxNode? Removable(SyntaxNode root, TextSpan span, Location exemption, bool isCall) =>
        exemption.SourceTree == root.SyntaxTree && ExemptionAt(root.FindNode(span), isCall) is { } node && node.Span == exemption.SourceSpan && Removal.Of(node, root.GetText()) is not null ? node : null;

    private static SyntaxNode? ExemptionAt(SyntaxNode place, bool isCall)
    {
        if (!isCall)
            return place.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.AttributeLists.SelectMany(static l => l.Attributes).FirstOrDefault(static a => a.Name.ToString().Split('.').Last() is "DisableRateLimiting" or "DisableRateLimitingAttribute");
        for (SyntaxNode? current = place.FirstAncestorOrSelf<InvocationExpressionSyntax>(); current?.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax next } access; current = next)
        {
            if (access.Name.Identifier.ValueText == "DisableRateLimiting")
                return next;
        }

        return null;
    }
}
