using ApiSecurityAnalyzers.Engines.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>Asks the engine of the analyzer which parts of a text are harmless, so that rule and fix agree.</summary>
internal sealed class SqlHarmless
{
    private readonly TextTracer _tracer;

    public SqlHarmless(TextTracer tracer) => _tracer = tracer;

    /// <summary>Whether the value may stay part of the text.</summary>
    public bool Is(ExpressionSyntax expression)
    {
        var value = _tracer.Trace(expression);
        return value.IsHarmless || !value.IsUnknown && value.Parts.All(p => p.Parameter is { } parameter && _tracer.OriginOf(parameter) == ParameterOrigin.Constant);
    }

    /// <summary>Whether the text is no longer composed of values.</summary>
    public bool IsMended(ExpressionSyntax text) => _tracer.Trace(text) is { IsComposed: false } || Is(text);
}
