using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>
/// The compilation's own implementations of interface and abstract methods. Names of base lists lead to the declarations that can
/// matter; only these are bound.
/// </summary>
internal static class Implementations
{
    /// <summary>How many declarations are bound for one question; an interface with more implementations says nothing certain.</summary>
    private const int MaxCandidates = 256;

    private static readonly ConditionalWeakTable<CompilationFacts, ILookup<string, DeclaredTypes.Declaration>> Cache = new();

    public static ImmutableArray<IMethodSymbol> Of(CompilationFacts facts, IMethodSymbol method, CancellationToken cancellationToken)
    {
        if (method.ContainingType is not { } type)
            return ImmutableArray<IMethodSymbol>.Empty;
        var result = ImmutableArray.CreateBuilder<IMethodSymbol>();
        var seen = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var candidate in Candidates(facts, type.Name, cancellationToken))
        {
            if (candidate.Syntax.GetSyntax(cancellationToken) is not (ClassDeclarationSyntax or StructDeclarationSyntax or RecordDeclarationSyntax)
                || facts.ModelOf(candidate.Syntax.SyntaxTree).GetDeclaredSymbol(candidate.Syntax.GetSyntax(cancellationToken), cancellationToken) is not INamedTypeSymbol { IsAbstract: false } implementing
                || !seen.Add(implementing))
            {
                continue;
            }

            var found = type.TypeKind == TypeKind.Interface ? OfInterface(implementing, method) : OfAbstract(implementing, method);
            if (found is not null)
                result.Add(found);
        }

        return result.ToImmutable();
    }

    /// <summary>The methods of the compilation's own classes that implement one of the generic interfaces for a message: <c>IRequestHandler&lt;Message, …&gt;</c>.</summary>
    public static IEnumerable<IMethodSymbol> OfGeneric(CompilationFacts facts, IReadOnlyList<string> interfaces, INamedTypeSymbol message, CancellationToken cancellationToken)
    {
        var byBase = ByBase(facts, cancellationToken);
        foreach (var candidate in interfaces.SelectMany(i => byBase[i]))
        {
            // the name of the message stands in the base list
            if (candidate.Syntax.GetSyntax(cancellationToken) is not ClassDeclarationSyntax { BaseList: { } bases } declaration || !bases.DescendantNodes().OfType<SimpleNameSyntax>().Any(n => n.Identifier.ValueText == message.Name)
                || facts.ModelOf(declaration.SyntaxTree).GetDeclaredSymbol(declaration, cancellationToken) is not INamedTypeSymbol type)
            {
                continue;
            }

            foreach (var implemented in type.AllInterfaces.Where(i => interfaces.Contains(i.Name) && i.TypeArguments.Length > 0 && SymbolEqualityComparer.Default.Equals(i.TypeArguments[0], message)))
            {
                foreach (var member in implemented.GetMembers().OfType<IMethodSymbol>())
                {
                    if (type.FindImplementationForInterfaceMember(member) is IMethodSymbol method)
                        yield return method;
                }
            }
        }
    }

    /// <summary>The declarations whose base lists lead to the name, directly or through other declarations.</summary>
    private static List<DeclaredTypes.Declaration> Candidates(CompilationFacts facts, string name, CancellationToken cancellationToken)
    {
        var byBase = ByBase(facts, cancellationToken);
        var candidates = new List<DeclaredTypes.Declaration>();
        var names = new HashSet<string>(StringComparer.Ordinal) { name };
        var pending = new Queue<string>();
        pending.Enqueue(name);
        while (pending.Count > 0)
        {
            foreach (var declaration in byBase[pending.Dequeue()])
            {
                if (candidates.Count == MaxCandidates)
                    return [];
                candidates.Add(declaration);
                if (names.Add(declaration.Name))
                    pending.Enqueue(declaration.Name);
            }
        }

        return candidates;
    }

    private static ILookup<string, DeclaredTypes.Declaration> ByBase(CompilationFacts facts, CancellationToken cancellationToken)
    {
        if (Cache.TryGetValue(facts, out var known))
            return known;
        var built = facts.Compilation.SyntaxTrees
            .SelectMany(tree => DeclaredTypes.In(tree, cancellationToken))
            .SelectMany(static d => d.Bases.Select(b => (Base: b, Declaration: d)))
            .ToLookup(static p => p.Base, static p => p.Declaration, StringComparer.Ordinal);
        return Cache.GetValue(facts, _ => built);
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
}
