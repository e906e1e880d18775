namespace ApiSecurityAnalyzers.Tests.RateLimiting;

public sealed class UnlimitedSignInTests
{
    private const string Apply = "ASA3004.ApplyPolicy";
    private const string Add = "ASA3004.AddPolicy";
    private const string Policies = "builder.Services.AddRateLimiter(options => { options.AddPolicy(\"fixed\", c => RateLimitPartition.GetFixedWindowLimiter(\"\", _ => new())); options.AddPolicy(\"auth\", c => RateLimitPartition.GetFixedWindowLimiter(\"\", _ => new())); });\n";
    private const string Global = "builder.Services.AddRateLimiter(options =>\n{\n    options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(c => RateLimitPartition.GetFixedWindowLimiter(\"\", _ => new()));\n});\n";

    private const string Types = """
        using Microsoft.AspNetCore.Identity;
        public record LoginRequest(string Name, string Password);
        public record ForgotRequest(string Email);
        public record OtpRequest(string Phone, string Otp);
        public record TokenRequest(string grant_type, string Client);
        """;

    [Theory]
    [InlineData("app.{|ASA3004:MapPost|}(\"/login\", (LoginRequest r) => r.Name);", "app.MapPost(\"/login\", (LoginRequest r) => r.Name).RequireRateLimiting(\"auth\");")]
    [InlineData("app.{|ASA3004:MapPost|}(\"/api/sign-in\", (string user, string password) => user);", "app.MapPost(\"/api/sign-in\", (string user, string password) => user).RequireRateLimiting(\"auth\");")]
    [InlineData("app.{|ASA3004:MapPost|}(\"/connect/token\", (TokenRequest r) => 1);", "app.MapPost(\"/connect/token\", (TokenRequest r) => 1).RequireRateLimiting(\"auth\");")]
    [InlineData("app.{|ASA3004:MapPost|}(\"/forgot-password\", (ForgotRequest r) => 1);", "app.MapPost(\"/forgot-password\", (ForgotRequest r) => 1).RequireRateLimiting(\"auth\");")]
    [InlineData("app.{|ASA3004:MapPost|}(\"/verify-otp\", (OtpRequest r) => 1).AllowAnonymous();", "app.MapPost(\"/verify-otp\", (OtpRequest r) => 1).RequireRateLimiting(\"auth\").AllowAnonymous();")]
    [InlineData("app.{|ASA3004:MapPost|}(\"/x\", async (LoginRequest r, SignInManager<IdentityUser> m) => await m.PasswordSignInAsync(r.Name, r.Password, false, false));", "app.MapPost(\"/x\", async (LoginRequest r, SignInManager<IdentityUser> m) => await m.PasswordSignInAsync(r.Name, r.Password, false, false)).RequireRateLimiting(\"auth\");")]
    [InlineData("app.{|ASA3004:MapPost|}(\"/x\", async (string email, UserManager<IdentityUser> m) => await m.GeneratePasswordResetTokenAsync((await m.FindByEmailAsync(email))!));", "app.MapPost(\"/x\", async (string email, UserManager<IdentityUser> m) => await m.GeneratePasswordResetTokenAsync((await m.FindByEmailAsync(email))!)).RequireRateLimiting(\"auth\");")]
    [InlineData("app.MapPost(\"/login\", (LoginRequest r) => r.Name).DisableRateLimiting();", "app.MapPost(\"/login\", (LoginRequest r) => r.Name).RequireRateLimiting(\"auth\");")]
    [InlineData("app.MapPost(\"/login\", [DisableRateLimiting] (LoginRequest r) => r.Name).RequireRateLimiting(\"fixed\");", null)]
    public Task Reports_route_and_applies_a_policy(string route, string? expected)
    {
        var marked = route.Contains("{|", StringComparison.Ordinal) ? route : route.Replace("MapPost", "{|ASA3004:MapPost|}", StringComparison.Ordinal);
        var test = Minimal(Policies, marked);
        return (expected is null ? test.NoFix() : test.FixedBy(Apply, Text(Policies, expected))).CheckAsync();
    }

    [Theory]
    [InlineData("app.{|ASA3004:MapPost|}(\"/login\", (LoginRequest r) => r.Name);", "'POST /login' has no rate limiter of its own, so passwords can be guessed")]
    [InlineData("app.{|ASA3004:MapPost|}(\"/login\", (LoginRequest r) => r.Name).DisableRateLimiting();", "'POST /login' is exempt from rate limiting, so passwords can be guessed")]
    [InlineData("app.{|ASA3004:MapPost|}(\"/otp\", (OtpRequest r) => r.Phone);", "'POST /otp' has no rate limiter of its own, so codes can be guessed or sent without end")]
    [InlineData("app.{|ASA3004:MapPost|}(\"/reset-password\", (LoginRequest r) => r.Name);", "'POST /reset-password' has no rate limiter of its own, so reset mails and codes can be asked for without end")]
    public Task Reports_with_a_message(string route, string message) => Minimal(Policies, route).Message("ASA3004", message).CheckAsync();

    [Fact]
    public Task Reports_endpoint_that_only_the_limiter_for_all_covers_and_registers_a_policy() => Minimal(Global, "app.{|ASA3004:MapPost|}(\"/login\", (LoginRequest r) => r.Name);\napp.{|ASA3004:MapPost|}(\"/token\", (LoginRequest r) => r.Name);")
        .FixedBy(Add, Text("""
            builder.Services.AddRateLimiter(options =>
            {
                options.AddPolicy("sign-in", context => RateLimitPartition.GetFixedWindowLimiter(
                    context.Connection.RemoteIpAddress?.ToString() ?? "unknown",
                    _ => new FixedWindowRateLimiterOptions { PermitLimit = 10, Window = TimeSpan.FromMinutes(1) }));
                options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(c => RateLimitPartition.GetFixedWindowLimiter("", _ => new()));
            });

            """, "app.MapPost(\"/login\", (LoginRequest r) => r.Name).RequireRateLimiting(\"sign-in\");\napp.MapPost(\"/token\", (LoginRequest r) => r.Name).RequireRateLimiting(\"sign-in\");")).CheckAsync();

    [Fact]
    public Task Reports_actions_and_adds_the_attribute() => Minimal(Policies, "app.MapControllers();", "builder.Services.AddControllers();\n").With("Account.cs", Account(
        "{|ASA3004:Login|}", "{|ASA3004:Forgot|}", "{|ASA3004:Check|}", "[HttpPost(\"code\"), DisableRateLimiting]", ""))
        .FixedBy(Apply, ("Account.cs", Account("Login", "Forgot", "Check", "[HttpPost(\"code\")]", "\n    [EnableRateLimiting(\"auth\")]"))).CheckAsync();

    [Fact]
    public Task Reports_page_that_signs_in() => Minimal(Policies, "app.MapRazorPages();", "builder.Services.AddRazorPages();\n").With("Login.cshtml.cs", """
        using Microsoft.AspNetCore.Identity;
        using Microsoft.AspNetCore.Mvc.RazorPages;

        public class {|ASA3004:LoginModel|}(SignInManager<IdentityUser> manager) : PageModel
        {
            public async Task<IActionResult> OnPostAsync(string name, string password)
            {
                await manager.PasswordSignInAsync(name, password, false, lockoutOnFailure: false);
                return Page();
            }
        }
        """).FixedBy(Apply, ("Login.cshtml.cs", """
        using Microsoft.AspNetCore.Identity;
        using Microsoft.AspNetCore.Mvc.RazorPages;

        [EnableRateLimiting("auth")]
        public class LoginModel(SignInManager<IdentityUser> manager) : PageModel
        {
            public async Task<IActionResult> OnPostAsync(string name, string password)
            {
                await manager.PasswordSignInAsync(name, password, false, lockoutOnFailure: false);
                return Page();
            }
        }
        """)).CheckAsync();

    [Fact]
    public Task Reports_the_endpoints_of_the_framework() => Minimal(Policies, "app.{|ASA3004:MapIdentityApi<IdentityUser>|}();").FixedBy(Apply, Text(Policies, "app.MapIdentityApi<IdentityUser>().RequireRateLimiting(\"auth\");")).CheckAsync();

    [Theory]
    [InlineData("app.MapPost(\"/login\", (LoginRequest r) => r.Name).RequireRateLimiting(\"auth\");")]
    [InlineData("app.MapPost(\"/login\", [EnableRateLimiting(\"auth\")] (LoginRequest r) => r.Name);")]
    [InlineData("app.MapGroup(\"/account\").RequireRateLimiting(\"auth\").MapPost(\"/login\", (LoginRequest r) => r.Name);")]
    [InlineData("app.MapGet(\"/login\", (string password) => 1);")]
    [InlineData("app.MapPost(\"/login\", (string page) => 1);")]
    [InlineData("app.MapPost(\"/logins\", (LoginRequest r) => r.Name);")]
    [InlineData("app.MapPost(\"/devices/{id}/token\", (string id, string platform) => id);")]
    [InlineData("app.MapPost(\"/password\", (LoginRequest r) => r.Name);")]
    [InlineData("app.MapPost(\"/login\", (LoginRequest r) => r.Name).RequireAuthorization();")]
    [InlineData("if (app.Environment.IsDevelopment()) app.MapPost(\"/login\", (LoginRequest r) => r.Name);")]
    [InlineData("app.MapPost(\"/change\", [Authorize] async (LoginRequest r, UserManager<IdentityUser> m) => await m.CheckPasswordAsync(new(), r.Password));")]
    [InlineData("app.MapPost(\"/products/{code}\", (string code) => code);")]
    [InlineData("app.MapIdentityApi<IdentityUser>().RequireRateLimiting(\"auth\");")]
    public Task Silent_route(string route) => Minimal(Policies, route).CheckAsync();

    [Theory]
    [InlineData("app.MapPost(\"/x\", async (LoginRequest r, SignInManager<IdentityUser> m) => await m.PasswordSignInAsync(r.Name, r.Password, false, true));")]
    [InlineData("app.MapPost(\"/x\", async (LoginRequest r, SignInManager<IdentityUser> m) => await m.PasswordSignInAsync(r.Name, r.Password, isPersistent: false, lockoutOnFailure: true));")]
    [InlineData("app.MapPost(\"/x\", async (string code, SignInManager<IdentityUser> m) => await m.TwoFactorAuthenticatorSignInAsync(code, false, false));")]
    [InlineData("app.MapPost(\"/x\", async (LoginRequest r, UserManager<IdentityUser> m) => { var u = new IdentityUser(); if (!await m.{|ASA4003:CheckPasswordAsync|}(u, r.Password)) await m.AccessFailedAsync(u); });")]
    [InlineData("app.MapPost(\"/login\", (LoginRequest r, ISender s) => s.Send(r));\ninterface ISender { Task Send(object o); }")]
    [InlineData("app.MapIdentityApi<IdentityUser>();")]
    public Task Silent_with_lockout_and_a_limiter_for_all(string route) => Minimal(Global, route).CheckAsync();

    [Fact]
    public Task Silent_where_no_limiter_runs_at_all() => Alone("using System.Threading.RateLimiting;\n\nvar app = {|ASA3001:WebApplication.Create|}(args);\napp.MapPost(\"/login\", (LoginRequest r) => r.Name);\napp.Run();\n").CheckAsync();

    [Fact]
    public Task Silent_behind_a_gateway() => Minimal(Policies, "app.MapPost(\"/login\", (LoginRequest r) => r.Name);").Option("api_security.rate_limited_by_gateway", "true").CheckAsync();

    [Fact]
    public Task Silent_in_a_library() => Code.Library("public record R(string Password); public static class Routes { public static void MapAll(IEndpointRouteBuilder routes) => routes.MapPost(\"/login\", (R r) => 1); }").CheckAsync();

    [Fact]
    public Task Silent_in_a_test_project() => Minimal(Policies, "app.MapPost(\"/login\", (LoginRequest r) => r.Name);").Test().CheckAsync();

    [Fact]
    public Task NoFix_where_the_class_exempts_its_actions() => Minimal(Policies, "app.MapControllers();", "builder.Services.AddControllers();\n").With("Account.cs", """
        [ApiController, Route("account"), DisableRateLimiting]
        public class AccountController : ControllerBase
        {
            [HttpPost("login")]
            public string {|ASA3004:Login|}(LoginRequest request) => request.Name;

            [HttpGet]
            public int Get() => 1;
        }
        """).NoFix().CheckAsync();

    private static string Account(string login, string forgot, string check, string verb, string attribute) => $$"""
        using Microsoft.AspNetCore.Identity;

        [ApiController, Route("account")]
        public class AccountController(UserManager<IdentityUser> users) : ControllerBase
        {
            /// <summary>Signs in.</summary>
            [HttpPost("login")]{{attribute}}
            public string {{login}}(LoginRequest request) => request.Name;

            // mails a link
            [HttpPost("forgot")]{{attribute}}
            public async Task<string> {{forgot}}(ForgotRequest request) => await Mail(request.Email);

            {{verb}}{{attribute}}
            public async Task<bool> {{check}}(string code) => await users.VerifyTwoFactorTokenAsync(new IdentityUser(), "mail", code);

            [HttpGet("login"), EnableRateLimiting("fixed")]
            public string LoginPage(string password) => password;

            private async Task<string> Mail(string email) => await users.GeneratePasswordResetTokenAsync((await users.FindByEmailAsync(email))!);
        }
        """;

    private static CodeTest Alone(string text) => Code.Program(text).With("Types.cs", Types)
        .ConfigFile(".editorconfig", "[*.cs]\n" + string.Concat(new[] { "ASA1001", "ASA1002", "ASA1007", "ASA1008", "ASA2001", "ASA3002", "ASA4001", "ASA4002" }.Select(static id => $"dotnet_diagnostic.{id}.severity = none\n")));

    private static CodeTest Minimal(string services, string routes, string more = "") => Alone(Text(services, routes, more));

    private static string Text(string services, string routes, string more = "") => $"using System.Threading.RateLimiting;\nusing Microsoft.AspNetCore.Identity;\n\nvar builder = WebApplication.CreateBuilder(args);\n{more}{services}var app = builder.Build();\napp.UseRateLimiter();\n{routes}\napp.Run();\n".Replace("app.Run();\n", "", StringComparison.Ordinal).Replace(routes, routes.Contains("\ninterface", StringComparison.Ordinal) ? routes : routes + "\napp.Run();", StringComparison.Ordinal);
}
