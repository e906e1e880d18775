using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Rules.Authorization;

/// <summary>ASA1007: overridden authorization.</summary>
internal static class OverriddenAuthorization
{
    /// <summary>The property that tells fixes whether what demands authorization can go without a change in what the application does.</summary>
    public const string CanRemoveKey = "CanRemove";

    /// <summary>The property that tells fixes how many declarations of anonymous access there are, those in other assemblies included.</summary>
    public const string OpeningsKey = "Openings";

    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA1007",
        title: "Overridden authorization",
        messageFormat: "{0} has no effect: {1} lets everyone in",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "The framework looks for a declaration of anonymous access in all of an endpoint's metadata; one is enough to skip every policy, whatever stands nearer to the endpoint.",
        cwe: 863,
        topic: Topics.Authorization);

    internal static void Inspect(EndpointDocument document)
    {
        var reported = new HashSet<SyntaxNode>();
        foreach (var type in Types(document))
            InspectType(document, type, reported);
        foreach (var found in document.Application.OverridesIn(document.Context.Tree, document.CancellationToken))
            Report(document, found, reported);
    }

    /// <summary>The types of the document whose attributes can matter: endpoints, and what carries the framework's attributes.</summary>
    private static HashSet<INamedTypeSymbol> Types(EndpointDocument document)
    {
        var types = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var token in document.Context.Tokens(AccessAttributes.Names))
        {
            if (token.Parent?.FirstAncestorOrSelf<AttributeSyntax>()?.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration
                && document.Context.Model.GetDeclaredSymbol(declaration, document.CancellationToken) is INamedTypeSymbol type)
            {
                types.Add(type);
            }
        }

        types.UnionWith(document.Controllers.Select(static c => c.Type));
        types.UnionWith(document.Hubs.Select(static h => h.Type));
        return types;
    }

    private static void InspectType(EndpointDocument document, INamedTypeSymbol type, HashSet<SyntaxNode> reported)
    {
        var cancellationToken = document.CancellationToken;
        var own = AccessAttributes.On(type, cancellationToken).ToList();
        var ofType = Openings(AccessAttributes.Inherited(type.BaseType, cancellationToken).Concat(own));
        Demands(document, own, type.Name, ofType, own, reported);

        // hub methods are authorized one by one, whatever the connection is; attributes of page handlers are never read
        if (type.InheritsFrom("Microsoft.AspNetCore.SignalR.Hub") || type.InheritsFrom("Microsoft.AspNetCore.Mvc.RazorPages.PageModel"))
            return;
        var reachesMethods = ReachesMethods(type);
        foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
        {
            if (method.MethodKind != MethodKind.Ordinary || method.DeclaredAccessibility != Accessibility.Public)
                continue;
            var statements = AccessAttributes.On(method, cancellationToken).ToList();
            if (statements.Count == 0)
                continue;
            var openings = Openings(statements.Concat(AccessAttributes.Inherited(method, cancellationToken)));
            Demands(document, statements, type.Name + "." + method.Name, reachesMethods ? openings.AddRange(ofType) : openings, statements, reported);
        }
    }

    /// <summary>Whether the framework reads the attributes of the class for its methods: controllers and gRPC services, not classes of handlers.</summary>
    private static bool ReachesMethods(INamedTypeSymbol type)
    {
        if (type.InheritsFrom("Microsoft.AspNetCore.Mvc.ControllerBase") || ControllerReader.IsController(type))
            return true;
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (current.GetAttributes().Any(static a => a.AttributeClass.Is("Grpc.Core.BindServiceMethodAttribute")))
                return true;
        }

        return false;
    }

    private static ImmutableArray<AccessStatement> Openings(IEnumerable<AccessStatement> statements) =>
        statements.Where(static s => s is { IsAnonymous: true, RunsIn: not RunsIn.DevelopmentOnly }).ToImmutableArray();

    private static void Demands(EndpointDocument document, IEnumerable<AccessStatement> statements, string place, ImmutableArray<AccessStatement> openings, List<AccessStatement> here, HashSet<SyntaxNode> reported)
    {
        if (openings.IsEmpty)
            return;
        foreach (var statement in statements)
        {
            if (statement.IsAnonymous || statement.Node?.SyntaxTree != document.Context.Tree)
                continue;

            // beside an opening, schemes are named so that the caller is signed in where there is one
            if (statement.NamesSchemes && openings.All(here.Contains))
                continue;
            var opening = openings[0];
            Report(document, new OverriddenAccess(statement.Node, $"{AccessOverrides.NameOf(statement)} on '{place}'", $"{AccessOverrides.NameOf(opening)} on '{PlaceOf(opening, place, here)}'", openings, !statement.NamesSchemes), reported);
        }
    }

    private static string? PlaceOf(AccessStatement opening, string place, List<AccessStatement> here) => here.Contains(opening) ? place : opening.Place;

    private static void Report(EndpointDocument document, OverriddenAccess found, HashSet<SyntaxNode> reported)
    {
        if (!reported.Add(found.Node))
            return;
        document.Context.Report(
            Descriptor,
            found.Node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } ? member.Name.GetLocation() : found.Node.GetLocation(),
            ImmutableDictionary<string, string?>.Empty.Add(CanRemoveKey, found.CanRemove ? "true" : "false").Add(OpeningsKey, found.Anonymous.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            asSuggestion: false,
            found.Anonymous.Where(static a => a.Node is not null).Select(static a => a.Node!.GetLocation()),
            found.Demand,
            found.Opening);
    }
}
