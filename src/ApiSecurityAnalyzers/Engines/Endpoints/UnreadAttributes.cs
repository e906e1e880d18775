using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Finds authorization attributes at places where the framework does not look: it reads those of endpoints, and of nothing that they call.</summary>
internal sealed class UnreadAttributes
{
    private const string Component = "Microsoft.AspNetCore.Components.IComponent";

    /// <summary>Base classes of what is an endpoint, or of what carries attributes for endpoints.</summary>
    private static readonly string[] Endpoints =
    [
        "Microsoft.AspNetCore.Mvc.ControllerBase", "Microsoft.AspNetCore.SignalR.Hub", "Microsoft.AspNetCore.Connections.ConnectionHandler", PageReader.PageModel, "Microsoft.AspNetCore.Mvc.RazorPages.PageBase", "System.Attribute",
    ];

    private readonly EndpointDocument _document;
    private readonly CancellationToken _cancellationToken;

    public UnreadAttributes(EndpointDocument document)
    {
        _document = document;
        _cancellationToken = document.CancellationToken;
    }

    private CompilationFacts Facts => _document.Context.Facts;

    /// <summary>What is wrong with an attribute on a method; <see langword="null"/> where it acts, or where that cannot be told.</summary>
    public UnreadAttribute? OnMethod(IMethodSymbol method)
    {
        var type = method.ContainingType;
        var place = type.Name + "." + method.Name;
        if (type.InheritsFrom(PageReader.PageModel))
            return new UnreadAttribute(place, "Razor Pages reads the attributes of the page model, not those of its methods", UnreadAttribute.TargetClass);
        if (type.Implements(Component))
            return new UnreadAttribute(place, "only the attributes of a component that is a page are read, not those of its methods", UnreadAttribute.TargetNone);
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct) || method.MethodKind == MethodKind.ExplicitInterfaceImplementation)
            return null;
        if (IsEndpointClass(type))
            return IsCallable(method) ? null : new UnreadAttribute(place, "nobody can call it from outside, and nothing inside reads its attributes", UnreadAttribute.TargetNone);
        if (type.IsAbstract && !type.IsStatic || HasForeignParts(type) || HasForeign(method.GetAttributes()) || method.IsOverride || HasDerived(type))
            return null;
        var (isValue, isCalled) = UsesOf(method);

        // a static method that nothing names is a handler that is still to be mapped, or one that is found by reflection
        if (isValue || method.IsStatic && !isCalled)
            return null;
        var calls = CallsOf(method);
        return calls.IsEmpty
            ? new UnreadAttribute(place, "nothing that runs the method reads its attributes", UnreadAttribute.TargetNone)
            : new UnreadAttribute(place, "an endpoint calls it, and only the attributes of the handler itself are read", UnreadAttribute.TargetCalls, calls);
    }

    /// <summary>What is wrong with an attribute on a class.</summary>
    public UnreadAttribute? OnClass(INamedTypeSymbol type, ClassDeclarationSyntax declaration)
    {
        if (type.IsAbstract && !type.IsStatic || IsEndpointClass(type) || HasDerived(type))
            return null;
        if (type.Implements(Component))
        {
            return ComponentMarkup.HasRoute(type, declaration, Facts, _cancellationToken) == Answer.No
                ? new UnreadAttribute(type.Name, "the router reads it on pages, and this component has no route", UnreadAttribute.TargetNone)
                : null;
        }

        if (HasForeignParts(type))
            return null;
        var handled = AllEndpoints().Where(e => e.Kind == EndpointKind.RouteHandler && (e.HandlerCode is MemberDeclarationSyntax code && IsIn(type, code) || IsIn(type, e.Call))).Select(static e => e.Call).Distinct().ToImmutableArray();
        if (!handled.IsEmpty)
            return new UnreadAttribute(type.Name, "of a handler only its own attributes are read, not those of the class around it", UnreadAttribute.TargetCalls, handled);
        return new UnreadAttribute(type.Name, "nothing that uses the class reads its attributes", UnreadAttribute.TargetNone);
    }

    private static bool IsIn(INamedTypeSymbol type, SyntaxNode node) => type.DeclaringSyntaxReferences.Any(r => r.SyntaxTree == node.SyntaxTree && r.Span.Contains(node.Span));

    private IEnumerable<MappedEndpoint> AllEndpoints() => _document.Application.Routes(_cancellationToken).SelectMany(static r => r.AllEndpoints);

    /// <summary>Whether the framework, or a library, takes the class for something that it calls from outside.</summary>
    private bool IsEndpointClass(INamedTypeSymbol type) =>
        Array.Exists(Endpoints, e => type.InheritsFrom(e)) || ControllerReader.IsController(type) || type.Name.EndsWith("Controller", StringComparison.OrdinalIgnoreCase)
        || GrpcServiceReader.HasGeneratedBase(type) || type.BaseType is IErrorTypeSymbol
        || _document.Application.AllEndpoints(_cancellationToken).Any(e => e.MappedType is not null && type.Is(e.MappedType));

    private static bool IsCallable(IMethodSymbol method)
    {
        if (method.IsAbstract || method.IsOverride || method.ContainingType.BaseType is IErrorTypeSymbol)
            return true;
        return method is { DeclaredAccessibility: Accessibility.Public, IsStatic: false } && !method.GetAttributes().Any(static a => a.AttributeClass.Is("Microsoft.AspNetCore.Mvc.NonActionAttribute"));
    }

    /// <summary>Whether base classes, interfaces or attributes come from a library, whose code may read attributes.</summary>
    private bool HasForeignParts(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null && current.SpecialType != SpecialType.System_Object; current = current.BaseType)
        {
            if (current is IErrorTypeSymbol || IsForeign(current) || HasForeign(current.GetAttributes()))
                return true;
        }

        return type.AllInterfaces.Any(i => i is IErrorTypeSymbol || IsForeign(i) || HasForeign(i.GetAttributes()));
    }

    private bool HasForeign(ImmutableArray<AttributeData> attributes) => attributes.Any(a => a.AttributeClass is null or IErrorTypeSymbol || IsForeign(a.AttributeClass) || a.AttributeClass.Name is "ServiceContractAttribute" or "OperationContractAttribute");

    private bool IsForeign(INamedTypeSymbol type)
    {
        if (_document.Application.Inspector.IsInSource(type) || type.ContainingAssembly is not { Name: var name })
            return false;
        return !(name == "System" || name is "mscorlib" or "netstandard" || name.StartsWith("System.", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal) || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal));
    }

    private bool HasDerived(INamedTypeSymbol type) => !type.IsSealed && !type.IsStatic
        && Facts.Compilation.SyntaxTrees.Any(t => DeclaredTypes.In(t, _cancellationToken).Any(d => d.Bases.Contains(type.Name)));

    /// <summary>Whether the method is given away as a delegate, so that it may be a handler, and whether it is called.</summary>
    private (bool IsValue, bool IsCalled) UsesOf(IMethodSymbol method)
    {
        var isCalled = false;
        foreach (var tree in Facts.Compilation.SyntaxTrees)
        {
            foreach (var token in NameIndex.For(tree, _cancellationToken).Tokens(method.Name, tree.GetRoot(_cancellationToken), _cancellationToken))
            {
                if (token.Parent is not SimpleNameSyntax name)
                    continue;
                ExpressionSyntax expression = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
                if (expression.Parent is InvocationExpressionSyntax call && call.Expression == expression)
                {
                    isCalled = isCalled || Symbols(Facts.ModelOf(tree).GetSymbolInfo(call, _cancellationToken)).Any(s => IsSame(s, method));
                    continue;
                }

                if (name.Parent is MemberBindingExpressionSyntax { Parent: InvocationExpressionSyntax } || name.Parent is QualifiedNameSyntax or AttributeSyntax or NameColonSyntax
                    || expression.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } })
                {
                    continue;
                }

                var info = Facts.ModelOf(tree).GetSymbolInfo(expression, _cancellationToken);
                if (info.Symbol is null && info.CandidateSymbols.IsEmpty || Symbols(info).Any(s => IsSame(s, method)))
                    return (true, isCalled);
            }
        }

        return (false, isCalled);
    }

    /// <summary>The calls that map lambdas which call the method.</summary>
    private ImmutableArray<InvocationExpressionSyntax> CallsOf(IMethodSymbol method)
    {
        var calls = ImmutableArray.CreateBuilder<InvocationExpressionSyntax>();
        foreach (var endpoint in AllEndpoints())
        {
            if (endpoint.HandlerCode is not { } handler || !Facts.Compilation.ContainsSyntaxTree(handler.SyntaxTree) || calls.Contains(endpoint.Call))
                continue;
            foreach (var call in handler.DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                if (EndpointPath.NameOf(call).Identifier.ValueText == method.Name && Symbols(Facts.ModelOf(handler.SyntaxTree).GetSymbolInfo(call, _cancellationToken)).Any(s => IsSame(s, method)))
                {
                    calls.Add(endpoint.Call);
                    break;
                }
            }
        }

        return calls.ToImmutable();
    }

    private static ImmutableArray<ISymbol> Symbols(SymbolInfo info) => info.Symbol is { } symbol ? ImmutableArray.Create(symbol) : info.CandidateSymbols;

    /// <summary>Whether a symbol is the method, or the member of an interface that it implements.</summary>
    private static bool IsSame(ISymbol symbol, IMethodSymbol method)
    {
        var called = ((symbol as IMethodSymbol)?.ReducedFrom ?? symbol).OriginalDefinition;
        if (SymbolEqualityComparer.Default.Equals(called, method.OriginalDefinition))
            return true;
        return called.ContainingType?.TypeKind == TypeKind.Interface
            && method.ContainingType.AllInterfaces.Any(i => SymbolEqualityComparer.Default.Equals(i.OriginalDefinition, called.ContainingType.OriginalDefinition) && i.GetMembers(called.Name).Any(m => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(m), method)));
    }
}
