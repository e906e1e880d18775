using System.Collections.Immutable;
using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Rules.Transport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Transport;

/// <summary>ASA2002: sends the header outside development, and for long enough.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MissingHstsFix))]
public sealed class MissingHstsFix : CodeFixProvider, ISequentialFix
{
    internal const string UseHsts = "ASA2002.UseHsts";
    internal const string RaiseMaxAge = "ASA2002.RaiseMaxAge";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(MissingHsts.Descriptor.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => SequentialFixAllProvider.Instance;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var document = context.Document;
        var diagnostic = context.Diagnostics[0];
        var isShort = diagnostic.Properties.ContainsKey(MissingHsts.ShortKey);
        if (!isShort && await PlaceAsync(document, context.Span, context.CancellationToken).ConfigureAwait(false) is null)
            return;
        var key = isShort ? RaiseMaxAge : UseHsts;
        this.Register(context, isShort ? "Set 'MaxAge' to a year" : "Add 'UseHsts()' outside development", key);
    }

    async Task<Solution> ISequentialFix.ApplyAsync(Solution solution, DocumentId documentId, TextSpan span, Diagnostic diagnostic, string equivalenceKey, CancellationToken cancellationToken)
    {
        var document = solution.GetDocument(documentId)!;
        if (diagnostic.Properties.ContainsKey(MissingHsts.ShortKey) != (equivalenceKey == RaiseMaxAge))
            return solution;
        if (equivalenceKey == RaiseMaxAge)
        {
            var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
            var value = root.FindNode(span, getInnermostNodeForTie: true);
            var type = value switch
            {
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax call } => call.Expression,
                MemberAccessExpressionSyntax member => member.Expression,
                _ => null,
            };
            return type is null ? solution : document.WithSyntaxRoot(root.ReplaceNode(value, SyntaxFactory.ParseExpression(type.WithoutTrivia() + ".FromDays(365)").WithTriviaFrom(value))).Project.Solution;
        }

        if (await PlaceAsync(document, span, cancellationToken).ConfigureAwait(false) is not ({ } editor, { } place, { } code))
            return solution;
        await editor.AddCodeAsync(place, code, cancellationToken).ConfigureAwait(false);
        return editor.Solution;
    }

    private static async Task<(HostEditor Editor, Place Place, string Code)?> PlaceAsync(Document document, TextSpan span, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        return root?.FindNode(span) is { } anchor && await HostEditor.CreateAsync(document.Project, anchor, cancellationToken).ConfigureAwait(false) is { } editor && HstsPlace.Find(editor, cancellationToken) is var (place, code)
            ? (editor, place, code)
            : null;
    }
}
