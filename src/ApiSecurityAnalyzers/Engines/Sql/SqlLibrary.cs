using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;

namespace ApiSecurityAnalyzers.Engines.Sql;

/// <summary>A library that runs SQL; its rows cost nothing where none of its marker types is referenced.</summary>
internal sealed class SqlLibrary
{
    public SqlLibrary(string kind, ImmutableArray<string> markers, params SqlSink[] sinks)
    {
        Kind = kind;
        Markers = markers;
        Sinks = sinks.ToImmutableArray();
        Names = new NameSet(sinks.SelectMany(static s => s.Names).Distinct(StringComparer.Ordinal));
    }

    /// <summary>What the fix needs to know: one of the constants of <see cref="SinkKinds"/>.</summary>
    public string Kind { get; }

    /// <summary>Types by one of which the library is known to be there.</summary>
    public ImmutableArray<string> Markers { get; }

    public ImmutableArray<SqlSink> Sinks { get; }

    public NameSet Names { get; }
}
