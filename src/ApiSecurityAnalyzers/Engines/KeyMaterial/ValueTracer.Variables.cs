using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.KeyMaterial;

/// <content>Locals, parameters, fields and properties: what was put into them.</content>
internal sealed partial class ValueTracer
{
    private void VisitName(ExpressionSyntax name, Frame frame, List<Origin> origins)
    {
        var symbol = frame.Model.GetSymbolInfo(name, _cancellationToken).Symbol;
        switch (symbol)
        {
            case ILocalSymbol { IsConst: true } or IFieldSymbol { IsConst: true }:
                VisitConstant(name, symbol, frame, origins);
                break;
            case ILocalSymbol local:
                VisitVariable(name, local, frame, origins);
                break;
            case IParameterSymbol parameter:
                VisitVariable(name, parameter, frame, origins);
                break;
            case IFieldSymbol { Name: "Empty", ContainingType.SpecialType: SpecialType.System_String }:
                Add(OriginKind.Empty, name, frame, origins);
                break;
            case IFieldSymbol field:
                VisitMember(name, field, field.IsReadOnly, field.DeclaredAccessibility == Accessibility.Private, frame, origins);
                break;
            case IPropertySymbol property:
                VisitProperty(name, property, frame, origins);
                break;
            default:
                Add(OriginKind.Unknown, name, frame, origins);
                break;
        }
    }

    private void VisitConstant(ExpressionSyntax name, ISymbol constant, Frame frame, List<Origin> origins)
    {
        if (constant.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellationToken) is VariableDeclaratorSyntax { Initializer.Value: { } value } && _facts.Compilation.ContainsSyntaxTree(value.SyntaxTree))
            Visit(value, frame with { Model = _facts.ModelOf(value.SyntaxTree), Depth = frame.Depth + 1 }, origins);
        else
            Add(frame.Model.GetConstantValue(name, _cancellationToken).Value is null or "" ? OriginKind.Empty : OriginKind.Constant, name, frame, origins);
    }

    private void VisitVariable(ExpressionSyntax use, ISymbol variable, Frame frame, List<Origin> origins)
    {
        // a variable that is assigned from itself, as in key = key ?? "…", is read once
        if (!_visiting.Add(variable))
            return;
        var found = new List<Origin>();
        var declaration = variable.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellationToken);
        var scope = declaration is null || variable is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } } && declaration.Parent?.Parent is TypeDeclarationSyntax ? null : SecretSink.FunctionOf(declaration);
        var references = scope is null ? [] : References(scope, variable, frame.Model);
        var definitions = Definitions(declaration, references);
        var reaching = Reaching(definitions, use);
        var own = variable is IParameterSymbol && !reaching.Killed;
        foreach (var value in reaching.Values)
        {
            if (value is null)
                Add(OriginKind.Unknown, use, frame, found);
            else
                Visit(value, frame, found);
        }

        if (own && variable is IParameterSymbol parameter)
            VisitParameter(use, parameter, declaration, frame, found);
        if (found.Count == 0)
            Add(OriginKind.Unknown, use, frame, found);
        Filled(references, frame, found);
        origins.AddRange(found);
        _visiting.Remove(variable);
    }

    private void VisitParameter(ExpressionSyntax use, IParameterSymbol parameter, SyntaxNode? declaration, Frame frame, List<Origin> origins)
    {
        if (frame.Arguments is { } arguments && arguments.TryGetValue(parameter, out var argument))
        {
            Visit(argument.Value, argument.Frame with { Depth = frame.Depth }, origins);
            return;
        }

        if (declaration is ParameterSyntax { Default.Value: { } fallback })
            Visit(fallback, frame, origins);
        Add(OriginKind.Parameter, use, frame, origins, parameter);
    }

    private void VisitProperty(ExpressionSyntax name, IPropertySymbol property, Frame frame, List<Origin> origins)
    {
        if (property.DeclaringSyntaxReferences.IsEmpty)
        {
            if (name is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Span" or "Memory" } view)
                Visit(view.Expression, frame, origins);
            else if (property.ContainingType.InheritsFrom("System.Security.Cryptography.SymmetricAlgorithm") && property.Name == "Key")
                Add(OriginKind.KeyProperty, name, frame, origins, property);
            else
                Add(property.ContainingType.Is("Microsoft.Extensions.Configuration.IConfigurationSection") ? OriginKind.Configured : OriginKind.Unknown, name, frame, origins, property);
            return;
        }

        if (property.DeclaringSyntaxReferences[0].GetSyntax(_cancellationToken) is not PropertyDeclarationSyntax declaration || property.IsAbstract || property.IsVirtual || !_facts.Compilation.ContainsSyntaxTree(declaration.SyntaxTree))
        {
            Add(OriginKind.Unknown, name, frame, origins, property);
            return;
        }

        var inner = frame with { Model = _facts.ModelOf(declaration.SyntaxTree), Depth = frame.Depth + 1, Arguments = null };
        var getter = declaration.AccessorList?.Accessors.FirstOrDefault(static a => a.IsKind(SyntaxKind.GetAccessorDeclaration));
        if (declaration.ExpressionBody is { } body)
        {
            Visit(body.Expression, inner, origins);
        }
        else if (getter is { Body: null, ExpressionBody: null })
        {
            VisitMember(name, property, property.IsReadOnly, property.SetMethod is null or { DeclaredAccessibility: Accessibility.Private }, frame, origins);
        }
        else if (getter is not null)
        {
            foreach (var value in Returned(getter))
                Visit(value, inner, origins);
        }
        else
        {
            Add(OriginKind.Unknown, name, frame, origins, property);
        }
    }

    /// <summary>A field or automatic property. One that other types can set is unknown, unless it is static.</summary>
    private void VisitMember(ExpressionSyntax name, ISymbol member, bool isReadOnly, bool isPrivate, Frame frame, List<Origin> origins)
    {
        var declaration = member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellationToken);
        if (declaration is null || member.ContainingType.IsTupleType || !isReadOnly && !isPrivate && !member.IsStatic || !_facts.Compilation.ContainsSyntaxTree(declaration.SyntaxTree) || !_visiting.Add(member))
        {
            Add(OriginKind.Unknown, name, frame, origins, member);
            return;
        }

        var found = new List<Origin>();
        var fills = new List<(List<ExpressionSyntax> References, Frame Frame)>();
        var assignedElsewhere = false;
        foreach (var part in member.ContainingType.DeclaringSyntaxReferences.Select(r => r.GetSyntax(_cancellationToken)))
        {
            if (!_facts.Compilation.ContainsSyntaxTree(part.SyntaxTree))
                continue;
            var inner = frame with { Model = _facts.ModelOf(part.SyntaxTree), Depth = frame.Depth + 1, Arguments = null, Holder = member };
            var references = References(part, member, inner.Model);
            fills.Add((references, inner));
            foreach (var value in Definitions(null, references).Select(static d => d.Value))
            {
                assignedElsewhere = true;
                if (value is null)
                    Add(OriginKind.Unknown, name, inner, found, member);
                else
                    Visit(value, inner, found);
            }
        }

        var initial = declaration switch
        {
            VariableDeclaratorSyntax { Initializer.Value: { } value } => value,
            PropertyDeclarationSyntax { Initializer.Value: { } value } => value,
            _ => null,
        };

        // an initial value that something unknown replaces says nothing
        if (initial is not null && found.TrueForAll(static o => o.Kind is OriginKind.Constant or OriginKind.Zero or OriginKind.Empty))
            Visit(initial, frame with { Model = _facts.ModelOf(declaration.SyntaxTree), Depth = frame.Depth + 1, Arguments = null, Holder = member }, found);
        else if (initial is null && !assignedElsewhere)
            Add(OriginKind.Unknown, name, frame, found, member);
        foreach (var (references, inner) in fills)
            Filled(references, inner, found);
        for (var i = 0; i < found.Count; i++)
        {
            if (found[i].Kind == OriginKind.Unknown && found[i].Symbol is null)
                found[i] = found[i] with { Symbol = member };
        }

        origins.AddRange(found);
        _visiting.Remove(member);
    }

    /// <summary>The places in a scope that name the variable or member: <c>x</c>, <c>this.x</c>, <c>Type.x</c>.</summary>
    private List<ExpressionSyntax> References(SyntaxNode scope, ISymbol symbol, SemanticModel model)
    {
        var result = new List<ExpressionSyntax>();
        foreach (var node in scope.DescendantNodes())
        {
            if (node is not IdentifierNameSyntax identifier || identifier.Identifier.ValueText != symbol.Name || identifier.Parent is NameColonSyntax)
                continue;
            _cancellationToken.ThrowIfCancellationRequested();
            if (!SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(identifier, _cancellationToken).Symbol?.OriginalDefinition, symbol.OriginalDefinition))
                continue;
            result.Add(identifier.Parent is MemberAccessExpressionSyntax access && access.Name == identifier ? access : identifier);
        }

        return result;
    }

    /// <summary>What is assigned to a variable, in source order; <see langword="null"/> for values that cannot be seen.</summary>
    private static List<(ExpressionSyntax? Value, SyntaxNode Place)> Definitions(SyntaxNode? declaration, List<ExpressionSyntax> references)
    {
        var result = new List<(ExpressionSyntax?, SyntaxNode)>();
        switch (declaration)
        {
            case VariableDeclaratorSyntax { Initializer: { } initializer }:
                result.Add((initializer.Value, declaration));
                break;
            case SingleVariableDesignationSyntax designation:
                result.Add((Deconstructed(designation), designation));
                break;
            case ForEachStatementSyntax:
                result.Add((null, declaration));
                break;
        }

        foreach (var reference in references)
        {
            switch (reference.Parent)
            {
                case AssignmentExpressionSyntax assignment when assignment.Left == reference:
                    result.Add((assignment.Kind() is SyntaxKind.SimpleAssignmentExpression or SyntaxKind.CoalesceAssignmentExpression ? assignment.Right : null, assignment));
                    break;
                case ArgumentSyntax { Parent: TupleExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } tuple } argument when assignment.Left == tuple:
                    result.Add((assignment.Right is TupleExpressionSyntax right && right.Arguments.Count == tuple.Arguments.Count ? right.Arguments[tuple.Arguments.IndexOf(argument)].Expression : null, assignment));
                    break;
                case ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword or (int)SyntaxKind.RefKeyword }:
                    result.Add((null, reference));
                    break;
            }
        }

        return result;
    }

    /// <summary><c>var (key, iv) = (a, b)</c>.</summary>
    private static ExpressionSyntax? Deconstructed(SingleVariableDesignationSyntax designation) =>
        designation.Parent is ParenthesizedVariableDesignationSyntax { Parent: DeclarationExpressionSyntax { Parent: AssignmentExpressionSyntax { Right: TupleExpressionSyntax right } } } list && right.Arguments.Count == list.Variables.Count
            ? right.Arguments[list.Variables.IndexOf(designation)].Expression
            : null;

    /// <summary>The definitions that are in effect at a use: none behind it (but for loops), none that a later one always replaces.</summary>
    private static (List<ExpressionSyntax?> Values, bool Killed) Reaching(List<(ExpressionSyntax? Value, SyntaxNode Place)> definitions, SyntaxNode use)
    {
        var before = definitions.Where(d => d.Place.SyntaxTree != use.SyntaxTree || d.Place.SpanStart < use.SpanStart || use.Ancestors().Any(a => a is ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax && a.Contains(d.Place))).ToList();
        for (var i = before.Count - 1; i >= 0; i--)
        {
            var place = before[i].Place;
            var statement = place.FirstAncestorOrSelf<StatementSyntax>();
            var isConditional = place is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression };
            SyntaxNode? block = statement?.Parent is GlobalStatementSyntax global ? global.Parent : statement?.Parent is BlockSyntax ? statement.Parent : null;
            if (place.SpanStart < use.SpanStart && !isConditional && block is not null && block.Contains(use) && place.AncestorsAndSelf().TakeWhile(n => n != statement).All(static n => n is not (ConditionalExpressionSyntax or AnonymousFunctionExpressionSyntax)))
                return (before.Skip(i).Select(static d => d.Value).ToList(), true);
        }

        return (before.Select(static d => d.Value).ToList(), false);
    }
}
