using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>Replacements of nodes of one document, made together; nested ones compose.</summary>
internal sealed class NodeEdits
{
    private readonly Dictionary<SyntaxNode, Func<SyntaxNode, SyntaxNode>> _edits = [];
    private readonly Dictionary<BlockSyntax, SortedDictionary<int, Func<StatementSyntax, IEnumerable<StatementSyntax>>>> _blocks = [];
    private readonly HashSet<SyntaxNode> _wraps = [];

    public bool IsEmpty => _edits.Count == 0;

    /// <summary>Replaces a node; the function is given the node with the replacements inside it already made.</summary>
    public void Replace<T>(T node, Func<T, SyntaxNode> change)
        where T : SyntaxNode => _edits[node] = _edits.TryGetValue(node, out var earlier) ? n => change((T)earlier(n)) : n => change((T)n);

    /// <summary>Changes a node around parts that other replacements still reach.</summary>
    public void Wrap<T>(T node, Func<T, SyntaxNode> change)
        where T : SyntaxNode
    {
        _wraps.Add(node);
        Replace(node, change);
    }

    /// <summary>Puts several statements of a block in the place of one.</summary>
    public void Expand(StatementSyntax statement, Func<StatementSyntax, IEnumerable<StatementSyntax>> change)
    {
        var block = (BlockSyntax)statement.Parent!;
        if (!_blocks.TryGetValue(block, out var changes))
        {
            _blocks.Add(block, changes = []);
            Wrap(block, n => n.WithStatements(SyntaxFactory.List(n.Statements.SelectMany((s, i) => changes.TryGetValue(i, out var each) ? each(s) : [s]))));
        }

        changes[block.Statements.IndexOf(statement)] = change;
    }

    /// <summary>Whether the node, or a node around it, is replaced already.</summary>
    public bool Covers(SyntaxNode node) => node.AncestorsAndSelf().Any(n => _edits.ContainsKey(n) && !_wraps.Contains(n));

    public SyntaxNode ApplyTo(SyntaxNode root) => root.ReplaceNodes(_edits.Keys, (original, rewritten) => _edits[original](rewritten));
}
