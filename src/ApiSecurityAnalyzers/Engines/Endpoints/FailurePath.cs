using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Follows the ways through a function on which a check of credentials fails.</summary>
internal sealed class FailurePath
{
    private readonly LogSigns _signs;
    private readonly CancellationToken _cancellationToken;

    public FailurePath(LogSigns signs, CancellationToken cancellationToken)
    {
        _signs = signs;
        _cancellationToken = cancellationToken;
    }

    /// <summary>
    /// Whether the function asks for the outcome, and on a way on which the check has failed returns without a log entry, before or behind the check. An exception that
    /// is thrown is somebody else's to log. What is not understood is no.
    /// </summary>
    public bool IsSilent(InvocationExpressionSyntax check, CheckConditions conditions, SyntaxNode function, SemanticModel model)
    {
        if (FunctionGraph.Of(function, model, _cancellationToken) is not { } graph)
            return false;
        var start = graph.Blocks.FirstOrDefault(b => FunctionGraph.Operations(b).Any(o => o.Syntax == check));
        if (start is null || Logs(start))
            return false;
        var logs = new Dictionary<BasicBlock, bool> { [start] = false };
        return Reaches(graph.Blocks[0], start, Logged) && Leaves(graph, start, conditions, Logged);

        bool Logged(BasicBlock block)
        {
            if (!logs.TryGetValue(block, out var answer))
                logs[block] = answer = Logs(block);
            return answer;
        }
    }

    private bool Logs(BasicBlock block)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        return FunctionGraph.Operations(block).Select(static o => o.Syntax).OfType<InvocationExpressionSyntax>().Distinct().Any(_signs.Records);
    }

    /// <summary>Whether the check can be reached without an entry before it.</summary>
    private static bool Reaches(BasicBlock from, BasicBlock to, Func<BasicBlock, bool> logged)
    {
        var seen = new HashSet<BasicBlock>();
        var pending = new Stack<BasicBlock>();
        pending.Push(from);
        while (pending.Count > 0)
        {
            var block = pending.Pop();
            if (block == to)
                return true;
            if (!seen.Add(block) || logged(block))
                continue;
            if (block.ConditionalSuccessor?.Destination is { } branch)
                pending.Push(branch);
            if (block.FallThroughSuccessor?.Destination is { } next)
                pending.Push(next);
        }

        // inside a handler that only an exception leads to
        return false;
    }

    private static bool Leaves(ControlFlowGraph graph, BasicBlock start, CheckConditions conditions, Func<BasicBlock, bool> logged)
    {
        var seen = new HashSet<(BasicBlock, bool)>();
        var pending = new Stack<(BasicBlock Block, bool Failed)>();
        pending.Push((start, false));
        var leaves = false;
        while (pending.Count > 0)
        {
            var (block, failed) = pending.Pop();
            if (!seen.Add((block, failed)) || block != start && logged(block))
                continue;
            if (block.Kind == BasicBlockKind.Exit)
            {
                leaves |= failed;
                continue;
            }

            if (block.ConditionKind == ControlFlowConditionKind.None || block.BranchValue is null)
            {
                Push(block.FallThroughSuccessor, failed);
                continue;
            }

            var outcome = conditions.Of(block.BranchValue.Syntax);
            if (outcome is CheckOutcome.Unclear or CheckOutcome.Value)
                return false;
            var (whenTrue, whenFalse) = block.ConditionKind == ControlFlowConditionKind.WhenTrue ? (block.ConditionalSuccessor, block.FallThroughSuccessor) : (block.FallThroughSuccessor, block.ConditionalSuccessor);
            if (outcome is CheckOutcome.None or CheckOutcome.Failure or CheckOutcome.NotSpecial)
                Push(whenTrue, failed || outcome == CheckOutcome.Failure);
            if (outcome is CheckOutcome.None or CheckOutcome.Success or CheckOutcome.Special)
                Push(whenFalse, failed || outcome == CheckOutcome.Success);
        }

        return leaves;

        void Push(ControlFlowBranch? branch, bool failed)
        {
            // what 'finally' logs is logged on every way
            if (branch?.Destination is { } destination && !branch.FinallyRegions.Any(r => Enumerable.Range(r.FirstBlockOrdinal, r.LastBlockOrdinal - r.FirstBlockOrdinal + 1).Any(i => logged(graph.Blocks[i]))))
                pending.Push((destination, failed));
        }
    }
}
