using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Text;

/// <summary>
/// Tells what a text can be made of: follows concatenation, interpolation, formatting, builders, collections, variables, members and own
/// methods back to constants and to the pieces that are none. One instance serves one question after the other; all share a budget.
/// </summary>
internal sealed partial class TextTracer
{
    /// <summary>How many expressions are read for one question.</summary>
    private const int MaxSteps = 3_000;

    /// <summary>How deep expressions are read into each other: a bound on the stack.</summary>
    private const int MaxDepth = 90;

    /// <summary>How many own methods deep a text is followed.</summary>
    private const int MaxCalls = 6;

    private readonly CompilationFacts _facts;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<SyntaxTree, SemanticModel> _models = [];
    private readonly HashSet<SyntaxNode> _inProgress = [];
    private readonly Dictionary<ExpressionSyntax, TextValue> _known = [];
    private readonly AllowLists _allowLists;
    private bool _formattableAsText;
    private int _steps;
    private int _depth;
    private int _calls;

    public TextTracer(CompilationFacts facts, SemanticModel model, CancellationToken cancellationToken)
    {
        _facts = facts;
        _cancellationToken = cancellationToken;
        _models[model.SyntaxTree] = model;
        _allowLists = new AllowLists(this);
    }

    public CancellationToken CancellationToken => _cancellationToken;

    /// <summary>What the text of an expression can be made of.</summary>
    public TextValue Trace(ExpressionSyntax expression)
    {
        _steps = 0;
        return Read(expression);
    }

    public SemanticModel ModelOf(SyntaxNode node)
    {
        if (!_models.TryGetValue(node.SyntaxTree, out var model))
            _models[node.SyntaxTree] = model = _facts.ModelOf(node.SyntaxTree);
        return model;
    }

    public ISymbol? SymbolOf(SyntaxNode node)
    {
        var info = ModelOf(node).GetSymbolInfo(node, _cancellationToken);
        return info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
    }

    public ITypeSymbol? TypeOf(ExpressionSyntax expression) => ModelOf(expression).GetTypeInfo(expression, _cancellationToken).Type;

    public bool IsConstant(ExpressionSyntax expression) => expression is LiteralExpressionSyntax || ModelOf(expression).GetConstantValue(expression, _cancellationToken).HasValue;

    public bool IsInSource(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, _facts.Compilation.Assembly);

    private TextValue Read(ExpressionSyntax expression)
    {
        while (expression is ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression })
            expression = expression is ParenthesizedExpressionSyntax parenthesized ? parenthesized.Expression : ((PostfixUnaryExpressionSyntax)expression).Operand;
        if (expression is LiteralExpressionSyntax literal)
            return literal.Token.ValueText.Length == 0 || literal.IsKind(SyntaxKind.NullLiteralExpression) ? TextValue.Empty : TextValue.Harmless;
        if (++_steps > MaxSteps || _depth >= MaxDepth)
            return TextValue.Unknown;
        _cancellationToken.ThrowIfCancellationRequested();
        if (!_formattableAsText && _known.TryGetValue(expression, out var known))
            return known;

        // a text that is built from itself, in a loop: the other pieces decide
        if (!_inProgress.Add(expression))
            return TextValue.Empty;
        _depth++;
        var value = ReadUnknown(expression);
        _depth--;
        _inProgress.Remove(expression);
        if (!_formattableAsText && (_inProgress.Count == 0 || value.IsHarmless == false))
            _known[expression] = value;
        return value;
    }

    private TextValue ReadUnknown(ExpressionSyntax expression)
    {
        var model = ModelOf(expression);
        var type = model.GetTypeInfo(expression, _cancellationToken).Type;
        if (HarmlessTypes.Is(type) || HarmlessTypes.ElementOf(type) is { SpecialType: not SpecialType.System_Char } element && HarmlessTypes.Is(element))
            return TextValue.Harmless;
        if (expression is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum)
            return ReadSum(sum);
        var constant = model.GetConstantValue(expression, _cancellationToken);
        if (constant.HasValue)
            return constant.Value is null or "" ? TextValue.Empty : TextValue.Harmless;
        return expression switch
        {
            InterpolatedStringExpressionSyntax interpolated => ReadInterpolation(interpolated),
            IdentifierNameSyntax or MemberAccessExpressionSyntax or MemberBindingExpressionSyntax => ReadName(expression),
            InvocationExpressionSyntax call => ReadCall(call),
            ConditionalExpressionSyntax choice => TextValue.OneOf([Read(choice.WhenTrue), Read(choice.WhenFalse)]),
            SwitchExpressionSyntax choice => OneOf(choice.Arms.Select(static a => a.Expression)),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } choice => TextValue.OneOf([Read(choice.Left), Read(choice.Right)]),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AsExpression } conversion => Read(conversion.Left),
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression } addition => TextValue.Joined(addition, [Read(addition.Left), Read(addition.Right)]),
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression } choice => TextValue.OneOf([Read(choice.Left), Read(choice.Right)]),
            AssignmentExpressionSyntax assignment => Read(assignment.Right),
            CastExpressionSyntax cast => Read(cast.Expression),
            AwaitExpressionSyntax awaited => Read(awaited.Expression),
            CheckedExpressionSyntax inner => Read(inner.Expression),
            ConditionalAccessExpressionSyntax access => Through(Read(access.WhenNotNull), access.WhenNotNull, access),
            ElementAccessExpressionSyntax access => ReadElement(access, access.Expression),
            ElementBindingExpressionSyntax binding when binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>() is { } access => ReadElement(binding, access.Expression),
            BaseObjectCreationExpressionSyntax creation => ReadCreation(creation, type),
            ArrayCreationExpressionSyntax { Initializer: { } initializer } => OneOf(initializer.Expressions),
            ArrayCreationExpressionSyntax => TextValue.Empty,
            ImplicitArrayCreationExpressionSyntax array => OneOf(array.Initializer.Expressions),
            InitializerExpressionSyntax initializer => OneOf(initializer.Expressions),
            CollectionExpressionSyntax collection => OneOf(collection.Elements.Select(static e => e is SpreadElementSyntax spread ? spread.Expression : ((ExpressionElementSyntax)e).Expression)),
            TupleExpressionSyntax tuple => OneOf(tuple.Arguments.Select(static a => a.Expression)),
            QueryExpressionSyntax query => ReadQuery(query),
            ThrowExpressionSyntax or DefaultExpressionSyntax => TextValue.Empty,
            _ => Opaque(expression),
        };
    }

    /// <summary>Flattens a chain of concatenations: generated code nests thousands of them.</summary>
    private TextValue ReadSum(BinaryExpressionSyntax sum)
    {
        var operands = new List<ExpressionSyntax>();
        ExpressionSyntax left = sum;
        while (left is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } inner)
        {
            operands.Add(inner.Right);
            left = inner.Left;
        }

        operands.Add(left);
        operands.Reverse();
        return TextValue.Joined(sum, operands.ConvertAll(Read));
    }

    private TextValue ReadInterpolation(InterpolatedStringExpressionSyntax interpolated)
    {
        if (!_formattableAsText && !IsText(ModelOf(interpolated).GetTypeInfo(interpolated, _cancellationToken).ConvertedType))
            return TextValue.Harmless;
        var values = new List<TextValue>();
        foreach (var content in interpolated.Contents)
            values.Add(content is InterpolationSyntax hole ? Read(hole.Expression) : TextValue.Harmless);
        return values.Count == 0 ? TextValue.Empty : TextValue.Joined(interpolated, values);
    }

    /// <summary>Whether an interpolated string becomes text; other types (<c>FormattableString</c>, handlers of libraries) keep the values apart.</summary>
    private static bool IsText(ITypeSymbol? converted) => converted switch
    {
        null or IErrorTypeSymbol or { SpecialType: SpecialType.System_String or SpecialType.System_Object } => true,
        { Name: "FormattableString" or "IFormattable" } => false,
        { Name: "DefaultInterpolatedStringHandler" or "AppendInterpolatedStringHandler" or "TryWriteInterpolatedStringHandler" or "RawSqlString" or "StringValues" or "ReadOnlySpan" } => true,
        _ => !converted.GetAttributes().Any(static a => a.AttributeClass?.Name == "InterpolatedStringHandlerAttribute"),
    };

    private TextValue ReadElement(ExpressionSyntax access, ExpressionSyntax receiver)
    {
        if (_allowLists.Cover(access))
            return TextValue.Harmless;
        return Through(Read(receiver), receiver, access);
    }

    /// <summary>What is taken out of a container: its pieces, or the taking itself where the container is opaque.</summary>
    private static TextValue Through(TextValue value, ExpressionSyntax container, ExpressionSyntax taken) =>
        value is { IsHarmless: false, IsComposed: false, Parts: [var part] } && (part.Parameter is null || !Holds(part.Parameter.Type)) && container.Span.Contains(part.Expression.Span) && container.SyntaxTree == part.Expression.SyntaxTree ? Opaque(taken) : value;

    /// <summary>Whether all that can be taken out of a value of the type was put in as text: collections, pairs, tasks.</summary>
    private static bool Holds(ITypeSymbol type) =>
        type.SpecialType == SpecialType.System_String || HarmlessTypes.ElementOf(type) is not null || type.IsTupleType || type.Name is "KeyValuePair" or "Tuple" or "Lazy" or "Task" or "ValueTask" or "IGrouping";

    private TextValue ReadCreation(BaseObjectCreationExpressionSyntax creation, ITypeSymbol? type)
    {
        var values = new List<TextValue>();
        var isContainer = type is { SpecialType: SpecialType.System_String } or { Name: "StringBuilder" or "StringWriter" or "RawSqlString" or "StringValues" or "Lazy" or "KeyValuePair" } || HarmlessTypes.ElementOf(type) is not null;
        if (!isContainer)
            return Opaque(creation);
        if (creation.ArgumentList is { } list)
            values.AddRange(list.Arguments.Where(a => IsContent(a.Expression)).Select(a => Read(a.Expression)));
        foreach (var element in creation.Initializer?.Expressions ?? default)
        {
            if (element is AssignmentExpressionSyntax assignment)
                values.Add(Read(assignment.Right));
            else
                values.Add(element is InitializerExpressionSyntax pair ? OneOf(pair.Expressions) : Read(element));
        }

        return values.Count == 0 ? TextValue.Empty : TextValue.OneOf(values.Where(static v => !ReferenceEquals(v, TextValue.Empty)).DefaultIfEmpty(TextValue.Empty).ToList());
    }

    /// <summary>Whether an argument of a container's constructor is what it holds; comparers and sizes are not.</summary>
    private bool IsContent(ExpressionSyntax argument) =>
        argument is LiteralExpressionSyntax or InterpolatedStringExpressionSyntax
        || TypeOf(argument) is { } type && (type.SpecialType is SpecialType.System_String or SpecialType.System_Object || HarmlessTypes.ElementOf(type) is not null || type.Name is "StringBuilder" or "StringValues" or "KeyValuePair");

    private TextValue ReadQuery(QueryExpressionSyntax query) =>
        query.Body.SelectOrGroup is SelectClauseSyntax select ? Read(select.Expression) : Opaque(query);

    private TextValue OneOf(IEnumerable<ExpressionSyntax> expressions)
    {
        var values = expressions.Select(Read).ToList();
        return values.Count == 0 ? TextValue.Empty : TextValue.OneOf(values);
    }

    private static TextValue Opaque(ExpressionSyntax expression) => TextValue.Whole(new TextPart(expression));
}
