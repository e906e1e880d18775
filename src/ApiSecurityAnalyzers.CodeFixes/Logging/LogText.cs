using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Logging;

/// <summary>Writes the statement of a log entry.</summary>
internal static class LogText
{
    /// <summary><c>logger.LogWarning(ex, "Access refused in {Action} to {Address}", nameof(Login), HttpContext.Connection.RemoteIpAddress);</c></summary>
    public static string Warning(string logger, string? exception, string text, SemanticModel model, SyntaxNode place, string? name, bool withAddress, CancellationToken cancellationToken)
    {
        var context = withAddress ? ContextAt(model, place, cancellationToken) : null;
        var template = text + " {Action}" + (context is null ? "" : " to {Address}");
        var arguments = Name(place, name) + (context is null ? "" : $", {context}.Connection.RemoteIpAddress");
        return $"{logger}.LogWarning({(exception is null ? "" : exception + ", ")}\"{template}\", {arguments});";
    }

    /// <summary>The code around the place by its name, which the compiler checks where it can.</summary>
    public static string Name(SyntaxNode place, string? name)
    {
        foreach (var node in place.AncestorsAndSelf())
        {
            switch (node)
            {
                case LocalFunctionStatementSyntax { TypeParameterList: null } local when local.Parent is not GlobalStatementSyntax || name is null || !name.Contains(' '):
                    return $"nameof({local.Identifier.Text})";
                case MethodDeclarationSyntax method:
                    return $"nameof({method.Identifier.Text})";
                case MemberDeclarationSyntax and not GlobalStatementSyntax:
                    return SyntaxFactory.Literal(name ?? "").ToString();
                case AnonymousFunctionExpressionSyntax when name is not null && name.Contains(' '):
                    return SyntaxFactory.Literal(name).ToString();
            }
        }

        return SyntaxFactory.Literal(name ?? "").ToString();
    }

    private static string? ContextAt(SemanticModel model, SyntaxNode place, CancellationToken cancellationToken)
    {
        if (LoggerAccess.Context(model, place, cancellationToken) is { } parameter)
            return parameter;
        var member = place.FirstAncestorOrSelf<MemberDeclarationSyntax>(static m => m is not GlobalStatementSyntax);
        if (member is null or TypeDeclarationSyntax || member.Modifiers.Any(SyntaxKind.StaticKeyword) || place.Ancestors().Any(static n => n is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            return null;
        return model.LookupSymbols(place.SpanStart, name: "HttpContext").FirstOrDefault() is IPropertySymbol { IsStatic: false } property && property.Type.Is("Microsoft.AspNetCore.Http.HttpContext") ? "HttpContext" : null;
    }
}
