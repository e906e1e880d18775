using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Text;

/// <summary>
/// The writes to a local or parameter that can reach a use of it, told by the structure of the statements: branches, loops with their way
/// back, early returns, later assignments that replace earlier ones.
/// </summary>
internal sealed class ReachingWrites
{
    private readonly SyntaxNode _scope;
    private readonly List<VariableWrite> _writes = [];
    private readonly HashSet<VariableWrite> _reaching = [];

    private ReachingWrites(SyntaxNode scope, IEnumerable<VariableWrite> writes)
    {
        _scope = scope;
        foreach (var write in writes)
        {
            if (scope.Span.Contains(write.Node.Span))
                _writes.Add(write);
        }
    }

    /// <summary>The writes that reach <paramref name="use"/>, in source order; whether the value from the beginning (of a parameter) reaches it too.</summary>
    /// <param name="member">The member whose body holds both.</param>
    /// <param name="scope">The node within which the name means this variable.</param>
    /// <param name="name">The name of the variable.</param>
    /// <param name="use">Where it is read.</param>
    public static (IReadOnlyList<VariableWrite> Writes, bool FromStart) At(SyntaxNode member, SyntaxNode scope, string name, SyntaxNode use)
    {
        var finder = new ReachingWrites(scope, BodyWrites.Of(member).To(name));
        var isReplaced = finder._writes.Count > 0 && finder.Find(use);
        return (finder._writes.Where(finder._reaching.Contains).ToList(), !isReplaced);
    }

    /// <summary>All writes of the variable, whatever their order: what a captured variable or an <c>out</c> parameter can hold.</summary>
    public static IReadOnlyList<VariableWrite> Anywhere(SyntaxNode member, SyntaxNode scope, string name) =>
        new ReachingWrites(scope, BodyWrites.Of(member).To(name))._writes;

    /// <summary>Goes backwards from the use; <see langword="true"/> when some write replaces all that was before.</summary>
    private bool Find(SyntaxNode use)
    {
        var node = use;
        while (node.Parent is { } parent && node != _scope)
        {
            switch (parent)
            {
                case BlockSyntax block:
                    if (Sequence(block.Statements, block.Statements.IndexOf((StatementSyntax)node) - 1))
                        return true;
                    break;
                case SwitchSectionSyntax section:
                    if (node is StatementSyntax inSection && Sequence(section.Statements, section.Statements.IndexOf(inSection) - 1))
                        return true;
                    break;
                case GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } global:
                    var before = unit.Members.TakeWhile(m => m != global).OfType<GlobalStatementSyntax>().Select(static g => g.Statement).ToList();
                    return Sequence(before, before.Count - 1);
                case LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax:
                    // runs at a time of its own: captured variables hold whatever they ever get
                    if (IsDeclaredIn(parent))
                        break;
                    AddWithin(_scope.Span.Start, _scope.Span.End);
                    return false;
                case CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax when IsRepeated(parent, node):
                    // what a later statement of the body writes comes back with the next round
                    AddWithin(use.SpanStart, parent.Span.End);
                    if (Within(parent, node))
                        return true;
                    break;
                case CatchClauseSyntax or FinallyClauseSyntax when parent.Parent is TryStatementSyntax attempt:
                    AddWithin(attempt.Block.Span.Start, attempt.Block.Span.End);
                    break;
                case StatementSyntax or ExpressionSyntax or EqualsValueClauseSyntax or ArgumentSyntax or ArgumentListSyntax or VariableDeclarationSyntax or VariableDeclaratorSyntax or SwitchExpressionArmSyntax or InterpolationSyntax:
                    if (Within(parent, node))
                        return true;
                    break;
            }

            node = parent;
        }

        return false;
    }

    private bool IsDeclaredIn(SyntaxNode function) => function.Span.Contains(_scope.Span);

    private static bool IsRepeated(SyntaxNode loop, SyntaxNode part) => loop switch
    {
        CommonForEachStatementSyntax each => part != each.Expression,
        ForStatementSyntax counted => part != counted.Declaration && !(part is ExpressionSyntax e && counted.Initializers.Contains(e)),
        _ => true,
    };

    /// <summary>The writes in what the parent does before it comes to the node: conditions, earlier operands and arguments.</summary>
    private bool Within(SyntaxNode parent, SyntaxNode node)
    {
        for (var i = _writes.Count - 1; i >= 0; i--)
        {
            var write = _writes[i];
            if (write.Node.Span.End > node.SpanStart || write.Node.SpanStart < parent.SpanStart)
                continue;

            // the other branch of the same condition
            if (parent is IfStatementSyntax { Else: { } otherwise } condition && node == otherwise && condition.Statement.Span.Contains(write.Node.Span))
                continue;
            if (parent is ConditionalExpressionSyntax choice && node == choice.WhenFalse && choice.WhenTrue.Span.Contains(write.Node.Span))
                continue;
            if (parent is SwitchStatementSyntax selection && node is SwitchSectionSyntax && selection.Sections.Any(s => s.Span.Contains(write.Node.Span) && s != node))
                continue;
            if (parent is TryStatementSyntax && node is not FinallyClauseSyntax && !node.Span.Contains(write.Node.Span))
                continue;
            _reaching.Add(write);
            if (Replaces(write) && IsUnconditional(write.Node, parent))
                return true;
        }

        return false;
    }

    private bool Sequence(IReadOnlyList<StatementSyntax> statements, int last)
    {
        for (var i = last; i >= 0; i--)
        {
            if (Effects(statements[i]))
                return true;
        }

        return false;
    }

    /// <summary>Takes on what the statement leaves behind; <see langword="true"/> when nothing from before it gets past it.</summary>
    private bool Effects(StatementSyntax statement)
    {
        if (!Touches(statement.Span.Start, statement.Span.End))
            return false;
        switch (statement)
        {
            case BlockSyntax block:
                return Sequence(block.Statements, block.Statements.Count - 1);
            case IfStatementSyntax condition:
                var first = Branch(condition.Statement);
                var second = condition.Else is { } otherwise && Branch(otherwise.Statement);
                return first && second || Expression(condition.Condition);
            case SwitchStatementSyntax selection:
                var all = true;
                foreach (var section in selection.Sections)
                    all &= Exits(section.Statements.LastOrDefault()) || Sequence(section.Statements, section.Statements.Count - 1);
                return all && selection.Sections.Any(static s => s.Labels.Any(SyntaxKind.DefaultSwitchLabel)) || Expression(selection.Expression);
            case TryStatementSyntax attempt:
                if (attempt.Finally is { } final && Effects(final.Block))
                    return true;
                var caught = true;
                foreach (var clause in attempt.Catches)
                    caught &= Branch(clause.Block);
                if (attempt.Catches.Count > 0 && !caught)
                {
                    // an exception may come between any two writes
                    AddWithin(attempt.Block.Span.Start, attempt.Block.Span.End);
                    return false;
                }

                return Effects(attempt.Block);
            case UsingStatementSyntax use:
                return Effects(use.Statement) || Expression((SyntaxNode?)use.Declaration ?? use.Expression);
            case LockStatementSyntax guarded:
                return Effects(guarded.Statement);
            case CheckedStatementSyntax block:
                return Effects(block.Block);
            case UnsafeStatementSyntax block:
                return Effects(block.Block);
            case LabeledStatementSyntax labeled:
                return Effects(labeled.Statement);
            case DoStatementSyntax loop:
                return Effects(loop.Statement);
            case CommonForEachStatementSyntax or WhileStatementSyntax or ForStatementSyntax or LocalFunctionStatementSyntax:
                AddWithin(statement.Span.Start, statement.Span.End);
                return false;
            default:
                return Expression(statement);
        }
    }

    /// <summary>A branch that leaves the method hands nothing on.</summary>
    private bool Branch(StatementSyntax branch) => Exits(branch) || Effects(branch);

    private bool Expression(SyntaxNode? node)
    {
        if (node is null)
            return false;
        for (var i = _writes.Count - 1; i >= 0; i--)
        {
            var write = _writes[i];
            if (!node.Span.Contains(write.Node.Span))
                continue;
            _reaching.Add(write);
            if (Replaces(write) && IsUnconditional(write.Node, node))
                return true;
        }

        return false;
    }

    private static bool Replaces(VariableWrite write) => write.Kind switch
    {
        WriteKind.Set or WriteKind.Clear or WriteKind.Element or WriteKind.Component => true,
        WriteKind.Call => write.Through is ArgumentSyntax argument && argument.RefKindKeyword.IsKind(SyntaxKind.OutKeyword),
        _ => false,
    };

    private static bool IsUnconditional(SyntaxNode node, SyntaxNode within)
    {
        for (var current = node; current != within && current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.CoalesceExpression } binary when binary.Right == current:
                case ConditionalExpressionSyntax choice when choice.Condition != current:
                case SwitchExpressionArmSyntax or AnonymousFunctionExpressionSyntax or ConditionalAccessExpressionSyntax or LocalFunctionStatementSyntax:
                    // a declaration gives the variable its only value
                    return node is VariableDeclaratorSyntax or PatternSyntax;
            }
        }

        return true;
    }

    /// <summary>Whether a statement always leaves the member.</summary>
    private static bool Exits(StatementSyntax? statement) => statement switch
    {
        ReturnStatementSyntax or ThrowStatementSyntax => true,
        BlockSyntax block => Exits(block.Statements.LastOrDefault()),
        IfStatementSyntax { Else: { } otherwise } condition => Exits(condition.Statement) && Exits(otherwise.Statement),
        UsingStatementSyntax use => Exits(use.Statement),
        LockStatementSyntax guarded => Exits(guarded.Statement),
        _ => false,
    };

    private bool Touches(int start, int end) => _writes.Any(w => w.Node.SpanStart >= start && w.Node.Span.End <= end);

    private void AddWithin(int start, int end)
    {
        foreach (var write in _writes)
        {
            if (write.Node.SpanStart >= start && write.Node.Span.End <= end)
                _reaching.Add(write);
        }
    }
}
