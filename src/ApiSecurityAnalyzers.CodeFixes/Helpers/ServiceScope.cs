using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>What of the surroundings can be named at a place: instance members are out of reach in static code and in initializers.</summary>
internal sealed class ServiceScope
{
    private readonly SemanticModel _model;
    private readonly SyntaxNode _place;
    private readonly SyntaxNode? _boundary;

    public ServiceScope(SemanticModel model, SyntaxNode place)
    {
        _model = model;
        _place = place;
        Type = place.FirstAncestorOrSelf<TypeDeclarationSyntax>();
        var member = place.FirstAncestorOrSelf<MemberDeclarationSyntax>(static m => m is not GlobalStatementSyntax);
        Constructor = member as ConstructorDeclarationSyntax;
        InInitializer = member is FieldDeclarationSyntax || member is PropertyDeclarationSyntax { Initializer: { } initializer } && initializer.Contains(place);
        IsStatic = member is null or TypeDeclarationSyntax || member.Modifiers.Any(SyntaxKind.StaticKeyword) || member.Modifiers.Any(SyntaxKind.ConstKeyword);
        InBaseCall = place.FirstAncestorOrSelf<ConstructorInitializerSyntax>() is not null || place.FirstAncestorOrSelf<PrimaryConstructorBaseTypeSyntax>() is not null;
        if (InBaseCall && member is TypeDeclarationSyntax)
            IsStatic = false;
        for (var node = place; node is not null && node != member; node = node.Parent)
        {
            if (node is AnonymousFunctionExpressionSyntax { Modifiers: var modifiers } && modifiers.Any(SyntaxKind.StaticKeyword) || node is LocalFunctionStatementSyntax local && local.Modifiers.Any(SyntaxKind.StaticKeyword))
            {
                _boundary = node;
                break;
            }
        }
    }

    /// <summary>The type around the place; <see langword="null"/> in top-level statements.</summary>
    public TypeDeclarationSyntax? Type { get; }

    /// <summary>The constructor in which the place stands.</summary>
    public ConstructorDeclarationSyntax? Constructor { get; }

    /// <summary>Whether the place is the initial value of a field or property.</summary>
    public bool InInitializer { get; }

    /// <summary>Whether the place is an argument of a <c>base(…)</c> or <c>this(…)</c> call.</summary>
    public bool InBaseCall { get; }

    /// <summary>Whether no instance is there.</summary>
    public bool IsStatic { get; }

    /// <summary>Whether a static lambda or local function stands between the place and its member.</summary>
    public bool IsClosed => _boundary is not null;

    /// <summary>The expression by which the place reaches a service that is already there.</summary>
    public string? Find(WantedService wanted, bool membersOnly = false)
    {
        (int Rank, string Expression)? best = null;
        foreach (var symbol in _model.LookupSymbols(_place.SpanStart))
        {
            if (Rank(symbol) is not { } rank || symbol.ValueType() is not { } type || best?.Rank <= rank || membersOnly && rank < 2)
                continue;
            if (wanted.Serves(type))
                best = (rank, Escape(symbol.Name));
            else if (wanted.HostProperty is { } name && IsHost(type) && Property(type, name) is { } property && wanted.Serves(property.Type) && !(best?.Rank <= rank + 10))
                best = (rank + 10, Escape(symbol.Name) + "." + name);
        }

        return best?.Expression;
    }

    /// <summary>A name that means nothing yet at the place nor in its type.</summary>
    public string Unique(string name)
    {
        var result = name;
        for (var i = 2; !_model.LookupSymbols(_place.SpanStart, name: result).IsEmpty || Type?.DescendantTokens().Any(t => t.IsKind(SyntaxKind.IdentifierToken) && t.ValueText == result && t.Parent is VariableDeclaratorSyntax or ParameterSyntax or SingleVariableDesignationSyntax) == true; i++)
            result = name + i;
        return result;
    }

    /// <summary>The locals of top-level statements are in sight everywhere, and an error outside these statements (CS8801).</summary>
    private bool IsUsable(SyntaxNode local) =>
        local.SyntaxTree == _place.SyntaxTree && (local.FirstAncestorOrSelf<GlobalStatementSyntax>() is null || _place.FirstAncestorOrSelf<GlobalStatementSyntax>() is not null);

    private int? Rank(ISymbol symbol)
    {
        if (symbol.Name.Length == 0 || symbol.Name[0] == '<')
            return null;
        switch (symbol)
        {
            case ILocalSymbol { IsConst: false } local:
                return Declaration(local) is { } declaration && declaration.Span.End <= _place.SpanStart && InBoundary(declaration) && IsUsable(declaration) ? 0 : null;
            case IParameterSymbol { RefKind: not RefKind.Out } parameter:
                if (parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } && Declaration(parameter)?.Parent?.Parent is TypeDeclarationSyntax owner)
                    return owner == Type && !IsStatic && !IsClosed && Constructor is null ? 4 : null;
                return Declaration(parameter) is { } own && InBoundary(own) && own.Span.End <= _place.SpanStart ? 1 : null;
            case IFieldSymbol { IsConst: false, IsImplicitlyDeclared: false }:
                return InReach(symbol) ? 2 : null;
            case IPropertySymbol { IsIndexer: false, GetMethod: not null }:
                return InReach(symbol) ? 3 : null;
            default:
                return null;
        }
    }

    private bool InBoundary(SyntaxNode declaration) => _boundary is null || _boundary.Contains(declaration);

    private bool InReach(ISymbol member)
    {
        if (member.IsStatic)
            return true;
        if (IsStatic || InInitializer || InBaseCall || IsClosed || Type is null)
            return false;
        for (ITypeSymbol? type = _model.GetDeclaredSymbol(Type); type is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(type, member.ContainingType))
                return Constructor is null || member.ContainingType.DeclaringSyntaxReferences.All(r => r.SyntaxTree != Type.SyntaxTree || !r.Span.Contains(_place.Span)) || IsAssignedBefore(member);
        }

        return false;
    }

    /// <summary>In a constructor, a member of the same type counts only once it has its value.</summary>
    private bool IsAssignedBefore(ISymbol member) => Constructor!.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(a =>
        a.Span.End <= _place.SpanStart && a.Left is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } && SymbolEqualityComparer.Default.Equals(_model.GetSymbolInfo(a.Left).Symbol, member));

    private static SyntaxNode? Declaration(ISymbol symbol) => symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();

    private static bool IsHost(ITypeSymbol type) => type.ContainingNamespace?.ToDisplayString() is "Microsoft.AspNetCore.Builder" or "Microsoft.AspNetCore.Hosting" or "Microsoft.Extensions.Hosting";

    private static IPropertySymbol? Property(ITypeSymbol type, string name)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers(name).OfType<IPropertySymbol>().FirstOrDefault(static p => p.DeclaredAccessibility == Accessibility.Public && p.GetMethod is not null) is { } found)
                return found;
        }

        return type.AllInterfaces.SelectMany(i => i.GetMembers(name)).OfType<IPropertySymbol>().FirstOrDefault(_ => type.TypeKind == TypeKind.Interface);
    }

    private static string Escape(string name) => SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None ? "@" + name : name;
}
