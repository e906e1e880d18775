using System.Collections.Immutable;
using ApiSecurityAnalyzers.Engines.Cryptography;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>
/// Tells by names whether code has regard to who calls: claims, the current user, a permission, a tenant. A name is enough, since the answer only
/// silences rules.
/// </summary>
internal static class CallerWords
{
    private static readonly ImmutableHashSet<string> Words = ImmutableHashSet.Create(
        "user", "principal", "claim", "claims", "identity", "tenant", "caller", "httpcontext", "auth", "authorization", "authorize", "authorized", "permission", "permissions", "accesscontrol", "accesschecker", "accessservice",
        "security", "owner", "ownership", "role", "roles", "admin", "viewer", "apikey", "signature", "hmac", "me");

    private static readonly ImmutableHashSet<string> Members = ImmutableHashSet.Create(
        "AuthorizeAsync", "IsInRole", "HasClaim", "FindFirst", "FindFirstValue", "Claims", "HttpContext", "GetUserId", "GetUserAsync", "IsAuthenticated", "Challenge", "Forbid", "Unauthorized");

    private static readonly string[] Prefixes = ["Current", "GetCurrent", "CanAccess", "CanRead", "CanEdit", "CanView", "CanManage", "HasAccess", "HasPermission", "IsOwner", "IsOwned", "OwnedBy", "BelongsTo", "EnsureOwn", "EnsureAccess", "CheckAccess", "CheckPermission", "VerifyAccess", "Authorize", "Protect", "Unprotect", "Decrypt"];

    /// <summary>Whether the code has regard to who calls.</summary>
    /// <param name="code">A function.</param>
    public static bool AreIn(SyntaxNode code)
    {
        var parameters = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in code.DescendantNodesAndSelf())
        {
            // what a route or a lambda names after a user says nothing about the caller
            if (node is ParameterSyntax { Type: var type } parameter)
            {
                if (type is not null && IsCallerType(type))
                    return true;
                parameters.Add(parameter.Identifier.ValueText);
            }
        }

        foreach (var node in code.DescendantNodes())
        {
            if (node is SimpleNameSyntax name && Says(name, parameters))
                return true;
        }

        return false;
    }

    private static bool Says(SimpleNameSyntax name, HashSet<string> parameters)
    {
        var text = name.Identifier.ValueText;
        if (name.Parent is MemberAccessExpressionSyntax access && access.Name == name)
            return Members.Contains(text) || Array.Exists(Prefixes, p => text.StartsWith(p, StringComparison.Ordinal)) || text == "User" && IsContext(access.Expression);
        if (name.Parent is MemberBindingExpressionSyntax)
            return Members.Contains(text) || Array.Exists(Prefixes, p => text.StartsWith(p, StringComparison.Ordinal));
        if (IsType(name) || name.Parent is NameColonSyntax or NameEqualsSyntax || name.Parent is AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment && assignment.Left == name || parameters.Contains(text))
            return false;

        // a store of users is asked about others
        return Members.Contains(text) || Array.Exists(Prefixes, p => text.StartsWith(p, StringComparison.Ordinal)) || Engines.Cryptography.Words.Say(text, Words) && !ChangeNames.IsRepository(text.TrimStart('_'));
    }

    private static bool IsContext(ExpressionSyntax expression) => expression switch
    {
        ThisExpressionSyntax or BaseExpressionSyntax => true,
        SimpleNameSyntax name => name.Identifier.ValueText.EndsWith("Context", StringComparison.OrdinalIgnoreCase),
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText.EndsWith("Context", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static bool IsType(SimpleNameSyntax name)
    {
        SyntaxNode node = name;
        while (node.Parent is QualifiedNameSyntax or NullableTypeSyntax or ArrayTypeSyntax)
            node = node.Parent;
        return node.Parent is TypeArgumentListSyntax or ObjectCreationExpressionSyntax or CastExpressionSyntax or VariableDeclarationSyntax or ParameterSyntax or TypeOfExpressionSyntax or DeclarationPatternSyntax or AttributeSyntax or MethodDeclarationSyntax or LocalFunctionStatementSyntax
            || node is GenericNameSyntax && node.Parent is not InvocationExpressionSyntax;
    }

    private static bool IsCallerType(TypeSyntax type) => type.ToString() is var text && (text.Contains("ClaimsPrincipal") || text.Contains("CurrentUser") || text.Contains("HttpContext") || text.Contains("UserContext") || text.Contains("IAuthorizationService"));
}
