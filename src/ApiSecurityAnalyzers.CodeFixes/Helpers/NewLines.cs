using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>Keeps the line endings of a file.</summary>
internal static class NewLines
{
    /// <summary>How lines end in the file of the node.</summary>
    public static string Of(SyntaxNode node)
    {
        var text = node.SyntaxTree.GetText();
        if (text.Lines.Count < 2)
            return "\n";
        var end = text.Lines[0].End;
        return text[end] == '\r' ? "\r\n" : "\n";
    }
}
