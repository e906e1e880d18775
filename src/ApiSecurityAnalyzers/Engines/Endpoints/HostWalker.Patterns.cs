using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <content>Follows route patterns that own methods are given: <c>MapCrud(app, "/orders")</c>, or that they leave to a default.</content>
internal sealed partial class HostWalker
{
    private readonly Dictionary<ISymbol, string> _texts = new(SymbolEqualityComparer.Default);

    /// <summary>Notes the text that a parameter of an own method stands for while the method is read.</summary>
    private void GivenText(IParameterSymbol parameter, ExpressionSyntax? argument)
    {
        if (parameter.Type.SpecialType != SpecialType.System_String)
            return;
        var text = argument is null ? parameter.HasExplicitDefaultValue ? parameter.ExplicitDefaultValue as string : null : PatternText(argument);
        if (text is null)
            _texts.Remove(parameter.OriginalDefinition);
        else
            _texts[parameter.OriginalDefinition] = text;
    }

    /// <summary>The pattern of a mapping call, where it is a constant or a parameter that was given one.</summary>
    private string? PatternOf(CallContext context)
    {
        var arguments = context.Call.ArgumentList.Arguments;
        var argument = arguments.FirstOrDefault(static a => a.NameColon?.Name.Identifier.ValueText is "pattern" or "prefix" or "path") ?? arguments.Skip(context.First).FirstOrDefault(static a => a.NameColon is null);
        return argument is null ? null : PatternText(argument.Expression);
    }

    private string? PatternText(ExpressionSyntax expression)
    {
        if (Text(expression) is { } constant)
            return constant;
        switch (expression)
        {
            case IdentifierNameSyntax when _model.GetSymbolInfo(expression, _cancellationToken).Symbol is { } symbol:
                return _texts.TryGetValue(symbol, out var given) ? given : null;

            // $"{prefix}/{{id}}", prefix + "/x"
            case InterpolatedStringExpressionSyntax interpolated:
                var parts = interpolated.Contents.Select(c => c is InterpolatedStringTextSyntax text ? text.TextToken.ValueText : c is InterpolationSyntax { AlignmentClause: null, FormatClause: null } hole ? PatternText(hole.Expression) : null).ToList();
                return parts.Contains(null) ? null : string.Concat(parts);
            case BinaryExpressionSyntax { RawKind: (int)Microsoft.CodeAnalysis.CSharp.SyntaxKind.AddExpression } sum:
                return PatternText(sum.Left) is { } left && PatternText(sum.Right) is { } right ? left + right : null;
            case ParenthesizedExpressionSyntax parenthesized:
                return PatternText(parenthesized.Expression);
            default:
                return null;
        }
    }
}
