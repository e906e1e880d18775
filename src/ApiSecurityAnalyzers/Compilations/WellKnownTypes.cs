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
#pragma warning disable RS0030 // the one place that may ask: it caches
        // several references may define the type (copies, shims): the first one that this compilation can use serves
        return compilation.GetTypeByMetadataName(metadataName)
            ?? compilation.GetTypesByMetadataName(metadataName).FirstOrDefault(t => compilation.IsSymbolAccessibleWithin(t, compilation.Assembly));
#pragma warning restore RS0030
    }
}
