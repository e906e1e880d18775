using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>
/// Reads an expression that gives SQL text as constant pieces and values: concatenation, interpolation, <c>string.Format</c>,
/// <c>string.Concat</c>, conditional text, locals with their appends, <c>StringBuilder</c>.
/// </summary>
internal sealed class SqlTextReader
{
    /// <summary>How deep locals are followed.</summary>
    private const int MaxDepth = 5;

    private int _depth;

    public SqlTextReader(SemanticModel model, SourceText source, CancellationToken cancellationToken)
    {
        Model = model;
        Source = source;
        CancellationToken = cancellationToken;
    }

    public SemanticModel Model { get; }

    public SourceText Source { get; }

    public CancellationToken CancellationToken { get; }

    /// <summary>Set where the text is composed in a way that cannot be edited.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Reads the text at a sink.</summary>
    public IReadOnlyList<SqlPiece>? Read(ExpressionSyntax expression)
    {
        var pieces = Read(expression, ReadContext.Empty);
        return HasFailed ? null : pieces;
    }

    public IReadOnlyList<SqlPiece> Read(ExpressionSyntax expression, ReadContext context)
    {
        CancellationToken.ThrowIfCancellationRequested();
        if (context.Operands is null)
            context = context with { Operands = new Operands(ImmutableArray.Create(expression)), Index = 0 };
        var (whole, outer) = (expression, context);
        if (expression is ParenthesizedExpressionSyntax)
        {
            expression = Bare(expression);
            context = context with { Operands = new Operands(ImmutableArray.Create(expression)), Index = 0 };
        }

        switch (expression)
        {
            case LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.StringLiteralExpression):
                return Literal(literal, context);
            case InterpolatedStringExpressionSyntax interpolated:
                return Interpolated(interpolated, context);
            case BinaryExpressionSyntax binary when binary.IsKind(SyntaxKind.AddExpression) && IsString(binary):
                return Joined(Flatten(binary), context with { Operands = null });
            case ConditionalExpressionSyntax conditional when HasText(conditional.WhenTrue) || HasText(conditional.WhenFalse):
                return [new ChoicePiece(
                    Read(conditional.WhenTrue, context.Under(new SqlGuard(conditional.Condition, false, null)) with { Operands = null }),
                    Read(conditional.WhenFalse, context.Under(new SqlGuard(conditional.Condition, true, null)) with { Operands = null }))];
            case InvocationExpressionSyntax call:
                return Call(call, context);
            case IdentifierNameSyntax name when context.Self is { } self && SymbolEqualityComparer.Default.Equals(Model.GetSymbolInfo(name, CancellationToken).Symbol, self.Symbol):
                return self.Pieces;
        }

        if (Model.GetConstantValue(expression, CancellationToken) is { HasValue: true } constant)
            return [new TextPiece(Convert.ToString(constant.Value, System.Globalization.CultureInfo.InvariantCulture) ?? "")];
        if (context.Operands.Items.Length == 1 && context.Operands.Append is null && Local(expression) is { } local)
            return History(local, expression) ?? Fail();
        return [new HolePiece(expression, whole.Span, null, "", outer.Operands, outer.Index, outer.Guards)];
    }

    /// <summary>The pieces of a value that is itself composed text kept in a local; null where it is just a value.</summary>
    public IReadOnlyList<SqlPiece>? Expand(HolePiece hole)
    {
        if (SqlConstants.IsConstant(hole.Expression, Model, CancellationToken))
            return null;
        if (hole.Expression is ConditionalExpressionSyntax)
        {
            // in an interpolation the text in the branches stays where it is
            var choice = Read(hole.Expression, new ReadContext(null, 0, hole.Guards));
            return choice is [ChoicePiece] && hole.Format.Length == 0 ? choice : null;
        }

        if (Bare(hole.Expression) is InvocationExpressionSyntax call && hole.Format.Length == 0 && SqlTextList.Of(call, Model) is not null)
            return Read(call, new ReadContext(null, 0, hole.Guards));
        if (Local(hole.Expression) is not { } local || hole.Format.Length > 0)
            return null;
        var writes = SqlTextHistory.Writes(local, hole.Expression, Model, CancellationToken);
        if (!writes.Exists(HasText))
            return null;
        return History(local, hole.Expression) ?? Fail();
    }

    /// <summary>Whether an expression holds constant text beside a value, or text that is not only a word.</summary>
    private bool HasText(ExpressionSyntax expression) =>
        expression.DescendantNodesAndSelf(static n => n is not AnonymousFunctionExpressionSyntax and not ArgumentListSyntax and not InterpolationSyntax).Any(static n =>
            n is LiteralExpressionSyntax literal && literal.IsKind(SyntaxKind.StringLiteralExpression) && literal.Token.ValueText.Length > 0
            || n is InterpolatedStringTextSyntax)
        || expression is InvocationExpressionSyntax call && call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Format" or "Concat" or "ToString" } access && (Model.GetSymbolInfo(call, CancellationToken).Symbol?.ContainingType.SpecialType == SpecialType.System_String || IsBuilder(access.Expression));

    private IReadOnlyList<SqlPiece>? History(ILocalSymbol local, ExpressionSyntax use, string? separator = null)
    {
        if (_depth >= MaxDepth)
            return null;
        _depth++;
        var pieces = new SqlTextHistory(this, local, use, separator).Read();
        _depth--;
        return pieces;
    }

    private List<SqlPiece> Joined(ImmutableArray<ExpressionSyntax> items, ReadContext context)
    {
        var operands = new Operands(items, context.Operands?.Append);
        var pieces = new List<SqlPiece>();
        for (var i = 0; i < items.Length; i++)
            pieces.AddRange(Read(items[i], context with { Operands = operands, Index = i }));
        return pieces;
    }

    /// <summary>Reads what <c>StringBuilder.Append</c> and its like add.</summary>
    public IReadOnlyList<SqlPiece> Appended(InvocationExpressionSyntax call, string method, ReadContext context)
    {
        var arguments = call.ArgumentList.Arguments;
        if (method == "AppendFormat")
            return Format(call, context);
        var pieces = new List<SqlPiece>();
        if (arguments.Count == 1)
        {
            var argument = arguments[0].Expression;
            var items = argument is BinaryExpressionSyntax binary && binary.IsKind(SyntaxKind.AddExpression) && IsString(binary) ? Flatten(binary) : ImmutableArray.Create(argument);
            pieces.AddRange(Joined(items, context with { Operands = new Operands(items, call) }));
        }
        else if (arguments.Count > 1)
            return Fail();

        if (method == "AppendLine")
            pieces.Add(new TextPiece("\n"));
        return pieces;
    }

    private IReadOnlyList<SqlPiece> Literal(LiteralExpressionSyntax literal, ReadContext context)
    {
        var node = StringNode.Create(literal, Source, context.Operands, context.Index);
        return node?.Read(node.ContentStart, node.ContentEnd) is { } piece ? [piece] : [new TextPiece(literal.Token.ValueText)];
    }

    private IReadOnlyList<SqlPiece> Interpolated(InterpolatedStringExpressionSyntax interpolated, ReadContext context)
    {
        if (StringNode.Create(interpolated, Source, context.Operands, context.Index) is not { } node)
            return Fail();
        var pieces = new List<SqlPiece>();
        foreach (var content in interpolated.Contents)
        {
            if (content is InterpolationSyntax interpolation)
            {
                node.ItemCount++;
                var expression = Bare(interpolation.Expression);
                if (interpolation.AlignmentClause is null && interpolation.FormatClause is null && Model.GetConstantValue(expression, CancellationToken) is { HasValue: true, Value: string constant })
                    pieces.Add(new TextPiece(constant));
                else
                {
                    var hole = new HolePiece(interpolation.Expression, interpolation.Span, node, $"{interpolation.AlignmentClause}{interpolation.FormatClause}", null, 0, context.Guards);
                    node.Items.Add(hole);
                    pieces.Add(hole);
                }
            }
            else if (node.Read(content.SpanStart, content.Span.End) is { } piece)
                pieces.Add(piece);
            else
                return Fail();
        }

        return pieces;
    }

    private IReadOnlyList<SqlPiece> Call(InvocationExpressionSyntax call, ReadContext context)
    {
        if (call.Expression is MemberAccessExpressionSyntax access)
        {
            var method = access.Name.Identifier.ValueText;
            if (method is "Format" or "Concat" && Model.GetSymbolInfo(call, CancellationToken).Symbol is IMethodSymbol { ContainingType.SpecialType: SpecialType.System_String } symbol)
            {
                if (method == "Format")
                    return Format(call, context);
                if (symbol.Parameters.All(static p => p.Type.SpecialType is SpecialType.System_String or SpecialType.System_Object))
                    return Joined(call.ArgumentList.Arguments.Select(static a => a.Expression).ToImmutableArray(), context with { Operands = null });
            }

            if (method == "ToString" && call.ArgumentList.Arguments.Count == 0 && IsBuilder(access.Expression))
                return Local(access.Expression) is { } builder ? History(builder, access.Expression) ?? Fail() : Fail();

            if (SqlTextList.Of(call, Model) is { } list && Local(list.List) is { } texts)
                return History(texts, list.List, list.Separator) ?? Fail();

            // "…".Trim() stays as it is
            if (method is "Trim" or "TrimEnd" or "TrimStart" or "ToString" && call.ArgumentList.Arguments.Count == 0 && IsString(access.Expression) && HasText(access.Expression))
                return Read(access.Expression, context with { Operands = null });
        }

        return [new HolePiece(call, call.Span, null, "", context.Operands, context.Index, context.Guards)];
    }

    private IReadOnlyList<SqlPiece> Format(InvocationExpressionSyntax call, ReadContext context)
    {
        var arguments = call.ArgumentList.Arguments;
        var first = arguments.Count > 0 && !IsString(arguments[0].Expression) ? 1 : 0;
        if (Model.GetSymbolInfo(call, CancellationToken).Symbol is not IMethodSymbol method || arguments.Count <= first || arguments.Any(static a => a.NameColon is not null)
            || Bare(arguments[first].Expression) is not LiteralExpressionSyntax literal || StringNode.Create(literal, Source, context.Operands, context.Index, call) is not { } node)
            return Fail();

        // an array that is passed as such has no expressions of its own
        var values = arguments.Skip(first + 1).Select(static a => a.Expression).ToImmutableArray();
        if (method.Parameters.Last().IsParams && values.Length == 1 && Model.GetTypeInfo(values[0], CancellationToken).Type is IArrayTypeSymbol)
            return Fail();
        return CompositeFormat.Read(node, Source, values, context.Guards) ?? Fail();
    }

    private bool IsBuilder(ExpressionSyntax expression) => Model.GetTypeInfo(expression, CancellationToken).Type is { Name: "StringBuilder" };

    private bool IsString(ExpressionSyntax expression) => Model.GetTypeInfo(expression, CancellationToken).Type?.SpecialType == SpecialType.System_String;

    private ILocalSymbol? Local(ExpressionSyntax expression) => Bare(expression) is IdentifierNameSyntax name ? Model.GetSymbolInfo(name, CancellationToken).Symbol as ILocalSymbol : null;

    private IReadOnlyList<SqlPiece> Fail()
    {
        HasFailed = true;
        return [];
    }

    private ImmutableArray<ExpressionSyntax> Flatten(BinaryExpressionSyntax binary)
    {
        var items = new Stack<ExpressionSyntax>();
        ExpressionSyntax current = binary;
        while (current is BinaryExpressionSyntax sum && sum.IsKind(SyntaxKind.AddExpression) && IsString(sum))
        {
            items.Push(sum.Right);
            current = sum.Left;
        }

        items.Push(current);
        return items.ToImmutableArray();
    }

    internal static ExpressionSyntax Bare(ExpressionSyntax expression)
    {
        while (expression is ParenthesizedExpressionSyntax parenthesized)
            expression = parenthesized.Expression;
        return expression;
    }
}
