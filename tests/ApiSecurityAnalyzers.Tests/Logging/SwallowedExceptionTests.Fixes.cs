namespace ApiSecurityAnalyzers.Tests.Logging;

public sealed partial class SwallowedExceptionTests
{
    private const string Key = "ASA4006.LogException";

    [Fact]
    public Task Fixes_all_kinds_of_clauses_of_a_class() => Info(Code.Controller("""
        private readonly Action _work = Console.Beep;

        [HttpGet("a")]
        public void A()
        {
            try
            {
                _work();
            }
            {|ASA4006:catch|}
            {
            }
        }

        [HttpGet("b")]
        public void B()
        {
            try
            {
                _work();
            }
            {|ASA4006:catch|} (IOException)
            {
                // ignore
            }
            {|ASA4006:catch|} (FormatException ex)
            {
            }
        }

        [HttpGet("c")]
        public void C() { try { _work(); } {|ASA4006:catch|} { } }

        [HttpGet("d")]
        public async Task D()
        {
            foreach (var ex in new[] { 1 })
            {
                try {
                    await Task.Yield();
                } {|ASA4006:catch|} (Exception) {
                    continue;
                }
            }
        }
        """).FixedBy(Key, """
        private readonly Action _work = Console.Beep;
        private readonly ILogger<SubjectController> _logger;

        public SubjectController(ILogger<SubjectController> logger)
        {
            _logger = logger;
        }

        [HttpGet("a")]
        public void A()
        {
            try
            {
                _work();
            }
            catch (Exception ex)
            {
                _logger.LogWarning(ex, "Exception ignored in {Action}", nameof(A));
            }
        }

        [HttpGet("b")]
        public void B()
        {
            try
            {
                _work();
            }
            catch (IOException ex)
            {
                _logger.LogWarning(ex, "Exception ignored in {Action}", nameof(B));
                // ignore
            }
            catch (FormatException ex)
            {
                _logger.LogWarning(ex, "Exception ignored in {Action}", nameof(B));
            }
        }

        [HttpGet("c")]
        public void C() { try { _work(); } catch (Exception ex) { _logger.LogWarning(ex, "Exception ignored in {Action}", nameof(C)); } }

        [HttpGet("d")]
        public async Task D()
        {
            foreach (var ex in new[] { 1 })
            {
                try {
                    await Task.Yield();
                } catch (Exception ex2) {
                    _logger.LogWarning(ex2, "Exception ignored in {Action}", nameof(D));
                    continue;
                }
            }
        }
        """)).CheckAsync();

    [Fact]
    public Task Fixes_with_the_logger_that_is_there() => Info(Code.Controller("""
        private readonly ILogger _log = null!;

        [HttpGet]
        public void A()
        {
            #region work
            try { Console.Beep(); }
            {|ASA4006:catch|} (Exception) {} // quiet
            #endregion
        }
        """).FixedBy(Key, """
        private readonly ILogger _log = null!;

        [HttpGet]
        public void A()
        {
            #region work
            try { Console.Beep(); }
            catch (Exception ex) { _log.LogWarning(ex, "Exception ignored in {Action}", nameof(A)); } // quiet
            #endregion
        }
        """)).CheckAsync();

    [Fact]
    public Task Fixes_primary_constructor_without_usings() => Info(Code.Files(("M.cs", """
        namespace Shop
        {
            public class M(Microsoft.AspNetCore.Http.RequestDelegate next)
            {
                public async System.Threading.Tasks.Task InvokeAsync(Microsoft.AspNetCore.Http.HttpContext context)
                {
                    try
                    {
                        await next(context);
                    }
                    {|ASA4006:catch|}
                    {
                    }
                }
            }
        }
        """)).NoWebUsings().FixedBy(Key, """
        using Microsoft.Extensions.Logging;

        namespace Shop
        {
            public class M(Microsoft.AspNetCore.Http.RequestDelegate next, ILogger<M> logger)
            {
                public async System.Threading.Tasks.Task InvokeAsync(Microsoft.AspNetCore.Http.HttpContext context)
                {
                    try
                    {
                        await next(context);
                    }
                    catch (Exception ex)
                    {
                        logger.LogWarning(ex, "Exception ignored in {Action}", nameof(InvokeAsync));
                    }
                }
            }
        }
        """)).CheckAsync();

    [Fact]
    public Task Fixes_route_handlers() => Info(Code.MinimalApi("""
        app.MapPost("/a", () =>
        {
            try
            {
                Console.Beep();
            }
            {|ASA4006:catch|}
            {
            }
        }).AllowAnonymous();
        app.MapGet("/b", Handle).AllowAnonymous();
        static void Handle()
        {
            try { Console.Beep(); } {|ASA4006:catch|} { }
        }
        """).FixedBy(Key, """
        app.MapPost("/a", (ILogger<Program> logger) =>
        {
            try
            {
                Console.Beep();
            }
            catch (Exception ex)
            {
                logger.LogWarning(ex, "Exception ignored in {Action}", "POST /a");
            }
        }).AllowAnonymous();
        app.MapGet("/b", Handle).AllowAnonymous();
        static void Handle(ILogger<Program> logger)
        {
            try { Console.Beep(); } catch (Exception ex) { logger.LogWarning(ex, "Exception ignored in {Action}", nameof(Handle)); }
        }
        """)).CheckAsync();

    [Fact]
    public Task Fixes_inline_middleware() => Info(Code.MinimalApi("""
        app.Use(async (context, next) =>
        {
            try
            {
                await next();
            }
            {|ASA4006:catch|} (IOException)
            {
            }
        });
        """).FixedBy(Key, """
        app.Use(async (context, next) =>
        {
            try
            {
                await next();
            }
            catch (IOException ex)
            {
                context.RequestServices.GetRequiredService<ILogger<Program>>().LogWarning(ex, "Exception ignored in {Action}", "Use");
            }
        });
        """)).CheckAsync();

    [Theory]
    [InlineData("[HttpGet] public void A() => Work(); private static void Work() { try { Console.Beep(); } {|ASA4006:catch|} { } }")]
    public Task NoFix_in_static_code(string members) => Info(Code.Controller(members).NoFix()).CheckAsync();

    [Fact]
    public Task NoFix_where_code_calls_the_constructor() => Info(Code.Files(("A.cs", """
        [ApiController, Authorize, Route("a")]
        public class AController : ControllerBase
        {
            [HttpGet] public void A() { try { Console.Beep(); } {|ASA4006:catch|} { } }
        }

        public static class Maker { public static AController Make() => new AController(); }
        """)).Option("api_security.host", "protected").NoFix()).CheckAsync();
}
