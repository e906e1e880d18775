using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Tells by names whether gRPC code turns callers away itself, in the status codes of that protocol.</summary>
internal static class GrpcAccess
{
    /// <summary>Whether a method, or a method of its class that it calls, rejects callers who have not signed in or must not do this.</summary>
    public static bool IsDecidedIn(SyntaxNode method)
    {
        if (AccessDecision.IsByHandIn(method) || Rejects(method))
            return true;
        if (method.Parent is not TypeDeclarationSyntax type)
            return false;
        var called = new HashSet<string>(method.DescendantNodes().OfType<InvocationExpressionSyntax>().Select(static c => c.Expression).OfType<SimpleNameSyntax>().Select(static n => n.Identifier.ValueText), StringComparer.Ordinal);
        return called.Count > 0 && type.Members.OfType<MethodDeclarationSyntax>().Any(m => m != method && called.Contains(m.Identifier.ValueText) && (Rejects(m) || AccessDecision.IsByHandIn(m)));
    }

    /// <summary>Whether code names the status of a caller who is turned away.</summary>
    public static bool Rejects(SyntaxNode code) =>
        code.DescendantNodes(static n => n is not CatchClauseSyntax).OfType<SimpleNameSyntax>().Any(static n => n.Identifier.ValueText is "Unauthenticated" or "PermissionDenied");
}
