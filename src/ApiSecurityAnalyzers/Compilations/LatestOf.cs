using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Compilations;

/// <summary>
/// The latest <typeparamref name="T"/> of each project, for the compilations that follow one another while someone types. A project is told by
/// its first reference to a file, which a workspace keeps as long as the projects that use it, and by its name. What is kept must hold syntax and no symbols,
/// so that it does not keep an old compilation alive.
/// </summary>
internal sealed class LatestOf<T>
    where T : class
{
    private readonly ConditionalWeakTable<MetadataReference, ConcurrentDictionary<string, T>> _byReference = new();

    public T? Get(Compilation compilation) => Slot(compilation) is { } slot && slot.TryGetValue(compilation.AssemblyName ?? "", out var latest) ? latest : null;

    public void Set(Compilation compilation, T latest)
    {
        if (Slot(compilation) is { } slot)
            slot[compilation.AssemblyName ?? ""] = latest;
    }

    private ConcurrentDictionary<string, T>? Slot(Compilation compilation)
    {
        foreach (var reference in compilation.ExternalReferences)
        {
            if (reference is PortableExecutableReference)
                return _byReference.GetValue(reference, static _ => new ConcurrentDictionary<string, T>(StringComparer.Ordinal));
        }

        return null;
    }
}
