using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Compilations;

/// <summary>
/// The types that a syntax tree declares with base types, by simple names and without binding; made once a tree. It narrows "who
/// implements this" to the few declarations that are worth binding.
/// </summary>
internal static class DeclaredTypes
{
    private static readonly ConditionalWeakTable<SyntaxTree, StrongBox<ImmutableArray<Declaration>>> Cache = new();

    public static ImmutableArray<Declaration> In(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (Cache.TryGetValue(tree, out var known))
            return known.Value;
        var declarations = ImmutableArray.CreateBuilder<Declaration>();
        if (tree.GetRoot(cancellationToken) is CompilationUnitSyntax unit)
            Read(unit.Members, declarations);
        return Cache.GetValue(tree, _ => new StrongBox<ImmutableArray<Declaration>>(declarations.ToImmutable())).Value;
    }

    private static void Read(SyntaxList<MemberDeclarationSyntax> members, ImmutableArray<Declaration>.Builder declarations)
    {
        foreach (var member in members)
        {
            switch (member)
            {
                case BaseNamespaceDeclarationSyntax ns:
                    Read(ns.Members, declarations);
                    break;
                case TypeDeclarationSyntax type:
                    if (type.BaseList is { } bases)
                        declarations.Add(new Declaration(type.Identifier.ValueText, bases.Types.Select(static b => NameOf(b.Type)).ToImmutableArray(), type.GetReference()));
                    Read(type.Members, declarations);
                    break;
            }
        }
    }

    private static string NameOf(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };

    /// <summary>One declaration of a type; a partial type has several.</summary>
    /// <param name="Name">The simple name.</param>
    /// <param name="Bases">The simple names in its base list.</param>
    /// <param name="Syntax">Where it stands.</param>
    internal sealed record Declaration(string Name, ImmutableArray<string> Bases, SyntaxReference Syntax);
}
