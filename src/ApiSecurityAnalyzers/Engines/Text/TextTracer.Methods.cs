using System.Collections.Immutable;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Text;

/// <content>Own methods: what they return, and what they write to variables handed to them.</content>
internal sealed partial class TextTracer
{
    private readonly HashSet<IMethodSymbol> _methods = new(SymbolEqualityComparer.Default);

    /// <summary>What a call of an own method gives: its returns, with the call's arguments for its parameters.</summary>
    private TextValue ReadReturns(IMethodSymbol method, InvocationExpressionSyntax call, int component) =>
        Substitute(ReadBody(method, call, component), method, p => Arguments.Of(call, method, p.Ordinal), call);

    private TextValue ReadBody(IMethodSymbol method, ExpressionSyntax call, int component)
    {
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        definition = definition.PartialImplementationPart ?? definition;
        if (definition.IsAbstract || definition.ContainingType?.TypeKind == TypeKind.Interface && definition.MethodKind != MethodKind.LocalFunction)
            return ReadImplementations(definition, call);
        if (_calls >= MaxCalls)
            return TextValue.Unknown;
        if (definition.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellationToken) is not { } declaration)
            return Opaque(call);
        if (!_methods.Add(definition))
            return TextValue.Empty;
        _calls++;
        var returns = Members.Returns(declaration).Select(r => component >= 0 && r is TupleExpressionSyntax tuple && component < tuple.Arguments.Count ? tuple.Arguments[component].Expression : r);
        var values = returns.Select(Read).ToList();
        _calls--;
        _methods.Remove(definition);
        return values.Count == 0 ? Opaque(call) : TextValue.OneOf(values);
    }

    private TextValue ReadImplementations(IMethodSymbol method, ExpressionSyntax use)
    {
        var implementations = Implementations.Of(_facts, method.OriginalDefinition, _cancellationToken);
        if (implementations.IsEmpty || implementations.Length > 40)
            return Opaque(use);
        var values = new List<TextValue>();
        foreach (var implementation in implementations)
        {
            if (implementation.AssociatedSymbol is IPropertySymbol property)
                values.Add(property.IsAbstract ? TextValue.Harmless : ReadMember(property, use));
            else if (!implementation.IsAbstract)
                values.Add(ReadBody(implementation, use, -1));
        }

        return values.Count == 0 ? Opaque(use) : TextValue.OneOf(values);
    }

    /// <summary>Puts what the caller gives in the place of the parameters.</summary>
    private TextValue Substitute(TextValue value, IMethodSymbol method, Func<IParameterSymbol, ImmutableArray<ExpressionSyntax>> argumentsFor, ExpressionSyntax call)
    {
        if (value.IsHarmless || value.IsUnknown)
            return value;
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        var parts = new List<TextPart>();
        var compositions = new List<SyntaxNode>();
        foreach (var part in value.Parts)
        {
            if (part.Parameter is not { } parameter || !IsOf(parameter, definition))
            {
                parts.Add(part);
                continue;
            }

            var arguments = argumentsFor(parameter);
            if (arguments.IsDefault)
            {
                parts.Add(new TextPart(call, isJoined: part.IsJoined));
                continue;
            }

            foreach (var argument in arguments)
            {
                var given = Read(argument);
                if (given.IsUnknown)
                    return TextValue.Unknown;
                parts.AddRange(part.IsJoined ? given.Parts.Select(static p => p.Joined()) : given.Parts);
                compositions.AddRange(given.Compositions);
            }
        }

        return value.With(parts, compositions);
    }

    private static bool IsOf(IParameterSymbol parameter, IMethodSymbol method) =>
        parameter.ContainingSymbol is IMethodSymbol owner
        && (SymbolEqualityComparer.Default.Equals(owner.OriginalDefinition, method) || SymbolEqualityComparer.Default.Equals(owner, method.PartialImplementationPart) || IsImplementation(owner, method));

    private static bool IsImplementation(IMethodSymbol owner, IMethodSymbol method) =>
        (method.IsAbstract || method.ContainingType?.TypeKind == TypeKind.Interface) && owner.Name.EndsWith(method.Name, StringComparison.Ordinal) && owner.Parameters.Length == method.Parameters.Length;

    /// <summary>What a method that gets the variable leaves in it; <see langword="null"/> when it leaves it as it is.</summary>
    private TextValue? ReadCallWrite(VariableWrite write, ITypeSymbol type, ExpressionSyntax use)
    {
        var argument = write.Through as ArgumentSyntax;
        var isByReference = argument is not null && !argument.RefKindKeyword.IsKind(SyntaxKind.None);
        if (!isByReference && (type.SpecialType == SpecialType.System_String || type.IsValueType))
            return null;
        if ((argument?.Parent?.Parent ?? write.Node) is not InvocationExpressionSyntax call || SymbolOf(call) is not IMethodSymbol method)
            return null;
        if (!IsInSource(method))
        {
            // dictionary.TryGetValue(key, out value) gives what the dictionary holds
            if (!isByReference)
                return null;
            return method.Name == "TryGetValue" && Arguments.ReceiverOf(call) is { } container ? Through(Read(container), container, use) : Opaque(use);
        }

        var ordinal = argument is not null ? Arguments.OrdinalOf(argument, method) : method.ReducedFrom is not null ? 0 : -1;
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        if (ordinal < 0 || ordinal >= definition.Parameters.Length || definition.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellationToken) is not { } declaration)
            return isByReference ? Opaque(use) : null;
        if (_calls >= MaxCalls)
            return TextValue.Unknown;
        if (!_methods.Add(definition))
            return null;
        _calls++;
        var member = Members.Of(declaration) ?? declaration;
        var writes = ReachingWrites.Anywhere(member, declaration, definition.Parameters[ordinal].Name);
        var value = writes.Count == 0 ? null : Combine(writes, type, [], use);
        _calls--;
        _methods.Remove(definition);
        if (value is null)
            return isByReference ? Opaque(use) : null;

        // what is appended there is a piece of a text that this method goes on with
        if (value is { IsHarmless: false, IsComposed: false, IsUnknown: false } && !isByReference && HarmlessTypes.ElementOf(type) is null)
            value = TextValue.Joined(writes[0].Node, value);
        return Substitute(value, method, p => Arguments.Of(call, method, p.Ordinal), use);
    }
}
