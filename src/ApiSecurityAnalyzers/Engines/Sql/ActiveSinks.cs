using System.Runtime.CompilerServices;
using ApiSecurityAnalyzers.Compilations;

namespace ApiSecurityAnalyzers.Engines.Sql;

/// <summary>The names that matter in a compilation: those of the libraries that it references.</summary>
internal sealed class ActiveSinks
{
    private static readonly ConditionalWeakTable<CompilationFacts, ActiveSinks> Cache = new();

    private ActiveSinks(CompilationFacts facts)
    {
        var libraries = SqlSinks.Libraries.Where(l => l.Markers.Any(facts.Types.Has)).ToList();
        IsEmpty = libraries.Count == 0;
        Names = new NameSet(libraries.SelectMany(static l => l.Names.Names).Distinct(StringComparer.Ordinal));
    }

    public bool IsEmpty { get; }

    public NameSet Names { get; }

    public static ActiveSinks Of(CompilationFacts facts) => Cache.TryGetValue(facts, out var sinks) ? sinks : Cache.GetValue(facts, static f => new ActiveSinks(f));
}
