using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>A value that becomes part of the SQL text.</summary>
internal sealed class HolePiece : SqlPiece
{
    public HolePiece(ExpressionSyntax expression, TextSpan span, StringNode? node, string format, Operands? operands, int index, ImmutableArray<SqlGuard> guards)
    {
        Expression = expression;
        Span = span;
        Node = node;
        Format = format;
        Operands = operands;
        Index = index;
        Guards = guards;
    }

    public ExpressionSyntax Expression { get; }

    /// <summary>What the value takes up in the source: an interpolation, a format item, an operand.</summary>
    public TextSpan Span { get; }

    /// <summary>The string literal in which the value is an interpolation or a format item.</summary>
    public StringNode? Node { get; }

    /// <summary>Alignment and format as they are written: <c>,5:yyyy</c>.</summary>
    public string Format { get; }

    /// <summary>The operands among which the value stands.</summary>
    public Operands? Operands { get; }

    public int Index { get; }

    /// <summary>The conditions under which the value is part of the text, outermost first.</summary>
    public ImmutableArray<SqlGuard> Guards { get; }

    /// <summary>What is written in the place of the expression where the value stays part of the text.</summary>
    public string? Replacement { get; set; }

    /// <summary>Set where the value becomes a parameter.</summary>
    public bool IsTaken { get; set; }
}
