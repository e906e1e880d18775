using System.Runtime.CompilerServices;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>
/// What the names in a project's methods say about changes of state, before anything is bound: most actions end with a call such as <c>Ok(…)</c>, which is no
/// own method, and most own methods that they call beside it mention nothing that changes anything.
/// </summary>
internal sealed class OwnMethods
{
    private static readonly ConditionalWeakTable<SyntaxTree, Dictionary<string, Named>> ByTree = new();

    private static readonly ConditionalWeakTable<CompilationFacts, OwnMethods> Cache = new();

    private readonly CompilationFacts _facts;
    private readonly Dictionary<string, Named?> _named = new(StringComparer.Ordinal);

    private OwnMethods(CompilationFacts facts) => _facts = facts;

    public static OwnMethods Of(CompilationFacts facts) => Cache.TryGetValue(facts, out var methods) ? methods : Cache.GetValue(facts, static f => new OwnMethods(f));

    /// <summary>Whether a method of the name can change something, or call beside itself one that can, as far as names tell.</summary>
    /// <param name="name">The name that is called without a receiver.</param>
    /// <param name="depth">How many own methods deep may still be looked.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public bool MayChange(string name, int depth, CancellationToken cancellationToken) =>
        depth > 0 && Find(name, cancellationToken) is { } named && (named.Changes || named.Beside.Any(n => MayChange(n, depth - 1, cancellationToken)));

    private Named? Find(string name, CancellationToken cancellationToken)
    {
        lock (_named)
        {
            if (_named.TryGetValue(name, out var known))
                return known;
        }

        Named? found = null;
        foreach (var tree in _facts.Compilation.SyntaxTrees)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (NameIndex.For(tree, cancellationToken).MayHave(name) && In(tree, cancellationToken).TryGetValue(name, out var named))
                found = found is null ? named : new Named(found.Changes || named.Changes, [.. found.Beside.Union(named.Beside, StringComparer.Ordinal)]);
        }

        lock (_named)
            _named[name] = found;
        return found;
    }

    private static Dictionary<string, Named> In(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (ByTree.TryGetValue(tree, out var known))
            return known;
        var methods = new Dictionary<string, Named>(StringComparer.Ordinal);
        foreach (var node in tree.GetRoot(cancellationToken).DescendantNodes())
        {
            var name = node switch
            {
                MethodDeclarationSyntax method => method.Identifier.ValueText,
                LocalFunctionStatementSyntax local => local.Identifier.ValueText,
                _ => null,
            };
            if (name is null)
                continue;
            var named = Read(node);
            methods[name] = methods.TryGetValue(name, out var other) ? new Named(named.Changes || other.Changes, [.. named.Beside.Union(other.Beside, StringComparer.Ordinal)]) : named;
        }

        return ByTree.GetValue(tree, _ => methods);
    }

    private static Named Read(SyntaxNode code)
    {
        var beside = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in code.DescendantNodes())
        {
            if (node is not InvocationExpressionSyntax call)
                continue;
            var name = ChangeFinder.NameOf(call.Expression);
            if (ChangeNames.CanChange(name))
                return new Named(true, []);
            if (ChangeFinder.IsBeside(call) && name != "nameof" && !ChangeNames.Reads(name))
                beside.Add(name);
        }

        return new Named(false, [.. beside]);
    }

    /// <summary>What the methods of one name call.</summary>
    /// <param name="Changes">Whether one of them calls something whose name says that it can change something.</param>
    /// <param name="Beside">The other names that they call without a receiver.</param>
    private sealed record Named(bool Changes, string[] Beside);
}
