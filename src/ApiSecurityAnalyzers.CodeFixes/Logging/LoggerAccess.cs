using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Logging;

/// <summary>How code at a place reaches a logger: the one that is there, one that is injected, or the one that the request's services give.</summary>
internal static class LoggerAccess
{
    private const string LoggerFactory = "Microsoft.Extensions.Logging.ILoggerFactory";

    /// <summary>The expression, and what must be added for it; none where no logger can be reached without breaking code.</summary>
    public static async Task<(string? Expression, ServiceAccess? Access)> FindAsync(Document document, SemanticModel model, SyntaxNode place, CancellationToken cancellationToken)
    {
        if (!WellKnownTypes.For(model.Compilation).Has("Microsoft.Extensions.Logging.LoggerExtensions"))
            return (null, null);

        // a parameter says more than the host that happens to be in reach
        var category = Category(model, place, cancellationToken);
        if (category is not null && await ServiceAccess.FindAsync(document, place, WantedService.Logger(category) with { HostProperty = null }, cancellationToken).ConfigureAwait(false) is { } access)
            return (access.Expression, access);

        // a RequestDelegate takes no other parameters, but its context knows the services
        if (Context(model, place, cancellationToken) is { } context && category is not null && WellKnownTypes.For(model.Compilation).Has("Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions"))
            return ($"{context}.RequestServices.GetRequiredService<Microsoft.Extensions.Logging.ILogger<{category}>>()", null);
        if (new ServiceScope(model, place).Find(WantedService.Logger(category ?? "")) is { } found)
            return (found, null);
        var wanted = new WantedService(LoggerFactory, "loggerFactory", static t => t.Implements(LoggerFactory));
        if (category is null && await ServiceAccess.FindAsync(document, place, wanted, cancellationToken).ConfigureAwait(false) is { } factory)
            return ($"{factory.Expression}.CreateLogger({SyntaxFactory.Literal(place.FirstAncestorOrSelf<TypeDeclarationSyntax>()?.Identifier.ValueText ?? "Program")})", factory);
        return (null, null);
    }

    /// <summary>The parameter by which a function around the place has the request's context.</summary>
    public static string? Context(SemanticModel model, SyntaxNode place, CancellationToken cancellationToken)
    {
        foreach (var node in place.AncestorsAndSelf())
        {
            var symbol = node switch
            {
                AnonymousFunctionExpressionSyntax => model.GetSymbolInfo(node, cancellationToken).Symbol,
                MethodDeclarationSyntax or LocalFunctionStatementSyntax => model.GetDeclaredSymbol(node, cancellationToken),
                _ => null,
            };
            if ((symbol as IMethodSymbol)?.Parameters.FirstOrDefault(static p => p.Type.Is("Microsoft.AspNetCore.Http.HttpContext")) is { Name.Length: > 0 } parameter && parameter.Name != "_")
                return parameter.Name;
            if (node is MemberDeclarationSyntax and not GlobalStatementSyntax || node is AnonymousFunctionExpressionSyntax { Modifiers: var modifiers } && modifiers.Any(SyntaxKind.StaticKeyword))
                return null;
        }

        return null;
    }

    /// <summary>The class that gives the log category its name; a static class cannot.</summary>
    private static string? Category(SemanticModel model, SyntaxNode place, CancellationToken cancellationToken)
    {
        if (place.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration && model.GetDeclaredSymbol(declaration, cancellationToken) is { IsStatic: false, TypeKind: TypeKind.Class } type)
            return type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted));
        return model.Compilation.GetEntryPoint(cancellationToken)?.ContainingType is { IsStatic: false } program && model.IsAccessible(place.SpanStart, program)
            ? program.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted))
            : null;
    }
}
