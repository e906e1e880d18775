using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Rules.Logging;

/// <summary>
/// Tells whether a comment in an empty block says why it is empty. "ignore" says what everybody sees, "the client has gone" says why; code that somebody commented out
/// says neither.
/// </summary>
internal static class IntentComment
{
    /// <summary>How many words there must be that say more than that nothing is done.</summary>
    private const int Enough = 2;

    private static readonly HashSet<string> Empty = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "all", "an", "and", "any", "anything", "at", "be", "catch", "caught", "discard", "do", "does", "eat", "empty", "error", "errors", "exception", "exceptions", "fixme", "handle", "handled", "handling", "here", "hack", "ignore",
        "ignored", "ignores", "ignoring", "in", "is", "it", "just", "later", "log", "logged", "logging", "me", "needed", "no", "noop", "not", "nothing", "of", "on", "op", "our", "please", "silent", "silently", "suppress", "suppressed",
        "swallow", "swallowed", "swallowing", "that", "the", "these", "this", "those", "to", "todo", "we", "with",
    };

    private static readonly string[] Deliberate = ["intentional", "deliberate", "on purpose", "best effort", "best-effort", "by design"];

    public static bool IsIn(BlockSyntax block)
    {
        foreach (var trivia in block.DescendantTrivia())
        {
            if ((trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)) && SaysWhy(trivia.ToString()))
                return true;
        }

        // what stands there in other builds is not nothing
        return block.ContainsDirectives && block.DescendantTrivia().Any(static t => t.IsKind(SyntaxKind.DisabledTextTrivia));
    }

    private static bool SaysWhy(string comment)
    {
        var text = comment.Trim('/', '*', ' ', '\t', '\r', '\n');
        if (Deliberate.Any(d => text.IndexOf(d, StringComparison.OrdinalIgnoreCase) >= 0))
            return true;

        // 'logger.LogError(e);' is code
        if (text.EndsWith(";", StringComparison.Ordinal) || text.IndexOf("(", StringComparison.Ordinal) > 0 && text.IndexOf(" ", StringComparison.Ordinal) is var space && (space < 0 || space > text.IndexOf("(", StringComparison.Ordinal)))
            return false;
        var words = 0;
        foreach (var word in text.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.Length > 1 && char.IsLetter(word[0]) && !Empty.Contains(word))
                words++;
        }

        return words >= Enough;
    }

    private static readonly char[] Separators = [' ', '\t', '\r', '\n', '.', ',', ';', ':', '!', '?', '(', ')', '/', '*', '-', '"', '\'', '`', '#'];
}
