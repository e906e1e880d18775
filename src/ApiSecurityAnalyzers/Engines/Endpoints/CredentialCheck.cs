using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Library calls that check credentials and tell the outcome by their result. To support one more, add it here.</summary>
internal static class CredentialCheck
{
    /// <summary>By name, the type that declares the method, or whose interface or base class does.</summary>
    private static readonly Dictionary<string, string> Declaring = new(StringComparer.Ordinal)
    {
        ["PasswordSignInAsync"] = "Microsoft.AspNetCore.Identity.SignInManager",
        ["CheckPasswordSignInAsync"] = "Microsoft.AspNetCore.Identity.SignInManager",
        ["TwoFactorSignInAsync"] = "Microsoft.AspNetCore.Identity.SignInManager",
        ["TwoFactorAuthenticatorSignInAsync"] = "Microsoft.AspNetCore.Identity.SignInManager",
        ["TwoFactorRecoveryCodeSignInAsync"] = "Microsoft.AspNetCore.Identity.SignInManager",
        ["PasskeySignInAsync"] = "Microsoft.AspNetCore.Identity.SignInManager",
        ["CheckPasswordAsync"] = "Microsoft.AspNetCore.Identity.UserManager",
        ["VerifyTwoFactorTokenAsync"] = "Microsoft.AspNetCore.Identity.UserManager",
        ["RedeemTwoFactorRecoveryCodeAsync"] = "Microsoft.AspNetCore.Identity.UserManager",
        ["VerifyUserTokenAsync"] = "Microsoft.AspNetCore.Identity.UserManager",
        ["VerifyHashedPassword"] = "Microsoft.AspNetCore.Identity.IPasswordHasher",
        ["ValidateTokenAsync"] = "Microsoft.IdentityModel.Tokens.TokenHandler",
        ["Verify"] = BCrypt,
        ["EnhancedVerify"] = BCrypt,
    };

    private const string BCrypt = "BCrypt.Net.BCrypt";

    /// <summary>The names by which a document shows that it may hold one. 'Verify' is everywhere, the class that declares it is not.</summary>
    public static readonly NameSet Names = new(Declaring.Keys.Where(static n => n is not ("Verify" or "EnhancedVerify")).Append("BCrypt"));

    /// <summary>The call of which the name is part, where it has the name of a check; nothing is bound.</summary>
    public static InvocationExpressionSyntax? CallAt(SyntaxToken token)
    {
        if (token.ValueText == "BCrypt")
            return token.Parent?.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Verify" or "EnhancedVerify" } access } found && access.Expression.Span.Contains(token.Span) ? found : null;
        return token.Parent?.Parent switch
        {
            MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access when access.Name == token.Parent => call,
            InvocationExpressionSyntax call when call.Expression == token.Parent => call,
            MemberBindingExpressionSyntax { Parent: InvocationExpressionSyntax call } => call,
            _ => null,
        };
    }

    /// <summary>Whether the method is one of the checks, or an own override of one.</summary>
    public static bool Is(IMethodSymbol method)
    {
        if (!Declaring.TryGetValue(method.Name, out var declaring))
            return false;
        return method.ContainingType.InheritsFrom(declaring) || method.ContainingType.Implements(declaring);
    }

    /// <summary>Whether a second factor is being set up: its owner types the first code, and nobody is refused.</summary>
    public static bool IsEnrolment(InvocationExpressionSyntax call, SyntaxNode function) =>
        call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "VerifyTwoFactorTokenAsync" } && function.DescendantTokens().Any(static t => t.ValueText == "SetTwoFactorEnabledAsync");

    /// <summary>Whether the result, waited for, is a truth value.</summary>
    public static bool IsBoolean(IMethodSymbol method) =>
        (method.ReturnType is INamedTypeSymbol { TypeArguments: { Length: 1 } result } ? result[0] : method.ReturnType).SpecialType == SpecialType.System_Boolean;
}
