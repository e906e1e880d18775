using System.Collections.Immutable;
using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Engines.Endpoints;
using ApiSecurityAnalyzers.Rules.Authorization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Authorization;

/// <summary>ASA1005: requires authorization of what is mapped, or keeps the call to development.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(OpenOperationalEndpointFix))]
public sealed class OpenOperationalEndpointFix : AccessFix
{
    internal const string RequireAuthorization = "ASA1005.RequireAuthorization";
    internal const string GuardByDevelopment = "ASA1005.GuardByDevelopment";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(OpenOperationalEndpoint.Descriptor.Id);

    private protected override string AuthorizeKey => RequireAuthorization;

    private protected override string? AnonymousKey => null;

    private protected override string? FallbackKey => null;

    private protected override async Task RegisterMoreAsync(CodeFixContext context)
    {
        if (await BlockAsync(context.Document, context.Diagnostics[0], context.CancellationToken).ConfigureAwait(false) is not null)
            Register(context, "Run only in development", GuardByDevelopment);
    }

    private protected override async Task<Solution?> ApplyMoreAsync(Solution solution, IReadOnlyList<(DocumentId Document, Diagnostic Diagnostic)> diagnostics, string key, CancellationToken cancellationToken)
    {
        if (key != GuardByDevelopment)
            return null;
        var before = solution;
        foreach (var document in diagnostics.GroupBy(static d => d.Document, static d => d.Diagnostic))
        {
            var blocks = new List<DevelopmentBlock>();
            foreach (var diagnostic in document.OrderBy(static d => d.Location.SourceSpan.Start))
            {
                if (await BlockAsync(solution.GetDocument(document.Key)!, diagnostic, cancellationToken).ConfigureAwait(false) is { } block && !blocks.Exists(b => b.Statement == block.Statement))
                    blocks.Add(block);
            }

            var root = (await solution.GetDocument(document.Key)!.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
            solution = solution.WithDocumentSyntaxRoot(document.Key, DevelopmentBlock.Apply(root, blocks));
        }

        return await CleanUp.RunAsync(before, solution, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<DevelopmentBlock?> BlockAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        return root?.FindToken(diagnostic.Location.SourceSpan.Start).Parent?.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call && model is not null
            ? DevelopmentBlock.For(call, static name => OperationalCall.All.ContainsKey(name), model, cancellationToken)
            : null;
    }
}
