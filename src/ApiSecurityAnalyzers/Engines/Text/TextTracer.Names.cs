using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Text;

/// <content>Variables, parameters, fields and properties.</content>
internal sealed partial class TextTracer
{
    /// <summary>Members that hand on what their object holds.</summary>
    private static readonly HashSet<string> Projections = new(StringComparer.Ordinal) { "Key", "Value", "Keys", "Values", "Result", "Current", "Item1", "Item2", "Item3", "Item4", "Rest", "Entry" };

    private TextValue ReadName(ExpressionSyntax expression)
    {
        var symbol = SymbolOf(expression);
        switch (symbol)
        {
            case null:
                return TextValue.Unknown;
            case ILocalSymbol or IParameterSymbol or IFieldSymbol or IPropertySymbol when _allowLists.Cover(expression):
                return TextValue.Harmless;
            case ILocalSymbol local:
                return ReadLocal(local, expression);
            case IParameterSymbol parameter:
                return ReadParameter(parameter, expression);
            case IFieldSymbol or IPropertySymbol:
                return IsInSource(symbol) && !KnownTexts.IsHarmless(symbol) ? ReadMember(symbol, expression) : ReadLibraryMember(symbol, expression);
            case IRangeVariableSymbol range when range.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellationToken) is { } clause:
                return clause switch
                {
                    FromClauseSyntax from => Read(from.Expression),
                    LetClauseSyntax let => Read(let.Expression),
                    _ => Opaque(expression),
                };
            default:
                return Opaque(expression);
        }
    }

    private TextValue ReadLibraryMember(ISymbol member, ExpressionSyntax expression)
    {
        if (KnownTexts.IsHarmless(member))
            return TextValue.Harmless;
        if (member.IsStatic || !Projections.Contains(member.Name))
            return Opaque(expression);
        var receiver = expression switch
        {
            MemberAccessExpressionSyntax access => access.Expression,
            MemberBindingExpressionSyntax => expression.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression,
            _ => null,
        };
        return receiver is null ? Opaque(expression) : Through(Read(receiver), receiver, expression);
    }

    private TextValue ReadLocal(ILocalSymbol local, ExpressionSyntax use)
    {
        if (local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellationToken) is not { } declaration || Members.Of(declaration) is not { } member)
            return Opaque(use);
        var (writes, _) = ReachingWrites.At(member, ScopeOf(declaration), local.Name, use);
        return writes.Count == 0 ? Opaque(use) : Combine(writes, local.Type, [], use);
    }

    private TextValue ReadParameter(IParameterSymbol parameter, ExpressionSyntax use)
    {
        if (parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellationToken) is not { } declaration)
            return TextValue.Whole(new TextPart(use, parameter));
        if (parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } && ReadLambdaParameter(parameter, declaration) is { } element)
            return element;
        var start = TextValue.Whole(new TextPart(use, parameter));

        // a primary constructor's parameter is used in other members
        var function = declaration.Parent is BaseParameterListSyntax list ? list.Parent : declaration.Parent;
        if (function is null or TypeDeclarationSyntax || Members.Of(use) is not { } member || !member.Span.Contains(function.Span))
            return start;
        var (writes, fromStart) = ReachingWrites.At(member, function, parameter.Name, use);
        return writes.Count == 0 ? start : Combine(writes, parameter.Type, fromStart ? [start] : [], use);
    }

    /// <summary>What a variable holds after the writes that reach its use.</summary>
    private TextValue Combine(IEnumerable<VariableWrite> writes, ITypeSymbol type, List<TextValue> starts, ExpressionSyntax use)
    {
        var added = new List<(VariableWrite Write, TextValue Value)>();
        foreach (var write in writes)
        {
            switch (write.Kind)
            {
                case WriteKind.Clear:
                    starts.Add(TextValue.Empty);
                    break;
                case WriteKind.Add:
                    foreach (var value in write.Values)
                    {
                        if (!IgnorableArgument(value))
                            added.Add((write, Read(value)));
                    }

                    break;
                case WriteKind.Call:
                    if (ReadCallWrite(write, type, use) is { } result)
                        starts.Add(result);
                    break;
                case WriteKind.Component:
                    starts.Add(ReadComponent(write, use));
                    break;
                default:
                    if (write.Values.Length > 0)
                        starts.Add(Read(write.Values[0]));
                    break;
            }
        }

        if (starts.Count == 0)
            starts.Add(TextValue.Empty);
        if (added.Count == 0)
            return TextValue.OneOf(starts);

        // elements of a collection stay apart; text is joined
        var isText = type.SpecialType is SpecialType.System_String or SpecialType.System_Object || HarmlessTypes.ElementOf(type) is null;
        var all = starts.Concat(added.Select(static a => a.Value)).ToList();
        return isText ? Accumulate(TextValue.OneOf(starts), added) : TextValue.OneOf(all);
    }

    /// <summary>Text added step by step: the step is the composition where it adds a piece as it is.</summary>
    private static TextValue Accumulate(TextValue start, List<(VariableWrite Write, TextValue Value)> added)
    {
        var value = start;
        foreach (var (write, addition) in added)
        {
            if (addition.IsUnknown || value.IsUnknown)
                return TextValue.Unknown;
            if (ReferenceEquals(value, TextValue.Empty))
                value = addition;
            else if (addition.IsHarmless)
                value = value.IsHarmless ? TextValue.Harmless : value;
            else
                value = value.Plus(addition, write.Node);
        }

        return value;
    }

    private TextValue ReadComponent(VariableWrite write, ExpressionSyntax use)
    {
        if (write.Values.Length == 0)
            return Opaque(use);
        var source = write.Values[0];
        if (write.Index < 0)
            return Read(source);
        if (Unwrap(source) is InvocationExpressionSyntax call && SymbolOf(call) is IMethodSymbol method && IsInSource(method))
            return ReadReturns(method, call, write.Index);
        return Through(Read(source), source, use);
    }

    private static ExpressionSyntax Unwrap(ExpressionSyntax expression)
    {
        while (true)
        {
            switch (expression)
            {
                case AwaitExpressionSyntax awaited:
                    expression = awaited.Expression;
                    continue;
                case ParenthesizedExpressionSyntax parenthesized:
                    expression = parenthesized.Expression;
                    continue;
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } access }:
                    expression = access.Expression;
                    continue;
                default:
                    return expression;
            }
        }
    }

    /// <summary>The node within which a local's name means this local.</summary>
    private static SyntaxNode ScopeOf(SyntaxNode declaration)
    {
        for (var node = declaration.Parent; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case BlockSyntax or SwitchStatementSyntax or CommonForEachStatementSyntax or ForStatementSyntax or UsingStatementSyntax or FixedStatementSyntax or CatchClauseSyntax or AnonymousFunctionExpressionSyntax
                    or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or BasePropertyDeclarationSyntax or CompilationUnitSyntax or TypeDeclarationSyntax:
                    return node;
            }
        }

        return declaration;
    }

    /// <summary>Fields and properties of the compilation: what is ever assigned to them, where all assignments can be seen.</summary>
    private TextValue ReadMember(ISymbol member, ExpressionSyntax use)
    {
        member = member.OriginalDefinition;
        if (member is IPropertySymbol property)
        {
            if (property.IsIndexer)
                return Opaque(use);
            if (property.IsAbstract || property.ContainingType.TypeKind == TypeKind.Interface)
                return property.GetMethod is { } getter ? ReadImplementations(getter, use) : Opaque(use);
            var declaration = property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellationToken);
            if (declaration is not null && Members.Returns(declaration).ToList() is { Count: > 0 } returns)
            {
                var returned = OneOf(returns);

                // what the setter stores is what those set who use the property
                return returned.Parts.Any(p => p.Parameter?.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.PropertySet }) ? Opaque(use) : returned;
            }

            if (property.SetMethod is { DeclaredAccessibility: not Accessibility.Private } || declaration is not PropertyDeclarationSyntax)
                return Opaque(use);
        }
        else if (member is IFieldSymbol { IsReadOnly: false, DeclaredAccessibility: not Accessibility.Private })
        {
            return Opaque(use);
        }

        var starts = new List<VariableWrite>();
        foreach (var reference in member.ContainingType.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax(_cancellationToken) is not TypeDeclarationSyntax type)
                continue;
            foreach (var part in type.Members)
                starts.AddRange(BodyWrites.Of(part).To(member.Name).Where(w => IsWriteOf(w, member)));
        }

        // what an accessor's initializer says
        var initializer = (member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellationToken) as PropertyDeclarationSyntax)?.Initializer?.Value;
        if (starts.Count == 0 && initializer is null)
            return Opaque(use);
        return Combine(starts, member is IFieldSymbol field ? field.Type : ((IPropertySymbol)member).Type, initializer is null ? [] : [Read(initializer)], use);
    }

    private bool IsWriteOf(VariableWrite write, ISymbol member)
    {
        if (write.Node is VariableDeclaratorSyntax)
            return member.DeclaringSyntaxReferences.Any(r => r.SyntaxTree == write.Node.SyntaxTree && r.Span == write.Node.Span);
        if (write.Kind is WriteKind.Element or WriteKind.Component)
            return false;
        if (write.Kind == WriteKind.Call && !(write.Through is ArgumentSyntax { RefKindKeyword.RawKind: not 0 }))
            return false;
        var target = write.Node switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left is ElementAccessExpressionSyntax access ? access.Expression : assignment.Left,
            ArgumentSyntax argument => argument.Expression,
            InvocationExpressionSyntax call => RootOf(call),
            _ => null,
        };
        return target is not null && SymbolEqualityComparer.Default.Equals(SymbolOf(target)?.OriginalDefinition, member);
    }

    private static ExpressionSyntax RootOf(InvocationExpressionSyntax call)
    {
        ExpressionSyntax root = call;
        while (root is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access })
            root = access.Expression;
        return root;
    }
}
