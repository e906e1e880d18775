using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Compilations;

/// <summary>Compares symbols with fully qualified names without allocating, so that tables of names need no lookups.</summary>
internal static class SymbolNames
{
    /// <summary>Whether the type, or the type that it is constructed from, has the full name (<c>Namespace.Outer+Inner`1</c>; arity optional).</summary>
    public static bool Is(this ITypeSymbol? type, string fullName)
    {
        if (type is not INamedTypeSymbol named)
            return false;
        var end = fullName.Length;
        for (INamedTypeSymbol? current = named; current is not null; current = current.ContainingType)
        {
            var tick = fullName.LastIndexOf('`', end - 1);
            var nameEnd = tick > 0 && fullName.IndexOfAny(Separators, tick, end - tick) < 0 ? tick : end;
            if (!EndsAt(fullName, nameEnd, current.Name, out var start))
                return false;
            if (current.ContainingType is not null)
            {
                if (start == 0 || fullName[start - 1] is not ('+' or '.'))
                    return false;
                end = start - 1;
                continue;
            }

            return IsNamespace(current.ContainingNamespace, fullName, start - 1);
        }

        return false;
    }

    /// <summary>Whether the type or one of its base types has the full name.</summary>
    public static bool InheritsFrom(this ITypeSymbol? type, string fullName)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.Is(fullName))
                return true;
        }

        return false;
    }

    /// <summary>Whether the type is the interface or implements it, directly or through bases.</summary>
    public static bool Implements(this ITypeSymbol? type, string fullName)
    {
        if (type is null)
            return false;
        if (type.Is(fullName))
            return true;
        foreach (var implemented in type.AllInterfaces)
        {
            if (implemented.Is(fullName))
                return true;
        }

        return type is ITypeParameterSymbol parameter && parameter.ConstraintTypes.Any(c => c.InheritsFrom(fullName) || c.Implements(fullName));
    }

    /// <summary>The type of what a variable or a member holds; <see langword="null"/> for anything else.</summary>
    public static ITypeSymbol? ValueType(this ISymbol? symbol) => symbol switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };

    /// <summary>The metadata-like full name of a type: namespace, outer types, name; without arity.</summary>
    public static string FullName(this INamedTypeSymbol type)
    {
        if (type.ContainingType is { } outer)
            return outer.FullName() + "+" + type.Name;
        return type.ContainingNamespace is { IsGlobalNamespace: false } ns ? ns.ToDisplayString() + "." + type.Name : type.Name;
    }

    private static readonly char[] Separators = ['.', '+'];

    private static bool IsNamespace(INamespaceSymbol? ns, string fullName, int end)
    {
        for (; ns is { IsGlobalNamespace: false }; ns = ns.ContainingNamespace)
        {
            if (end <= 0 || !EndsAt(fullName, end, ns.Name, out var start))
                return false;
            if (start > 0 && fullName[start - 1] != '.')
                return false;
            end = start - 1;
        }

        return end < 0;
    }

    private static bool EndsAt(string text, int end, string part, out int start)
    {
        start = end - part.Length;
        return start >= 0 && string.CompareOrdinal(text, start, part, 0, part.Length) == 0;
    }
}
