using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Authorization;

/// <summary>What the access fixes add to a host so that authorization works there.</summary>
public sealed class AuthorizationSetupTests
{
    private const string Fixed = """
        [ApiController, Route("orders")]
        [Authorize]
        public class OrdersController : ControllerBase
        {
            [HttpGet] public string Get() => "";
        }
        """;

    [Fact]
    public Task Fixes_minimal_host_without_authentication() =>
        Program("services.AddControllers();", "app.MapControllers();")
            .FixedBy("ASA1001.Authorize", ("Types.cs", Fixed), ("Program.cs", Hosts.Authorized("services.AddControllers();\nbuilder.Services.AddAuthentication().AddBearerToken();", "app.MapControllers();")))
            .CheckAsync();

    [Fact]
    public Task Fixes_minimal_host_with_routing_by_hand() =>
        Program("services.AddControllers();", "app.UseRouting();\napp.MapControllers();")
            .FixedBy("ASA1001.Authorize", ("Types.cs", Fixed), ("Program.cs", Hosts.Minimal("services.AddControllers();\nbuilder.Services.AddAuthentication().AddBearerToken();", "app.UseRouting();\napp.UseAuthorization();\napp.MapControllers();")
                .Replace("app.UseRateLimiter();", "app.UseAuthentication();\napp.UseRateLimiter();", StringComparison.Ordinal)))
            .CheckAsync();

    [Fact]
    public Task Fixes_authentication_without_scheme() =>
        Program("services.AddControllers();\nservices.AddAuthentication();", "app.MapControllers();")
            .FixedBy("ASA1001.Authorize", ("Types.cs", Fixed), ("Program.cs", Hosts.Authorized("services.AddControllers();\nservices.AddAuthentication().AddBearerToken();", "app.MapControllers();")))
            .CheckAsync();

    [Theory]
    [InlineData("services.AddAuthentication(\"x\").AddCookie(\"x\");")]
    [InlineData("services.AddAuthentication().AddScheme<Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions, Handler>(\"x\", null);")]
    [InlineData("services.AddIdentity<User, User>();")]
    [InlineData("services.AddIdentityApiEndpoints<User>();")]
    public Task Fixes_no_services_where_a_scheme_exists(string services) =>
        Program("services.AddControllers();\n" + services, "app.MapControllers();")
            .With("Handler.cs", """
            public class User;

            public class Handler(Microsoft.Extensions.Options.IOptionsMonitor<Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions> options, ILoggerFactory logger, System.Text.Encodings.Web.UrlEncoder encoder)
                : Microsoft.AspNetCore.Authentication.AuthenticationHandler<Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions>(options, logger, encoder)
            {
                protected override Task<Microsoft.AspNetCore.Authentication.AuthenticateResult> HandleAuthenticateAsync() => throw new NotSupportedException();
            }
            """)
            .FixedBy("ASA1001.Authorize", ("Types.cs", Fixed), ("Program.cs", Hosts.Authorized("services.AddControllers();\n" + services, "app.MapControllers();")))
            .CheckAsync();

    [Fact]
    public Task Fixes_minimal_api_without_any_service() =>
        Code.Program(Hosts.Minimal("", """app.{|ASA1002:MapGet|}("/x", () => 1);"""))
            .FixedBy("ASA1002.Authorize", Hosts.Authorized("builder.Services.AddAuthentication().AddBearerToken();\nbuilder.Services.AddAuthorization();\n", """app.MapGet("/x", () => 1).RequireAuthorization();"""))
            .FixedBy("ASA1002.AllowAnonymous", Hosts.Minimal("", """app.MapGet("/x", () => 1).AllowAnonymous();"""))
            .CheckAsync();

    [Fact]
    public Task Fixes_startup() =>
        Hosts.Startup("services.AddRouting();", """
            app.UseRouting();
            app.UseEndpoints(endpoints => endpoints.{|ASA1002:MapGet|}("/x", () => 1));
            """)
            .FixedBy("ASA1002.Authorize", ("Startup.cs", Hosts.StartupText("services.AddRouting();\n        services.AddAuthentication().AddBearerToken();\n        services.AddAuthorization();", """
            app.UseRouting();
            app.UseAuthentication();
            app.UseAuthorization();
            app.UseEndpoints(endpoints => endpoints.MapGet("/x", () => 1).RequireAuthorization());
            """)))
            .CheckAsync();

    [Fact]
    public Task Fixes_with_JwtBearer_where_it_is_referenced() =>
        Program("services.AddControllers();", "app.MapControllers();")
            .Reference(Packages.JwtBearer)
            .FixedBy("ASA1001.Authorize", ("Types.cs", Fixed), ("Program.cs", Hosts.Authorized("services.AddControllers();\nbuilder.Services.AddAuthentication().AddJwtBearer();", "app.MapControllers();")))
            .CheckAsync();

    [Fact]
    public Task Fixes_everywhere_without_authorization() =>
        Program("services.AddControllers();", "app.MapControllers();")
            .FixedBy("ASA1001.SetFallbackPolicy", ("Types.cs", Hosts.Controller), ("Program.cs", Hosts.Authorized("services.AddControllers();\nbuilder.Services.AddAuthorization(options => options.FallbackPolicy = options.DefaultPolicy);\nbuilder.Services.AddAuthentication().AddBearerToken();", "app.MapControllers();")))
            .CheckAsync();

    [Theory]
    [InlineData("services.AddAuthorization();", "services.AddAuthorization(options => options.FallbackPolicy = options.DefaultPolicy);")]
    [InlineData(
        "services.AddAuthorization(o => o.AddPolicy(\"x\", p => p.RequireRole(\"x\"))); // policies",
        "services.AddAuthorization(o =>\n{\n    o.AddPolicy(\"x\", p => p.RequireRole(\"x\"));\n    o.FallbackPolicy = o.DefaultPolicy;\n}); // policies")]
    [InlineData(
        "services.AddAuthorization((AuthorizationOptions o) =>\n{\n    // roles\n    o.AddPolicy(\"x\", p => p.RequireRole(\"x\"));\n});",
        "services.AddAuthorization((AuthorizationOptions o) =>\n{\n    // roles\n    o.AddPolicy(\"x\", p => p.RequireRole(\"x\"));\n    o.FallbackPolicy = o.DefaultPolicy;\n});")]
    [InlineData("services.AddAuthorization(options => { });", "services.AddAuthorization(options => options.FallbackPolicy = options.DefaultPolicy);")]
    [InlineData("services.AddAuthorization(options => options.{|ASA1009:FallbackPolicy|} = null);", "services.AddAuthorization(options => options.FallbackPolicy = options.DefaultPolicy);")]
    [InlineData("services.AddAuthorizationBuilder();", "services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());")]
    [InlineData(
        "services.AddAuthorizationBuilder()\n    .AddPolicy(\"x\", p => p.RequireRole(\"x\"));",
        "services.AddAuthorizationBuilder()\n    .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())\n    .AddPolicy(\"x\", p => p.RequireRole(\"x\"));")]
    [InlineData("services.AddAuthorization(Policies.Add);", "services.AddAuthorization(Policies.Add);\nbuilder.Services.AddAuthorization(options => options.FallbackPolicy = options.DefaultPolicy);")]
    public Task Fixes_everywhere_in_what_is_configured(string before, string after) =>
        Program("services.AddControllers();\nservices.AddAuthentication().AddBearerToken();\n" + before, "app.MapControllers();")
            .With("Policies.cs", "public static class Policies { public static void Add(AuthorizationOptions options) => options.AddPolicy(\"x\", p => p.RequireRole(\"x\")); }")
            .FixedBy("ASA1001.SetFallbackPolicy", ("Types.cs", Hosts.Controller), ("Program.cs", Hosts.Authorized("services.AddControllers();\nservices.AddAuthentication().AddBearerToken();\n" + after, "app.MapControllers();")))
            .Severity("ASA1009", DiagnosticSeverity.Info)
            .CheckAsync();

    [Fact]
    public Task Fixes_everywhere_from_a_minimal_api() =>
        Code.Program(Hosts.Minimal("services.AddAuthentication().AddBearerToken();\nservices.AddAuthorization();", """app.{|ASA1002:MapGet|}("/x", () => 1);"""))
            .FixedBy("ASA1002.SetFallbackPolicy", Hosts.Authorized("services.AddAuthentication().AddBearerToken();\nservices.AddAuthorization(options => options.FallbackPolicy = options.DefaultPolicy);", """app.MapGet("/x", () => 1);"""))
            .CheckAsync();

    [Fact]
    public Task Fixes_everywhere_from_a_hub() =>
        Code.Program(Hosts.Minimal("services.AddSignalR();\nservices.AddAuthentication().AddBearerToken();\nservices.AddAuthorization();", """app.MapHub<ChatHub>("/chat");"""))
            .With("ChatHub.cs", """public class {|ASA1003:ChatHub|} : Hub { public string Ping() => "pong"; }""")
            .FixedBy(
                "ASA1003.SetFallbackPolicy",
                ("Program.cs", Hosts.Authorized("services.AddSignalR();\nservices.AddAuthentication().AddBearerToken();\nservices.AddAuthorization(options => options.FallbackPolicy = options.DefaultPolicy);", """app.MapHub<ChatHub>("/chat");""")),
                ("ChatHub.cs", """public class ChatHub : Hub { public string Ping() => "pong"; }"""))
            .CheckAsync();

    [Fact]
    public Task Fixes_everywhere_in_startup() =>
        Hosts.Startup("services.AddControllers();", """
            app.UseRouting();
            app.UseEndpoints(endpoints => endpoints.MapControllers());
            """)
            .With("Types.cs", Hosts.OpenController)
            .FixedBy("ASA1001.SetFallbackPolicy", ("Types.cs", Hosts.Controller), ("Startup.cs", Hosts.StartupText("services.AddControllers();\n        services.AddAuthorization(options => options.FallbackPolicy = options.DefaultPolicy);\n        services.AddAuthentication().AddBearerToken();", """
            app.UseRouting();
            app.UseAuthentication();
            app.UseAuthorization();
            app.UseEndpoints(endpoints => endpoints.MapControllers());
            """)))
            .CheckAsync();

    [Fact]
    public Task Fixes_everything_with_one_policy() =>
        Code.Program(Hosts.Minimal("services.AddControllers();\nservices.AddAuthentication().AddBearerToken();\nservices.AddAuthorization();", "app.MapControllers();"))
            .With("Types.cs", """
            public class {|ASA1001:AController|} : Controller { [HttpGet("/a")] public void Get() { } }

            public class {|ASA1001:BController|} : Controller { [HttpGet("/b")] public void Get() { } }
            """)
            .FixedBy("ASA1001.SetFallbackPolicy", ("Types.cs", """
            public class AController : Controller { [HttpGet("/a")] public void Get() { } }

            public class BController : Controller { [HttpGet("/b")] public void Get() { } }
            """), ("Program.cs", Hosts.Authorized("services.AddControllers();\nservices.AddAuthentication().AddBearerToken();\nservices.AddAuthorization(options => options.FallbackPolicy = options.DefaultPolicy);", "app.MapControllers();")))
            .CheckAsync();

    private static CodeTest Program(string services, string statements) =>
        Code.Program(Hosts.Minimal(services, statements)).With("Types.cs", Hosts.OpenController);
}
