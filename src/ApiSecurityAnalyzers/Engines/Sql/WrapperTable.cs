using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ApiSecurityAnalyzers.Engines.Sql;

/// <summary>The candidates of a whole project by name, from syntax alone; kept while the documents that change have none, before and after.</summary>
internal sealed class WrapperTable
{
    /// <summary>How many wrappers may stand around each other.</summary>
    public const int MaxLevels = 3;

    /// <summary>More candidates than this are a sign of generated or scripted code; they are not followed.</summary>
    private const int MaxCandidates = 400;

    private static readonly LatestOf<WrapperTable> Latest = new();

    private readonly NameSet _sinks;
    private readonly ImmutableArray<SyntaxTree> _trees;

    private WrapperTable(NameSet sinks, ImmutableArray<SyntaxTree> trees, IReadOnlyDictionary<string, List<WrapperCandidate>> byName)
    {
        _sinks = sinks;
        _trees = trees;
        ByName = byName;
    }

    public IReadOnlyDictionary<string, List<WrapperCandidate>> ByName { get; }

    public static WrapperTable Of(CompilationFacts facts, CancellationToken cancellationToken)
    {
        var compilation = (CSharpCompilation)facts.Compilation;
        var sinks = ActiveSinks.Of(facts).Names;
        var earlier = Latest.Get(compilation);
        if (earlier is not null && earlier._sinks == sinks && earlier._trees == compilation.SyntaxTrees)
            return earlier;
        var byName = earlier is not null && earlier.HoldsFor(sinks, compilation.SyntaxTrees, cancellationToken) ? earlier.ByName : Read(sinks, compilation.SyntaxTrees, cancellationToken);
        var table = new WrapperTable(sinks, compilation.SyntaxTrees, byName);
        Latest.Set(compilation, table);
        return table;
    }

    private static Dictionary<string, List<WrapperCandidate>> Read(NameSet sinks, ImmutableArray<SyntaxTree> trees, CancellationToken cancellationToken)
    {
        var byName = new Dictionary<string, List<WrapperCandidate>>(StringComparer.Ordinal);
        var pending = new List<WrapperCandidate>();
        foreach (var tree in trees)
            pending.AddRange(WrapperCandidates.Of(tree).Direct(sinks, tree, cancellationToken));
        var count = 0;
        for (var level = 0; level < MaxLevels && pending.Count > 0; level++)
        {
            var added = new HashSet<string>(StringComparer.Ordinal);
            foreach (var candidate in pending)
            {
                if (!byName.TryGetValue(candidate.Name, out var list))
                    byName[candidate.Name] = list = [];
                if (list.Contains(candidate))
                    continue;
                list.Add(candidate);
                count++;
                added.Add(candidate.Name);
            }

            if (count > MaxCandidates)
                break;
            pending = [];
            foreach (var tree in trees)
            {
                var candidates = WrapperCandidates.Of(tree);
                foreach (var name in added)
                    pending.AddRange(candidates.Of(name, tree, cancellationToken));
            }
        }

        return byName;
    }

    /// <summary>Whether each document that changed neither had a candidate nor has one now.</summary>
    private bool HoldsFor(NameSet sinks, ImmutableArray<SyntaxTree> trees, CancellationToken cancellationToken) =>
        sinks == _sinks && ChangedTrees.All(_trees, trees, (earlier, current) => !HasCandidate(earlier, cancellationToken) && !HasCandidate(current, cancellationToken));

    private bool HasCandidate(SyntaxTree tree, CancellationToken cancellationToken)
    {
        var candidates = WrapperCandidates.Of(tree);
        if (!candidates.Direct(_sinks, tree, cancellationToken).IsEmpty)
            return true;
        foreach (var name in ByName.Keys)
        {
            if (!candidates.Of(name, tree, cancellationToken).IsEmpty)
                return true;
        }

        return false;
    }
}
