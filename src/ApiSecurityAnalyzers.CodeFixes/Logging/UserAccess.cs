using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Logging;

/// <summary>How a handler reaches the user who makes the request.</summary>
internal static class UserAccess
{
    private const string Principal = "System.Security.Claims.ClaimsPrincipal";

    /// <summary>The expression, and what must be added for it; none where nobody can be named.</summary>
    public static async Task<(string? Expression, ServiceAccess? Access)> FindAsync(Document document, SemanticModel model, SyntaxNode body, IMethodSymbol handler, CancellationToken cancellationToken)
    {
        if (!handler.IsStatic && handler.MethodKind == MethodKind.Ordinary && handler.ContainingType.InheritsFrom("Microsoft.AspNetCore.Mvc.ControllerBase"))
            return (model.LookupSymbols(body.SpanStart, name: "User").Any(static s => s is IPropertySymbol) ? "User" : "this.User", null);
        foreach (var parameter in handler.Parameters)
        {
            if (parameter.Type.InheritsFrom(Principal))
                return (parameter.Name, null);
            if (parameter.Type.Is("Microsoft.AspNetCore.Http.HttpContext"))
                return (parameter.Name + ".User", null);
            if (parameter.Type.Is("Microsoft.AspNetCore.Http.HttpRequest") || parameter.Type.Is("Microsoft.AspNetCore.Http.HttpResponse"))
                return (parameter.Name + ".HttpContext.User", null);
        }

        // a controller that is a plain class has no user at hand
        if (handler.MethodKind == MethodKind.Ordinary && !handler.IsStatic && body.FirstAncestorOrSelf<ClassDeclarationSyntax>() is { } declaration && model.GetDeclaredSymbol(declaration, cancellationToken) is { } type && ControllerReader.IsController(type))
            return (null, null);
        var access = await ServiceAccess.FindAsync(document, body, new WantedService(Principal, "user", static t => t.InheritsFrom(Principal)), cancellationToken).ConfigureAwait(false);
        return (access?.Expression, access);
    }
}
