using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>The compilation's own callers of a method, found by its name; only what bears it is bound.</summary>
internal static class Callers
{
    /// <summary>How many callers are looked at; a method with more is no helper of a sign-in.</summary>
    private const int MaxCallers = 50;

    /// <summary>How many callers up somebody may log.</summary>
    private const int MaxDepth = 2;

    /// <summary>Whether somebody logs who calls the method; unknown where nobody is seen to call it.</summary>
    public static Answer Log(EndpointDocument document, LogSigns signs, IMethodSymbol method, int depth = 0)
    {
        var answer = Answer.Unknown;
        var count = 0;
        var seen = new HashSet<SyntaxNode>();
        foreach (var tree in document.Context.Facts.Compilation.SyntaxTrees)
        {
            document.CancellationToken.ThrowIfCancellationRequested();
            foreach (var token in NameIndex.For(tree, document.CancellationToken).Tokens(method.Name, tree.GetRoot(document.CancellationToken), document.CancellationToken))
            {
                if (token.Parent is not SimpleNameSyntax name || name.Parent is not (MemberAccessExpressionSyntax or InvocationExpressionSyntax or MemberBindingExpressionSyntax) || FunctionGraph.Around(name) is not { } caller || !seen.Add(caller))
                    continue;
                if (++count > MaxCallers)
                    return Answer.Unknown;
                var model = document.Context.Facts.ModelOf(tree);
                if (model.GetSymbolInfo(name, document.CancellationToken).Symbol is not IMethodSymbol called || !Leads(called, method))
                    continue;
                if (signs.AnyIn(caller))
                    return Answer.Yes;
                answer = Answer.No;
                if (depth < MaxDepth && model.GetDeclaredSymbol(caller, document.CancellationToken) is IMethodSymbol { MethodKind: MethodKind.Ordinary } outer && !SymbolEqualityComparer.Default.Equals(outer, method)
                    && Log(document, signs, outer, depth + 1) == Answer.Yes)
                {
                    return Answer.Yes;
                }
            }
        }

        return answer;
    }

    private static bool Leads(IMethodSymbol called, IMethodSymbol method)
    {
        called = (called.ReducedFrom ?? called).OriginalDefinition;
        if (SymbolEqualityComparer.Default.Equals(called, method.OriginalDefinition))
            return true;
        var type = method.ContainingType;
        return type.AllInterfaces.Any(i => SymbolEqualityComparer.Default.Equals(i.OriginalDefinition, called.ContainingType.OriginalDefinition)) || method.OverriddenMethod is { } overridden && SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, called);
    }
}
