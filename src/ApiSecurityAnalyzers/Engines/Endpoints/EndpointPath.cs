using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>The path at which an endpoint answers, as far as constants tell.</summary>
internal static class EndpointPath
{
    /// <summary>The path of a mapped endpoint, its groups included; <see langword="null"/> where a part is no constant.</summary>
    public static string? Of(MappedEndpoint endpoint, CompilationFacts facts, CancellationToken cancellationToken)
    {
        var own = endpoint.Name == "MapFallback" && endpoint.Call.ArgumentList.Arguments.Count < 2 ? "" : endpoint.Pattern ?? Pattern(endpoint.Call, facts, cancellationToken);
        return own is null || Of(endpoint.Group, facts, cancellationToken) is not { } prefix ? null : Combine(prefix, own);
    }

    /// <summary>The path of a group.</summary>
    public static string? Of(RouteGroup group, CompilationFacts facts, CancellationToken cancellationToken)
    {
        var path = "";
        for (RouteGroup? current = group; current is not null; current = current.Parent)
        {
            if (current.Call is not { } call)
                continue;
            if ((current.Pattern ?? Pattern(call, facts, cancellationToken)) is not { } pattern)
                return null;
            path = Combine(pattern, path);
        }

        return path;
    }

    /// <summary>The endpoint as the reader knows it: <c>GET /orders/{id}</c>.</summary>
    public static string Describe(MappedEndpoint endpoint, CompilationFacts facts, CancellationToken cancellationToken)
    {
        var name = NameOf(endpoint.Call).Identifier.ValueText;
        var verb = name is "MapGet" or "MapPost" or "MapPut" or "MapDelete" or "MapPatch" ? name.Substring(3).ToUpperInvariant() : name;
        return endpoint.Kind != EndpointKind.Controllers && Of(endpoint, facts, cancellationToken) is { } path ? verb + " " + (path.Length == 0 ? "/" : path) : verb;
    }

    /// <summary>The name of the method that a call maps with.</summary>
    public static SimpleNameSyntax NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax member => member.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        SimpleNameSyntax simple => simple,
        _ => (SimpleNameSyntax)call.DescendantNodes().First(static n => n is SimpleNameSyntax),
    };

    /// <summary>The path below which a controller answers, from the route on the class; <see langword="null"/> where there is none.</summary>
    public static string? Of(INamedTypeSymbol controller)
    {
        for (INamedTypeSymbol? type = controller; type is not null; type = type.BaseType)
        {
            foreach (var attribute in type.GetAttributes())
            {
                if (attribute.AttributeClass.Implements("Microsoft.AspNetCore.Mvc.Routing.IRouteTemplateProvider") && attribute.ConstructorArguments is { Length: > 0 } arguments && arguments[0].Value is string template)
                {
                    var name = controller.Name.EndsWith("Controller", StringComparison.OrdinalIgnoreCase) ? controller.Name.Substring(0, controller.Name.Length - "Controller".Length) : controller.Name;
                    return Combine("", template.Replace("[controller]", name));
                }
            }
        }

        return null;
    }

    /// <summary>Whether a guard of one path can lie before what answers at the other: one is below the other. Unknown paths do.</summary>
    public static bool Overlap(string guard, string? path)
    {
        if (path is null)
            return true;
        var left = Segments(guard);
        var right = Segments(path);
        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            if (!string.Equals(left[i], right[i], StringComparison.OrdinalIgnoreCase) && left[i].IndexOf('{') < 0 && right[i].IndexOf('{') < 0)
                return false;
        }

        return true;
    }

    private static string[] Segments(string path) => path.TrimStart('~').Split(Slash, StringSplitOptions.RemoveEmptyEntries);

    private static string Combine(string prefix, string path)
    {
        prefix = prefix.TrimEnd('/');
        path = path.TrimStart('~').TrimStart('/');
        return path.Length == 0 ? prefix : prefix + "/" + path;
    }

    private static string? Pattern(InvocationExpressionSyntax call, CompilationFacts facts, CancellationToken cancellationToken)
    {
        var model = facts.ModelOf(call.SyntaxTree);
        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (model.GetConstantValue(argument.Expression, cancellationToken) is { HasValue: true, Value: string pattern })
                return pattern;
        }

        return null;
    }

    private static readonly char[] Slash = ['/'];
}
