using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>How routes and attributes lead to the actions of a controller.</summary>
internal static class ActionRoutes
{
    private const string Provider = "Microsoft.AspNetCore.Mvc.Routing.IActionHttpMethodProvider";
    private const string Metadata = "Microsoft.AspNetCore.Routing.IHttpMethodMetadata";
    private const string Template = "Microsoft.AspNetCore.Mvc.Routing.IRouteTemplateProvider";

    /// <summary>Names by which own code gives actions their methods by convention, where no attribute shows it.</summary>
    internal static readonly NameSet Conventions = new("HttpMethodActionConstraint");

    private static readonly HashSet<string> ViewCalls = new(StringComparer.Ordinal) { "View", "PartialView", "ViewComponent", "RedirectToAction", "RedirectToPage", "ViewBag", "ViewData", "TempData" };

    /// <summary>Whether something on the action, on what it overrides, or on its class decides about methods: a verb, an own attribute, a constraint.</summary>
    public static bool DecideMethods(IMethodSymbol action, INamedTypeSymbol controller)
    {
        for (var method = action; method is not null; method = method.OverriddenMethod)
        {
            if (method.GetAttributes().Any(Decides))
                return true;
        }

        for (INamedTypeSymbol? type = controller; type is not null; type = type.BaseType)
        {
            if (type.GetAttributes().Any(static a => Decides(a) || a.AttributeClass?.Name is "ODataRoutingAttribute" or "ODataAttributeRoutingAttribute" or "RemoteServiceAttribute") || type.Name is "ODataController" or "SurfaceController" or "UmbracoApiController")
                return true;
        }

        return controller.AllInterfaces.Any(static i => i.Name is "IRemoteService" or "IApplicationService");
    }

    /// <summary>Whether route attributes lead to the action; without them a conventional route does.</summary>
    public static bool IsAttributeRouted(IMethodSymbol action, INamedTypeSymbol controller)
    {
        for (var method = action; method is not null; method = method.OverriddenMethod)
        {
            if (method.GetAttributes().Any(static a => HasTemplate(a)))
                return true;
        }

        for (INamedTypeSymbol? type = controller; type is not null; type = type.BaseType)
        {
            if (type.GetAttributes().Any(static a => HasTemplate(a)))
                return true;
        }

        return false;
    }

    /// <summary>Whether the controller serves data, not pages: it says so, it cannot show views, or it shows none.</summary>
    public static bool IsApi(INamedTypeSymbol controller, CancellationToken cancellationToken)
    {
        var canShowViews = false;
        for (INamedTypeSymbol? type = controller; type is not null; type = type.BaseType)
        {
            if (IsApiController(type))
                return true;
            canShowViews |= type.Is("Microsoft.AspNetCore.Mvc.Controller");
        }

        return !canShowViews || !controller.DeclaringSyntaxReferences.Any(r => r.GetSyntax(cancellationToken).DescendantNodes().Any(static n => n is SimpleNameSyntax name && ViewCalls.Contains(name.Identifier.ValueText)));
    }

    /// <summary>Whether <c>[ApiController]</c> stands on the class, a base class or the assembly.</summary>
    public static bool HasApiBehavior(INamedTypeSymbol controller)
    {
        for (INamedTypeSymbol? type = controller; type is not null; type = type.BaseType)
        {
            if (IsApiController(type))
                return true;
        }

        return controller.ContainingAssembly.GetAttributes().Any(static a => a.AttributeClass.InheritsFrom("Microsoft.AspNetCore.Mvc.ApiControllerAttribute"));
    }

    /// <summary>The route templates on the action, and the name of the action where a token asks for it or no template leads to it.</summary>
    public static string KeyOf(IMethodSymbol action, INamedTypeSymbol controller)
    {
        var templates = action.GetAttributes().Where(static a => HasTemplate(a)).Select(static a => TextOf(a) ?? "").ToList();
        var around = EndpointPath.Of(controller);
        var isNamed = templates.Append(around ?? "").Any(static t => t.Contains("[action]")) || templates.Count == 0 && around is null;
        var name = action.GetAttributes().FirstOrDefault(static a => a.AttributeClass.Is("Microsoft.AspNetCore.Mvc.ActionNameAttribute"))?.ConstructorArguments is { Length: 1 } arguments && arguments[0].Value is string given ? given : action.Name;
        return WithoutNames(string.Join("|", templates)) + (isNamed ? "|" + name : "").ToUpperInvariant();
    }

    /// <summary>The template with every parameter by its place only: <c>orders/{}</c>.</summary>
    public static string WithoutNames(string template)
    {
        var text = new System.Text.StringBuilder();
        var depth = 0;
        foreach (var c in template)
        {
            if (c == '}')
                depth--;
            if (depth <= 0)
                text.Append(char.ToUpperInvariant(c));
            if (c == '{')
                depth++;
        }

        return text.ToString().Trim('/');
    }

    /// <summary>Whether an attribute is metadata by which routing itself tells methods apart.</summary>
    public static bool IsMethodMetadata(ITypeSymbol? type) => type.Implements(Metadata);

    private static bool IsApiController(INamedTypeSymbol type) => type.GetAttributes().Any(static a => a.AttributeClass.InheritsFrom("Microsoft.AspNetCore.Mvc.ApiControllerAttribute"));

    /// <summary>Whether the attribute leads to the action by itself; a verb without a template only adds to the routes that do.</summary>
    private static bool HasTemplate(AttributeData attribute) => attribute.AttributeClass.Implements(Template)
        && (TextOf(attribute) is not null || !attribute.AttributeClass.InheritsFrom("Microsoft.AspNetCore.Mvc.Routing.HttpMethodAttribute") && !attribute.AttributeClass.Is("Microsoft.AspNetCore.Mvc.AcceptVerbsAttribute"));

    /// <summary>The template, where it stands in the attribute.</summary>
    internal static string? TextOf(AttributeData attribute) => attribute.AttributeClass.Is("Microsoft.AspNetCore.Mvc.AcceptVerbsAttribute")
        ? attribute.NamedArguments.FirstOrDefault(static a => a.Key == "Route").Value is { Kind: TypedConstantKind.Primitive, Value: string route } ? route : null
        : attribute.ConstructorArguments is { Length: > 0 } arguments && arguments[0] is { Kind: TypedConstantKind.Primitive, Value: string template } ? template : null;

    private static bool Decides(AttributeData attribute) => attribute.AttributeClass is { } type
        && (type is IErrorTypeSymbol && type.Name is not ("Authorize" or "AllowAnonymous" or "AuthorizeAttribute") || type.Implements(Provider) || type.Implements(Metadata)
            || type.Implements("Microsoft.AspNetCore.Mvc.ActionConstraints.IActionConstraintMetadata") && !type.InheritsFrom("Microsoft.AspNetCore.Mvc.ConsumesAttribute"));
}
