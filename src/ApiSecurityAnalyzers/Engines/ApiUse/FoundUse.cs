using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.ApiUse;

/// <summary>A place in the code that uses what a row describes.</summary>
/// <param name="Node">What is reported: the smallest part that names the fault.</param>
/// <param name="Shape">How it is used.</param>
/// <param name="Algorithm">The algorithm, as the message names it.</param>
/// <param name="Replacement">What serves instead: a type, a member or a string, as the shape says; <see langword="null"/> for nothing.</param>
/// <param name="Value">The expression that gives the algorithm or its result; <see langword="null"/> for base types.</param>
internal sealed record FoundUse(SyntaxNode Node, UseShape Shape, string Algorithm, string? Replacement, ExpressionSyntax? Value)
{
    /// <summary>The row's type, where the use is one of a type.</summary>
    public WeakType? Type { get; init; }

    /// <summary>The row's member, where the use is one of a member.</summary>
    public WeakMember? Member { get; init; }

    /// <summary>The call that is told the algorithm's name, where it can be replaced by an instance of <see cref="FactoryType"/>.</summary>
    public ExpressionSyntax? Factory { get; init; }

    /// <summary>The type whose instance replaces <see cref="Factory"/>.</summary>
    public string? FactoryType { get; init; }
}
