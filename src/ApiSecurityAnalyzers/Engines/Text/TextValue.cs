using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Engines.Text;

/// <summary>What a text can be made of: the pieces that are not constant, and the expressions that put them together.</summary>
internal sealed class TextValue
{
    /// <summary>Constant, or of a type whose values hold no text of somebody else's: numbers, enums, identifiers of the code.</summary>
    public static readonly TextValue Harmless = new(ImmutableArray<TextPart>.Empty, ImmutableArray<SyntaxNode>.Empty, false);

    /// <summary>The empty constant, with which a text that is built step by step begins.</summary>
    public static readonly TextValue Empty = new(ImmutableArray<TextPart>.Empty, ImmutableArray<SyntaxNode>.Empty, false);

    /// <summary>A budget is spent: nothing is known, and nothing may be reported.</summary>
    public static readonly TextValue Unknown = new(ImmutableArray<TextPart>.Empty, ImmutableArray<SyntaxNode>.Empty, true);

    private TextValue(ImmutableArray<TextPart> parts, ImmutableArray<SyntaxNode> compositions, bool isUnknown)
    {
        Parts = parts;
        Compositions = compositions;
        IsUnknown = isUnknown;
    }

    /// <summary>The pieces that are not harmless, in the order in which they were read.</summary>
    public ImmutableArray<TextPart> Parts { get; }

    /// <summary>The outermost expressions that join such pieces with other text: concatenation, interpolation, <c>Append</c>…</summary>
    public ImmutableArray<SyntaxNode> Compositions { get; }

    public bool IsUnknown { get; }

    public bool IsHarmless => !IsUnknown && Parts.IsEmpty;

    /// <summary>Put together from pieces; a text that comes as a whole from elsewhere is not.</summary>
    public bool IsComposed => Parts.Any(static p => p.IsJoined);

    /// <summary>A text that is taken whole from one place.</summary>
    public static TextValue Whole(TextPart part) => new(ImmutableArray.Create(part), ImmutableArray<SyntaxNode>.Empty, false);

    /// <summary>One of several texts: the branches of a condition, the assignments that can reach a use.</summary>
    public static TextValue OneOf(IReadOnlyList<TextValue> values)
    {
        if (values.Count == 1)
            return values[0];
        if (values.Any(static v => v.IsUnknown))
            return Unknown;
        if (values.All(static v => ReferenceEquals(v, Empty)))
            return Empty;
        return values.All(static v => v.IsHarmless) ? Harmless : new(PartsOf(values), CompositionsOf(values), false);
    }

    /// <summary>The texts one after the other, joined by <paramref name="node"/>.</summary>
    public static TextValue Joined(SyntaxNode node, IReadOnlyList<TextValue> values)
    {
        if (values.Any(static v => v.IsUnknown))
            return Unknown;
        if (values.All(static v => v.IsHarmless))
            return values.All(static v => ReferenceEquals(v, Empty)) ? Empty : Harmless;

        // a statement that is taken whole and followed by constants stays one that comes from elsewhere
        var first = values.FirstOrDefault(static v => !ReferenceEquals(v, Empty));
        if (first is { IsHarmless: false } && values.All(v => v.IsHarmless || ReferenceEquals(v, first)) && values.Count(v => ReferenceEquals(v, first)) == 1)
            return first;

        var compositions = CompositionsOf(values);
        if (values.Any(static v => v is { IsHarmless: false, IsComposed: false }) || compositions.Any(c => Contains(node, c)))
            compositions = compositions.RemoveAll(c => Contains(node, c)).Add(node);
        return new(JoinedPartsOf(values), compositions, false);
    }

    /// <summary>More text at the end; <paramref name="step"/> is what adds it.</summary>
    public TextValue Plus(TextValue addition, SyntaxNode step)
    {
        var compositions = addition.IsComposed ? addition.Compositions : ImmutableArray.Create(step);
        return new(JoinedPartsOf([this, addition]), Compositions.AddRange(compositions.Where(c => !Compositions.Contains(c))), false);
    }

    /// <summary>The elements of a collection put together: there is more than one of each.</summary>
    public static TextValue Joined(SyntaxNode node, TextValue elements) =>
        elements.IsUnknown || elements.IsHarmless ? elements : new(JoinedPartsOf([elements]), elements.IsComposed ? elements.Compositions : ImmutableArray.Create(node), false);

    /// <summary>The value with another set of pieces: some turned out to be harmless, or stand for what callers give.</summary>
    public TextValue With(IEnumerable<TextPart> parts, IEnumerable<SyntaxNode> more)
    {
        var left = parts.Distinct().ToImmutableArray();
        return left.IsEmpty ? Harmless : new(left, Compositions.AddRange(more.Where(m => !Compositions.Contains(m)).Distinct()), false);
    }

    private static bool Contains(SyntaxNode outer, SyntaxNode inner) => outer.SyntaxTree == inner.SyntaxTree && outer.Span.Contains(inner.Span);

    private static ImmutableArray<TextPart> PartsOf(IEnumerable<TextValue> values) => values.SelectMany(static v => v.Parts).Distinct().ToImmutableArray();

    private static ImmutableArray<TextPart> JoinedPartsOf(IEnumerable<TextValue> values) => values.SelectMany(static v => v.Parts).Select(static p => p.Joined()).Distinct().ToImmutableArray();

    private static ImmutableArray<SyntaxNode> CompositionsOf(IEnumerable<TextValue> values) => values.SelectMany(static v => v.Compositions).Distinct().ToImmutableArray();
}
