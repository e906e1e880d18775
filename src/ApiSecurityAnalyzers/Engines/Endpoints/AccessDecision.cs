using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>
/// Tells by names whether own code turns callers away: 401, 403, a challenge, an exception that says so. Code that only maps
/// exceptions to answers, as error-handling middleware does, decides nothing.
/// </summary>
internal static class AccessDecision
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "Challenge", "ChallengeResult", "ChallengeAsync", "AuthorizeAsync", "SecurityException", "AuthenticationException",
    };

    private static readonly HashSet<string> Callers = new(StringComparer.Ordinal)
    {
        "ClaimsPrincipal", "IsAuthenticated", "AuthenticateAsync", "AuthorizeAsync", "IsAuthorized", "IsAuthorizedAsync", "IsInRole", "Challenge", "ChallengeAsync", "FixedTimeEquals",
    };

    /// <summary>Whether the code turns callers away.</summary>
    public static bool IsIn(SyntaxNode code)
    {
        var asks = false;
        var leaves = false;
        foreach (var node in code.DescendantNodesAndSelf(static n => !HandlesError(n)))
        {
            switch (node)
            {
                case SimpleNameSyntax name when TurnsAway(name):
                case LiteralExpressionSyntax { Token.Value: 401 or 403 }:
                    return true;
                case SimpleNameSyntax { Identifier.ValueText: "IsAuthenticated" or "AuthenticateAsync" }:
                    asks = true;
                    break;
                case SimpleNameSyntax { Identifier.ValueText: "StatusCode" or "Redirect" or "LocalRedirect" or "RedirectToAction" or "Abort" }:
                    leaves = true;
                    break;
            }
        }

        return asks && leaves;
    }

    /// <summary>Whether code turns callers away after asking who they are: a check written by hand in an action or handler.</summary>
    public static bool IsByHandIn(SyntaxNode code) => IsIn(code) && code.DescendantNodes().Any(AsksWho);

    private static bool AsksWho(SyntaxNode node) => node switch
    {
        LiteralExpressionSyntax { Token.Value: "Authorization" } => true,
        SimpleNameSyntax { Identifier.ValueText: "User" } name => IsCaller(name),
        SimpleNameSyntax { Identifier.ValueText: "Authorization" } name => name.Parent is MemberAccessExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Headers" } or IdentifierNameSyntax { Identifier.ValueText: "HeaderNames" } },
        SimpleNameSyntax name => Callers.Contains(name.Identifier.ValueText) || Contains(name.Identifier.ValueText, "ApiKey") || Contains(name.Identifier.ValueText, "Signature"),
        _ => false,
    };

    /// <summary>The user of the request, not an entity of that name.</summary>
    private static bool IsCaller(SimpleNameSyntax name) => name.Parent switch
    {
        ArgumentSyntax => true,
        ConditionalAccessExpressionSyntax access => access.Expression == name,
        MemberAccessExpressionSyntax access when access.Expression == name => access.Name.Identifier.ValueText is "Identity" or "Identities" or "Claims" or "HasClaim" or "FindFirst" or "FindFirstValue" or "FindAll" or "IsInRole" || access.Name.Identifier.ValueText.StartsWith("Get", StringComparison.Ordinal),
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } => true,
        MemberAccessExpressionSyntax { Expression: SimpleNameSyntax owner } => Contains(owner.Identifier.ValueText, "context"),
        MemberAccessExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var owner } } => Contains(owner, "context"),
        _ => false,
    };

    private static bool TurnsAway(SimpleNameSyntax name)
    {
        var text = name.Identifier.ValueText;
        if (!Names.Contains(text) && !Contains(text, "Unauthori") && !Contains(text, "Forbid"))
            return false;

        // an exception counts where it is thrown, not where it is recognised
        return !text.EndsWith("Exception", StringComparison.Ordinal) || name.FirstAncestorOrSelf<ObjectCreationExpressionSyntax>() is { } creation && creation.Type.Span.Contains(name.Span);
    }

    /// <summary>Catch clauses, and functions that are given the exception.</summary>
    private static bool HandlesError(SyntaxNode node) => node switch
    {
        CatchClauseSyntax => true,
        BaseMethodDeclarationSyntax method => TakesException(method.ParameterList),
        LocalFunctionStatementSyntax local => TakesException(local.ParameterList),
        ParenthesizedLambdaExpressionSyntax lambda => TakesException(lambda.ParameterList),
        _ => false,
    };

    private static bool TakesException(ParameterListSyntax parameters) =>
        parameters.Parameters.Any(static p => p.Type?.ToString() is { } type && (type.TrimEnd('?').EndsWith("Exception", StringComparison.Ordinal) || type.EndsWith("ExceptionContext", StringComparison.Ordinal)));

    private static bool Contains(string text, string part) => text.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;
}
