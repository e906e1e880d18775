using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>The compilation's own implementations of interface and abstract methods; the map is made when first asked for.</summary>
internal static class Implementations
{
    private static readonly ConditionalWeakTable<CompilationFacts, Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>>> Cache = new();

    public static ImmutableArray<IMethodSymbol> Of(CompilationFacts facts, IMethodSymbol method, CancellationToken cancellationToken)
    {
        if (!Cache.TryGetValue(facts, out var map))
        {
            var built = Build(facts.Compilation, cancellationToken);
            map = Cache.GetValue(facts, _ => built);
        }

        if (method.ContainingType is not { } type || !map.TryGetValue(type.OriginalDefinition, out var types))
            return ImmutableArray<IMethodSymbol>.Empty;
        var result = ImmutableArray.CreateBuilder<IMethodSymbol>();
        foreach (var implementing in types)
        {
            var found = type.TypeKind == TypeKind.Interface ? OfInterface(implementing, method) : OfAbstract(implementing, method);
            if (found is not null)
                result.Add(found);
        }

        return result.ToImmutable();
    }

    private static IMethodSymbol? OfInterface(INamedTypeSymbol type, IMethodSymbol method)
    {
        foreach (var implemented in type.AllInterfaces)
        {
            if (!SymbolEqualityComparer.Default.Equals(implemented.OriginalDefinition, method.ContainingType.OriginalDefinition))
                continue;
            foreach (var member in implemented.GetMembers(method.Name))
            {
                if (SymbolEqualityComparer.Default.Equals(member.OriginalDefinition, method.OriginalDefinition))
                    return type.FindImplementationForInterfaceMember(member) as IMethodSymbol;
            }
        }

        return null;
    }

    private static IMethodSymbol? OfAbstract(INamedTypeSymbol type, IMethodSymbol method) => type.GetMembers(method.Name).OfType<IMethodSymbol>().FirstOrDefault(m =>
    {
        for (var overridden = m.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
        {
            if (SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, method.OriginalDefinition))
                return true;
        }

        return false;
    });

    private static Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>> Build(Compilation compilation, CancellationToken cancellationToken)
    {
        var map = new Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>>(SymbolEqualityComparer.Default);
        var pending = new Stack<INamespaceOrTypeSymbol>();
        pending.Push(compilation.Assembly.GlobalNamespace);
        while (pending.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var member in pending.Pop().GetMembers())
            {
                if (member is INamespaceSymbol ns)
                    pending.Push(ns);
                if (member is not INamedTypeSymbol type)
                    continue;
                pending.Push(type);
                if (type is { TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false })
                    Add(map, type);
            }
        }

        return map;
    }

    private static void Add(Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>> map, INamedTypeSymbol type)
    {
        foreach (var implemented in type.AllInterfaces)
            Add(map, implemented.OriginalDefinition, type);
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (current.IsAbstract)
                Add(map, current.OriginalDefinition, type);
        }
    }

    private static void Add(Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>> map, INamedTypeSymbol key, INamedTypeSymbol type)
    {
        if (!map.TryGetValue(key, out var list))
            map[key] = list = [];
        list.Add(type);
    }
}
