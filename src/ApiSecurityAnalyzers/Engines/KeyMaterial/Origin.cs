using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Engines.KeyMaterial;

/// <summary>What kind of source a value has.</summary>
internal enum OriginKind
{
    /// <summary>A literal, or something computed from literals only.</summary>
    Constant,

    /// <summary>Nothing: an empty string or array, <see langword="null"/>.</summary>
    Empty,

    /// <summary>An array that nothing fills.</summary>
    Zero,

    /// <summary>A random generator.</summary>
    Generated,

    /// <summary>Configuration or environment: the same value each time.</summary>
    Configured,

    /// <summary>A parameter of the method in which the trace began, or of one around it.</summary>
    Parameter,

    /// <summary>The key of an algorithm object.</summary>
    KeyProperty,

    /// <summary>Anything else.</summary>
    Unknown,
}

/// <summary>Where a value comes from.</summary>
/// <param name="Kind">The kind of source.</param>
/// <param name="Node">The expression at which the trace ended.</param>
/// <param name="Local">The last expression of the trace in the document in which it began.</param>
/// <param name="Symbol">The parameter or member at which it ended.</param>
/// <param name="Holder">The field or property that kept the value between calls, if the trace came through one.</param>
internal sealed record Origin(OriginKind Kind, SyntaxNode Node, SyntaxNode Local, ISymbol? Symbol = null, ISymbol? Holder = null)
{
    /// <summary>Whether the value can be read in the code.</summary>
    public bool IsFixed => Kind is OriginKind.Constant or OriginKind.Zero;

    /// <summary>Whether two values that are not constant come from the same variable.</summary>
    public bool IsSameAs(Origin other) =>
        Kind == other.Kind && Kind is OriginKind.Parameter or OriginKind.Unknown or OriginKind.Configured or OriginKind.Generated
        && SymbolEqualityComparer.Default.Equals(Symbol, other.Symbol)
        && (Symbol is not null || Kind == OriginKind.Configured)
        && (Node == other.Node || Node.IsEquivalentTo(other.Node, topLevel: false));
}
