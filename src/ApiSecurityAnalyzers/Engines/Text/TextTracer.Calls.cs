using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Text;

/// <content>Calls of libraries that make, change or hand on text.</content>
internal sealed partial class TextTracer
{
    private static readonly HashSet<string> Filters = new(StringComparer.Ordinal) { "Where", "TakeWhile", "FindAll", "First", "FirstOrDefault", "Single", "SingleOrDefault", "Last", "LastOrDefault", "Find" };

    private static readonly HashSet<string> Mappings = new(StringComparer.Ordinal) { "Select", "SelectMany", "ConvertAll" };

    private static readonly HashSet<string> Handing = new(StringComparer.Ordinal) { "FromResult", "ConfigureAwait", "AsTask", "GetAwaiter", "GetResult", "Invariant", "CurrentCulture", "ToStringAndClear" };

    private static readonly HashSet<string> Appends = new(StringComparer.Ordinal) { "Append", "AppendLine", "AppendFormat", "AppendJoin", "Insert", "Replace" };

    private TextValue ReadCall(InvocationExpressionSyntax call)
    {
        if (SymbolOf(call) is not IMethodSymbol method)
            return TextValue.Unknown;
        if (method.MethodKind == MethodKind.DelegateInvoke)
            return ReadDelegate(call);
        if (IsInSource(method))
            return ReadReturns(method, call, -1);
        if (KnownTexts.IsHarmless(method))
            return TextValue.Harmless;
        var receiver = Arguments.ReceiverOf(call);
        var type = method.ContainingType;
        if (type.SpecialType == SpecialType.System_String)
            return method.IsStatic ? ReadStringFactory(method, call) : ReadOfReceiver(call, receiver);
        switch (type.Name)
        {
            case "StringBuilder" when receiver is not null:
                return Appends.Contains(method.Name) ? ReadAppend(call, receiver) : Read(receiver);
            case "FormattableString" or "FormattableStringFactory":
                return ReadFormattable(method, call, receiver);
            case "Enumerable" or "Queryable" or "AsyncEnumerable" or "ImmutableArrayExtensions" or "MemoryExtensions" or "EntityFrameworkQueryableExtensions" or "CollectionExtensions":
                return ReadSequence(method, call, receiver);
            case "Regex" when method.Name == "Replace":
                return ReadRegexReplace(call, receiver, method);
            case "Convert" when method.Name == "ToString":
                return OneOf(call.ArgumentList.Arguments.Select(static a => a.Expression).Where(e => !IgnorableArgument(e)));
        }

        // a number or date writes itself, in whatever format
        if ((receiver ?? (method.IsExtensionMethod ? ArgumentsOf(call).FirstOrDefault() : null)) is { } subject && HarmlessTypes.Is(TypeOf(subject)))
            return TextValue.Harmless;
        if (Handing.Contains(method.Name))
            return method.IsStatic && method.ReducedFrom is null ? OneOf(ArgumentsOf(call)) : receiver is null ? Opaque(call) : Read(receiver);
        if (method.Name == "ToString" && receiver is not null)
            return Through(Read(receiver), receiver, call);
        if (HarmlessTypes.ElementOf(type) is not null && receiver is not null)
            return ReadSequence(method, call, receiver);
        return IsJoinOfHarmless(method, call, receiver) ? TextValue.Harmless : Opaque(call);
    }

    /// <summary>An extension method of another project that makes one text of harmless elements: <c>ids.Select(i => i.ToString()).Join(",")</c>.</summary>
    private bool IsJoinOfHarmless(IMethodSymbol method, InvocationExpressionSyntax call, ExpressionSyntax? receiver) =>
        method is { ReducedFrom: not null, ReturnType.SpecialType: SpecialType.System_String } && receiver is not null
        && HarmlessTypes.ElementOf(TypeOf(receiver)) is not null && Read(receiver).IsHarmless && ArgumentsOf(call).All(a => Read(a).IsHarmless);

    private TextValue ReadStringFactory(IMethodSymbol method, InvocationExpressionSyntax call)
    {
        switch (method.Name)
        {
            case "Create":
                return OneOf(ArgumentsOf(call));
            case "Format" or "Concat" or "Join":
                var values = ArgumentsOf(call).Select(Read).ToList();

                if (method.Name == "Format" && values.Count > 1 && values.Skip(1).Any(static v => !v.IsHarmless))
                    values[0] = AsTemplate(values[0]);

                // a separator with one collection, or a collection alone, joins its elements
                return values.Count == (method.Name == "Join" ? 2 : 1) ? TextValue.Joined(call, TextValue.OneOf(values)) : TextValue.Joined(call, values);
            case "Intern" or "IsInterned" or "Copy":
                return OneOf(ArgumentsOf(call));
            default:
                return Opaque(call);
        }
    }

    /// <summary>Methods of a string: its own text, with other text put in.</summary>
    private TextValue ReadOfReceiver(InvocationExpressionSyntax call, ExpressionSyntax? receiver)
    {
        if (receiver is null)
            return Opaque(call);
        var value = Read(receiver);
        var arguments = ArgumentsOf(call).Select(Read).ToList();
        return arguments.TrueForAll(static a => a.IsHarmless) ? value : TextValue.Joined(call, [TextValue.Harmless, AsTemplate(value), .. arguments]);
    }

    /// <summary>A text that is taken whole and filled in is not the fault; what is filled in is.</summary>
    private static TextValue AsTemplate(TextValue value) => value is { IsUnknown: false, IsComposed: false } ? TextValue.Harmless : value;

    private TextValue ReadAppend(InvocationExpressionSyntax call, ExpressionSyntax receiver)
    {
        var value = Read(receiver);
        foreach (var argument in ArgumentsOf(call))
        {
            var added = Read(argument);
            if (added.IsUnknown || value.IsUnknown)
                return TextValue.Unknown;
            if (ReferenceEquals(value, TextValue.Empty))
                value = added;
            else if (!added.IsHarmless)
                value = value.Plus(added, call);
        }

        return value;
    }

    private TextValue ReadFormattable(IMethodSymbol method, InvocationExpressionSyntax call, ExpressionSyntax? receiver)
    {
        if (method.Name == "Create")
        {
            var arguments = ArgumentsOf(call).ToList();
            return arguments.Count == 0 ? TextValue.Unknown : _formattableAsText ? TextValue.Joined(call, arguments.ConvertAll(Read)) : Read(arguments[0]);
        }

        // here the values do become text
        var source = method.IsStatic ? ArgumentsOf(call).FirstOrDefault() : receiver;
        if (source is null)
            return Opaque(call);
        var before = _formattableAsText;
        _formattableAsText = true;
        var value = Read(source);
        _formattableAsText = before;
        return value;
    }

    private TextValue ReadSequence(IMethodSymbol method, InvocationExpressionSyntax call, ExpressionSyntax? receiver)
    {
        var arguments = call.ArgumentList.Arguments.Select(static a => a.Expression).ToList();
        if (method is { IsStatic: true, ReducedFrom: null } && arguments.Count > 0 && method.IsExtensionMethod)
        {
            receiver = arguments[0];
            arguments.RemoveAt(0);
        }

        if (receiver is null || method.Name is "Repeat" or "Empty" or "Range")
            return OneOf(arguments);
        if (Mappings.Contains(method.Name) && arguments.Count > 0)
            return arguments[0] is AnonymousFunctionExpressionSyntax map ? OneOf(Members.Returns(map)) : ReadMethodGroup(arguments[0], receiver, call);
        if (Filters.Contains(method.Name) && arguments.Count > 0 && _allowLists.Select(arguments[0]))
            return TextValue.Harmless;
        var value = Read(receiver);
        if (method.Name is "Intersect" or "IntersectBy" && arguments.Count > 0)
            return value.IsHarmless || Read(arguments[0]).IsHarmless ? TextValue.Harmless : value;
        if (method.Name == "Aggregate")
            return TextValue.Joined(call, value);
        if (method.Name is "GetOrAdd" or "AddOrUpdate")
            return TextValue.OneOf([value, .. arguments.Skip(1).Select(a => a is AnonymousFunctionExpressionSyntax create ? OneOf(Members.Returns(create)) : Read(a))]);
        if (method.Name is "GetValueOrDefault" && arguments.Count == 2)
            return TextValue.OneOf([value, Read(arguments[1])]);
        if (method.Name is "Concat" or "Union" or "Append" or "Prepend" or "DefaultIfEmpty" or "Zip" or "Add" or "AddRange")
            return TextValue.OneOf([value, .. arguments.Where(static a => a is not AnonymousFunctionExpressionSyntax).Select(Read)]);
        return Through(value, receiver, call);
    }

    /// <summary><c>names.Select(Quote)</c>: what the method returns, its parameter being the elements.</summary>
    private TextValue ReadMethodGroup(ExpressionSyntax group, ExpressionSyntax receiver, InvocationExpressionSyntax call)
    {
        if (SymbolOf(group) is not IMethodSymbol method)
            return Opaque(call);
        if (!IsInSource(method))
            return KnownTexts.IsHarmless(method) ? TextValue.Harmless : Read(receiver);
        var value = ReadBody(method, call, -1);
        return Substitute(value, method, p => p.Ordinal == 0 ? ImmutableArray.Create(receiver) : default, call);
    }

    /// <summary>A filter that leaves letters and digits only is an allow-list of characters.</summary>
    private TextValue ReadRegexReplace(InvocationExpressionSyntax call, ExpressionSyntax? receiver, IMethodSymbol method)
    {
        var pattern = method.IsStatic ? call.ArgumentList.Arguments.ElementAtOrDefault(1)?.Expression : PatternOf(receiver);
        if (pattern is not null && ModelOf(pattern).GetConstantValue(pattern, _cancellationToken) is { HasValue: true, Value: string { Length: > 3 } text }
            && text.StartsWith("[^", StringComparison.Ordinal) && text.TrimEnd('+', '*').EndsWith("]", StringComparison.Ordinal) && text.IndexOfAny(['\'', '"', ';']) < 0
            || pattern is not null && ModelOf(pattern).GetConstantValue(pattern, _cancellationToken) is { HasValue: true, Value: @"\W" or @"\W+" or @"\D" or @"\D+" })
        {
            return TextValue.Harmless;
        }

        var arguments = ArgumentsOf(call).Where(e => e is not AnonymousFunctionExpressionSyntax).Select(Read).ToList();
        return TextValue.Joined(call, [TextValue.Empty, .. arguments]);
    }

    /// <summary>The pattern of a regular expression that is kept in a field or local.</summary>
    internal ExpressionSyntax? PatternOf(ExpressionSyntax? regex)
    {
        if (regex is null || SymbolOf(regex)?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellationToken) is not { } declaration)
            return null;
        var creation = declaration.DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>().FirstOrDefault();
        if (creation is not null)
            return creation.ArgumentList?.Arguments.FirstOrDefault()?.Expression;
        return declaration is MemberDeclarationSyntax { AttributeLists: var lists } ? lists.SelectMany(static l => l.Attributes).FirstOrDefault(static a => a.Name.ToString().Contains("GeneratedRegex"))?.ArgumentList?.Arguments.FirstOrDefault()?.Expression : null;
    }

    private TextValue ReadDelegate(InvocationExpressionSyntax call)
    {
        var target = call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Invoke" } access ? access.Expression : call.Expression;
        if (SymbolOf(target) is not ILocalSymbol { DeclaringSyntaxReferences: [var reference] } || reference.GetSyntax(_cancellationToken) is not VariableDeclaratorSyntax { Initializer.Value: AnonymousFunctionExpressionSyntax lambda })
            return Opaque(call);
        if (SymbolOf(lambda) is not IMethodSymbol method)
            return Opaque(call);
        return Substitute(OneOf(Members.Returns(lambda)), method, p => p.Ordinal < call.ArgumentList.Arguments.Count ? ImmutableArray.Create(call.ArgumentList.Arguments[p.Ordinal].Expression) : default, call);
    }

    /// <summary>The parameter of a lambda over a sequence is one of its elements; <see langword="null"/> where it is not that.</summary>
    private TextValue? ReadLambdaParameter(IParameterSymbol parameter, SyntaxNode declaration)
    {
        if (declaration.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() is not { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } } || SymbolOf(call) is not IMethodSymbol method || IsInSource(method))
            return null;
        if (method.Name is "GetOrAdd" or "AddOrUpdate")
            return parameter.Ordinal == 0 ? Read(call.ArgumentList.Arguments[0].Expression) : null;
        var isSequence = method.ContainingType.Name is "Enumerable" or "Queryable" or "AsyncEnumerable" or "ImmutableArrayExtensions" or "Parallel" or "Array" || HarmlessTypes.ElementOf(method.ContainingType) is not null;
        if (!isSequence)
            return null;
        var source = method.IsStatic && method.ReducedFrom is null ? call.ArgumentList.Arguments[0].Expression : Arguments.ReceiverOf(call);
        return source is null or AnonymousFunctionExpressionSyntax || parameter.Ordinal > 1 ? null : Read(source);
    }

    private IEnumerable<ExpressionSyntax> ArgumentsOf(InvocationExpressionSyntax call) =>
        call.ArgumentList.Arguments.Select(static a => a.Expression).Where(e => e is not AnonymousFunctionExpressionSyntax && !IgnorableArgument(e));

    /// <summary>Arguments that say how text is written, not which.</summary>
    private bool IgnorableArgument(ExpressionSyntax argument) =>
        argument is not LiteralExpressionSyntax and not InterpolatedStringExpressionSyntax && TypeOf(argument) is { SpecialType: not SpecialType.System_String } type
        && (type.Implements("System.IFormatProvider") || type.Name is "StringComparison" or "Encoding" or "IEqualityComparer" or "StringComparer");
}
