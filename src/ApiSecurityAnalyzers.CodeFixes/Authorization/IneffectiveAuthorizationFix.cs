using System.Collections.Immutable;
using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Engines.Endpoints;
using ApiSecurityAnalyzers.Engines.Pipelines;
using ApiSecurityAnalyzers.Rules.Authorization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Authorization;

/// <summary>ASA1008: puts calls where they act, or adds those that are missing.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(IneffectiveAuthorizationFix))]
public sealed class IneffectiveAuthorizationFix : CodeFixProvider, ISequentialFix
{
    internal const string MoveCall = "ASA1008.MoveCall";
    internal const string InsertCall = "ASA1008.InsertCall";

    private const string Authentication = "UseAuthentication";
    private const string Authorization = "UseAuthorization";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(IneffectiveAuthorization.Descriptor.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => SequentialFixAllProvider.Instance;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var document = context.Document;
        var diagnostic = context.Diagnostics[0];
        if (await FindAsync(document, context.Span, diagnostic, context.CancellationToken).ConfigureAwait(false) is not ({ } editor, { } fault))
            return;
        var (title, key) = ActionFor(fault);

        // what is offered works: an unusual pipeline may have no place that is right for all
        var before = editor.Solution;
        await EditAsync(editor, fault, context.CancellationToken).ConfigureAwait(false);
        if (editor.Solution == before || AuthorizationFaults.Of(editor.Application, editor.Host, context.CancellationToken).Any(f => f.Kind == fault.Kind && SectionPlace.IndexOf(f.Section) == SectionPlace.IndexOf(fault.Section)))
            return;
        this.Register(context, title, key);
    }

    async Task<Solution> ISequentialFix.ApplyAsync(Solution solution, DocumentId documentId, TextSpan span, Diagnostic diagnostic, string equivalenceKey, CancellationToken cancellationToken)
    {
        if (await FindAsync(solution.GetDocument(documentId)!, span, diagnostic, cancellationToken).ConfigureAwait(false) is not ({ } editor, { } fault) || ActionFor(fault).Key != equivalenceKey)
            return solution;
        await EditAsync(editor, fault, cancellationToken).ConfigureAwait(false);
        return editor.Solution;
    }

    private static (string Title, string Key) ActionFor(AuthorizationFault fault) => fault.Kind switch
    {
        AuthorizationFaultKind.BeforeRouting or AuthorizationFaultKind.BehindEndpoints => ("Move 'UseAuthorization' between routing and endpoints", MoveCall),
        AuthorizationFaultKind.AuthenticationBehind => ("Move authentication before 'UseAuthorization'", MoveCall),
        AuthorizationFaultKind.NoAuthentication => ("Add an authentication scheme", InsertCall),
        AuthorizationFaultKind.NoAuthorization => ("Add 'AddAuthorization()'", InsertCall),
        AuthorizationFaultKind.NoAuthenticationMiddleware => ("Add 'UseAuthentication()'", InsertCall),
        _ => ("Add 'UseAuthorization()'", InsertCall),
    };

    private static async Task EditAsync(HostEditor editor, AuthorizationFault fault, CancellationToken cancellationToken)
    {
        var branch = SectionPlace.IndexOf(fault.Section);
        switch (fault.Kind)
        {
            case AuthorizationFaultKind.BeforeRouting or AuthorizationFaultKind.BehindEndpoints:
                // where both were put behind the endpoints, authorization would follow authentication there
                if (branch == 0 && fault.Kind == AuthorizationFaultKind.BehindEndpoints && fault.Section.Certain(Authentication).Find(c => fault.Section.PositionOf(c) == PipelinePosition.BehindEndpoints) is { } late)
                    await MoveAsync(editor, late, branch, cancellationToken).ConfigureAwait(false);
                if (Section(editor, branch)?.Certain(Authorization) is { Count: > 0 } misplaced)
                    await MoveAsync(editor, misplaced[misplaced.Count - 1], branch, cancellationToken).ConfigureAwait(false);
                break;
            case AuthorizationFaultKind.AuthenticationBehind:
                if (fault.Section.Certain(Authentication, "UseIdentityServer") is { Count: > 0 } authentication)
                    await MoveAsync(editor, authentication[0], branch, cancellationToken).ConfigureAwait(false);
                break;
            case AuthorizationFaultKind.NoMiddleware when branch > 0:
                if (SectionPlace.Find(editor, branch, Authorization) is { } place)
                    await editor.AddMiddlewareAsync(Authorization, place, cancellationToken).ConfigureAwait(false);
                break;
            case AuthorizationFaultKind.NoAuthenticationMiddleware:
                await editor.AddMiddlewareAsync(Authentication, cancellationToken).ConfigureAwait(false);
                break;
            default:
                await AuthorizationSetup.EnsureAsync(editor, needsMiddleware: true, servesBrowsers: false, cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    private static async Task MoveAsync(HostEditor editor, HostCall call, int branch, CancellationToken cancellationToken)
    {
        if (MiddlewareMove.CanMove(call))
            await MiddlewareMove.MoveAsync(editor, call, e => SectionPlace.Find(e, branch, call.Name), cancellationToken).ConfigureAwait(false);
    }

    private static PipelineSection? Section(HostEditor editor, int branch) => PipelineSection.Of(editor.Host).ElementAtOrDefault(branch);

    private static async Task<(HostEditor? Editor, AuthorizationFault? Fault)> FindAsync(Document document, TextSpan span, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root || !diagnostic.Properties.TryGetValue(IneffectiveAuthorization.FaultKey, out var kind))
            return default;
        var node = root.FindNode(span);
        if (await HostEditor.ForCallAsync(document.Project, node, cancellationToken).ConfigureAwait(false) is not { } editor)
            return default;
        return (editor, AuthorizationFaults.Of(editor.Application, editor.Host, cancellationToken).FirstOrDefault(f => f.Kind.ToString() == kind && f.Node.SyntaxTree == node.SyntaxTree && f.Node.Span.Contains(span)));
    }
}
