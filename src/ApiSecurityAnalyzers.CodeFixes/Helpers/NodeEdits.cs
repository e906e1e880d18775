using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>Replacements of nodes of one document, made together; nested ones compose.</summary>
internal sealed class NodeEdits
{
    private readonly Dictionary<SyntaxNode, Func<SyntaxNode, SyntaxNode>> _edits = [];

    public bool IsEmpty => _edits.Count == 0;

    /// <summary>Replaces a node; the function is given the node with the replacements inside it already made.</summary>
    public void Replace<T>(T node, Func<T, SyntaxNode> change)
        where T : SyntaxNode => _edits[node] = _edits.TryGetValue(node, out var earlier) ? n => change((T)earlier(n)) : n => change((T)n);

    /// <summary>Whether the node, or a node around it, is replaced already.</summary>
    public bool Covers(SyntaxNode node) => node.AncestorsAndSelf().Any(_edits.ContainsKey);

    public SyntaxNode ApplyTo(SyntaxNode root) => root.ReplaceNodes(_edits.Keys, (original, rewritten) => _edits[original](rewritten));
}
