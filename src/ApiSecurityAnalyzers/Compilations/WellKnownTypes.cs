using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Compilations;

/// <summary>The types of a compilation by metadata name, looked up once each, when first asked for.</summary>
internal sealed class WellKnownTypes
{
    private static readonly ConditionalWeakTable<Compilation, WellKnownTypes> Cache = new();

    private readonly ConcurrentDictionary<string, INamedTypeSymbol?> _types = new(StringComparer.Ordinal);
    private readonly WeakReference<Compilation> _compilation;
    private ReferencedTypes? _referenced;

    private WellKnownTypes(Compilation compilation) => _compilation = new(compilation);

    /// <summary>The type with the metadata name (<c>Namespace.Outer+Inner`1</c>), or <see langword="null"/> where the compilation lacks it.</summary>
    public INamedTypeSymbol? this[string metadataName] =>
        _types.TryGetValue(metadataName, out var type) ? type : _types.GetOrAdd(metadataName, Find(metadataName));

    public static WellKnownTypes For(Compilation compilation) =>
        Cache.TryGetValue(compilation, out var types) ? types : Cache.GetValue(compilation, static c => new WellKnownTypes(c));

    public bool Has(string metadataName) => this[metadataName] is not null;

    private INamedTypeSymbol? Find(string metadataName)
    {
        if (!_compilation.TryGetTarget(out var compilation))
            return null;
        if (compilation.Assembly.GetTypeByMetadataName(metadataName) is { } own)
            return own;

        // several references may define the type (copies, shims): the first one that this compilation can use serves
        return (_referenced ??= ReferencedTypes.For(compilation)).Find(metadataName, compilation).FirstOrDefault(t => compilation.IsSymbolAccessibleWithin(t, compilation.Assembly));
    }
}
