using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Chooses the HTTP method that an endpoint is meant for, from its name, its parameters and its effect.</summary>
internal static class MethodChoice
{
    /// <summary>The property that tells the fix which methods to offer, the likeliest first.</summary>
    public const string MethodsKey = "Methods";

    /// <summary>The likeliest method, then the one to fall back on.</summary>
    /// <param name="name">The action, or the last fixed part of a path.</param>
    /// <param name="hasBody">Whether a parameter is read from the body.</param>
    /// <param name="changes">Whether the code is known to change state.</param>
    /// <param name="mayChange">Whether the code looks as if it changes state.</param>
    public static IReadOnlyList<string> For(string name, bool hasBody, Func<bool> changes, Func<bool> mayChange)
    {
        switch (ChangeNames.First(name))
        {
            case "delete" or "remove" or "destroy" or "purge" or "erase":
                return ["Delete", "Post"];
            case "put" or "update" or "replace" or "edit" or "modify" or "upsert":
                return ["Put", "Post"];
            case "patch":
                return ["Patch", "Post"];
            case "post":
                return ["Post"];
        }

        if (hasBody)
            return ["Post"];
        if (ChangeNames.Reads(name) ? changes() : mayChange())
            return ["Post", "Get"];
        return ["Get", "Post"];
    }

    /// <summary>Whether the framework reads a parameter from the request body, or can.</summary>
    public static bool HasBody(IMethodSymbol method, bool infers) => method.Parameters.Any(p => IsFromBody(p, infers));

    private static bool IsFromBody(IParameterSymbol parameter, bool infers)
    {
        foreach (var attribute in parameter.GetAttributes())
        {
            var type = attribute.AttributeClass;
            if (type.Implements("Microsoft.AspNetCore.Http.Metadata.IFromBodyMetadata") || type.Implements("Microsoft.AspNetCore.Http.Metadata.IFromFormMetadata") || type?.Name is "FromBodyAttribute" or "FromFormAttribute")
                return true;
            if (type?.Name.StartsWith("From", StringComparison.Ordinal) == true || type?.Name == "AsParametersAttribute")
                return false;
        }

        var target = parameter.Type;
        if (target.Implements("Microsoft.AspNetCore.Http.IFormFile") || target.Implements("Microsoft.AspNetCore.Http.IFormFileCollection") || target.Implements("Microsoft.AspNetCore.Http.IFormCollection") || target.Is("System.IO.Stream") || target.Is("System.IO.Pipelines.PipeReader"))
            return true;
        return infers && IsComplex(target);
    }

    /// <summary>Whether a type is neither read from a text nor a service, as far as its shape tells.</summary>
    private static bool IsComplex(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
            return IsComplex(array.ElementType);
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false, SpecialType: SpecialType.None } named)
            return false;
        if (named.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
            return IsComplex(named.TypeArguments[0]);
        if (named.ContainingNamespace?.ToDisplayString() is { } ns && (ns == "System" || ns == "System.Threading" || ns == "System.Security.Claims" || ns.StartsWith("Microsoft.", StringComparison.Ordinal) && !named.Locations.Any(static l => l.IsInSource)))
            return false;
        for (INamedTypeSymbol? current = named; current is not null; current = current.BaseType)
        {
            if (current.Name is "DbContext" || current.GetMembers("TryParse").Any(static m => m.IsStatic) || current.GetMembers("BindAsync").Any(static m => m.IsStatic))
                return false;
        }

        // a class that is given services is one
        return !ChangeNames.IsStore(named.Name) && !named.InstanceConstructors.Any(static c => c.Parameters.Any(static p => p.Type.TypeKind == TypeKind.Interface && p.Type.Name.StartsWith("I", StringComparison.Ordinal) && !p.Type.Implements("System.Collections.IEnumerable")));
    }
}
