using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>Moves a call to another place of the pipeline. The comment right above its statement goes along; everything else stays as it is.</summary>
internal static class MiddlewareMove
{
    /// <summary>Whether the call can be taken out: a statement of its own, or a link of a chain, that no directive decides about.</summary>
    public static bool CanMove(HostCall call)
    {
        var text = call.Call.SyntaxTree.GetText();
        return Removal.Of(call.Call, text) is not null && !IsInDirective(call.Call);
    }

    /// <summary>Takes the call out and puts it where <paramref name="place"/> wants it.</summary>
    public static async Task MoveAsync(HostEditor editor, HostCall call, Func<HostEditor, Place?> place, CancellationToken cancellationToken)
    {
        var name = EndpointPath.NameOf(call.Call).ToString();
        var isExtension = call.Call.Expression is MemberAccessExpressionSyntax { Expression: var receiver } && receiver == call.Receiver;
        var code = name + (isExtension ? call.Call.ArgumentList.WithoutTrivia().ToString() : "()");
        var root = await call.Call.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        var text = await call.Call.SyntaxTree.GetTextAsync(cancellationToken).ConfigureAwait(false);
        if (Removal.Of(call.Call, text) is not { } span)
            return;
        var comments = "";
        if (call.Call.Parent is ExpressionStatementSyntax statement && span.Start <= statement.SpanStart && CommentStart(statement) is { } start)
        {
            comments = string.Join("\n", text.ToString(TextSpan.FromBounds(start, span.Start)).Split('\n').Select(static l => l.Trim()).Where(static l => l.Length > 0)) + "\n";
            span = TextSpan.FromBounds(start, span.End);
        }

        var changed = root.SyntaxTree.WithChangedText(text.WithChanges(new TextChange(span, "")));
        await editor.ChangeAsync(root, await changed.GetRootAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        if (place(editor) is { } found)
            await editor.AddCodeAsync(found, found.Receiver.Length == 0 ? "" : comments, code, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Where the comment lines right above the statement begin; none behind a blank line.</summary>
    private static int? CommentStart(StatementSyntax statement)
    {
        int? start = null;
        var trivia = statement.GetLeadingTrivia();
        var ended = true;
        for (var i = trivia.Count - 1; i >= 0; i--)
        {
            if (trivia[i].IsKind(SyntaxKind.WhitespaceTrivia))
            {
                if (start == trivia[i].Span.End)
                    start = trivia[i].SpanStart;
                continue;
            }

            if (trivia[i].IsKind(SyntaxKind.SingleLineCommentTrivia) && !ended)
            {
                start = trivia[i].SpanStart;
                ended = true;
                continue;
            }

            if (trivia[i].IsKind(SyntaxKind.EndOfLineTrivia) && ended)
            {
                ended = false;
                continue;
            }

            break;
        }

        return start;
    }

    private static bool IsInDirective(SyntaxNode node)
    {
        var depth = 0;
        for (var directive = ((CompilationUnitSyntax)node.SyntaxTree.GetRoot()).GetFirstDirective(); directive is not null && directive.SpanStart < node.SpanStart; directive = directive.GetNextDirective())
            depth += directive is IfDirectiveTriviaSyntax ? 1 : directive is EndIfDirectiveTriviaSyntax ? -1 : 0;
        return depth > 0;
    }
}
