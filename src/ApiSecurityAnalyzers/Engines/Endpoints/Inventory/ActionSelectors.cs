using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Engines.Endpoints.Inventory;

/// <summary>
/// The ways that attributes make to an action, by the framework's own procedure (DefaultApplicationModelProvider.CreateSelectors,
/// ActionAttributeRouteModel): each attribute with a template is a way of its own, and verbs without one join a <c>[Route]</c>.
/// </summary>
internal static class ActionSelectors
{
    private const string Template = "Microsoft.AspNetCore.Mvc.Routing.IRouteTemplateProvider";
    private const string Methods = "Microsoft.AspNetCore.Mvc.Routing.IActionHttpMethodProvider";

    /// <summary>All ways to an action of a controller.</summary>
    public static IEnumerable<ActionSelector> Of(INamedTypeSymbol controller, IMethodSymbol action)
    {
        var outer = OnController(controller).ToList();
        var (controllerName, actionName, area) = (ControllerName(controller), ActionName(action), Area(controller, action));
        foreach (var (template, methods) in OnAction(action))
        {
            // an absolute template stands alone, the same one for every route of the controller
            if (RouteTemplate.IsAbsolute(template) || outer.Count == 0)
            {
                yield return Make(RouteTemplate.Combine(null, template), methods);
                continue;
            }

            foreach (var (prefix, more) in outer)
                yield return Make(RouteTemplate.Combine(prefix, template), methods.Concat(more));
        }

        ActionSelector Make(string? template, IEnumerable<string> methods) =>
            new(template is null ? null : RouteTemplate.Fill(template, controllerName, actionName, area), methods.Distinct(StringComparer.Ordinal).OrderBy(static m => m, StringComparer.Ordinal).ToImmutableArray());
    }

    /// <summary>The class name without its suffix.</summary>
    public static string ControllerName(INamedTypeSymbol controller) =>
        controller.Name.EndsWith("Controller", StringComparison.OrdinalIgnoreCase) ? controller.Name.Substring(0, controller.Name.Length - "Controller".Length) : controller.Name;

    /// <summary>The name that <c>[ActionName]</c> gives, else the method's without <c>Async</c> (MvcOptions.SuppressAsyncSuffixInActionNames).</summary>
    public static string ActionName(IMethodSymbol action)
    {
        for (var method = action; method is not null; method = method.OverriddenMethod)
        {
            foreach (var attribute in method.GetAttributes())
            {
                if (attribute.AttributeClass.InheritsFrom("Microsoft.AspNetCore.Mvc.ActionNameAttribute") && attribute.ConstructorArguments is { Length: > 0 } arguments && arguments[0].Value is string name)
                    return name;
            }
        }

        return action.Name.EndsWith("Async", StringComparison.Ordinal) && action.Name.Length > "Async".Length ? action.Name.Substring(0, action.Name.Length - "Async".Length) : action.Name;
    }

    /// <summary>The area of an action, which its class or itself names.</summary>
    public static string? Area(INamedTypeSymbol controller, IMethodSymbol action)
    {
        if (AreaOn(action) is { } own)
            return own;
        for (INamedTypeSymbol? type = controller; type is not null; type = type.BaseType)
        {
            if (AreaOn(type) is { } area)
                return area;
        }

        return null;
    }

    private static string? AreaOn(ISymbol symbol) => symbol.GetAttributes()
        .FirstOrDefault(static a => a.AttributeClass.InheritsFrom("Microsoft.AspNetCore.Mvc.AreaAttribute"))?.ConstructorArguments is { Length: > 0 } arguments ? arguments[0].Value as string : null;

    /// <summary>The routes on the class, or on the nearest base that has any.</summary>
    private static IEnumerable<(string? Template, IEnumerable<string> Methods)> OnController(INamedTypeSymbol controller)
    {
        for (INamedTypeSymbol? type = controller; type is not null; type = type.BaseType)
        {
            var routes = type.GetAttributes().Where(static a => a.AttributeClass.Implements(Template)).ToList();
            if (routes.Count > 0)
                return Selectors(routes).Where(static s => s.Template is not null);
        }

        return [];
    }

    /// <summary>The routes on a method, or on the definition that it overrides; verbs come from there too.</summary>
    private static List<(string? Template, IEnumerable<string> Methods)> OnAction(IMethodSymbol action)
    {
        var routes = new List<AttributeData>();
        for (var method = action; method is not null && routes.Count == 0; method = method.OverriddenMethod)
            routes.AddRange(method.GetAttributes().Where(static a => a.AttributeClass.Implements(Template)));
        var others = new List<AttributeData>();
        for (var method = action; method is not null; method = method.OverriddenMethod)
            others.AddRange(method.GetAttributes().Where(static a => !a.AttributeClass.Implements(Template) && a.AttributeClass.Implements(Methods)));
        return Selectors(routes.Concat(others).ToList());
    }

    private static List<(string? Template, IEnumerable<string> Methods)> Selectors(List<AttributeData> attributes)
    {
        var defining = attributes.Where(static a => Defines(a)).ToList();
        var silent = attributes.Where(static a => a.AttributeClass.Implements(Template) && !Defines(a)).ToList();
        if (defining.Count == 0)
            return [(null, attributes.SelectMany(HttpMethods.Of))];
        var selectors = defining.Select(route => (
            TextOf(route),
            attributes.Where(a => a == route || !defining.Contains(a) && !(route.AttributeClass.Implements(Methods) && a.AttributeClass.Implements(Methods))).SelectMany(HttpMethods.Of))).ToList();

        // [HttpGet] beside [HttpPost("x")] is a way of its own; beside [Route("x")] it is not
        if (silent.Count > 0 && defining.TrueForAll(static a => a.AttributeClass.Implements(Methods)))
            selectors.Add((null, attributes.Where(a => !defining.Contains(a)).SelectMany(HttpMethods.Of)));
        return selectors;
    }

    /// <summary>Whether the attribute gives a template, order or name (IsSilentRouteAttribute).</summary>
    private static bool Defines(AttributeData attribute) => attribute.AttributeClass.Implements(Template)
        && (TextOf(attribute) is not null || attribute.NamedArguments.Any(static a => a.Key is "Order" or "Name"));

    /// <summary>The template that the attribute gives.</summary>
    private static string? TextOf(AttributeData attribute) => ActionRoutes.TextOf(attribute);
}
