using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Whether the application logs the bodies of requests, which tell who tried to sign in, or what its actions are called with.</summary>
internal static class RequestBodyLog
{
    /// <summary>Names by which bodies are logged.</summary>
    public static readonly NameSet Names = new("HttpLoggingFields", "EnableBuffering");

    public static bool IsKept(EndpointDocument document)
    {
        if (document.Application.Hosts(document.CancellationToken).Any(static h => h.ControllerLog == Answer.Yes))
            return true;
        foreach (var tree in document.Context.Facts.Compilation.SyntaxTrees)
        {
            var index = NameIndex.For(tree, document.CancellationToken);
            if (!index.HasAny(Names))
                continue;
            foreach (var token in index.Tokens(Names, tree.GetRoot(document.CancellationToken), document.CancellationToken))
            {
                if (token.ValueText == "HttpLoggingFields"
                    ? token.Parent?.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "RequestBody" or "Request" or "All" }
                    : token.Parent?.FirstAncestorOrSelf<SyntaxNode>(static n => n is BaseMethodDeclarationSyntax or AnonymousFunctionExpressionSyntax or TypeDeclarationSyntax)?.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type && CodeInspector.Logs(type))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
