using System.Collections.Immutable;

namespace ApiSecurityAnalyzers.Compilations;

/// <summary>Identifier names that one engine looks for; only where one of them occurs is anything bound.</summary>
internal sealed class NameSet
{
    private ulong[]? _mask;

    public NameSet(params string[] names) => Names = names.ToImmutableArray();

    public NameSet(IEnumerable<string> names) => Names = names.ToImmutableArray();

    public ImmutableArray<string> Names { get; }

    /// <summary>The set as bits of <see cref="WatchedNames"/>.</summary>
    public ulong[] Mask => _mask ??= WatchedNames.CreateMask(Names);
}
