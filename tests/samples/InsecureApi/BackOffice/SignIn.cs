using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication.BearerToken;

namespace BackOffice;

/// <summary>Gives a bearer token to the accountant of the settings 'Accountant:Name' and 'Accountant:Password'.</summary>
public static class SignIn
{
    public static IResult Handle(Credentials credentials, IConfiguration configuration, ILogger<Ledger> logger)
    {
        if (!Same(credentials.Name, configuration["Accountant:Name"]) || !Same(credentials.Password, configuration["Accountant:Password"]))
        {
            logger.LogWarning("A sign-in failed");
            return Results.Unauthorized();
        }

        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, credentials.Name)], BearerTokenDefaults.AuthenticationScheme);
        return Results.SignIn(new ClaimsPrincipal(identity), authenticationScheme: BearerTokenDefaults.AuthenticationScheme);
    }

    private static bool Same(string given, string? wanted) =>
        wanted is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(wanted));

    /// <summary>What the accountant sends to sign in.</summary>
    public sealed record Credentials(string Name, string Password);
}
