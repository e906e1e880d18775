using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.KeyMaterial;

/// <summary>
/// Follows a value backwards to where it comes from: through conversions, locals, fields, properties, own methods. Works on syntax, so
/// that it sees the same with every Roslyn that hosts it. Bounded in steps and depth; what it does not understand is unknown.
/// </summary>
internal sealed partial class ValueTracer
{
    private const int MaxDepth = 5;
    private const int MaxSteps = 400;

    private readonly CompilationFacts _facts;
    private readonly CancellationToken _cancellationToken;
    private readonly SyntaxTree _start;
    private readonly HashSet<ISymbol> _visiting = new(SymbolEqualityComparer.Default);
    private int _steps;

    private ValueTracer(CompilationFacts facts, SyntaxTree start, CancellationToken cancellationToken)
    {
        _facts = facts;
        _start = start;
        _cancellationToken = cancellationToken;
    }

    /// <summary>The sources of a value; several where branches or assignments give several.</summary>
    public static List<Origin> Trace(ExpressionSyntax value, CompilationFacts facts, CancellationToken cancellationToken)
    {
        var tracer = new ValueTracer(facts, value.SyntaxTree, cancellationToken);
        var origins = new List<Origin>();
        tracer.Visit(value, new Frame(facts.ModelOf(value.SyntaxTree), value), origins);
        return origins.GroupBy(static o => (o.Node, o.Kind)).Select(static g => g.First()).ToList();
    }

    /// <summary>Takes parentheses, casts, <c>!</c>, <c>await</c> and <c>checked</c> off an expression.</summary>
    public static ExpressionSyntax Strip(ExpressionSyntax expression)
    {
        while (true)
        {
            switch (expression)
            {
                case ParenthesizedExpressionSyntax parenthesized:
                    expression = parenthesized.Expression;
                    break;
                case CastExpressionSyntax cast:
                    expression = cast.Expression;
                    break;
                case CheckedExpressionSyntax @checked:
                    expression = @checked.Expression;
                    break;
                case AwaitExpressionSyntax awaited:
                    expression = awaited.Expression;
                    break;
                case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                    expression = suppressed.Operand;
                    break;
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AsExpression } conversion:
                    expression = conversion.Left;
                    break;
                default:
                    return expression;
            }
        }
    }

    private void Visit(ExpressionSyntax expression, Frame frame, List<Origin> origins)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        expression = Strip(expression);
        if (expression.SyntaxTree == _start)
            frame = frame with { Local = expression };
        if (++_steps > MaxSteps || frame.Depth > MaxDepth)
        {
            Add(OriginKind.Unknown, expression, frame, origins);
            return;
        }

        switch (expression)
        {
            case LiteralExpressionSyntax literal:
                VisitLiteral(literal, frame, origins);
                break;
            case IdentifierNameSyntax or MemberAccessExpressionSyntax:
                VisitName(expression, frame, origins);
                break;
            case InvocationExpressionSyntax call:
                VisitCall(call, frame, origins);
                break;
            case BaseObjectCreationExpressionSyntax creation:
                VisitCreation(creation, frame, origins);
                break;
            case ArrayCreationExpressionSyntax array:
                VisitArray(array, array.Initializer, array.Type.RankSpecifiers.FirstOrDefault()?.Sizes.FirstOrDefault(), frame, origins);
                break;
            case ImplicitArrayCreationExpressionSyntax array:
                VisitElements(array, array.Initializer.Expressions, frame, origins);
                break;
            case StackAllocArrayCreationExpressionSyntax array:
                VisitArray(array, array.Initializer, (array.Type as ArrayTypeSyntax)?.RankSpecifiers.FirstOrDefault()?.Sizes.FirstOrDefault(), frame, origins);
                break;
            case ImplicitStackAllocArrayCreationExpressionSyntax array:
                VisitElements(array, array.Initializer.Expressions, frame, origins);
                break;
            case InitializerExpressionSyntax initializer:
                VisitElements(initializer, initializer.Expressions, frame, origins);
                break;
            case CollectionExpressionSyntax collection:
                VisitElements(collection, collection.Elements.Select(static e => e switch { ExpressionElementSyntax element => element.Expression, SpreadElementSyntax spread => spread.Expression, _ => null }).OfType<ExpressionSyntax>().ToList(), frame, origins);
                break;
            case ConditionalExpressionSyntax conditional:
                Visit(conditional.WhenTrue, frame, origins);
                Visit(conditional.WhenFalse, frame, origins);
                break;
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce:
                Visit(coalesce.Left, frame, origins);
                Visit(coalesce.Right, frame, origins);
                break;
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum:
                VisitAll(sum, [sum.Left, sum.Right], frame, origins);
                break;
            case InterpolatedStringExpressionSyntax text:
                VisitText(text, frame, origins);
                break;
            case SwitchExpressionSyntax choice:
                foreach (var arm in choice.Arms)
                    Visit(arm.Expression, frame, origins);
                break;
            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment:
                Visit(assignment.Right, frame, origins);
                break;
            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression } assignment:
                Visit(assignment.Left, frame, origins);
                Visit(assignment.Right, frame, origins);
                break;
            case ElementAccessExpressionSyntax access:
                VisitElementAccess(access, frame, origins);
                break;
            case DefaultExpressionSyntax:
                Add(OriginKind.Empty, expression, frame, origins);
                break;
            case ThrowExpressionSyntax:
                break;
            default:
                Add(OriginKind.Unknown, expression, frame, origins);
                break;
        }
    }

    private static void VisitLiteral(LiteralExpressionSyntax literal, Frame frame, List<Origin> origins)
    {
        var isEmpty = literal.IsKind(SyntaxKind.NullLiteralExpression) || literal.IsKind(SyntaxKind.DefaultLiteralExpression)
            || literal.Kind() is SyntaxKind.StringLiteralExpression or SyntaxKind.Utf8StringLiteralExpression && literal.Token.ValueText.Length == 0;
        Add(isEmpty ? OriginKind.Empty : OriginKind.Constant, literal, frame, origins);
    }

    private void VisitArray(ExpressionSyntax array, InitializerExpressionSyntax? initializer, ExpressionSyntax? size, Frame frame, List<Origin> origins)
    {
        if (initializer is not null)
            VisitElements(array, initializer.Expressions, frame, origins);
        else
            Add(size is not null && frame.Model.GetConstantValue(size, _cancellationToken) is { HasValue: true, Value: 0 } ? OriginKind.Empty : OriginKind.Zero, array, frame, origins);
    }

    private void VisitElements(ExpressionSyntax array, IReadOnlyList<ExpressionSyntax> elements, Frame frame, List<Origin> origins)
    {
        if (elements.Count == 0)
            Add(OriginKind.Empty, array, frame, origins);
        else if (elements.All(static e => Strip(e) is LiteralExpressionSyntax))
            Add(OriginKind.Constant, array, frame, origins);
        else
            VisitAll(array, elements, frame, origins);
    }

    private void VisitText(InterpolatedStringExpressionSyntax text, Frame frame, List<Origin> origins)
    {
        var parts = text.Contents.OfType<InterpolationSyntax>().Select(static i => i.Expression).ToList();
        if (parts.Count > 0)
            VisitAll(text, parts, frame, origins);
        else
            Add(text.Contents.Count == 0 ? OriginKind.Empty : OriginKind.Constant, text, frame, origins);
    }

    private void VisitElementAccess(ElementAccessExpressionSyntax access, Frame frame, List<Origin> origins)
    {
        if (access.ArgumentList.Arguments.Count == 1 && Strip(access.ArgumentList.Arguments[0].Expression) is RangeExpressionSyntax)
            Visit(access.Expression, frame, origins);
        else
            Add(IsConfiguration(access, frame) ? OriginKind.Configured : OriginKind.Unknown, access, frame, origins);
    }

    /// <summary>A value put together from several: constant only if all of them are.</summary>
    private void VisitAll(ExpressionSyntax whole, IEnumerable<ExpressionSyntax> parts, Frame frame, List<Origin> origins)
    {
        var found = new List<Origin>();
        foreach (var part in parts)
        {
            if (!frame.Model.GetConstantValue(part, _cancellationToken).HasValue)
                Visit(part, frame, found);
            if (found.Exists(static o => o.Kind is not (OriginKind.Constant or OriginKind.Zero or OriginKind.Empty)))
            {
                Add(OriginKind.Unknown, whole, frame, origins);
                return;
            }
        }

        // one constant with a name, such as Prefix + "x", is best reported where it is declared; several where they meet
        Add(OriginKind.Constant, whole, frame, origins);
    }

    private static void Add(OriginKind kind, SyntaxNode node, Frame frame, List<Origin> origins, ISymbol? symbol = null) =>
        origins.Add(new Origin(kind, node, node.SyntaxTree == frame.Local.SyntaxTree && kind is OriginKind.Constant or OriginKind.Zero ? node : frame.Local, symbol, frame.Holder));

    /// <summary>Where a trace stands: the model of the tree, the arguments of the call it went into, what it went through.</summary>
    private sealed record Frame(SemanticModel Model, SyntaxNode Local)
    {
        public int Depth { get; init; }

        public Dictionary<IParameterSymbol, (ExpressionSyntax Value, Frame Frame)>? Arguments { get; init; }

        public ISymbol? Holder { get; init; }
    }
}
