namespace ApiSecurityAnalyzers.Tests.Logging;

public sealed partial class UnloggedAccessFailureTests
{
    private const string Managers = """
        using Microsoft.AspNetCore.Identity;
        using User = Microsoft.AspNetCore.Identity.IdentityUser;

        private readonly SignInManager<User> _signIn = null!;
        private readonly UserManager<User> _users = null!;
        private readonly IPasswordHasher<User> _hasher = null!;
        private readonly ILogger _logger = null!;
        private readonly User _user = null!;

        """;

    [Theory]
    [InlineData("[HttpPost] public async Task<IActionResult> Login(string n, string p) { var r = await _signIn.{|ASA4003:PasswordSignInAsync|}(n, p, false, true); if (r.Succeeded) return Ok(); return Unauthorized(); }")]
    [InlineData("[HttpPost] public async Task<IActionResult> Login(string n, string p) { var r = await _signIn.{|ASA4003:PasswordSignInAsync|}(n, p, false, true); if (!r.Succeeded) return Unauthorized(); _logger.LogInformation(\"in\"); return Ok(); }")]
    [InlineData("[HttpPost] public async Task<IActionResult> Login(string n, string p) { var r = await _signIn.{|ASA4003:PasswordSignInAsync|}(n, p, false, true); if (r.Succeeded) { _logger.LogInformation(\"in\"); return Ok(); } if (r.IsLockedOut) { _logger.LogWarning(\"locked\"); return Forbid(); } return Unauthorized(); }")]
    [InlineData("[HttpPost] public async Task<IActionResult> Login(string n, string p) { if (!(await _signIn.{|ASA4003:PasswordSignInAsync|}(n, p, false, true)).Succeeded) return Unauthorized(); return Ok(); }")]
    [InlineData("[HttpPost] public async Task<IActionResult> Login(string n, string p) { if ((await _signIn.{|ASA4003:PasswordSignInAsync|}(n, p, false, true)) is { Succeeded: true }) return Ok(); return Unauthorized(); }")]
    [InlineData("[HttpPost] public async Task<IActionResult> Login(string p) { var r = await _signIn.{|ASA4003:CheckPasswordSignInAsync|}(_user, p, true); return r.Succeeded ? Ok() : Unauthorized(); }")]
    [InlineData("[HttpPost] public async Task<IActionResult> Login(string p) { var r = await _signIn.{|ASA4003:CheckPasswordSignInAsync|}(_user, p, true); if (r == Microsoft.AspNetCore.Identity.SignInResult.Failed) return Unauthorized(); return Ok(); }")]
    [InlineData("[HttpPost] public async Task<IActionResult> Login(string p) { var ok = await _users.{|ASA4003:CheckPasswordAsync|}(_user, p).ConfigureAwait(false); if (ok) { return Ok(); } else { return BadRequest(); } }")]
    [InlineData("[HttpPost] public async Task<IActionResult> Login(string p) { if (_user == null || !await _users.{|ASA4003:CheckPasswordAsync|}(_user, p)) return Unauthorized(); return Ok(); }")]
    [InlineData("[HttpPost] public async Task<IActionResult> Login(string p) { if (_user != null && await _users.{|ASA4003:CheckPasswordAsync|}(_user, p)) { return Ok(); } return Unauthorized(); }")]
    [InlineData("[HttpPost] public async Task<IActionResult> Login(string p) => await _users.{|ASA4003:CheckPasswordAsync|}(_user, p) ? Ok() : Unauthorized();")]
    [InlineData("[HttpPost] public IActionResult Login(string p) { var ok = _users.{|ASA4003:CheckPasswordAsync|}(_user, p).GetAwaiter().GetResult(); if (ok == false) return Unauthorized(); return Ok(); }")]
    [InlineData("[HttpPost] public async Task<IActionResult> Login(string p) { bool ok; ok = await _users.{|ASA4003:CheckPasswordAsync|}(_user, p); if (ok is false) return Unauthorized(); return Ok(); }")]
    [InlineData("[HttpPost] public async Task<IActionResult> Login(string p) { var r = await _signIn.{|ASA4003:CheckPasswordSignInAsync|}(_user, p, true); var ok = r.Succeeded; if (!ok) return Unauthorized(); return Ok(); }")]
    [InlineData("[HttpPost] public IActionResult Login(string p) { if (_hasher.{|ASA4003:VerifyHashedPassword|}(_user, \"\", p) == PasswordVerificationResult.Failed) return Unauthorized(); return Ok(); }")]
    [InlineData("[HttpPost] public IActionResult Login(string p) { var v = _hasher.{|ASA4003:VerifyHashedPassword|}(_user, \"\", p); if (v != PasswordVerificationResult.Success) { return Unauthorized(); } return Ok(); }")]
    [InlineData("[HttpPost] public async Task<IActionResult> Code(string c) { var r = await _signIn.{|ASA4003:TwoFactorAuthenticatorSignInAsync|}(c, false, false); if (!r.Succeeded) { ModelState.AddModelError(\"\", \"no\"); return BadRequest(ModelState); } return Ok(); }")]
    [InlineData("[HttpPost] public async Task<IActionResult> Code(string c) { if (!await _users.{|ASA4003:VerifyTwoFactorTokenAsync|}(_user, \"x\", c)) return Unauthorized(); return Ok(); }")]
    [InlineData("[HttpPost] public async Task<IActionResult> Login(string p) { if (!await _users.{|ASA4003:CheckPasswordAsync|}(_user, p)) { await _users.AccessFailedAsync(_user); return Unauthorized(); } return Ok(); }")]
    [InlineData("[HttpPost] public async Task<IActionResult> Login(string p) { try { if (!await _users.{|ASA4003:CheckPasswordAsync|}(_user, p)) return Unauthorized(); return Ok(); } catch (Exception e) { _logger.LogError(e, \"x\"); throw; } }")]
    public Task Reports_a_failed_check(string member) => Controller(member).CheckAsync();

    [Theory]
    [InlineData("[HttpPost] public async Task<IActionResult> Login(string n, string p) { var r = await _signIn.PasswordSignInAsync(n, p, false, true); if (!r.Succeeded) { _logger.LogWarning(\"failed\"); return Unauthorized(); } return Ok(); }")]
    [InlineData("[HttpPost] public async Task<IActionResult> Login(string n, string p) { var r = await _signIn.PasswordSignInAsync(n, p, false, true); if (r.Succeeded) return Ok(); if (r.RequiresTwoFactor) return Accepted(); _logger.LogWarning(\"failed\"); return Unauthorized(); }")]
    [InlineData("[HttpPost] public async Task<IActionResult> Login(string n, string p) { _logger.LogInformation(\"{Name} tries\", n); var r = await _signIn.PasswordSignInAsync(n, p, false, true); if (!r.Succeeded) return Unauthorized(); return Ok(); }")]
    [InlineData("[HttpPost] public async Task<IActionResult> Login(string n, string p) { var r = await _signIn.PasswordSignInAsync(n, p, false, true); _logger.LogInformation(\"{Result}\", r); if (!r.Succeeded) return Unauthorized(); return Ok(); }")]
    [InlineData("[HttpPost] public async Task<IActionResult> Login(string p) { if (!await _users.CheckPasswordAsync(_user, p)) { Failed(); return Unauthorized(); } return Ok(); } private void Failed() => _logger.LogWarning(\"failed\");")]
    [InlineData("[HttpPost] public async Task<IActionResult> Login(string p) { if (!await _users.CheckPasswordAsync(_user, p)) { A(); return Unauthorized(); } return Ok(); } void A() => B(); void B() => C(); void C() => _logger.LogWarning(\"failed\");")]
    [InlineData("[HttpPost] public async Task<IActionResult> Login(string p) { if (!await _users.CheckPasswordAsync(_user, p)) throw new UnauthorizedAccessException(); return Ok(); }")]
    [InlineData("[HttpPost] public async Task<IActionResult> Login(string p) { if (!await _users.CheckPasswordAsync(_user, p)) { _audit.LoginFailed(p); return Unauthorized(); } return Ok(); } private readonly Audit _audit = new(); class Audit { public void LoginFailed(string p) => AuditLog(p); private static void AuditLog(string p) { } }")]
    [InlineData("[HttpPost] public async Task<IActionResult> Login(string p) { if (!await _users.CheckPasswordAsync(_user, p)) { await RaiseAsync(); return Unauthorized(); } return Ok(); } private Task RaiseAsync() => Task.CompletedTask;")]
    [InlineData("[HttpPost] public async Task<IActionResult> Login(string p) { try { if (!await _users.CheckPasswordAsync(_user, p)) return Unauthorized(); return Ok(); } finally { _logger.LogInformation(\"sign-in\"); } }")]
    [InlineData("[HttpPost] public async Task<bool> Login(string p) => await _users.CheckPasswordAsync(_user, p);")]
    [InlineData("[HttpPost] public async Task<IActionResult> Login(string p) => Ok(await _signIn.CheckPasswordSignInAsync(_user, p, true));")]
    [InlineData("[HttpPost] public async Task<IActionResult> Login(string p) { var r = await _signIn.CheckPasswordSignInAsync(_user, p, true); switch (r.ToString()) { case \"Succeeded\": return Ok(); default: return Unauthorized(); } }")]
    [InlineData("[HttpPost] public async Task<IActionResult> Login(string p) { await _signIn.SignInAsync(_user, false); return Ok(); }")]
    [InlineData("[HttpPost] public async Task<IActionResult> Login(string p) { if (!await CheckPasswordAsync(p)) return Unauthorized(); return Ok(); } private Task<bool> CheckPasswordAsync(string p) => Task.FromResult(p == null);")]
    [InlineData("[HttpPost] public async Task<IActionResult> Login(string p) { if (!await _users.CheckPasswordAsync(_user, p)) { Console.Error.WriteLine(\"failed\"); return Unauthorized(); } return Ok(); }")]
    public Task Silent_for_a_check(string member) => Controller(member).CheckAsync();

    [Theory]
    [InlineData("catch (System.Security.SecurityException) { return Forbid(); }")]
    [InlineData("catch (System.Security.Authentication.AuthenticationException) { return Unauthorized(); }")]
    [InlineData("catch (System.Security.Authentication.InvalidCredentialException ex) { return Unauthorized(ex.Message); }")]
    [InlineData("catch (UnauthorizedAccessException) { return Forbid(); }")]
    [InlineData("catch (UnauthorizedAccessException ex) { return BadRequest(ex); }")]
    [InlineData("catch (Microsoft.AspNetCore.Antiforgery.AntiforgeryValidationException) { return BadRequest(); }")]
    [InlineData("catch (Microsoft.IdentityModel.Tokens.SecurityTokenExpiredException) { return Unauthorized(); }")]
    [InlineData("catch (Microsoft.IdentityModel.Tokens.SecurityTokenException e) when (e.Message.Length > 0) { return Unauthorized(); }")]
    [InlineData("catch (UnauthorizedAccessException) { return Answer(); } IActionResult Answer() => Forbid();")]
    public Task Reports_a_catch(string clause) => Controller($"[HttpGet] public IActionResult A() {{ try {{ Work(); }} {clause.Replace("catch", "{|ASA4003:catch|}", StringComparison.Ordinal)} return Ok(); }} static void Work() {{ }}").CheckAsync();

    [Theory]
    [InlineData("ValidateToken(_token)", "catch { return Unauthorized(); }")]
    [InlineData("ValidateToken(_token)", "catch (Exception) { return Unauthorized(); }")]
    [InlineData("Unprotect(_token)", "catch (Exception) { return Unauthorized(); }")]
    [InlineData("Unprotect(_ticket)", "catch (System.Security.Cryptography.CryptographicException) { return Unauthorized(); }")]
    [InlineData("VerifySignature(_text)", "catch (System.Security.Cryptography.CryptographicException) { return Unauthorized(); }")]
    public Task Reports_a_catch_around_verification(string call, string clause) => Verification(call, clause.Replace("catch", "{|ASA4003:catch|}", StringComparison.Ordinal)).CheckAsync();

    [Theory]
    [InlineData("Unprotect(_text)", "catch (Exception) { return Unauthorized(); }")]
    [InlineData("Unprotect(_text)", "catch (System.Security.Cryptography.CryptographicException) { return Unauthorized(); }")]
    [InlineData("ValidateToken(_token)", "catch (FormatException) { return Unauthorized(); }")]
    [InlineData("ValidateToken(_token)", "catch (Exception e) { _logger.LogWarning(e, \"x\"); return Unauthorized(); }")]
    [InlineData("Other(_token)", "catch (Exception) { return Unauthorized(); }")]
    public Task Silent_for_a_catch_around_verification(string call, string clause) => Verification(call, clause).CheckAsync();

    [Theory]
    [InlineData("catch (UnauthorizedAccessException e) { _logger.LogWarning(e, \"x\"); return Forbid(); }")]
    [InlineData("catch (UnauthorizedAccessException) { throw; }")]
    [InlineData("catch (UnauthorizedAccessException e) { throw new InvalidOperationException(\"x\", e); }")]
    [InlineData("catch (UnauthorizedAccessException e) when (Note(e)) { return Forbid(); } bool Note(Exception e) { _logger.LogWarning(e, \"x\"); return true; }")]
    [InlineData("catch (UnauthorizedAccessException e) { return Refuse(e); } IActionResult Refuse(Exception e) { _logger.LogWarning(e, \"x\"); return Forbid(); }")]
    [InlineData("catch (UnauthorizedAccessException e) { return View(new Failure(e)); } IActionResult View(Failure f) => Forbid();")]
    [InlineData("catch (UnauthorizedAccessException e) { HttpContext.Items[\"error\"] = e; return Forbid(); }")]
    [InlineData("catch (UnauthorizedAccessException) { return Forbid(); } finally { _logger.LogInformation(\"done\"); }")]
    [InlineData("catch (KeyNotFoundException) { return NotFound(); }")]
    [InlineData("catch (System.Security.Cryptography.CryptographicException) { return BadRequest(); }")]
    public Task Silent_for_a_catch(string clause) => Controller($"[HttpGet] public IActionResult A() {{ try {{ Work(); }} {clause} return Ok(); }} static void Work() {{ }} class Failure(Exception e) {{ public Exception Error => e; }}").CheckAsync();

    [Fact]
    public Task Silent_where_what_is_called_logs_what_it_throws() => Controller("""
        [HttpGet] public IActionResult A(string token) { try { Outer(token); } catch { return Unauthorized(); } return Ok(); }
        private void Outer(string token) => ValidateToken(token);
        private void ValidateToken(string token) { try { Work(); } catch (Exception e) { _logger.LogWarning(e, "bad"); throw; } }
        static void Work() { }
        [HttpPut] public IActionResult B(string token) { try { ValidateToken(token); } catch { return Unauthorized(); } return Ok(); }
        """).CheckAsync();

    [Fact]
    public Task Silent_while_a_second_factor_is_set_up() => Controller("""
        [HttpPost] public async Task<IActionResult> Enable(string c) { if (!await _users.VerifyTwoFactorTokenAsync(_user, "x", c)) return BadRequest(); await _users.SetTwoFactorEnabledAsync(_user, true); return Ok(); }
        """).CheckAsync();

    [Theory]
    [InlineData("System.IO.File.Delete(\"a\");")]
    [InlineData("_fileSystem.Remove();")]
    [InlineData("Directory.CreateDirectory(\"a\");")]
    public Task Silent_where_files_refuse_access(string work) =>
        Controller($"[HttpGet] public IActionResult A() {{ try {{ {work} }} catch (UnauthorizedAccessException) {{ return Forbid(); }} return Ok(); }} private readonly Disk _fileSystem = new(); class Disk {{ public void Remove() {{ }} }}").CheckAsync();

    [Fact]
    public Task Reports_with_messages() => Controller("""
        [HttpPost] public async Task<IActionResult> Login(string p) { if (!await _users.{|ASA4003:CheckPasswordAsync|}(_user, p)) return Unauthorized(); return Ok(); }
        """).Message("ASA4003", "'CheckPasswordAsync' leaves no log entry where access is refused, so nobody notices who tries again and again").CheckAsync();

    [Fact]
    public Task Reports_a_service_whose_callers_do_not_log() => Service("public async Task<IActionResult> Login(string p) { var r = await login.TryAsync(p); return r ? Ok() : Unauthorized(); }", reports: true).CheckAsync();

    [Fact]
    public Task Silent_for_a_service_whose_caller_logs() => Service("public async Task<IActionResult> Login(string p) { var r = await login.TryAsync(p); if (!r) logger.LogWarning(\"failed\"); return r ? Ok() : Unauthorized(); }", reports: false).CheckAsync();

    [Fact]
    public Task Silent_for_a_service_that_nobody_is_seen_to_call() => Service("public IActionResult Login(string p) => Ok();", reports: false).CheckAsync();

    [Fact]
    public Task Silent_with_a_manager_that_logs() => Controller("[HttpPost] public async Task<IActionResult> Login(string p) { if (!await _users.CheckPasswordAsync(_user, p)) return Unauthorized(); return Ok(); }")
        .With("Users.cs", """
        using Microsoft.AspNetCore.Identity;

        public class Users(IUserStore<IdentityUser> store) : UserManager<IdentityUser>(store, null!, null!, null!, null!, null!, null!, null!, null!)
        {
            public override async Task<bool> CheckPasswordAsync(IdentityUser user, string password)
            {
                var ok = await base.CheckPasswordAsync(user, password);
                if (!ok)
                    Logger.LogWarning("failed");
                return ok;
            }
        }
        """).CheckAsync();

    [Theory]
    [InlineData("app.UseHttpLogging(); builder.Services.AddHttpLogging(o => o.LoggingFields = Microsoft.AspNetCore.HttpLogging.HttpLoggingFields.All);", false)]
    [InlineData("builder.Services.Configure<Microsoft.AspNetCore.HttpLogging.HttpLoggingOptions>(o => o.LoggingFields |= Microsoft.AspNetCore.HttpLogging.HttpLoggingFields.RequestBody);", false)]
    [InlineData("builder.Services.Configure<Microsoft.AspNetCore.HttpLogging.HttpLoggingOptions>(o => o.LoggingFields = Microsoft.AspNetCore.HttpLogging.HttpLoggingFields.RequestPath);", true)]
    [InlineData("app.Use(async (c, next) => { c.Request.EnableBuffering(); await next(); });", true)]
    [InlineData("app.UseMiddleware<Bodies>();", false)]
    public Task Reports_by_whether_bodies_are_logged(string statement, bool reports) => Code.MinimalApi($$"""
        using Microsoft.AspNetCore.Identity;

        {{statement}}
        app.{|ASA3004:MapPost|}("/login", async (UserManager<IdentityUser> users, string p) =>
        {
            if (!await users.{{(reports ? "{|ASA4003:CheckPasswordAsync|}" : "CheckPasswordAsync")}}(new IdentityUser(), p))
                return Results.Unauthorized();
            return Results.Ok();
        }).AllowAnonymous();
        """).With("Bodies.cs", reports ? "" : """
        public class Bodies(RequestDelegate next, ILogger<Bodies> logger)
        {
            public async Task InvokeAsync(HttpContext context)
            {
                context.Request.EnableBuffering();
                logger.LogInformation("{Body}", await new StreamReader(context.Request.Body).ReadToEndAsync());
                await next(context);
            }
        }
        """).CheckAsync();

    [Fact]
    public Task Silent_under_an_action_filter_that_logs() => Controller("[Journal] [HttpPost] public async Task<IActionResult> Login(string p) { if (!await _users.CheckPasswordAsync(_user, p)) return Unauthorized(); return Ok(); }")
        .With("Journal.cs", """
        using Microsoft.AspNetCore.Mvc.Filters;

        public class JournalAttribute : ActionFilterAttribute
        {
            public override void OnActionExecuting(ActionExecutingContext context) => context.HttpContext.RequestServices.GetRequiredService<ILogger<JournalAttribute>>().LogInformation("{Action}", context.ActionDescriptor.DisplayName);
        }
        """).CheckAsync();

    [Theory]
    [InlineData("return AuthenticateResult.Fail(\"bad token\");", false)]
    [InlineData("return AuthenticateResult.NoResult();", true)]
    public Task Reports_an_authentication_handler_by_its_answer(string answer, bool reports) => Code.Library($$"""
        using Microsoft.AspNetCore.Authentication;

        public class Tokens(Microsoft.Extensions.Options.IOptionsMonitor<AuthenticationSchemeOptions> o, ILoggerFactory l, System.Text.Encodings.Web.UrlEncoder e) : AuthenticationHandler<AuthenticationSchemeOptions>(o, l, e)
        {
            protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
            {
                await Task.Yield();
                try { ValidateToken(Request.Headers.Authorization.ToString()); } {{(reports ? "{|ASA4003:catch|}" : "catch")}} { {{answer}} }
                return AuthenticateResult.NoResult();
            }

            private static void ValidateToken(string token) { }
        }
        """).CheckAsync();

    [Fact]
    public Task Silent_in_a_test_project() => Controller("[HttpPost] public async Task<IActionResult> Login(string p) { if (!await _users.CheckPasswordAsync(_user, p)) return Unauthorized(); return Ok(); }").Test().CheckAsync();

    [Theory]
    [InlineData("[HttpPost] public async Task<IActionResult> Login(string p) { if (!await _users.CheckPasswordAsync( return Unauthorized(); return Ok(); }")]
    [InlineData("[HttpPost] public async Task<IActionResult> Login(string p) { var r = await _nobody.PasswordSignInAsync(p); if (!r.Succeeded) return Unauthorized(); return Ok(); }")]
    public Task Silent_in_broken_code(string member) => Controller(member).Broken().CheckAsync();

    private static CodeTest Controller(string members) => Code.Controller(Managers + members).Reference(Packages.IdentityModelTokens);

    private static CodeTest Verification(string call, string clause) => Controller($$"""
        private readonly string _token = "", _ticket = "", _text = "";
        [HttpGet] public IActionResult A() { try { {{call}}; } {{clause}} return Ok(); }
        static void ValidateToken(string s) { }
        static void VerifySignature(string s) { }
        static void Unprotect(string s) { }
        static void Other(string s) { }
        """);

    private static CodeTest Service(string action, bool reports) => Code.Library($$"""
        using Microsoft.AspNetCore.Identity;

        public interface ILogin { Task<bool> TryAsync(string p); }

        public class Login(UserManager<IdentityUser> users) : ILogin
        {
            public async Task<bool> TryAsync(string p)
            {
                if (!await users.{{(reports ? "{|ASA4003:CheckPasswordAsync|}" : "CheckPasswordAsync")}}(new IdentityUser(), p))
                    return false;
                return true;
            }
        }

        [ApiController, Authorize, Route("a")]
        public class AController(ILogin login, ILogger<AController> logger) : ControllerBase
        {
            [HttpPost] {{action}}
        }
        """);
}
