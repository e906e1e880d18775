namespace ApiSecurityAnalyzers.Tests.Logging;

public sealed partial class UnloggedAccessFailureTests
{
    private const string Key = "ASA4003.LogFailure";

    private const string Entry = "_logger.LogWarning(\"Access refused in {Action} to {Address}\", nameof(Login), HttpContext.Connection.RemoteIpAddress);";

    [Theory]
    [InlineData(
        """
            var r = await _signIn.{|ASA4003:PasswordSignInAsync|}(n, p, false, true);
            if (r.Succeeded)
                return Ok();

            return Unauthorized();
        """,
        """
            var r = await _signIn.PasswordSignInAsync(n, p, false, true);
            if (!r.Succeeded && !r.RequiresTwoFactor)
                $
            if (r.Succeeded)
                return Ok();

            return Unauthorized();
        """)]
    [InlineData(
        """
            var r = await _signIn.{|ASA4003:PasswordSignInAsync|}(n, p, false, true);
            if (!r.Succeeded)
            {
                // wrong
                return Unauthorized();
            }

            return Ok();
        """,
        """
            var r = await _signIn.PasswordSignInAsync(n, p, false, true);
            if (!r.Succeeded)
            {
                $
                // wrong
                return Unauthorized();
            }

            return Ok();
        """)]
    [InlineData(
        """
            if (_user == null || !await _users.{|ASA4003:CheckPasswordAsync|}(_user, p)) return Unauthorized(); // wrong
            return Ok();
        """,
        """
            if (_user == null || !await _users.CheckPasswordAsync(_user, p))
            {
                $
                return Unauthorized(); // wrong
            }
            return Ok();
        """)]
    [InlineData(
        """
            if (!await _users.{|ASA4003:CheckPasswordAsync|}(_user, p))
                return Unauthorized();
            return Ok();
        """,
        """
            if (!await _users.CheckPasswordAsync(_user, p))
            {
                $
                return Unauthorized();
            }
            return Ok();
        """)]
    [InlineData(
        """
            if (_user != null && await _users.{|ASA4003:CheckPasswordAsync|}(_user, p))
            {
                return Ok();
            }

            return Unauthorized();
        """,
        """
            if (_user != null && await _users.CheckPasswordAsync(_user, p))
            {
                return Ok();
            }
            $

            return Unauthorized();
        """)]
    [InlineData(
        """
            var name = "";
            if (await _users.{|ASA4003:CheckPasswordAsync|}(_user, p))
            {
                name = n;
            }

            return Ok(name);
        """,
        """
            var name = "";
            if (await _users.CheckPasswordAsync(_user, p))
            {
                name = n;
            }
            else
            {
                $
            }

            return Ok(name);
        """)]
    [InlineData(
        """
            if (await _users.{|ASA4003:CheckPasswordAsync|}(_user, p))
                return Ok();
            else
                return Unauthorized();
        """,
        """
            if (await _users.CheckPasswordAsync(_user, p))
                return Ok();
            else
            {
                $
                return Unauthorized();
            }
        """)]
    [InlineData(
        """
            return await _users.{|ASA4003:CheckPasswordAsync|}(_user, p) ? Ok() : Unauthorized();
        """,
        """
            if (await _users.CheckPasswordAsync(_user, p))
                return Ok();
            $
            return Unauthorized();
        """)]
    [InlineData(
        """
            var v = _hasher.{|ASA4003:VerifyHashedPassword|}(_user, "", p);
            var failed = v == PasswordVerificationResult.Failed;
            return failed ? Unauthorized() : Ok();
        """,
        """
            var v = _hasher.VerifyHashedPassword(_user, "", p);
            if (v == PasswordVerificationResult.Failed)
                $
            var failed = v == PasswordVerificationResult.Failed;
            return failed ? Unauthorized() : Ok();
        """)]
    public Task Fixes_a_check(string body, string expected) => Controller(Action(body)).FixedBy(Key, Managers + Action(expected.Replace("$", Entry, StringComparison.Ordinal))).CheckAsync();

    [Fact]
    public Task Fixes_two_checks_and_a_catch_of_a_class() => Code.Controller("""
        using Microsoft.AspNetCore.Identity;

        private readonly UserManager<IdentityUser> _users;

        public SubjectController(UserManager<IdentityUser> users)
        {
            _users = users;
        }

        [HttpPost]
        public async Task<IActionResult> Login(IdentityUser user, string password, string code)
        {
            if (!await _users.{|ASA4003:CheckPasswordAsync|}(user, password))
                return Unauthorized();
            if (!await _users.{|ASA4003:VerifyTwoFactorTokenAsync|}(user, "app", code))
                return Unauthorized();
            try
            {
                return Ok(await _users.GetClaimsAsync(user));
            }
            {|ASA4003:catch|} (UnauthorizedAccessException)
            {
                return Forbid();
            }
        }
        """).FixedBy(Key, """
        using Microsoft.AspNetCore.Identity;

        private readonly UserManager<IdentityUser> _users;
        private readonly ILogger<SubjectController> _logger;

        public SubjectController(UserManager<IdentityUser> users, ILogger<SubjectController> logger)
        {
            _users = users;
            _logger = logger;
        }

        [HttpPost]
        public async Task<IActionResult> Login(IdentityUser user, string password, string code)
        {
            if (!await _users.CheckPasswordAsync(user, password))
            {
                _logger.LogWarning("Access refused in {Action} to {Address}", nameof(Login), HttpContext.Connection.RemoteIpAddress);
                return Unauthorized();
            }
            if (!await _users.VerifyTwoFactorTokenAsync(user, "app", code))
            {
                _logger.LogWarning("Access refused in {Action} to {Address}", nameof(Login), HttpContext.Connection.RemoteIpAddress);
                return Unauthorized();
            }
            try
            {
                return Ok(await _users.GetClaimsAsync(user));
            }
            catch (UnauthorizedAccessException ex)
            {
                _logger.LogWarning(ex, "Access refused in {Action} to {Address}", nameof(Login), HttpContext.Connection.RemoteIpAddress);
                return Forbid();
            }
        }
        """).CheckAsync();

    [Fact]
    public Task Fixes_a_route_handler() => Code.MinimalApi("""
        using Microsoft.AspNetCore.Identity;

        app.{|ASA3004:MapPost|}("/login", async (UserManager<IdentityUser> users, HttpContext context, string p) =>
        {
            if (await users.{|ASA4003:CheckPasswordAsync|}(new IdentityUser(), p))
            {
                return Results.Ok();
            }
            return Results.Unauthorized();
        }).AllowAnonymous();
        """).FixedBy(Key, """
        using Microsoft.AspNetCore.Identity;

        app.{|ASA3004:MapPost|}("/login", async (UserManager<IdentityUser> users, HttpContext context, string p, ILogger<Program> logger) =>
        {
            if (await users.CheckPasswordAsync(new IdentityUser(), p))
            {
                return Results.Ok();
            }
            logger.LogWarning("Access refused in {Action} to {Address}", "POST /login", context.Connection.RemoteIpAddress);
            return Results.Unauthorized();
        }).AllowAnonymous();
        """).CheckAsync();

    [Fact]
    public Task Fixes_middleware() => Code.Library("""
        namespace Shop;

        public class Tokens(RequestDelegate next)
        {
            public async Task Invoke(HttpContext context)
            {
                try
                {
                    ValidateToken(context.Request.Headers.Authorization.ToString());
                }
                {|ASA4003:{|ASA4006:catch|}|}
                {
                    // do nothing
                }

                await next(context);
            }

            private static void ValidateToken(string token)
            {
            }
        }
        """).Severity("ASA4006", Microsoft.CodeAnalysis.DiagnosticSeverity.Info).FixedBy(Key, """
        namespace Shop;

        public class Tokens(RequestDelegate next, ILogger<Tokens> logger)
        {
            public async Task Invoke(HttpContext context)
            {
                try
                {
                    ValidateToken(context.Request.Headers.Authorization.ToString());
                }
                catch (Exception ex)
                {
                    logger.LogWarning(ex, "Access refused in {Action} to {Address}", nameof(Invoke), context.Connection.RemoteIpAddress);
                    // do nothing
                }

                await next(context);
            }

            private static void ValidateToken(string token)
            {
            }
        }
        """).CheckAsync();

    [Theory]
    [InlineData("[HttpPost] public Task<IActionResult> Login(string p) => Inner(new(), p); private static async Task<IActionResult> Inner(User user, string p) { await Task.Yield(); try { return new OkResult(); } {|ASA4003:catch|} (System.Security.SecurityException) { return new ForbidResult(); } }")]
    public Task NoFix_in_static_code(string member) => Code.Controller("using User = Microsoft.AspNetCore.Identity.IdentityUser;\n" + member).NoFix().CheckAsync();

    private static string Action(string body) => $$"""
        [HttpPost]
        public async Task<IActionResult> Login(string n, string p)
        {
            await Task.Yield();
        {{body}}
        }
        """;
}
