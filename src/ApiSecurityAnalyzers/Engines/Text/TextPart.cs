using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Text;

/// <summary>A piece of a text that is not constant, as it stands in the code.</summary>
internal sealed class TextPart : IEquatable<TextPart>
{
    public TextPart(ExpressionSyntax expression, IParameterSymbol? parameter = null, bool isJoined = false)
    {
        Expression = expression;
        Parameter = parameter;
        IsJoined = isJoined;
    }

    public ExpressionSyntax Expression { get; }

    /// <summary>The parameter that the piece is, whose values only the callers know.</summary>
    public IParameterSymbol? Parameter { get; }

    /// <summary>Whether other text is put around it; a text that is taken whole is not, even where another branch composes one.</summary>
    public bool IsJoined { get; }

    public TextPart Joined() => IsJoined ? this : new TextPart(Expression, Parameter, isJoined: true);

    public bool Equals(TextPart? other) => other is not null && other.Expression == Expression && other.IsJoined == IsJoined && SymbolEqualityComparer.Default.Equals(other.Parameter, Parameter);

    public override bool Equals(object? obj) => Equals(obj as TextPart);

    public override int GetHashCode() => Expression.GetHashCode();
}
