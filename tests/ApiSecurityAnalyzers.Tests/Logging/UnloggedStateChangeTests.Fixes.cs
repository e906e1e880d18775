namespace ApiSecurityAnalyzers.Tests.Logging;

public sealed partial class UnloggedStateChangeTests
{
    private const string Key = "ASA4002.LogChange";

    [Fact]
    public Task Fixes_controller_with_a_constructor_and_several_actions() => Library("""
        namespace Shop;

        [ApiController, Route("a")]
        public class AController : ControllerBase
        {
            private readonly IStore _store;

            public AController(IStore store)
            {
                _store = store;
            }

            /// <summary>Creates.</summary>
            [HttpPost]
            public IActionResult {|ASA4002:Create|}(int id)
            {
                // first
                _store.Save(id);
                return NoContent();
            }

            [HttpPut]
            public Task {|ASA4002:Change|}(int id) => _store.SaveAsync(id);

            [HttpDelete]
            public async Task {|ASA4002:Delete|}(int id)
                => await _store.SaveAsync(id);

            [HttpPatch]
            public void {|ASA4002:Patch|}(int id) => _store.Save(id); // short
        }
        """).FixedBy(Key, """
        namespace Shop;

        [ApiController, Route("a")]
        public class AController : ControllerBase
        {
            private readonly IStore _store;
            private readonly ILogger<AController> _logger;

            public AController(IStore store, ILogger<AController> logger)
            {
                _store = store;
                _logger = logger;
            }

            /// <summary>Creates.</summary>
            [HttpPost]
            public IActionResult Create(int id)
            {
                _logger.LogInformation("{Action} by {User}", nameof(Create), User.Identity?.Name);
                // first
                _store.Save(id);
                return NoContent();
            }

            [HttpPut]
            public Task Change(int id)
            {
                _logger.LogInformation("{Action} by {User}", nameof(Change), User.Identity?.Name);
                return _store.SaveAsync(id);
            }

            [HttpDelete]
            public async Task Delete(int id)
            {
                _logger.LogInformation("{Action} by {User}", nameof(Delete), User.Identity?.Name);
                await _store.SaveAsync(id);
            }

            [HttpPatch]
            public void Patch(int id)
            {
                _logger.LogInformation("{Action} by {User}", nameof(Patch), User.Identity?.Name);
                _store.Save(id);
            } // short
        }
        """).CheckAsync();

    [Fact]
    public Task Fixes_primary_constructor() => Library("""
        [ApiController, Route("a")]
        public class AController(IStore store) : ControllerBase
        {
            [HttpPost]
            public void {|ASA4002:Create|}(int id) => store.Save(id);
        }
        """).FixedBy(Key, """
        [ApiController, Route("a")]
        public class AController(IStore store, ILogger<AController> logger) : ControllerBase
        {
            [HttpPost]
            public void Create(int id)
            {
                logger.LogInformation("{Action} by {User}", nameof(Create), User.Identity?.Name);
                store.Save(id);
            }
        }
        """).CheckAsync();

    [Theory]
    [InlineData("private readonly ILogger<AController> _log = null!;", "_log")]
    [InlineData("private ILogger Journal { get; } = null!;", "Journal")]
    public Task Fixes_with_the_logger_that_is_there(string member, string expression) => Library($$"""
        [ApiController, Route("a")]
        public class AController : ControllerBase
        {
            private readonly IStore _store = null!;
            {{member}}

            [HttpPost] public void {|ASA4002:Create|}(int id) { _store.Save(id); }
        }
        """).FixedBy(Key, $$"""
        [ApiController, Route("a")]
        public class AController : ControllerBase
        {
            private readonly IStore _store = null!;
            {{member}}

            [HttpPost] public void Create(int id) { {{expression}}.LogInformation("{Action} by {User}", nameof(Create), User.Identity?.Name); _store.Save(id); }
        }
        """).CheckAsync();

    [Fact]
    public Task Fixes_without_usings() => Library("""
        using Microsoft.AspNetCore.Mvc;

        namespace Shop
        {
            [ApiController, Route("a")]
            public class AController(IStore store) : ControllerBase
            {
                [HttpPost]
                public void {|ASA4002:Create|}(int id)
                {
                    store.Save(id);
                }
            }
        }
        """).FixedBy(Key, """
        using Microsoft.AspNetCore.Mvc;

        namespace Shop
        {
            [ApiController, Route("a")]
            public class AController(IStore store, ILogger<AController> logger) : ControllerBase
            {
                [HttpPost]
                public void Create(int id)
                {
                    logger.LogInformation("{Action} by {User}", nameof(Create), User.Identity?.Name);
                    store.Save(id);
                }
            }
        }
        """).CheckAsync();

    [Theory]
    [InlineData(
        "app.{|ASA4002:MapPost|}(\"/a\", (int id, IStore store) => store.Save(id)).WithHttpLogging(Microsoft.AspNetCore.HttpLogging.HttpLoggingFields.None);",
        "app.MapPost(\"/a\", (int id, IStore store, ILogger<Program> logger, ClaimsPrincipal user) =>\n{\n    logger.LogInformation(\"{Action} by {User}\", \"POST /a\", user.Identity?.Name);\n    store.Save(id);\n}).WithHttpLogging(Microsoft.AspNetCore.HttpLogging.HttpLoggingFields.None);")]
    [InlineData(
        "app.{|ASA4002:MapPost|}(\"/a\", async (int id, IStore store, HttpContext context) =>\n{\n    await store.SaveAsync(id);\n    return 1;\n}).WithHttpLogging(Microsoft.AspNetCore.HttpLogging.HttpLoggingFields.None);",
        "app.MapPost(\"/a\", async (int id, IStore store, HttpContext context, ILogger<Program> logger) =>\n{\n    logger.LogInformation(\"{Action} by {User}\", \"POST /a\", context.User.Identity?.Name);\n    await store.SaveAsync(id);\n    return 1;\n}).WithHttpLogging(Microsoft.AspNetCore.HttpLogging.HttpLoggingFields.None);")]
    [InlineData(
        "app.{|ASA4002:MapPost|}(\"/a\", Create).WithHttpLogging(Microsoft.AspNetCore.HttpLogging.HttpLoggingFields.None);\nstatic int Create(int id, IStore store)\n{\n    store.Save(id);\n    return id;\n}",
        "app.MapPost(\"/a\", Create).WithHttpLogging(Microsoft.AspNetCore.HttpLogging.HttpLoggingFields.None);\nstatic int Create(int id, IStore store, ILogger<Program> logger, ClaimsPrincipal user)\n{\n    logger.LogInformation(\"{Action} by {User}\", nameof(Create), user.Identity?.Name);\n    store.Save(id);\n    return id;\n}")]
    [InlineData(
        "app.{|ASA4002:MapPost|}(\"/a\", async context =>\n{\n    await new Store().SaveAsync(1);\n}).WithHttpLogging(Microsoft.AspNetCore.HttpLogging.HttpLoggingFields.None);",
        "app.MapPost(\"/a\", async context =>\n{\n    context.RequestServices.GetRequiredService<ILogger<Program>>().LogInformation(\"{Action} by {User}\", \"POST /a\", context.User.Identity?.Name);\n    await new Store().SaveAsync(1);\n}).WithHttpLogging(Microsoft.AspNetCore.HttpLogging.HttpLoggingFields.None);")]
    public Task Fixes_route(string routes, string expected)
    {
        const string Start = "var builder = WebApplication.CreateBuilder(args);\nvar app = builder.Build();\napp.UseHttpLogging();\n";
        var usings = expected.Contains("ClaimsPrincipal", StringComparison.Ordinal) ? "using System.Security.Claims;\n\n" : "";
        return Host("app.UseHttpLogging();\n", routes).FixedBy(Key, usings + Start + expected + "\napp.Run();\n").CheckAsync();
    }

    [Fact]
    public Task Fixes_static_handler_class() => Quiet(Code.Files(("Routes.cs", """
        public static class Orders
        {
            public static void Map(IEndpointRouteBuilder app)
            {
                app.{|ASA4002:MapPost|}("/a", Create);
            }

            private static void Create(int id, IStore store) => store.Save(id);
        }
        """))).Option("api_security.host", "unprotected").FixedBy(Key, ("Routes.cs", """
        using System.Security.Claims;

        public static class Orders
        {
            public static void Map(IEndpointRouteBuilder app)
            {
                app.MapPost("/a", Create);
            }

            private static void Create(int id, IStore store, ILoggerFactory loggerFactory, ClaimsPrincipal user)
            {
                loggerFactory.CreateLogger("Orders").LogInformation("{Action} by {User}", nameof(Create), user.Identity?.Name);
                store.Save(id);
            }
        }
        """)).CheckAsync();

    [Fact]
    public Task NoFix_where_the_handler_is_also_called() => Quiet(Code.Files(("Routes.cs", """
        public static class Orders
        {
            public static void Map(IEndpointRouteBuilder app)
            {
                app.{|ASA4002:MapPost|}("/a", Create);
                Create(1, null!);
            }

            private static void Create(int id, IStore store) => store.Save(id);
        }
        """))).Option("api_security.host", "unprotected").NoFix().CheckAsync();

    [Fact]
    public Task NoFix_where_code_makes_the_controller() => Library("""
        [ApiController, Route("a")]
        public class AController(IStore store) : ControllerBase
        {
            [HttpPost] public void {|ASA4002:Create|}(int id) => store.Save(id);
        }

        public static class Tests { public static AController Make() => new(null!); }
        """).NoFix().CheckAsync();
}
