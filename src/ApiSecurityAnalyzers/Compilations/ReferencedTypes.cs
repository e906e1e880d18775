using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Compilations;

/// <summary>
/// Which assemblies of a list of references define a type. The answer is kept for all compilations with the same assemblies: most of the types
/// that are asked for belong to libraries that are not there, and to find that out means to look into every assembly.
/// </summary>
internal sealed class ReferencedTypes
{
    private static readonly LatestOf<ReferencedTypes> Latest = new();

    private readonly ImmutableArray<PortableExecutableReference> _references;
    private readonly ConcurrentDictionary<string, ImmutableArray<PortableExecutableReference>> _definers = new(StringComparer.Ordinal);

    private ReferencedTypes(ImmutableArray<PortableExecutableReference> references) => _references = references;

    public static ReferencedTypes For(Compilation compilation)
    {
        var references = compilation.ExternalReferences.OfType<PortableExecutableReference>().ToImmutableArray();
        if (Latest.Get(compilation) is { } earlier && earlier._references.SequenceEqual(references))
            return earlier;
        var types = new ReferencedTypes(references);
        Latest.Set(compilation, types);
        return types;
    }

    /// <summary>The types with the metadata name that the references of a compilation define, those of other projects included.</summary>
    public IEnumerable<INamedTypeSymbol> Find(string metadataName, Compilation compilation)
    {
        if (!_definers.TryGetValue(metadataName, out var definers))
            _definers[metadataName] = definers = _references.Where(r => In(r, metadataName, compilation) is not null).ToImmutableArray();
        foreach (var reference in definers)
        {
            if (In(reference, metadataName, compilation) is { } type)
                yield return type;
        }

        foreach (var reference in compilation.ExternalReferences)
        {
            if (reference is not PortableExecutableReference && In(reference, metadataName, compilation) is { } type)
                yield return type;
        }
    }

    private static INamedTypeSymbol? In(MetadataReference reference, string metadataName, Compilation compilation) =>
        compilation.GetAssemblyOrModuleSymbol(reference) is IAssemblySymbol assembly ? assembly.GetTypeByMetadataName(metadataName) : null;
}
