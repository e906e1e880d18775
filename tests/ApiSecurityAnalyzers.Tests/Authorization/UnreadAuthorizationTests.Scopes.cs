using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Authorization;

/// <content>Scopes that Microsoft.Identity.Web is to ask for.</content>
public sealed partial class UnreadAuthorizationTests
{
    private static readonly Lazy<ImmutableArray<MetadataReference>> IdentityWeb = Stubs.WithoutBodies("Microsoft.Identity.Web", """
        namespace Microsoft.Identity.Web.Resource
        {
            public interface IAuthRequiredScopeMetadata { }
            public class RequiredScopeAttribute : System.Attribute, IAuthRequiredScopeMetadata { public RequiredScopeAttribute(params string[] scopes) { } }
        }

        namespace Microsoft.Identity.Web
        {
            public class ScopeAuthorizationRequirement : IAuthorizationRequirement { public ScopeAuthorizationRequirement(System.Collections.Generic.IEnumerable<string> values = null) { } }
            public static class PolicyBuilderExtensions { public static AuthorizationPolicyBuilder RequireScope(this AuthorizationPolicyBuilder builder, params string[] values) => builder; }
        }

        namespace Microsoft.Extensions.DependencyInjection
        {
            public static class ScopeServices
            {
                public static IServiceCollection AddRequiredScopeAuthorization(this IServiceCollection services) => services;
                public static Microsoft.AspNetCore.Authentication.AuthenticationBuilder AddMicrosoftIdentityWebApi(this Microsoft.AspNetCore.Authentication.AuthenticationBuilder builder, IConfiguration configuration) => builder;
            }
        }
        """);

    private static CodeTest Scopes(string services, string attributes, string members = "[HttpGet] public string Get() => \"\";") =>
        Code.Program(Host(services)).With("Orders.cs", Controller(attributes, members)).With("Usings.cs", "global using Microsoft.Identity.Web;").Reference(IdentityWeb);

    private static string Host(string services) => Hosts.Minimal("services.AddControllers();\nservices.AddAuthentication().AddBearerToken();\n" + services, "app.UseAuthentication();\napp.UseAuthorization();\napp.MapControllers();");

    private static string Controller(string attributes, string members) => $$"""
        using Microsoft.Identity.Web;
        using Microsoft.Identity.Web.Resource;

        {{attributes}}
        [ApiController, Route("orders")]
        public class OrdersController : ControllerBase
        {
            {{members}}
        }
        """;

    [Theory]
    [InlineData("services.AddRequiredScopeAuthorization(); services.AddAuthorization(options => options.AddPolicy(\"x\", policy => policy.RequireRole(\"x\")));", "[Authorize(Policy = \"x\"), {|ASA1024:RequiredScope(\"a\")|}]")]
    [InlineData("services.AddRequiredScopeAuthorization(); services.AddAuthorization(options => options.AddPolicy(\"x\", policy => policy.RequireAuthenticatedUser()));", "[Authorize(\"x\")] [{|ASA1024:RequiredScope(\"a\")|}]")]
    [InlineData("services.AddRequiredScopeAuthorization(); services.AddAuthorization();", "[Authorize(Roles = \"x\"), {|ASA1024:RequiredScope(\"a\")|}]")]
    [InlineData("services.AddAuthorization();", "[Authorize, {|ASA1024:RequiredScope(\"a\")|}]")]
    [InlineData("services.AddAuthorizationBuilder().AddPolicy(\"x\", policy => policy.RequireClaim(\"y\"));", "[Authorize(\"x\"), {|ASA1024:Microsoft.Identity.Web.Resource.RequiredScopeAttribute(\"a\")|}]")]
    public Task Reports_scope_that_no_policy_asks_for(string services, string attributes) => Scopes(services, attributes).CheckAsync();

    [Fact]
    public Task Reports_scope_on_an_action() =>
        Scopes("services.AddRequiredScopeAuthorization();\nservices.AddAuthorization(options => options.AddPolicy(\"x\", policy => policy.RequireRole(\"x\")));", "[Authorize(\"x\")]", "[HttpGet, {|ASA1024:RequiredScope(\"a\")|}] public string Get() => \"\";")
            .Message("ASA1024", "'[RequiredScope]' on 'OrdersController.Get' has no effect: the policy 'x' does not ask for scopes").CheckAsync();

    [Theory]
    [InlineData("services.AddRequiredScopeAuthorization(); services.AddAuthorization();", "[Authorize, RequiredScope(\"a\")]")]
    [InlineData("services.AddAuthentication().AddMicrosoftIdentityWebApi(builder.Configuration); services.AddAuthorization();", "[Authorize, RequiredScope(\"a\")]")]
    [InlineData("services.AddRequiredScopeAuthorization(); services.AddAuthorization(options => options.AddPolicy(\"x\", policy => policy.RequireScope(\"a\")));", "[Authorize(\"x\"), RequiredScope(\"a\")]")]
    [InlineData("services.AddRequiredScopeAuthorization(); services.AddAuthorization(options => options.AddPolicy(\"x\", policy => policy.AddRequirements(new Microsoft.Identity.Web.ScopeAuthorizationRequirement())));", "[Authorize(\"x\"), RequiredScope(\"a\")]")]
    [InlineData("services.AddRequiredScopeAuthorization(); services.AddAuthorization(options => options.AddPolicy(\"x\", policy => policy.RequireClaim(\"scp\", \"a\")));", "[Authorize(\"x\"), RequiredScope(\"a\")]")]
    [InlineData("services.AddRequiredScopeAuthorization(); services.AddAuthorization();", "[Authorize(\"elsewhere\"), RequiredScope(\"a\")]")]
    [InlineData("services.AddRequiredScopeAuthorization(); services.AddAuthorization();", "[Authorize, Authorize(Roles = \"x\"), RequiredScope(\"a\")]")]
    [InlineData("services.AddRequiredScopeAuthorization(); services.AddAuthorization();", "[Authorize(AuthenticationSchemes = \"Bearer\"), RequiredScope(\"a\")]")]
    public Task Silent_where_a_policy_asks_for_scopes(string services, string attributes) => Scopes(services, attributes).CheckAsync();

    [Fact]
    public Task Silent_for_scope_attribute_of_the_application() =>
        Code.Program(Host("services.AddAuthorization();")).With("Orders.cs", """
            public class RequiredScopeAttribute : Attribute { public RequiredScopeAttribute(string scope) { } }

            [Authorize, RequiredScope("a")]
            [ApiController, Route("orders")]
            public class OrdersController : ControllerBase
            {
                [HttpGet] public string Get() => "";
            }
            """).CheckAsync();

    [Fact]
    public Task Fixes_policy_that_does_not_ask_for_scopes() =>
        Scopes("services.AddRequiredScopeAuthorization();\nservices.AddAuthorization(options => options.AddPolicy(\"x\", policy => policy.RequireRole(\"x\")));", "[Authorize(\"x\"), {|ASA1024:RequiredScope(\"a\")|}]")
            .FixedBy("ASA1024.AskForScopes", ("Program.cs", Host("services.AddRequiredScopeAuthorization();\nservices.AddAuthorization(options => options.AddPolicy(\"x\", policy => policy.RequireRole(\"x\").AddRequirements(new Microsoft.Identity.Web.ScopeAuthorizationRequirement())));")))
            .CheckAsync();

    [Fact]
    public Task Fixes_roles_by_the_default_policy() =>
        Scopes("services.AddRequiredScopeAuthorization(); services.AddAuthorization();", "[Authorize(Roles = \"x\"), {|ASA1024:RequiredScope(\"a\")|}]")
            .FixedBy("ASA1024.AddAuthorize", ("Orders.cs", Controller("[Authorize(Roles = \"x\"), RequiredScope(\"a\")]", "[HttpGet] public string Get() => \"\";").Replace("[ApiController, Route(\"orders\")]", "[ApiController, Route(\"orders\")]\n[Authorize]", StringComparison.Ordinal)))
            .CheckAsync();

    [Fact]
    public Task Fixes_missing_registration() =>
        Scopes("services.AddAuthorization();", "[Authorize, {|ASA1024:RequiredScope(\"a\")|}]")
            .FixedBy("ASA1024.RegisterScopes", ("Program.cs", Host("services.AddAuthorization();\nbuilder.Services.AddRequiredScopeAuthorization();")))
            .CheckAsync();
}
