using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Engines.SignIn;

/// <summary>The names by which endpoints that check credentials are known.</summary>
internal static class SignInNames
{
    private static readonly Dictionary<string, SignInPurpose> ByCall = new(StringComparer.Ordinal)
    {
        ["PasswordSignInAsync"] = SignInPurpose.SignIn,
        ["CheckPasswordSignInAsync"] = SignInPurpose.SignIn,
        ["CheckPasswordAsync"] = SignInPurpose.SignIn,
        ["VerifyHashedPassword"] = SignInPurpose.SignIn,
        ["GeneratePasswordResetTokenAsync"] = SignInPurpose.PasswordReset,
        ["ResetPasswordAsync"] = SignInPurpose.PasswordReset,
        ["TwoFactorSignInAsync"] = SignInPurpose.OneTimeCode,
        ["TwoFactorAuthenticatorSignInAsync"] = SignInPurpose.OneTimeCode,
        ["TwoFactorRecoveryCodeSignInAsync"] = SignInPurpose.OneTimeCode,
        ["VerifyTwoFactorTokenAsync"] = SignInPurpose.OneTimeCode,
        ["GenerateTwoFactorTokenAsync"] = SignInPurpose.OneTimeCode,
    };

    /// <summary>The calls that check a credential, or send one.</summary>
    public static readonly NameSet Calls = new(ByCall.Keys);

    /// <summary>Actions and last segments of routes, without separators, that are what they are called.</summary>
    private static readonly Dictionary<string, SignInPurpose> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["login"] = SignInPurpose.SignIn,
        ["signin"] = SignInPurpose.SignIn,
        ["logon"] = SignInPurpose.SignIn,
        ["authenticate"] = SignInPurpose.SignIn,
        ["loginuser"] = SignInPurpose.SignIn,
        ["userlogin"] = SignInPurpose.SignIn,
        ["token"] = SignInPurpose.SignIn,
        ["gettoken"] = SignInPurpose.SignIn,
        ["createtoken"] = SignInPurpose.SignIn,
        ["issuetoken"] = SignInPurpose.SignIn,
        ["generatetoken"] = SignInPurpose.SignIn,
        ["forgotpassword"] = SignInPurpose.PasswordReset,
        ["forgottenpassword"] = SignInPurpose.PasswordReset,
        ["resetpassword"] = SignInPurpose.PasswordReset,
        ["passwordreset"] = SignInPurpose.PasswordReset,
        ["requestpasswordreset"] = SignInPurpose.PasswordReset,
        ["recoverpassword"] = SignInPurpose.PasswordReset,
        ["otp"] = SignInPurpose.OneTimeCode,
        ["sendotp"] = SignInPurpose.OneTimeCode,
        ["requestotp"] = SignInPurpose.OneTimeCode,
        ["verifyotp"] = SignInPurpose.OneTimeCode,
        ["verifycode"] = SignInPurpose.OneTimeCode,
        ["2fa"] = SignInPurpose.OneTimeCode,
        ["mfa"] = SignInPurpose.OneTimeCode,
        ["verify2fa"] = SignInPurpose.OneTimeCode,
        ["verifymfa"] = SignInPurpose.OneTimeCode,
        ["loginwith2fa"] = SignInPurpose.OneTimeCode,
    };

    private static readonly string[] Credentials = ["password", "passwd", "passcode", "otp", "pin", "code", "secret", "credential", "refreshtoken", "granttype"];

    private static readonly string[] Recipients = ["email", "mail", "username", "userid", "phone", "phonenumber", "mobile", "login", "account"];

    public static SignInPurpose OfCall(string name) => ByCall.TryGetValue(name, out var purpose) ? purpose : SignInPurpose.None;

    /// <summary>What the name of an action or the last segment of a route says.</summary>
    public static SignInPurpose OfName(string? name)
    {
        if (name is null)
            return SignInPurpose.None;
        var plain = name.Replace("-", "").Replace("_", "").Replace(".", "");
        if (plain.EndsWith("Async", StringComparison.Ordinal))
            plain = plain.Substring(0, plain.Length - "Async".Length);
        return ByName.TryGetValue(plain, out var purpose) ? purpose : SignInPurpose.None;
    }

    /// <summary>The last segment of a route that is no parameter.</summary>
    public static string? LastSegment(string? route) =>
        route?.Split(Slash, StringSplitOptions.RemoveEmptyEntries).LastOrDefault(static s => s.IndexOf('{') < 0);

    /// <summary>Whether a method takes what such an endpoint needs: a password, a code; an address to send them to.</summary>
    public static bool Takes(IMethodSymbol method, SignInPurpose purpose) => method.Parameters.Any(p => Is(p.Name, purpose) || Members(p.Type).Any(m => Is(m, purpose)));

    private static IEnumerable<string> Members(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol { SpecialType: SpecialType.None, TypeKind: TypeKind.Class or TypeKind.Struct } || type.ContainingNamespace?.ToDisplayString() is { } ns && (ns.StartsWith("System", StringComparison.Ordinal) || ns.StartsWith("Microsoft", StringComparison.Ordinal)))
            return [];
        return BasesOf(type).SelectMany(static t => t.GetMembers()).OfType<IPropertySymbol>().Select(static p => p.Name);
    }

    private static IEnumerable<ITypeSymbol> BasesOf(ITypeSymbol type)
    {
        for (ITypeSymbol? current = type; current is not null && current.SpecialType != SpecialType.System_Object; current = current.BaseType)
            yield return current;
    }

    private static bool Is(string name, SignInPurpose purpose)
    {
        var plain = name.Replace("_", "");
        return Credentials.Any(c => plain.EndsWith(c, StringComparison.OrdinalIgnoreCase)) || purpose != SignInPurpose.SignIn && Recipients.Any(r => string.Equals(plain, r, StringComparison.OrdinalIgnoreCase));
    }

    private static readonly char[] Slash = ['/'];
}
