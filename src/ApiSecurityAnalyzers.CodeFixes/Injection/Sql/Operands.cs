using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>Expressions that are joined to a text, by <c>+</c> or as arguments; a single expression is a list of one.</summary>
internal sealed class Operands
{
    public Operands(ImmutableArray<ExpressionSyntax> items, InvocationExpressionSyntax? append = null)
    {
        Items = items;
        Append = append;
    }

    public ImmutableArray<ExpressionSyntax> Items { get; }

    /// <summary>The call that appends the operands to a <c>StringBuilder</c>.</summary>
    public InvocationExpressionSyntax? Append { get; }

    /// <summary>What is deleted when the operands from one index to another go away: they and the signs that join them.</summary>
    /// <param name="first">The index of the first one.</param>
    /// <param name="last">The index of the last one.</param>
    /// <param name="isForward">Whether what follows moves up, rather than what precedes staying in its place.</param>
    public TextSpan? RemovalOf(int first, int last, bool isForward)
    {
        if (first > 0 && !(isForward && last + 1 < Items.Length))
            return TextSpan.FromBounds(Items[first - 1].Span.End, Items[last].Span.End);
        return last + 1 < Items.Length ? TextSpan.FromBounds(Items[first].SpanStart, Items[last + 1].SpanStart) : null;
    }
}
