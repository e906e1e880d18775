using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.CodeFixes.Authorization;

/// <summary>The application's own <c>[Authorize]</c>, where it has one: its requests carry what that attribute understands.</summary>
internal static class OwnAttribute
{
    private const string Framework = "Microsoft.AspNetCore.Authorization.AuthorizeAttribute";

    /// <summary>The full name, without the suffix, or <see langword="null"/> where the framework's attribute is the one to use.</summary>
    public static string? Find(ApplicationModel application, CancellationToken cancellationToken)
    {
        foreach (var type in application.Facts.Compilation.GetSymbolsWithName("AuthorizeAttribute", SymbolFilter.Type, cancellationToken).OfType<INamedTypeSymbol>())
        {
            if (type is { IsAbstract: false, IsGenericType: false, ContainingType: null } && type.InheritsFrom("System.Attribute") && !type.InheritsFrom(Framework)
                && application.Attributes.FilterAuthorizes(type, cancellationToken) == Answer.Yes && type.InstanceConstructors.Any(static c => c.Parameters.All(static p => p.IsOptional || p.IsParams)))
            {
                var name = type.FullName();
                return name.Substring(0, name.Length - "Attribute".Length);
            }
        }

        return null;
    }
}
