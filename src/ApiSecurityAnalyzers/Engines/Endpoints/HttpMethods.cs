using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>The HTTP methods that an endpoint answers.</summary>
internal static class HttpMethods
{
    /// <summary>The verbs that attributes give an action; empty where it answers any.</summary>
    public static IReadOnlyList<string> Of(IMethodSymbol action)
    {
        var verbs = new List<string>();
        for (var method = action; method is not null; method = method.OverriddenMethod)
            verbs.AddRange(method.GetAttributes().SelectMany(Of));
        return verbs;
    }

    /// <summary>The verbs that one attribute gives an action.</summary>
    public static IEnumerable<string> Of(AttributeData attribute)
    {
        for (var type = attribute.AttributeClass; type is not null; type = type.BaseType)
        {
            var verb = type.Name switch
            {
                "HttpGetAttribute" => "GET",
                "HttpPostAttribute" => "POST",
                "HttpPutAttribute" => "PUT",
                "HttpPatchAttribute" => "PATCH",
                "HttpDeleteAttribute" => "DELETE",
                "HttpHeadAttribute" => "HEAD",
                "HttpOptionsAttribute" => "OPTIONS",
                _ => null,
            };
            if (verb is not null)
                return [verb];
        }

        return attribute.AttributeClass.Is("Microsoft.AspNetCore.Mvc.AcceptVerbsAttribute")
            ? attribute.ConstructorArguments.SelectMany(static a => a.Kind == TypedConstantKind.Array ? a.Values.Select(static v => v.Value as string) : [a.Value as string]).OfType<string>().Select(static v => v.ToUpperInvariant())
            : [];
    }

    /// <summary>Whether the attribute lets an action answer GET or HEAD.</summary>
    public static bool IsRead(AttributeData attribute) =>
        attribute.AttributeClass.InheritsFrom("Microsoft.AspNetCore.Mvc.HttpGetAttribute") || attribute.AttributeClass.InheritsFrom("Microsoft.AspNetCore.Mvc.HttpHeadAttribute")
        || attribute.AttributeClass.Is("Microsoft.AspNetCore.Mvc.AcceptVerbsAttribute");

    /// <summary>The verbs of a <c>Map*</c> call; empty where it answers any.</summary>
    public static IReadOnlyList<string> Of(MappedEndpoint endpoint) => endpoint.Name switch
    {
        "MapGet" => ["GET"],
        "MapPost" => ["POST"],
        "MapPut" => ["PUT"],
        "MapPatch" => ["PATCH"],
        "MapDelete" => ["DELETE"],
        "MapMethods" => endpoint.Call.ArgumentList.Arguments.Skip(1).Take(1).SelectMany(static a => a.DescendantNodes()).Select(static n => n switch
        {
            LiteralExpressionSyntax literal => literal.Token.ValueText.ToUpperInvariant(),
            MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "HttpMethods" } } member => member.Name.Identifier.ValueText.ToUpperInvariant(),
            _ => null,
        }).OfType<string>().ToList(),
        _ => [],
    };

    /// <summary>The route as the reader knows it: <c>POST /orders</c>.</summary>
    public static string Describe(MappedEndpoint endpoint)
    {
        var pattern = endpoint.Call.ArgumentList.Arguments.Select(static a => a.Expression).OfType<LiteralExpressionSyntax>().Select(static l => l.Token.Value as string).FirstOrDefault(static s => s is not null);
        var verbs = Of(endpoint);
        return (verbs.Count == 1 ? verbs[0] : endpoint.Name) + (pattern is null ? "" : " " + pattern);
    }
}
