using System.Security.Claims;
using System.Threading.RateLimiting;
using BackOffice;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.AspNetCore.RateLimiting;

var builder = WebApplication.CreateBuilder(args);

builder.Services.AddSingleton<Ledger>();
builder.Services.AddAuthentication(BearerTokenDefaults.AuthenticationScheme).AddBearerToken();
builder.Services.AddAuthorization();
builder.Services.AddHttpLogging(options => options.LoggingFields = HttpLoggingFields.RequestMethod | HttpLoggingFields.RequestPath | HttpLoggingFields.RequestBody | HttpLoggingFields.ResponseStatusCode);
builder.Services.AddRateLimiter(options =>
{
    options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
    options.AddPolicy("per-address", context => RateLimitPartition.GetFixedWindowLimiter(
        context.Connection.RemoteIpAddress?.ToString() ?? "unknown",
        _ => new FixedWindowRateLimiterOptions { PermitLimit = 100, Window = TimeSpan.FromMinutes(1) }));
});

var app = builder.Build();

app.UseHttpLogging();
if (!app.Environment.IsDevelopment())
    app.UseHsts();
app.UseHttpsRedirection();
app.UseRateLimiter();
app.UseAuthentication();
app.UseAuthorization();

app.MapPost("/sign-in", SignIn.Handle)
    .AllowAnonymous()
    .RequireRateLimiting("per-address")
    .WithHttpLogging(HttpLoggingFields.RequestMethod | HttpLoggingFields.RequestPath | HttpLoggingFields.ResponseStatusCode);

app.MapGet("/payouts", (Ledger ledger) => ledger.Payouts).RequireAuthorization().RequireRateLimiting("per-address");

// the body holds a bank account, which must not get into the log
app.MapPost("/payouts", (Payout payout, Ledger ledger, ILogger<Program> logger, ClaimsPrincipal user) =>
{
    logger.LogInformation("{Action} by {User}", "POST /payouts", user.Identity?.Name);
    ledger.Add(payout);
})
    .RequireAuthorization()
    .RequireRateLimiting("per-address")
    .WithHttpLogging(HttpLoggingFields.None);

app.MapGet("/vouchers/{code}", (string code, Ledger ledger) => ledger.ValueOf(code) is { } cents ? Results.Ok(cents) : Results.NotFound())
    .RequireRateLimiting("per-address")
    .RequireAuthorization();

app.Run();
