using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>The control-flow graph of a method, local function or lambda.</summary>
internal static class FunctionGraph
{
    /// <summary>The innermost function around a node: a method, constructor, accessor, local function, lambda, or the file's top-level statements.</summary>
    public static SyntaxNode? Around(SyntaxNode node) => node.Ancestors().FirstOrDefault(static n =>
        n is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax or CompilationUnitSyntax);

    /// <summary>The graph, or <see langword="null"/> for code that has none: initializers, broken code.</summary>
    public static ControlFlowGraph? Of(SyntaxNode function, SemanticModel model, CancellationToken cancellationToken)
    {
        if (function is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
        {
            return model.GetOperation(function, cancellationToken) switch
            {
                IMethodBodyOperation { Parent: null } body => ControlFlowGraph.Create(body, cancellationToken),
                IConstructorBodyOperation { Parent: null } body => ControlFlowGraph.Create(body, cancellationToken),
                _ => null,
            };
        }

        // a nested function's graph hangs on the graph around it
        if (Around(function) is not { } outer || Of(outer, model, cancellationToken) is not { } graph)
            return null;
        if (function is LocalFunctionStatementSyntax)
        {
            var local = graph.LocalFunctions.FirstOrDefault(f => f.DeclaringSyntaxReferences.Any(r => r.Span == function.Span));
            return local is null ? null : graph.GetLocalFunctionControlFlowGraph(local, cancellationToken);
        }

        foreach (var block in graph.Blocks)
        {
            foreach (var operation in Operations(block))
            {
                if (operation is IFlowAnonymousFunctionOperation lambda && lambda.Syntax == function)
                    return graph.GetAnonymousFunctionControlFlowGraph(lambda, cancellationToken);
            }
        }

        return null;
    }

    /// <summary>Everything that a block computes.</summary>
    public static IEnumerable<IOperation> Operations(BasicBlock block)
    {
        foreach (var operation in block.Operations)
        {
            foreach (var inner in operation.DescendantsAndSelf())
                yield return inner;
        }

        if (block.BranchValue is { } value)
        {
            foreach (var inner in value.DescendantsAndSelf())
                yield return inner;
        }
    }
}
