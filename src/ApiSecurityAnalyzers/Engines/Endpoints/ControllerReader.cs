using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Finds the controllers and hubs of a document by the framework's own conventions.</summary>
internal sealed class ControllerReader
{
    private const string Hub = "Microsoft.AspNetCore.SignalR.Hub";

    private readonly SemanticModel _model;
    private readonly AttributeMetadata _attributes;
    private readonly CancellationToken _cancellationToken;

    public ControllerReader(SemanticModel model, AttributeMetadata attributes, CancellationToken cancellationToken)
    {
        _model = model;
        _attributes = attributes;
        _cancellationToken = cancellationToken;
    }

    public List<Controller> Controllers { get; } = [];

    public List<Controller> Hubs { get; } = [];

    public void Read(SyntaxNode root)
    {
        if (root is CompilationUnitSyntax unit)
            Read(unit.Members);
    }

    /// <summary>Whether MVC takes the class for a controller (ControllerFeatureProvider).</summary>
    public static bool IsController(INamedTypeSymbol type)
    {
        if (type.TypeKind != TypeKind.Class || type.IsAbstract || type.IsStatic || type.IsGenericType || type.DeclaredAccessibility != Accessibility.Public || type.ContainingType is not null)
            return false;
        return IsMarked(type) is { } marked && (marked || type.Name.EndsWith("Controller", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether a base class or an attribute makes it a controller; <see langword="null"/> where an attribute forbids it.</summary>
    private static bool? IsMarked(INamedTypeSymbol type)
    {
        var marked = false;
        for (INamedTypeSymbol? current = type; current is not null && current.SpecialType != SpecialType.System_Object; current = current.BaseType)
        {
            foreach (var attribute in current.GetAttributes())
            {
                if (attribute.AttributeClass.Is("Microsoft.AspNetCore.Mvc.NonControllerAttribute"))
                    return null;
                marked |= attribute.AttributeClass.InheritsFrom("Microsoft.AspNetCore.Mvc.ControllerAttribute");
            }

            // reference assemblies drop nothing of this, but a controller base is one even where its attributes cannot be read
            marked |= current.Is("Microsoft.AspNetCore.Mvc.ControllerBase");
        }

        return marked;
    }

    /// <summary>The methods that MVC makes actions of (DefaultApplicationModelProvider.IsAction).</summary>
    public static IEnumerable<IMethodSymbol> ActionsOf(INamedTypeSymbol type)
    {
        var overridden = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        for (INamedTypeSymbol? current = type; current is not null && current.SpecialType != SpecialType.System_Object; current = current.BaseType)
        {
            if (IsFrameworkBase(current))
                yield break;
            foreach (var member in current.GetMembers())
            {
                if (member is not IMethodSymbol { MethodKind: MethodKind.Ordinary, IsStatic: false, IsGenericMethod: false, DeclaredAccessibility: Accessibility.Public } method
                    || method.IsAbstract || method.PartialImplementationPart is not null)
                {
                    continue;
                }

                if (!overridden.Add(method.OriginalDefinition) || IsNonAction(method))
                    continue;
                for (var hidden = method.OverriddenMethod; hidden is not null; hidden = hidden.OverriddenMethod)
                    overridden.Add(hidden.OriginalDefinition);
                if (OverridesFrameworkMethod(method) || IsDispose(method, current))
                    continue;
                yield return method;
            }
        }
    }

    private void Read(SyntaxList<MemberDeclarationSyntax> members)
    {
        foreach (var member in members)
        {
            switch (member)
            {
                case BaseNamespaceDeclarationSyntax ns:
                    Read(ns.Members);
                    break;
                case ClassDeclarationSyntax declaration:
                    ReadClass(declaration);
                    Read(declaration.Members);
                    break;
                case RecordDeclarationSyntax record:
                    Read(record.Members);
                    break;
            }
        }
    }

    private void ReadClass(ClassDeclarationSyntax declaration)
    {
        // nothing is bound for a class that cannot be either: no base class, no name, no attribute
        if (!(declaration.BaseList is { Types: { Count: > 0 } bases } && !LooksLikeInterface(bases[0].Type)) && !declaration.Identifier.ValueText.EndsWith("Controller", StringComparison.OrdinalIgnoreCase)
            && !declaration.AttributeLists.SelectMany(static l => l.Attributes).Any(static a => a.Name.ToString().Contains("Controller")))
        {
            if (!declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
                return;
        }

        _cancellationToken.ThrowIfCancellationRequested();
        if (_model.GetDeclaredSymbol(declaration, _cancellationToken) is not { } type || type.BaseType is null)
            return;

        var main = true;
        if (type.DeclaringSyntaxReferences.Length > 1)
        {
            // a partial class is read once a document, and reported where its base class is named
            var parts = type.DeclaringSyntaxReferences.Select(r => r.GetSyntax(_cancellationToken)).OfType<ClassDeclarationSyntax>().ToList();
            if (parts.Find(p => p.SyntaxTree == declaration.SyntaxTree) != declaration)
                return;
            var reporting = parts.Find(static p => p.BaseList is not null) ?? parts[0];
            main = reporting.SyntaxTree == declaration.SyntaxTree;
            declaration = main ? reporting : declaration;
        }

        if (IsController(type))
            Controllers.Add(Create(type, declaration, main, ActionsOf(type)) with { IsAttributeRouted = HasRoute(type), IsByName = IsMarked(type) == false });
        else if (!type.IsAbstract && (type.InheritsFrom(Hub) || type.InheritsFrom(Hub + "`1")))
            Hubs.Add(Create(type, declaration, main, HubMethods(type)));
    }

    private Controller Create(INamedTypeSymbol type, ClassDeclarationSyntax declaration, bool isMain, IEnumerable<IMethodSymbol> methods)
    {
        var own = _attributes.OfType(type, _cancellationToken);
        if (ChecksCallers(type))
            own = own.Or(EndpointMetadata.GuardedByCode);
        return new Controller(type, declaration, isMain, own, methods.Select(m => new ControllerAction(m, _attributes.OfMethod(m, _cancellationToken)) { IsAttributeRouted = ActionRoutes.IsAttributeRouted(m, type) }).ToImmutableArray());
    }

    /// <summary>Whether the class or an own base overrides the method that runs before each action, and turns callers away there.</summary>
    private bool ChecksCallers(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null && !IsFrameworkBase(current); current = current.BaseType)
        {
            foreach (var name in FilterMethods)
            {
                foreach (var member in current.GetMembers(name))
                {
                    if (member.DeclaringSyntaxReferences.Any(r => AccessDecision.IsIn(r.GetSyntax(_cancellationToken))))
                        return true;
                }
            }
        }

        return false;
    }

    private static readonly string[] FilterMethods = ["OnActionExecuting", "OnActionExecutionAsync"];

    private static IEnumerable<IMethodSymbol> HubMethods(INamedTypeSymbol type) =>
        ActionsOf(type).Where(static m => !m.IsOverride && m.ContainingNamespace?.ToDisplayString() != "Microsoft.AspNetCore.SignalR");

    private static bool LooksLikeInterface(TypeSyntax type)
    {
        var name = type switch
        {
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            _ => "",
        };
        return name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1]) && name != "IO";
    }

    private static bool HasRoute(INamedTypeSymbol type) =>
        type.GetAttributes().Any(IsRoute) || ActionsOf(type).Any(static m => m.GetAttributes().Any(IsRoute));

    private static bool IsRoute(AttributeData attribute) =>
        attribute.AttributeClass.Implements("Microsoft.AspNetCore.Mvc.Routing.IRouteTemplateProvider") || attribute.AttributeClass.Implements("Microsoft.AspNetCore.Mvc.Routing.IActionHttpMethodProvider")
        || attribute.AttributeClass.InheritsFrom("Microsoft.AspNetCore.Mvc.ApiControllerAttribute");

    private static bool IsNonAction(IMethodSymbol method)
    {
        for (var current = method; current is not null; current = current.OverriddenMethod)
        {
            if (current.GetAttributes().Any(static a => a.AttributeClass.Is("Microsoft.AspNetCore.Mvc.NonActionAttribute")))
                return true;
        }

        return false;
    }

    private static bool OverridesFrameworkMethod(IMethodSymbol method)
    {
        var root = method;
        while (root.OverriddenMethod is { } next)
            root = next;
        return method.IsOverride && (root.ContainingType.SpecialType == SpecialType.System_Object || IsFrameworkBase(root.ContainingType));
    }

    private static bool IsDispose(IMethodSymbol method, INamedTypeSymbol type) =>
        method.Name is "Dispose" or "DisposeAsync" && method.Parameters.IsEmpty && (type.Implements("System.IDisposable") || type.Implements("System.IAsyncDisposable"));

    private static bool IsFrameworkBase(INamedTypeSymbol type) =>
        type.ContainingAssembly?.Name is { } name && (name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name.StartsWith("System", StringComparison.Ordinal));
}
