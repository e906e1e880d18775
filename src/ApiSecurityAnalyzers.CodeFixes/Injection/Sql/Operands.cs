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
    public TextSpan? RemovalOf(int first, int last)
    {
        if (first > 0)
            return TextSpan.FromBounds(Items[first - 1].Span.End, Items[last].Span.End);
        return last + 1 < Items.Length ? TextSpan.FromBounds(Items[0].SpanStart, Items[last + 1].SpanStart) : null;
    }
}
