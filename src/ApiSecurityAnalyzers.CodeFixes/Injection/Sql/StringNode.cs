using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>A string literal or interpolated string of a composed text.</summary>
internal sealed class StringNode
{
    private readonly SourceText _source;

    private StringNode(ExpressionSyntax node, SourceText source, LiteralStyle style, int contentStart, int contentEnd, Operands? operands, int index, InvocationExpressionSyntax? format)
    {
        Node = node;
        _source = source;
        Style = style;
        ContentStart = contentStart;
        ContentEnd = contentEnd;
        Operands = operands;
        Index = index;
        Format = format;
    }

    public ExpressionSyntax Node { get; }

    public LiteralStyle Style { get; }

    public bool IsInterpolated => Node is InterpolatedStringExpressionSyntax;

    /// <summary>The position behind the opening quotes.</summary>
    public int ContentStart { get; }

    /// <summary>The position of the closing quotes.</summary>
    public int ContentEnd { get; }

    public Operands? Operands { get; }

    public int Index { get; }

    /// <summary>The call of <c>string.Format</c> whose format the literal is.</summary>
    public InvocationExpressionSyntax? Format { get; }

    /// <summary>The interpolations or format items, in so far as they are values.</summary>
    public List<HolePiece> Items { get; } = [];

    /// <summary>How many interpolations or format items the literal holds, constants included.</summary>
    public int ItemCount { get; set; }

    /// <summary>Whether a value stays in the literal, so that it stays (or becomes) interpolated.</summary>
    public bool StaysInterpolated => IsNumbered || ItemCount > Items.Count(static i => i.IsTaken);

    /// <summary>Set where a placeholder in the literal is numbered by an interpolation.</summary>
    public bool IsNumbered { get; set; }

    /// <summary>Whether braces are written twice.</summary>
    public bool DoublesBraces => Format is not null || IsInterpolated && Style is LiteralStyle.Regular or LiteralStyle.Verbatim;

    public static StringNode? Create(ExpressionSyntax node, SourceText source, Operands? operands, int index, InvocationExpressionSyntax? format = null)
    {
        SyntaxToken open, close;
        if (node is InterpolatedStringExpressionSyntax interpolated)
            (open, close) = (interpolated.StringStartToken, interpolated.StringEndToken);
        else if (node is LiteralExpressionSyntax literal)
            (open, close) = (literal.Token, literal.Token);
        else
            return null;
        if (node.ContainsDiagnostics || open.IsMissing || close.IsMissing)
            return null;
        var text = node.ToString();
        var quotes = text.IndexOf('"');
        var count = 0;
        while (quotes + count < text.Length && text[quotes + count] == '"')
            count++;
        var isVerbatim = text.Substring(0, quotes).Contains('@');
        if (isVerbatim || count < 3)
            return new StringNode(node, source, isVerbatim ? LiteralStyle.Verbatim : LiteralStyle.Regular, node.SpanStart + quotes + 1, node.Span.End - 1, operands, index, format);
        if (text.EndsWith("u8", StringComparison.Ordinal))
            return null;
        var isMultiLine = open.IsKind(SyntaxKind.MultiLineRawStringLiteralToken) || open.IsKind(SyntaxKind.InterpolatedMultiLineRawStringStartToken);
        return new StringNode(node, source, isMultiLine ? LiteralStyle.RawLines : LiteralStyle.Raw, node.SpanStart + quotes + count, node.Span.End - count, operands, index, format);
    }

    /// <summary>Reads a stretch of the content; null where it holds an escape that is not known.</summary>
    public TextPiece? Read(int start, int end)
    {
        var value = new StringBuilder(end - start);
        var starts = new List<int>(end - start + 1);
        for (var position = start; position < end;)
        {
            var (decoded, length) = Next(position, end);
            if (length == 0)
                return null;
            foreach (var c in decoded)
            {
                value.Append(c);
                starts.Add(position);
            }

            position += length;
        }

        starts.Add(end);
        return new TextPiece(value.ToString(), this, [.. starts]);
    }

    private (string Decoded, int Length) Next(int position, int end)
    {
        var c = _source[position];
        var next = position + 1 < end ? _source[position + 1] : '\0';
        if (Style == LiteralStyle.Regular && c == '\\')
            return Escape(position, end, next);
        if (Style == LiteralStyle.Verbatim && c == '"' && next == '"')
            return ("\"", 2);
        return DoublesBraces && c is '{' or '}' && next == c ? (c.ToString(), 2) : (c.ToString(), 1);
    }

    private (string Decoded, int Length) Escape(int position, int end, char kind)
    {
        const string kinds = "'\"\\0abfnrtve";
        const string values = "'\"\\\0\a\b\f\n\r\t\v\u001b";
        var simple = kinds.IndexOf(kind);
        if (simple >= 0)
            return (values[simple].ToString(), 2);
        var most = kind switch { 'u' => 4, 'U' => 8, 'x' => 4, _ => 0 };
        var count = 0;
        while (count < most && position + 2 + count < end && Uri.IsHexDigit(_source[position + 2 + count]))
            count++;
        if (count == 0 || !int.TryParse(_source.ToString(new TextSpan(position + 2, count)), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code))
            return ("", 0);
        return (code > 0xFFFF ? char.ConvertFromUtf32(code) : ((char)code).ToString(), count + 2);
    }
}
