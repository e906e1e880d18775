using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Shop.Data;

namespace Shop;

/// <summary>Gives a bearer token for a name and a password.</summary>
public static class SignIn
{
    public static void MapSignIn(this IEndpointRouteBuilder routes) => routes.MapPost("/sign-in", SignInAsync).RequireRateLimiting("sign-in").AllowAnonymous();

    private static async Task<Results<SignInHttpResult, UnauthorizedHttpResult>> SignInAsync(Credentials credentials, ShopContext context, ILogger<ShopContext> logger)
    {
        var employee = await context.Employees.SingleOrDefaultAsync(e => e.Name == credentials.Name);
        if (employee is null || new PasswordHasher<Employee>().VerifyHashedPassword(employee, employee.PasswordHash, credentials.Password) == PasswordVerificationResult.Failed)
        {
            logger.LogWarning("A sign-in failed");
            return TypedResults.Unauthorized();
        }

        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, employee.Name)], BearerTokenDefaults.AuthenticationScheme);
        return TypedResults.SignIn(new ClaimsPrincipal(identity), authenticationScheme: BearerTokenDefaults.AuthenticationScheme);
    }

    /// <summary>What an employee sends to sign in.</summary>
    public sealed record Credentials(string Name, string Password);
}
