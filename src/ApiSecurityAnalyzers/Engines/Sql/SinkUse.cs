using ApiSecurityAnalyzers.Engines.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Sql;

/// <summary>A place that gives SQL text to a library, or to an own method that hands it on.</summary>
/// <param name="Text">The expression that is the SQL text.</param>
/// <param name="Name">The sink as <c>Type.Member</c>, for the message.</param>
/// <param name="Kind">One of <see cref="SinkKinds"/>.</param>
internal sealed record SinkUse(ExpressionSyntax Text, string Name, string Kind)
{
    /// <summary>The assignment that adds the text to what is there: <c>command.CommandText += where</c>.</summary>
    public SyntaxNode? Addition { get; init; }

    public bool IsSuggestion { get; init; }

    /// <summary>What the text can be made of.</summary>
    public TextValue Trace(TextTracer tracer)
    {
        var value = tracer.Trace(Text);
        return Addition is null || value.IsHarmless || value.IsUnknown ? value : TextValue.Harmless.Plus(value, Addition);
    }
}
