using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>
/// Tells whether browsers send along by themselves what signs a caller in: cookies, and Windows credentials. A token in a header they do not. To support
/// one more library, add its method here.
/// </summary>
internal static class SignIns
{
    private static readonly HashSet<string> Ambient = new(StringComparer.Ordinal)
    {
        "AddCookie", "AddIdentity", "AddDefaultIdentity", "AddIdentityCookies", "AddApplicationCookie", "AddOpenIdConnect", "AddMicrosoftIdentityWebApp", "AddMicrosoftIdentityWebAppAuthentication", "AddNegotiate",
        "AddGoogle", "AddFacebook", "AddTwitter", "AddMicrosoftAccount", "AddOAuth", "AddGitHub", "AddSaml2", "AddWsFederation", "AddAuth0WebAppAuthentication",
    };

    private static readonly HashSet<string> Header = new(StringComparer.Ordinal)
    {
        "AddJwtBearer", "AddBearerToken", "AddMicrosoftIdentityWebApi", "AddMicrosoftIdentityWebApiAuthentication", "AddIdentityApiEndpoints", "AddOAuth2Introspection", "AddIdentityServerAuthentication",
        "AddLocalApiAuthentication", "AddLocalApi", "AddIdentityServerJwt", "AddCertificate", "AddScheme", "AddPolicyScheme", "AddKeycloakJwtBearer", "AddAuth0ApiAuthentication",
    };

    private static readonly string[] Clues = ["AddJwtBearer", "AddBearerToken", "AddMicrosoftIdentityWebApi", "AddScheme"];

    /// <summary>Whether anything of an application signs callers in that way; without it there is nothing to ask.</summary>
    public static bool HasAmbient(WebHost host) => host.Services.Exists(IsAmbient);

    /// <summary>Whether what signs the caller of an endpoint in comes along by itself.</summary>
    /// <param name="host">The application.</param>
    /// <param name="schemes">The schemes that the endpoint's attributes name.</param>
    public static Answer AreAmbient(WebHost host, IReadOnlyCollection<string> schemes)
    {
        if (schemes.Count > 0)
            return schemes.Any(IsAmbientScheme) ? Answer.Yes : schemes.All(static s => Says(s, "Bearer") || Says(s, "Jwt")) ? Answer.No : Answer.Unknown;
        if (!HasAmbient(host))
            return host.ServicesHaveUnknown ? Answer.Unknown : Answer.No;
        if (host.ServicesHaveUnknown || Array.Exists(Clues, c => host.UnreadClues.Contains(c) || host.UnseenNames.Contains(c)))
            return Answer.Unknown;
        return host.Services.Exists(IsHeader) ? OfDefault(host) : Answer.Yes;
    }

    /// <summary>The schemes that attributes of an action and its controller name.</summary>
    public static IReadOnlyCollection<string> Schemes(params ISymbol?[] symbols)
    {
        var schemes = new List<string>();
        foreach (var attribute in symbols.OfType<ISymbol>().SelectMany(static s => s.GetAttributes()))
        {
            if (attribute.NamedArguments.FirstOrDefault(static a => a.Key == "AuthenticationSchemes").Value is { Kind: TypedConstantKind.Primitive, Value: string named })
                schemes.AddRange(named.Split(',').Select(static s => s.Trim()).Where(static s => s.Length > 0));
        }

        return schemes;
    }

    /// <summary>With schemes of both kinds, the default one decides.</summary>
    private static Answer OfDefault(WebHost host)
    {
        var texts = host.Services.Where(static s => s.Name == "AddAuthentication").SelectMany(static s => s.Call.ArgumentList.DescendantNodes()).Select(static n => n switch
        {
            SimpleNameSyntax name => name.Identifier.ValueText,
            LiteralExpressionSyntax { Token.Value: string text } => text,
            _ => "",
        }).ToList();
        if (texts.Exists(static t => Says(t, "Bearer") || Says(t, "Jwt")))
            return texts.Exists(IsAmbientScheme) ? Answer.Unknown : Answer.No;
        if (texts.Exists(IsAmbientScheme))
            return Answer.Yes;
        return texts.Count == 0 && host.Services.Exists(static s => s.Name is "AddIdentity" or "AddDefaultIdentity") ? Answer.Yes : Answer.Unknown;
    }

    private static bool IsAmbient(HostCall call) => call.InProduction != Answer.No && (Ambient.Contains(call.Name) || call.Name == "AddJwtBearer" && ReadsCookie(call));

    private static bool IsHeader(HostCall call) => Header.Contains(call.Name) && !(call.Name == "AddJwtBearer" && ReadsCookie(call));

    /// <summary>A token that is taken from a cookie is as good as one.</summary>
    private static bool ReadsCookie(HostCall call) => call.Call.ArgumentList.DescendantNodes().Any(static n => n is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Cookies", Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Request" } });

    private static bool IsAmbientScheme(string scheme) =>
        Says(scheme, "Cookie") || Says(scheme, "Identity.Application") || scheme is "ApplicationScheme" or "OpenIdConnect" or "OpenIdConnectDefaults" or "Negotiate" or "NegotiateDefaults" or "Windows" or "IISDefaults";

    private static bool Says(string text, string part) => text.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;
}
