using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using ApiSecurityAnalyzers.Engines.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Sql;

/// <summary>
/// Own methods that take SQL text as a parameter and hand it on as it is: they are sinks themselves, and their callers compose the text.
/// Candidates come from syntax; a candidate is bound when a call of it is.
/// </summary>
internal sealed class SqlWrappers
{
    private static readonly ConditionalWeakTable<CompilationFacts, SqlWrappers> Cache = new();

    private readonly CompilationFacts _facts;
    private readonly IReadOnlyDictionary<string, List<WrapperCandidate>> _byName;
    private readonly ConcurrentDictionary<WrapperCandidate, bool> _isWrapper = new();

    private SqlWrappers(CompilationFacts facts, CancellationToken cancellationToken)
    {
        _facts = facts;
        _byName = WrapperTable.Of(facts, cancellationToken).ByName;
    }

    /// <summary>The names of methods that may be wrappers.</summary>
    public IEnumerable<string> Names => _byName.Keys;

    public static SqlWrappers Of(CompilationFacts facts, CancellationToken cancellationToken)
    {
        if (Cache.TryGetValue(facts, out var wrappers))
            return wrappers;
        wrappers = new SqlWrappers(facts, cancellationToken);
        return Cache.GetValue(facts, _ => wrappers);
    }

    /// <summary>The use of an own wrapper that a call is, or <see langword="null"/>.</summary>
    public SinkUse? Match(SyntaxNode call, SemanticModel model, CancellationToken cancellationToken)
    {
        var info = model.GetSymbolInfo(call, cancellationToken);
        if ((info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is not IMethodSymbol method || Parameter(method, 0, cancellationToken) is not { } ordinal)
            return null;
        var arguments = Arguments.Of(call, method, ordinal);
        if (arguments.IsDefaultOrEmpty)
            return null;
        return new SinkUse(arguments[0], method.ContainingType.Name + "." + (method.MethodKind == MethodKind.Constructor ? method.ContainingType.Name : method.Name), SinkKinds.Other);
    }

    /// <summary>The parameter that an own method hands on as SQL text.</summary>
    private int? Parameter(IMethodSymbol method, int level, CancellationToken cancellationToken)
    {
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        var name = definition.MethodKind == MethodKind.Constructor ? definition.ContainingType.Name : definition.Name;
        if (!_byName.TryGetValue(name, out var candidates) || !SymbolEqualityComparer.Default.Equals(definition.ContainingAssembly, _facts.Compilation.Assembly))
            return null;
        if (definition.IsAbstract || definition.ContainingType.TypeKind == TypeKind.Interface)
        {
            foreach (var implementation in Implementations.Of(_facts, definition, cancellationToken))
            {
                if (Parameter(implementation, level, cancellationToken) is { } ordinal)
                    return ordinal;
            }

            return null;
        }

        foreach (var candidate in candidates)
        {
            if (!definition.DeclaringSyntaxReferences.Any(r => r.SyntaxTree == candidate.Declaration.SyntaxTree && r.Span == candidate.Declaration.Span))
                continue;
            if (definition.Parameters.FirstOrDefault(p => p.Name == candidate.Parameter) is { } parameter && IsWrapper(candidate, parameter, level, cancellationToken))
                return parameter.Ordinal;
        }

        return null;
    }

    private bool IsWrapper(WrapperCandidate candidate, IParameterSymbol parameter, int level, CancellationToken cancellationToken)
    {
        if (_isWrapper.TryGetValue(candidate, out var known))
            return known;
        var answer = false;
        var model = _facts.ModelOf(candidate.Declaration.SyntaxTree);
        foreach (var (node, shape) in SinkLocator.NodesAt(candidate.Token))
        {
            var use = SinkLocator.Match(node, shape, candidate.Token.ValueText, model, cancellationToken);
            var text = use?.Text ?? (level < WrapperTable.MaxLevels && model.GetSymbolInfo(node, cancellationToken).Symbol is IMethodSymbol next && Parameter(next, level + 1, cancellationToken) is { } ordinal ? Arguments.Of(node, next, ordinal).FirstOrDefault() : null);
            if (text is not null && WrapperCandidates.Leftmost(text) is IdentifierNameSyntax name && name.Identifier.ValueText == parameter.Name)
                answer |= new TextTracer(_facts, model, cancellationToken).Trace(text) is { IsUnknown: false, IsComposed: false, Parts: [{ Parameter: not null }, ..] };
        }

        return _isWrapper[candidate] = answer;
    }
}
