using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.ApiUse;

/// <summary>Finds the uses that a table describes, one for each use: what only names a type or compares is none.</summary>
internal sealed class ApiUseFinder
{
    private readonly SemanticModel _model;
    private readonly ApiTable _table;
    private readonly CancellationToken _cancellationToken;

    public ApiUseFinder(SemanticModel model, ApiTable table, CancellationToken cancellationToken)
    {
        _model = model;
        _table = table;
        _cancellationToken = cancellationToken;
    }

    /// <summary>The use that a watched name is part of.</summary>
    public IEnumerable<FoundUse> At(SyntaxToken token)
    {
        if (token.Parent is not SimpleNameSyntax name || IsMentionOnly(name))
            yield break;
        if (name.FirstAncestorOrSelf<UsingDirectiveSyntax>() is { } directive)
        {
            foreach (var use in Imported(directive, name))
                yield return use;
            yield break;
        }

        if (Told(name, token.ValueText) is { } told)
            yield return told;
        else if (OfType(name) is { } ofType)
            yield return ofType;
        else if (OfMember(name) is { } ofMember)
            yield return ofMember;
    }

    /// <summary>The name with everything that qualifies it, as far as it is still a type or namespace.</summary>
    private static ExpressionSyntax Qualified(SimpleNameSyntax name)
    {
        ExpressionSyntax result = name;
        while ((result.Parent is QualifiedNameSyntax qualified && qualified.Right == result)
            || (result.Parent is AliasQualifiedNameSyntax alias && alias.Name == result)
            || (result.Parent is MemberAccessExpressionSyntax member && member.Name == result))
        {
            result = (ExpressionSyntax)result.Parent!;
        }

        return result;
    }

    private static bool IsMentionOnly(SyntaxNode name)
    {
        for (var node = name.Parent; node is not null and not (StatementSyntax or MemberDeclarationSyntax); node = node.Parent)
        {
            if (node is TypeOfExpressionSyntax or AttributeSyntax or InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } })
                return true;
        }

        return false;
    }

    /// <summary>A call that is told the name of an algorithm, or leaves it to a default.</summary>
    private FoundUse? Told(SimpleNameSyntax name, string text)
    {
        foreach (var taker in _table.TakersWatchedAs(text))
        {
            if (Call(name, taker) is not { } call || _model.GetSymbolInfo(call, _cancellationToken).Symbol is not IMethodSymbol method)
                continue;
            if (taker.IsInstance ? !method.ContainingType.InheritsFrom(taker.Type) : !method.ContainingType.Is(taker.Type))
                continue;
            var arguments = call is InvocationExpressionSyntax invocation ? invocation.ArgumentList : ((BaseObjectCreationExpressionSyntax)call).ArgumentList;
            if (arguments is null or { Arguments.Count: 0 })
            {
                if (taker.Default is { } byDefault)
                    return new FoundUse(call is InvocationExpressionSyntax { Expression: var callee } ? callee : call, UseShape.Default, byDefault.Algorithm, null, call) { Factory = taker.IsFactory ? call : null, FactoryType = byDefault.ReplacementType };
                continue;
            }

            foreach (var argument in arguments.Arguments)
            {
                if (ConstantText.Of(argument.Expression, _model, _cancellationToken) is { } algorithm && taker.Judge(algorithm) is { } weak)
                    return new FoundUse(argument.Expression, UseShape.Name, weak.Algorithm, weak.Replacement, call) { Factory = taker.IsFactory ? call : null, FactoryType = weak.ReplacementType };
            }
        }

        return null;
    }

    private static ExpressionSyntax? Call(SimpleNameSyntax name, NameTaker taker)
    {
        var whole = Qualified(name);
        if (taker.IsInstance)
            return whole.Parent is InvocationExpressionSyntax onInstance && onInstance.Expression == whole ? onInstance : (whole.Parent as MemberBindingExpressionSyntax)?.Parent as InvocationExpressionSyntax;
        if (taker.Method == NameTaker.Constructor)
            return whole.Parent is ObjectCreationExpressionSyntax creation && creation.Type == whole ? creation : ImplicitCreation(whole);
        return whole.Parent is MemberAccessExpressionSyntax member && member.Expression == whole && member.Name.Identifier.ValueText == taker.Method ? member.Parent as InvocationExpressionSyntax : null;
    }

    private FoundUse? OfType(SimpleNameSyntax name)
    {
        if (!_table.HasTypeNamed(name.Identifier.ValueText))
            return null;
        var whole = Qualified(name);

        // 'HashAlgorithmName.MD5' is a member, 'System.Security.Cryptography.MD5' a type: binding tells
        switch (whole.Parent)
        {
            case MemberAccessExpressionSyntax member when member.Expression == whole:
                return Row(whole) is { } called ? OfStaticMember(whole, member, called) : null;
            case ObjectCreationExpressionSyntax creation when creation.Type == whole:
                return Row(whole) is { } created ? Use(whole, UseShape.Creation, created, creation) : null;
            case BaseTypeSyntax:
                return Row(whole) is { } inherited ? Use(whole, UseShape.BaseType, inherited, null) : null;
            case TypeArgumentListSyntax arguments:
                return Makes(arguments, whole) && Row(whole) is { } argument ? Use(whole, UseShape.TypeArgument, argument, (ExpressionSyntax?)arguments.FirstAncestorOrSelf<InvocationExpressionSyntax>() ?? arguments.FirstAncestorOrSelf<ObjectCreationExpressionSyntax>()) : null;
            default:
                return ImplicitCreation(whole) is { } value && Row(whole) is { } declared ? Use(whole, UseShape.ImplicitCreation, declared, value) : null;
        }
    }

    private FoundUse? OfStaticMember(ExpressionSyntax whole, MemberAccessExpressionSyntax member, WeakType row) =>
        _model.GetSymbolInfo(member, _cancellationToken) is var info && (info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is IMethodSymbol { IsStatic: true }
            ? Use(whole, UseShape.StaticMember, row, member.Parent is InvocationExpressionSyntax call && call.Expression == member ? call : member)
            : null;

    private WeakType? Row(ExpressionSyntax expression) => _table.Find(_model.GetSymbolInfo(expression, _cancellationToken).Symbol as INamedTypeSymbol);

    private static FoundUse Use(SyntaxNode node, UseShape shape, WeakType row, ExpressionSyntax? value) => new(node, shape, row.Algorithm, row.Replacement, value) { Type = row };

    /// <summary>The <c>new()</c> that a declaration of the type is initialized with.</summary>
    private static ImplicitObjectCreationExpressionSyntax? ImplicitCreation(ExpressionSyntax type)
    {
        SyntaxNode inner = type.Parent is NullableTypeSyntax ? type.Parent : type;
        return inner.Parent switch
        {
            VariableDeclarationSyntax variables when variables.Type == inner => variables.Variables.Select(static v => v.Initializer?.Value).OfType<ImplicitObjectCreationExpressionSyntax>().FirstOrDefault(),
            PropertyDeclarationSyntax property when property.Type == inner => (property.Initializer?.Value ?? property.ExpressionBody?.Expression) as ImplicitObjectCreationExpressionSyntax,
            MethodDeclarationSyntax method when method.ReturnType == inner => method.ExpressionBody?.Expression as ImplicitObjectCreationExpressionSyntax,
            _ => null,
        };
    }

    /// <summary>Whether what is called with the type argument makes an object of it.</summary>
    private bool Makes(TypeArgumentListSyntax arguments, ExpressionSyntax type)
    {
        if (arguments.Parent is not GenericNameSyntax generic)
            return false;
        var position = arguments.Arguments.IndexOf((TypeSyntax)type);
        var whole = Qualified(generic);
        var parameter = (whole.Parent, position) switch
        {
            (InvocationExpressionSyntax, >= 0) => (_model.GetSymbolInfo(whole, _cancellationToken).Symbol as IMethodSymbol)?.TypeParameters.ElementAtOrDefault(position),
            (ObjectCreationExpressionSyntax, >= 0) => (_model.GetSymbolInfo(whole, _cancellationToken).Symbol as INamedTypeSymbol)?.TypeParameters.ElementAtOrDefault(position),
            _ => null,
        };
        if (parameter is null)
            return false;
        return parameter.HasConstructorConstraint
            || parameter.ConstraintTypes.Any(static c => c.InheritsFrom("System.Security.Cryptography.HashAlgorithm") || c.InheritsFrom("System.Security.Cryptography.SymmetricAlgorithm"))
            || (whole.Parent is InvocationExpressionSyntax && parameter.DeclaringMethod is { Name: var called } && (called.StartsWith("Add", StringComparison.Ordinal) || called.StartsWith("TryAdd", StringComparison.Ordinal) || called == "CreateInstance"));
    }

    private FoundUse? OfMember(SimpleNameSyntax name)
    {
        ExpressionSyntax whole = name;
        string? member = null;
        if (_table.HasMemberNamed(name.Identifier.ValueText))
        {
            // the member itself, also by 'using static'
            member = name.Identifier.ValueText;
            if (name.Parent is MemberAccessExpressionSyntax access && access.Name == name)
                whole = access;
            else if (name.Parent is MemberAccessExpressionSyntax or QualifiedNameSyntax)
                member = null;
        }

        if (member is null)
        {
            // the type of a member whose name says little
            if (Qualified(name).Parent is not MemberAccessExpressionSyntax ofType || !_table.HasMemberNamed(ofType.Name.Identifier.ValueText))
                return null;
            member = ofType.Name.Identifier.ValueText;
            if (!_table.Members.Any(m => m.IsCommonName && m.Member == member))
                return null;
            whole = ofType;
        }

        if (whole.Parent is AssignmentExpressionSyntax assignment && assignment.Left == whole || IsComparison(whole))
            return null;
        return _model.GetSymbolInfo(whole, _cancellationToken).Symbol is { IsStatic: true } symbol && symbol is IFieldSymbol or IPropertySymbol or IMethodSymbol && _table.Find(member, symbol.ContainingType) is { } row
            ? new FoundUse(whole, UseShape.Member, row.Algorithm, row.Replacement, whole) { Member = row }
            : null;
    }

    /// <summary>Whether the expression is only compared: that rejects as often as it selects.</summary>
    public static bool IsComparison(ExpressionSyntax expression) => expression.Parent switch
    {
        BinaryExpressionSyntax binary => binary.IsKind(SyntaxKind.EqualsExpression) || binary.IsKind(SyntaxKind.NotEqualsExpression),
        PatternSyntax or CaseSwitchLabelSyntax => true,
        ParenthesizedExpressionSyntax parenthesized => IsComparison(parenthesized),
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Equals" or "Contains" } } } => true,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Equals" or "ToString" or "Name" } member => member.Expression == expression,
        _ => false,
    };

    /// <summary>What <c>using static T</c> and <c>using Alias = T</c> bring in, looked for in the whole document: such directives are rare.</summary>
    private IEnumerable<FoundUse> Imported(UsingDirectiveSyntax directive, SimpleNameSyntax name)
    {
        var whole = Qualified(name);
        if ((directive.StaticKeyword.IsKind(SyntaxKind.None) && directive.Alias is null) || whole != directive.NamespaceOrType || Row(whole) is not { } row)
            yield break;
        var alias = directive.Alias?.Name.Identifier.ValueText;
        if (alias is not null && _table.HasTypeNamed(alias))
            yield break;
        foreach (var identifier in directive.SyntaxTree.GetRoot(_cancellationToken).DescendantNodes(static n => n is not UsingDirectiveSyntax).OfType<IdentifierNameSyntax>())
        {
            if (IsMentionOnly(identifier))
                continue;
            if (alias is not null)
            {
                if (identifier.Identifier.ValueText != alias || Row(identifier) != row)
                    continue;
                if (identifier.Parent is MemberAccessExpressionSyntax member && member.Expression == identifier)
                {
                    if (OfStaticMember(identifier, member, row) is { } use)
                        yield return use;
                }
                else if (identifier.Parent is ObjectCreationExpressionSyntax creation)
                {
                    yield return Use(identifier, UseShape.Creation, row, creation);
                }
            }
            else if (identifier.Parent is InvocationExpressionSyntax call && call.Expression == identifier
                && _model.GetSymbolInfo(call, _cancellationToken).Symbol is IMethodSymbol { IsStatic: true } method && _table.Find(method.ContainingType) == row)
            {
                yield return Use(identifier, UseShape.StaticMember, row, call);
            }
        }
    }
}
