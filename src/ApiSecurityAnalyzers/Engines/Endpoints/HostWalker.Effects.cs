using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <content>Reads what own middleware does beside guarding.</content>
internal sealed partial class HostWalker
{
    /// <summary>Notes whether the code signs the caller in, and whether it keeps browsers on HTTPS.</summary>
    private void ReadEffects(SyntaxNode code)
    {
        foreach (var node in code.DescendantNodes())
        {
            switch (node)
            {
                case AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "User" or "Principal" } }:
                case SimpleNameSyntax { Identifier.ValueText: "AuthenticateAsync" or "IHttpAuthenticationFeature" or "IAuthenticateResultFeature" or "AuthorizationMiddlewareInvokedWithEndpoint" }:
                    Host.SignsInByHand = true;
                    break;
                case SimpleNameSyntax { Identifier.ValueText: "StrictTransportSecurity" }:
                case LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal when string.Equals(literal.Token.ValueText, "Strict-Transport-Security", StringComparison.OrdinalIgnoreCase):
                    Host.StrictTransport = Answer.Yes;
                    break;
            }
        }
    }
}
