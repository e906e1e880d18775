using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Rules.Authorization;

/// <summary>Pages that nobody would close: those by which people sign in and out, and what a site shows to all.</summary>
internal static class PublicPages
{
    /// <summary>Pages that must be open so that people can sign in, and pages that the framework leads to when something went wrong.</summary>
    private static readonly HashSet<string> Accounts = new(StringComparer.OrdinalIgnoreCase)
    {
        "Login", "LogIn", "SignIn", "Register", "SignUp", "Logout", "LogOff", "SignOut", "LoggedOut", "SignedOut", "ExternalLogin", "LoginWith2fa", "LoginWithRecoveryCode", "Lockout", "AccessDenied", "Denied", "Forbidden", "Unauthorized",
        "ForgotPassword", "ForgotPasswordConfirmation", "ResetPassword", "ResetPasswordConfirmation", "ConfirmEmail", "ConfirmEmailChange", "RegisterConfirmation", "ResendEmailConfirmation", "Callback",
        "Error", "Error404", "Error500", "NotFound", "StatusCode", "StatusCodes",
    };

    /// <summary>What a site shows to everyone.</summary>
    private static readonly HashSet<string> Texts = new(StringComparer.OrdinalIgnoreCase)
    {
        "Privacy", "PrivacyPolicy", "Terms", "TermsOfService", "TermsOfUse", "Imprint", "About", "AboutUs", "Contact", "Contacts", "Cookies", "CookiePolicy", "Faq", "Help", "License", "Legal", "Home", "Welcome", "Landing",
    };

    private static readonly HashSet<string> Signs = new(StringComparer.Ordinal)
    {
        "SignInAsync", "SignOutAsync", "PasswordSignInAsync", "ExternalLoginSignInAsync", "TwoFactorSignInAsync", "ChallengeAsync",
    };

    /// <summary>Whether the page is open by its nature, whatever it does.</summary>
    public static bool AreAnyone(PageModelClass page) =>
        Accounts.Contains(NameOf(page)) || page.Declaration.DescendantNodes().OfType<SimpleNameSyntax>().Any(static n => Signs.Contains(n.Identifier.ValueText) && n.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not null);

    /// <summary>Whether everyone may see the page: the start page, texts about the site.</summary>
    public static bool AreShownToAnyone(PageModelClass page) => page.Path is { Area: "", Path: { } path } && string.Equals(path, "/Index", StringComparison.OrdinalIgnoreCase) || Texts.Contains(NameOf(page));

    private static string NameOf(PageModelClass page)
    {
        if (page.Path.Name is { } name)
            return name;
        var type = page.Type.Name;
        foreach (var suffix in Suffixes)
        {
            if (type.Length > suffix.Length && type.EndsWith(suffix, StringComparison.Ordinal))
                return type.Substring(0, type.Length - suffix.Length);
        }

        return type;
    }

    private static readonly string[] Suffixes = ["PageModel", "Model", "Page"];
}
