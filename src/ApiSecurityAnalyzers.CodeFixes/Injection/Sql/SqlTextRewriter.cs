using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>
/// Writes placeholders into composed SQL text. Literals keep their style and the text its layout: on one line, the literals on both
/// sides of a value become one.
/// </summary>
internal sealed class SqlTextRewriter
{
    private readonly IReadOnlyList<SqlElement> _elements;
    private readonly TextEdits _edits;

    public SqlTextRewriter(IReadOnlyList<SqlElement> elements, TextEdits edits)
    {
        _elements = elements;
        _edits = edits;
    }

    /// <summary>Replaces the slots by their placeholders; false where the source has no place for one.</summary>
    public bool Rewrite(IReadOnlyList<SqlSlot> slots)
    {
        foreach (var hole in slots.SelectMany(static s => s.Holes))
            hole.IsTaken = true;
        return slots.All(Rewrite) && Nodes().All(Finish);
    }

    private IEnumerable<StringNode> Nodes() => _elements.Where(static e => !e.IsBorder).Select(static e => e.Node).OfType<StringNode>().Distinct();

    private bool Rewrite(SqlSlot slot)
    {
        for (var i = slot.From; i < slot.To; i++)
        {
            if (!_elements[i].IsEditable)
                return false;
        }

        var first = _elements[slot.From];
        var last = _elements[slot.To - 1];
        if (slot.Count is not null)
            return RewriteNumbered(slot, first, last);
        if (first.Node is { } node && node == last.Node)
        {
            _edits.Replace(first.Start, last.End, In(node, slot));
            return true;
        }

        return RewriteOperands(slot, first, last);
    }

    /// <summary>A placeholder with a number behind it: in an interpolated string an interpolation, in a concatenation an operand.</summary>
    private bool RewriteNumbered(SqlSlot slot, SqlElement first, SqlElement last)
    {
        var left = first.Node ?? Neighbour(slot.From - 1, first.Hole!, -1);
        var right = last.Node;
        if (left is null || left.Format is not null || left.Style is not (LiteralStyle.Regular or LiteralStyle.Verbatim))
            return false;
        var cut = first.Node is null ? left.ContentEnd : first.Start;
        var quote = left.Style == LiteralStyle.Verbatim ? "@\"" : "\"";
        if (left.IsInterpolated)
        {
            left.IsNumbered = true;
            if (right is not null)
                right.IsNumbered = right.IsInterpolated;
            var text = slot.Placeholder + "{" + slot.Count!.Trim('(', ')') + "}";
            if (left == right)
                _edits.Replace(first.Start, last.End, text);
            else if (right is null || right.Style != left.Style || !right.IsInterpolated || !CanJoin(left, right, Inner(slot, left, right)))
                return false;
            else
                _edits.Replace(cut, last.End, text);
            return true;
        }

        if (right is null)
        {
            // "Id = " + id
            if (last.Hole!.Operands != left.Operands || last.Hole.Index != left.Index + 1 || slot.To - slot.From != 1)
                return false;
            _edits.Insert(left.ContentEnd, slot.Placeholder);
            _edits.Replace(last.Hole.Expression.Span, slot.Count!);
            return true;
        }

        var inner = Inner(slot, left, right);
        if (right.Style != left.Style || right.Format is not null || left != right && !CanJoin(left, right, inner))
            return false;
        if (last.End == right.ContentEnd)
            _edits.Replace(cut, right.Node.Span.End, slot.Placeholder + "\" + " + slot.Count);
        else
            _edits.Replace(cut, last.End, slot.Placeholder + "\" + " + slot.Count + " + " + quote);
        return true;
    }

    private bool RewriteOperands(SqlSlot slot, SqlElement first, SqlElement last)
    {
        var left = first.Node ?? Neighbour(slot.From - 1, first.Hole!, -1);
        var right = last.Node ?? Neighbour(slot.To, last.Hole!, 1);
        var cutLeft = first.Node is not null ? first.Start : left?.ContentEnd ?? 0;
        var cutRight = last.Node is not null ? last.End : right?.ContentStart ?? 0;
        var inner = Inner(slot, left, right);
        if (left is not null && right is not null && CanJoin(left, right, inner))
        {
            _edits.Replace(cutLeft, cutRight, In(left, slot));
            return true;
        }

        if (inner.Count == 0)
        {
            if (left!.Style == LiteralStyle.RawLines || right!.Style == LiteralStyle.RawLines)
                return false;
            _edits.Replace(cutLeft, left.ContentEnd, In(left, slot));
            _edits.Delete(right.ContentStart, cutRight);
            return true;
        }

        var innerStart = SpanOf(inner[0]).Start;
        var innerEnd = SpanOf(inner[inner.Count - 1]).End;
        var isLeftNear = left is not null && left.Style != LiteralStyle.RawLines && left.Format is null && !IsApart(left.Node.Span.End, innerStart, left, inner[0]);
        var isRightNear = right is not null && right.Style != LiteralStyle.RawLines && right.Format is null && !IsApart(innerEnd, right.Node.SpanStart, right, inner[inner.Count - 1]);
        if (left?.Style == LiteralStyle.RawLines && first.Node is not null || right?.Style == LiteralStyle.RawLines && last.Node is not null)
            return false;
        if (isLeftNear)
        {
            _edits.Replace(cutLeft, left!.ContentEnd, In(left, slot));
            var takesRight = last.Node is not null && cutRight == right!.ContentEnd && right.Operands == inner[inner.Count - 1].Operands && !_edits.HasComment(innerEnd, right.Node.SpanStart);
            if (takesRight)
                inner.Add((right!.Operands!, right.Index));
            else if (last.Node is not null)
                _edits.Delete(right!.ContentStart, cutRight);
            return Remove(inner);
        }

        if (first.Node is not null)
            _edits.Delete(cutLeft, left!.ContentEnd);
        if (isRightNear)
        {
            _edits.Replace(right!.ContentStart, cutRight, In(right, slot));
            return Remove(inner, isForward: true);
        }

        if (last.Node is not null)
            _edits.Delete(right!.ContentStart, cutRight);
        if (inner.Select(static o => o.Operands).Distinct().Count() > 1)
            return false;
        _edits.Replace(innerStart, innerEnd, "\"" + slot.Placeholder + "\"");
        return true;
    }

    /// <summary>Text that a comment or a line break separates stays separate; appends may stand on lines of their own.</summary>
    private bool IsApart(int start, int end, StringNode node, (Operands Operands, int Index) operand) =>
        start > end || _edits.HasComment(start, end) || _edits.HasLineBreak(start, end) && (node.Operands == operand.Operands || node.Operands?.Append is null);

    private StringNode? Neighbour(int index, HolePiece hole, int direction)
    {
        if (index < 0 || index >= _elements.Count || _elements[index].IsBorder || _elements[index].Node is not { Operands: { } operands } node || !_elements[index].IsEditable)
            return null;
        if (operands == hole.Operands)
            return node.Index == hole.Index + direction ? node : null;
        return operands.Append is not null && hole.Operands?.Append is not null ? node : null;
    }

    /// <summary>The operands that go away as a whole: values, and text between them.</summary>
    private List<(Operands Operands, int Index)> Inner(SqlSlot slot, StringNode? left, StringNode? right)
    {
        var result = new List<(Operands, int)>();
        for (var i = slot.From; i < slot.To; i++)
        {
            var element = _elements[i];
            if (element.Node is { } node && (node == left || node == right))
                continue;
            var item = element.Node is { } text ? (text.Operands!, text.Index) : (element.Hole!.Operands!, element.Hole.Index);
            if (result.Count == 0 || result[result.Count - 1] != item)
                result.Add(item);
        }

        return result;
    }

    private bool CanJoin(StringNode left, StringNode right, List<(Operands Operands, int Index)> inner)
    {
        var start = left.Node.Span.End;
        var end = right.Node.SpanStart;
        if (left.Style != right.Style || left.Style == LiteralStyle.RawLines || left.Format is not null || right.Format is not null || left.StaysInterpolated != right.StaysInterpolated || start > end || _edits.HasComment(start, end))
            return false;
        if (left.Operands == right.Operands)
            return !_edits.HasLineBreak(start, end) && inner.TrueForAll(o => o.Operands == left.Operands);
        return left.Operands is { Append: { } append } operands && right.Operands is { Append: { } next }
            && IsPlain(append) && IsPlain(next) && left.Index == operands.Items.Length - 1 && right.Index == 0
            && inner.TrueForAll(o => o.Operands == left.Operands || o.Operands == right.Operands || o.Operands is { Items.Length: 1, Append: { } call } && IsPlain(call))
            && IsSequence(append, next);
    }

    /// <summary>Whether two appends are of one chain, or of statements of one block.</summary>
    private static bool IsSequence(InvocationExpressionSyntax first, InvocationExpressionSyntax second)
    {
        var one = first.FirstAncestorOrSelf<StatementSyntax>();
        var other = second.FirstAncestorOrSelf<StatementSyntax>();
        return one == other || one?.Parent == other?.Parent && one is ExpressionStatementSyntax { Expression: var whole } && whole == first
            && second.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax };
    }

    private static bool IsPlain(InvocationExpressionSyntax append) => append is { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Append" }, ArgumentList.Arguments.Count: 1 };

    private bool Remove(List<(Operands Operands, int Index)> items, bool isForward = false)
    {
        foreach (var group in items.GroupBy(static i => i.Operands))
        {
            var operands = group.Key;
            var first = group.Min(static i => i.Index);
            var last = group.Max(static i => i.Index);
            if (operands.RemovalOf(first, last, isForward) is { } span)
                _edits.Replace(span, "");
            else if (operands.Append is not { } call || !IsPlain(call) || !RemoveCall(call))
                return false;
        }

        return true;
    }

    private bool RemoveCall(InvocationExpressionSyntax call)
    {
        var receiver = ((MemberAccessExpressionSyntax)call.Expression).Expression;
        if (call.Parent is ExpressionStatementSyntax { Parent: BlockSyntax } statement && receiver is IdentifierNameSyntax)
        {
            if (statement.GetLeadingTrivia().Concat(statement.GetTrailingTrivia()).Any(static t => !t.IsKind(SyntaxKind.WhitespaceTrivia) && !t.IsKind(SyntaxKind.EndOfLineTrivia)))
                return false;
            _edits.Replace(statement.FullSpan, "");
            return true;
        }

        _edits.Delete(receiver.Span.End, call.Span.End);
        return call.Parent is not ExpressionStatementSyntax || receiver is InvocationExpressionSyntax;
    }

    private static TextSpan SpanOf((Operands Operands, int Index) item) => item.Operands.Items[item.Index].Span;

    private static string In(StringNode node, SqlSlot slot) =>
        node.StaysInterpolated && node.Style is LiteralStyle.Regular or LiteralStyle.Verbatim ? slot.Placeholder.Replace("{", "{{").Replace("}", "}}") : slot.Placeholder;

    /// <summary>Takes the dollar sign from strings without values, and <c>Format</c> from formats without items.</summary>
    private bool Finish(StringNode node)
    {
        foreach (var hole in node.Items.Where(static i => !i.IsTaken && i.Replacement is not null && i.Node!.Format is null))
            _edits.Replace(hole.Expression.Span, hole.Replacement!);
        if (!node.Items.Exists(static i => i.IsTaken || i.Replacement is not null))
            return true;
        if (node.Format is { } format)
            return FinishFormat(node, format);
        if (node.StaysInterpolated)
            return true;
        var open = ((InterpolatedStringExpressionSyntax)node.Node).StringStartToken;
        for (var i = 0; i < open.Text.Length; i++)
        {
            if (open.Text[i] == '$' && !_edits.Removes(open.SpanStart + i))
                _edits.Delete(open.SpanStart + i, open.SpanStart + i + 1);
        }

        SingleBraces(node);
        return true;
    }

    private bool FinishFormat(StringNode node, InvocationExpressionSyntax call)
    {
        var builder = call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AppendFormat" } access ? access : null;
        if (builder is not null)
        {
            _edits.Replace(builder.Name.Span, "Append");
            _edits.Delete(call.ArgumentList.OpenParenToken.Span.End, node.Node.SpanStart);
            _edits.Delete(node.Node.Span.End, call.ArgumentList.CloseParenToken.SpanStart);
        }
        else
        {
            _edits.Delete(call.SpanStart, node.Node.SpanStart);
            _edits.Delete(node.Node.Span.End, call.Span.End);
        }

        if (!node.StaysInterpolated)
        {
            SingleBraces(node);
            return true;
        }

        if (node.Style is LiteralStyle.Raw or LiteralStyle.RawLines)
            return false;
        _edits.Insert(node.Node.SpanStart, "$");
        foreach (var hole in node.Items.Where(static i => !i.IsTaken))
        {
            var text = hole.Replacement ?? hole.Expression.ToString();
            _edits.Replace(hole.Span, "{" + (hole.Replacement is null && hole.Expression is ConditionalExpressionSyntax ? "(" + text + ")" : text) + hole.Format + "}");
        }

        return true;
    }

    private void SingleBraces(StringNode node)
    {
        foreach (var element in _elements.Where(e => e.Kind == SqlElementKind.Character && e.Node == node && e.Character is '{' or '}'))
        {
            if (element.End - element.Start == 2 && !_edits.Removes(element.Start))
                _edits.Delete(element.Start, element.Start + 1);
        }
    }
}
