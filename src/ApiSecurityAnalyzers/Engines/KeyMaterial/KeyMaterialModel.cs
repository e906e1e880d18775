using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.KeyMaterial;

/// <summary>
/// The uses of key material in a compilation, a document at a time and only when asked for; and the own methods that hand a parameter
/// on to one, so that their callers can be asked too.
/// </summary>
internal sealed class KeyMaterialModel
{
    /// <summary>How many own methods may stand between a caller and the use of a key, within one document.</summary>
    private const int MaxRounds = 3;

    private static readonly ConditionalWeakTable<CompilationFacts, KeyMaterialModel> Cache = new();
    private static readonly ConditionalWeakTable<SyntaxTree, string[]> Candidates = new();

    private readonly CompilationFacts _facts;
    private readonly ConcurrentDictionary<SyntaxTree, ImmutableArray<TracedSink>> _sinks = new();
    private readonly ConcurrentDictionary<SyntaxTree, ImmutableDictionary<ISymbol, SecretSink>> _takers = new();
    private ImmutableHashSet<string>? _names;

    private KeyMaterialModel(CompilationFacts facts) => _facts = facts;

    public static KeyMaterialModel For(CompilationFacts facts) => Cache.TryGetValue(facts, out var model) ? model : Cache.GetValue(facts, static f => new KeyMaterialModel(f));

    /// <summary>The sinks of a document.</summary>
    public ImmutableArray<TracedSink> SinksOf(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (_sinks.TryGetValue(tree, out var known))
            return known;
        var found = SinkFinder.Find(_facts.ModelOf(tree), NameIndex.For(tree, cancellationToken), cancellationToken)
            .Select(s => new TracedSink(s, ValueTracer.Trace(s.Value, _facts, cancellationToken))).ToImmutableArray();
        _sinks[tree] = found;
        return found;
    }

    /// <summary>Arguments in a document that own methods use as key material, each with the sink that it reaches.</summary>
    public IEnumerable<(ExpressionSyntax Argument, SecretSink Sink)> PassedOn(SyntaxTree tree, CancellationToken cancellationToken)
    {
        var index = NameIndex.For(tree, cancellationToken);
        foreach (var name in Names(cancellationToken))
        {
            if (!index.MayHave(name))
                continue;
            foreach (var passed in PassedOn(tree, name, cancellationToken))
                yield return passed;
        }
    }

    private IEnumerable<(ExpressionSyntax Argument, SecretSink Sink)> PassedOn(SyntaxTree tree, string name, CancellationToken cancellationToken)
    {
        var model = _facts.ModelOf(tree);
        foreach (var token in NameIndex.For(tree, cancellationToken).Tokens(name, tree.GetRoot(cancellationToken), cancellationToken))
        {
            if (token.Parent is not SimpleNameSyntax simple)
                continue;
            foreach (var (call, list) in Calls(simple))
            {
                if (list.Arguments.Count == 0 || model.GetSymbolInfo(call, cancellationToken).Symbol is not IMethodSymbol method)
                    continue;
                foreach (var target in Targets(method, cancellationToken))
                {
                    foreach (var (parameter, sink) in TakersOf(target, cancellationToken))
                    {
                        if (SinkFinder.Argument(list, method, parameter) is { } argument)
                            yield return (argument, sink);
                    }
                }
            }
        }
    }

    private static IEnumerable<(ExpressionSyntax Call, ArgumentListSyntax List)> Calls(SimpleNameSyntax name)
    {
        ExpressionSyntax whole = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name.Parent is MemberBindingExpressionSyntax binding ? binding : name;
        if (whole.Parent is InvocationExpressionSyntax call && call.Expression == whole)
            return [(call, call.ArgumentList)];
        return SinkFinder.Creations(name).Where(static c => c.ArgumentList is not null).Select(static c => ((ExpressionSyntax)c, c.ArgumentList!));
    }

    /// <summary>The method itself, or the own methods that implement it.</summary>
    private ImmutableArray<IMethodSymbol> Targets(IMethodSymbol method, CancellationToken cancellationToken)
    {
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        if (definition.DeclaringSyntaxReferences.IsEmpty)
            return ImmutableArray<IMethodSymbol>.Empty;
        return definition.IsAbstract ? Implementations.Of(_facts, definition, cancellationToken) : ImmutableArray.Create(definition);
    }

    private IEnumerable<(string Parameter, SecretSink Sink)> TakersOf(IMethodSymbol method, CancellationToken cancellationToken)
    {
        foreach (var part in method.ContainingType.DeclaringSyntaxReferences)
        {
            if (!_facts.Compilation.ContainsSyntaxTree(part.SyntaxTree))
                continue;
            var takers = TakersIn(part.SyntaxTree, cancellationToken);
            if (takers.IsEmpty)
                continue;
            foreach (var parameter in method.Parameters)
            {
                if (takers.TryGetValue(parameter, out var sink))
                    yield return (parameter.Name, sink);
            }
        }
    }

    /// <summary>The parameters that reach a sink of the document.</summary>
    private ImmutableDictionary<ISymbol, SecretSink> TakersIn(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (_takers.TryGetValue(tree, out var known))
            return known;
        var takers = ImmutableDictionary.CreateBuilder<ISymbol, SecretSink>(SymbolEqualityComparer.Default);
        var pending = new Queue<(ISymbol Parameter, SecretSink Sink)>();
        Collect(SinksOf(tree, cancellationToken), takers, pending);
        var index = NameIndex.For(tree, cancellationToken);
        var model = _facts.ModelOf(tree);
        for (var round = 0; round < MaxRounds && pending.Count > 0; round++)
        {
            var more = new List<TracedSink>();
            while (pending.Count > 0)
            {
                var (parameter, sink) = pending.Dequeue();
                var name = parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } ? parameter.ContainingType.Name : parameter.ContainingSymbol.Name;
                foreach (var token in index.Tokens(name, tree.GetRoot(cancellationToken), cancellationToken))
                {
                    foreach (var (call, list) in token.Parent is SimpleNameSyntax simple ? Calls(simple) : [])
                    {
                        if (model.GetSymbolInfo(call, cancellationToken).Symbol is IMethodSymbol method && SymbolEqualityComparer.Default.Equals((method.ReducedFrom ?? method).OriginalDefinition, parameter.ContainingSymbol) && SinkFinder.Argument(list, method, parameter.Name) is { } argument)
                            more.Add(new TracedSink(sink, ValueTracer.Trace(argument, _facts, cancellationToken)));
                    }
                }
            }

            Collect(more, takers, pending);
        }

        return _takers[tree] = takers.ToImmutable();
    }

    private static void Collect(IEnumerable<TracedSink> sinks, ImmutableDictionary<ISymbol, SecretSink>.Builder takers, Queue<(ISymbol, SecretSink)> pending)
    {
        foreach (var (sink, origins) in sinks)
        {
            foreach (var origin in origins)
            {
                if (origin is not { Kind: OriginKind.Parameter, Symbol: { } parameter } || takers.ContainsKey(parameter))
                    continue;
                takers[parameter] = sink;
                pending.Enqueue((parameter, sink));
            }
        }
    }

    /// <summary>The names of all own methods and types that may hand a parameter on, read from syntax alone.</summary>
    private ImmutableHashSet<string> Names(CancellationToken cancellationToken)
    {
        if (_names is { } known)
            return known;
        var names = ImmutableHashSet.CreateBuilder(StringComparer.Ordinal);
        foreach (var tree in _facts.Compilation.SyntaxTrees)
        {
            if (!Candidates.TryGetValue(tree, out var candidates))
            {
                var found = CandidatesIn(tree, cancellationToken);
                candidates = Candidates.GetValue(tree, _ => found);
            }

            names.UnionWith(candidates);
        }

        return _names = names.ToImmutable();
    }

    private static string[] CandidatesIn(SyntaxTree tree, CancellationToken cancellationToken)
    {
        var index = NameIndex.For(tree, cancellationToken);
        if (!index.HasAny(SinkFinder.Required) || !index.HasAny(SinkFinder.Names))
            return [];
        var types = new HashSet<SyntaxNode>();
        foreach (var token in index.Tokens(SinkFinder.Names, tree.GetRoot(cancellationToken), cancellationToken))
        {
            if (token.Parent?.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type)
                types.Add(type);
            else if (token.Parent is not null)
                types.Add(tree.GetRoot(cancellationToken));
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var type in types)
        {
            foreach (var node in type.DescendantNodesAndSelf(n => n == type || n is not (TypeDeclarationSyntax or ExpressionSyntax)))
            {
                switch (node)
                {
                    case MethodDeclarationSyntax method when Takes(method.ParameterList):
                        names.Add(method.Identifier.ValueText);
                        break;
                    case LocalFunctionStatementSyntax local when Takes(local.ParameterList):
                        names.Add(local.Identifier.ValueText);
                        break;
                    case ConstructorDeclarationSyntax constructor when Takes(constructor.ParameterList):
                        names.Add(constructor.Identifier.ValueText);
                        break;
                    case TypeDeclarationSyntax { ParameterList: { } list } declaration when Takes(list):
                        names.Add(declaration.Identifier.ValueText);
                        break;
                }
            }
        }

        return names.ToArray();
    }

    private static bool Takes(ParameterListSyntax list)
    {
        foreach (var parameter in list.Parameters)
        {
            var type = parameter.Type?.ToString() ?? "";
            if (type.IndexOf("string", StringComparison.OrdinalIgnoreCase) >= 0 || type.IndexOf("byte", StringComparison.OrdinalIgnoreCase) >= 0 || type.IndexOf("char", StringComparison.OrdinalIgnoreCase) >= 0)
                return true;
        }

        return false;
    }
}
