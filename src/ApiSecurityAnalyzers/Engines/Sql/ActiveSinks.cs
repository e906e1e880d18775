using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ApiSecurityAnalyzers.Compilations;

namespace ApiSecurityAnalyzers.Engines.Sql;

/// <summary>The names that matter in a compilation: those of the libraries that it references.</summary>
internal sealed class ActiveSinks
{
    private static readonly ConditionalWeakTable<CompilationFacts, ActiveSinks> Cache = new();

    private static readonly ConcurrentDictionary<ulong, ActiveSinks> ByLibraries = new();

    private ActiveSinks(IReadOnlyList<SqlLibrary> libraries)
    {
        IsEmpty = libraries.Count == 0;
        Names = new NameSet(libraries.SelectMany(static l => l.Names.Names).Distinct(StringComparer.Ordinal));
        Created = new NameSet(libraries.SelectMany(static l => l.Sinks).Where(static s => s.Shape == SinkShape.Creation).SelectMany(static s => s.Names).Distinct(StringComparer.Ordinal));
    }

    public bool IsEmpty { get; }

    public NameSet Names { get; }

    /// <summary>The types whose constructors take the text.</summary>
    public NameSet Created { get; }

    public static ActiveSinks Of(CompilationFacts facts) => Cache.TryGetValue(facts, out var sinks) ? sinks : Cache.GetValue(facts, Create);

    /// <summary>Compilations with the same libraries share an instance, so that what trees keep for it outlives an edit.</summary>
    private static ActiveSinks Create(CompilationFacts facts)
    {
        var libraries = new List<SqlLibrary>();
        var key = 0UL;
        for (var i = 0; i < SqlSinks.Libraries.Length; i++)
        {
            if (!SqlSinks.Libraries[i].Markers.Any(facts.Types.Has))
                continue;
            libraries.Add(SqlSinks.Libraries[i]);
            key |= 1UL << i;
        }

        return ByLibraries.GetOrAdd(key, _ => new ActiveSinks(libraries));
    }
}
