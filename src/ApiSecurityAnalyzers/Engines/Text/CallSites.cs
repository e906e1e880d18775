using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Text;

/// <summary>The places of the compilation that call a method of it, found by its name first.</summary>
internal sealed class CallSites
{
    /// <summary>How many places with the name are bound; a method that is called more often is not followed.</summary>
    private const int MaxBound = 60;

    private readonly ImmutableArray<(SyntaxNode Call, IMethodSymbol Called)>.Builder _calls = ImmutableArray.CreateBuilder<(SyntaxNode, IMethodSymbol)>();
    private readonly CompilationFacts _facts;
    private readonly IMethodSymbol _method;
    private readonly CancellationToken _cancellationToken;
    private int _bound;

    private CallSites(CompilationFacts facts, IMethodSymbol method, CancellationToken cancellationToken)
    {
        _facts = facts;
        _method = method;
        _cancellationToken = cancellationToken;
    }

    public IReadOnlyList<(SyntaxNode Call, IMethodSymbol Called)> Calls => _calls;

    /// <summary>Too many places to look at.</summary>
    public bool IsUnknown { get; private set; }

    /// <summary>The method is also handed on as a delegate, so that others call it.</summary>
    public bool IsUsedAsDelegate { get; private set; }

    public static CallSites Of(CompilationFacts facts, IMethodSymbol method, CancellationToken cancellationToken)
    {
        var sites = new CallSites(facts, (method.ReducedFrom ?? method).OriginalDefinition, cancellationToken);
        sites.Find();
        return sites;
    }

    private void Find()
    {
        if (_method.MethodKind == MethodKind.LocalFunction)
        {
            if (_method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellationToken) is { } function && Members.Of(function) is { } member)
                FindIn(member.SyntaxTree, member.Span);
            return;
        }

        var name = NameOf(_method);
        foreach (var tree in _facts.Compilation.SyntaxTrees)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (_method.DeclaredAccessibility == Accessibility.Private && !_method.ContainingType.DeclaringSyntaxReferences.Any(r => r.SyntaxTree == tree))
                continue;
            if (NameIndex.For(tree, _cancellationToken).MayHave(name))
                FindIn(tree, null);
            if (IsUnknown)
                return;
        }
    }

    private static string NameOf(IMethodSymbol method) => method.MethodKind == MethodKind.Constructor ? method.ContainingType.Name : method.Name;

    private void FindIn(SyntaxTree tree, Microsoft.CodeAnalysis.Text.TextSpan? within)
    {
        var root = tree.GetRoot(_cancellationToken);
        SemanticModel? model = null;
        foreach (var token in NameIndex.For(tree, _cancellationToken).Tokens(NameOf(_method), root, _cancellationToken))
        {
            if (within is { } span && !span.Contains(token.Span) || token.Parent is not { } parent)
                continue;
            foreach (var candidate in _method.MethodKind == MethodKind.Constructor ? Creations(parent) : parent is SimpleNameSyntax name ? [Arguments.CallOf(name) ?? name] : [])
            {
                if (++_bound > MaxBound)
                {
                    IsUnknown = true;
                    return;
                }

                model ??= _facts.ModelOf(tree);
                var info = candidate is PrimaryConstructorBaseTypeSyntax primary ? model.GetSymbolInfo(primary, _cancellationToken) : candidate is ConstructorInitializerSyntax initializer ? model.GetSymbolInfo(initializer, _cancellationToken) : model.GetSymbolInfo(candidate, _cancellationToken);
                if ((info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is not IMethodSymbol called || !IsSame(called))
                    continue;
                if (candidate is SimpleNameSyntax)
                    IsUsedAsDelegate |= !IsInNameOf(candidate);
                else
                    _calls.Add((candidate, called));
            }
        }
    }

    private static bool IsInNameOf(SyntaxNode name) => name.FirstAncestorOrSelf<ArgumentSyntax>()?.Parent?.Parent is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } };

    /// <summary>What runs a constructor where the type's name stands: creation, base list, declaration.</summary>
    private static IEnumerable<SyntaxNode> Creations(SyntaxNode node)
    {
        var type = node;
        while (type.Parent is QualifiedNameSyntax or AliasQualifiedNameSyntax or NullableTypeSyntax)
            type = type.Parent;
        switch (type.Parent)
        {
            case ObjectCreationExpressionSyntax creation when creation.Type == type:
                yield return creation;
                break;
            case PrimaryConstructorBaseTypeSyntax primary:
                yield return primary;
                break;
            case SimpleBaseTypeSyntax { Parent.Parent: TypeDeclarationSyntax derived }:
                foreach (var initializer in Initializers(derived, SyntaxKind.BaseConstructorInitializer))
                    yield return initializer;
                break;
            case VariableDeclarationSyntax declaration:
                foreach (var variable in declaration.Variables)
                {
                    if (variable.Initializer?.Value is ImplicitObjectCreationExpressionSyntax creation)
                        yield return creation;
                }

                break;
            case PropertyDeclarationSyntax { Initializer.Value: ImplicitObjectCreationExpressionSyntax creation }:
                yield return creation;
                break;
        }

        if (node is TypeDeclarationSyntax own)
        {
            foreach (var initializer in Initializers(own, SyntaxKind.ThisConstructorInitializer))
                yield return initializer;
        }
    }

    private static IEnumerable<SyntaxNode> Initializers(TypeDeclarationSyntax type, SyntaxKind kind) =>
        type.Members.OfType<ConstructorDeclarationSyntax>().Select(static c => c.Initializer).Where(i => i is not null && i.IsKind(kind)).Select(static i => (SyntaxNode)i!);

    private bool IsSame(IMethodSymbol called)
    {
        var symbol = (called.ReducedFrom ?? called).OriginalDefinition;
        for (var current = _method; current is not null; current = current.OverriddenMethod?.OriginalDefinition)
        {
            if (SymbolEqualityComparer.Default.Equals(symbol, current))
                return true;
        }

        if (symbol.ContainingType?.TypeKind != TypeKind.Interface || symbol.Name != _method.Name && _method.ExplicitInterfaceImplementations.IsEmpty)
            return false;
        foreach (var implemented in _method.ContainingType.AllInterfaces)
        {
            if (!SymbolEqualityComparer.Default.Equals(implemented.OriginalDefinition, symbol.ContainingType.OriginalDefinition))
                continue;
            foreach (var member in implemented.GetMembers(symbol.Name))
            {
                if (SymbolEqualityComparer.Default.Equals(member.OriginalDefinition, symbol))
                    return SymbolEqualityComparer.Default.Equals((_method.ContainingType.FindImplementationForInterfaceMember(member) as IMethodSymbol)?.OriginalDefinition, _method);
            }
        }

        return false;
    }
}
