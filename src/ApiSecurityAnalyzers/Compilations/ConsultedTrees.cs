using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Compilations;

/// <summary>
/// Notes which syntax trees an answer was read from, so that the answer can be kept while they stay the same. Recording covers the thread
/// that began it; declarations are opened with <see cref="Open"/> and models asked with <see cref="CompilationFacts.ModelOf"/>, which note the tree.
/// </summary>
internal static class ConsultedTrees
{
    [ThreadStatic]
    private static HashSet<SyntaxTree>? t_current;

    /// <summary>Runs <paramref name="read"/> and tells which trees it looked into.</summary>
    public static (T Result, HashSet<SyntaxTree> Trees) Record<T>(Func<T> read)
    {
        var outer = t_current;
        var trees = new HashSet<SyntaxTree>();
        t_current = trees;
        try
        {
            return (read(), trees);
        }
        finally
        {
            t_current = outer;
            outer?.UnionWith(trees);
        }
    }

    public static void Add(SyntaxTree tree) => t_current?.Add(tree);

    /// <summary>The syntax of a declaration, whose tree counts as consulted.</summary>
    public static SyntaxNode Open(this SyntaxReference reference, CancellationToken cancellationToken)
    {
        Add(reference.SyntaxTree);
        return reference.GetSyntax(cancellationToken);
    }
}
