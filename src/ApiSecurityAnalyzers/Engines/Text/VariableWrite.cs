using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Text;

/// <summary>In which way a statement changes a variable.</summary>
internal enum WriteKind
{
    /// <summary>The variable gets the value.</summary>
    Set,

    /// <summary>The variable may get the value: <c>??=</c>.</summary>
    MaySet,

    /// <summary>The values are added to what the variable holds: <c>+=</c>, <c>Append</c>, <c>Add</c>, an element is set.</summary>
    Add,

    /// <summary>The variable is emptied: <c>Clear()</c>.</summary>
    Clear,

    /// <summary>The variable takes on each element of the value: <c>foreach</c>.</summary>
    Element,

    /// <summary>A called method sets it, or fills it: <c>out</c>, <c>ref</c>, a builder handed over.</summary>
    Call,

    /// <summary>A part of the value is taken: deconstruction, pattern.</summary>
    Component,
}

/// <summary>One place that changes a variable.</summary>
internal sealed record VariableWrite(WriteKind Kind, SyntaxNode Node, ImmutableArray<ExpressionSyntax> Values)
{
    /// <summary>For <see cref="WriteKind.Component"/>: which component of a tuple, -1 when it is not one.</summary>
    public int Index { get; init; } = -1;

    /// <summary>For <see cref="WriteKind.Call"/>: the argument or receiver through which the variable goes.</summary>
    public SyntaxNode? Through { get; init; }

    /// <summary>Where it has happened: calls of a chain begin at one place and end one after the other.</summary>
    public int Position => Node.Span.End;
}
