namespace ApiSecurityAnalyzers.Tests.Authorization;

/// <content>What works, or cannot be seen.</content>
public sealed partial class IneffectiveAuthorizationTests
{
    [Theory]
    [InlineData(Secret)]
    [InlineData("app.UseAuthentication();\napp.UseAuthorization();\n" + Secret)]
    [InlineData("app.UseAuthorization();\n" + Secret)]
    [InlineData("app.UseRouting();\napp.UseAuthentication();\napp.UseAuthorization();\n" + Secret)]
    [InlineData("app.UseAuthentication();\napp.UseRouting();\napp.UseAuthorization();\n" + Secret)]
    [InlineData(Secret + "\napp.UseAuthorization();")]
    [InlineData("app.MapGet(\"/a\", () => 1);\napp.UseAuthentication();\napp.UseAuthorization();\n" + Secret)]
    [InlineData("app.UseRouting().UseAuthentication().UseAuthorization();\n" + Secret)]
    [InlineData("app.UseAuthorization();\napp.UseRouting();\napp.UseAuthorization();\n" + Secret)]
    [InlineData("Use(app);\n" + Secret + "\nstatic void Use(IApplicationBuilder a) { a.UseRouting(); a.UseAuthorization(); }")]
    [InlineData("app.UseRouting();\nif (args.Length > 0) app.UseAuthorization();\n" + Secret)]
    [InlineData("if (args.Length > 0) app.UseRouting();\napp.UseAuthorization();\n" + Secret)]
    [InlineData("app.UseRouting();\napp.UseWhen(c => c.Request.Path.StartsWithSegments(\"/secret\"), b => b.UseAuthorization());\n" + Secret)]
    [InlineData("app.UseAuthorization();\napp.UseRouting();\napp.MapGet(\"/a\", () => 1);")]
    [InlineData("app.UseAuthorization();\napp.UseRouting();\napp.MapGet(\"/a\", () => 1).AllowAnonymous();")]
    [InlineData("app.UseAuthentication();\napp.MapGet(\"/a\", () => 1);")]
    [InlineData("app.UseRouting();\nif (app.Environment.IsDevelopment()) app.MapGet(\"/a\", () => 1).RequireAuthorization();")]
    [InlineData("app.Map(\"/api\", api => { api.UseRouting(); api.UseAuthorization(); api.UseEndpoints(e => e.MapGet(\"/a\", () => 1).RequireAuthorization()); });")]
    [InlineData("app.Map(\"/api\", api => { api.UseRouting(); api.UseEndpoints(e => e.MapGet(\"/a\", () => 1)); });\n" + Secret)]
    public Task Silent_order(string pipeline) => Minimal(Services, pipeline).CheckAsync();

    /// <summary>Authorization asks the schemes that a policy names by itself.</summary>
    [Theory]
    [InlineData("app.MapGet(\"/a\", [Authorize(AuthenticationSchemes = \"BearerToken\")] () => 1);", "")]
    [InlineData("app.MapGet(\"/a\", () => 1).RequireAuthorization(p => p.AddAuthenticationSchemes(\"BearerToken\").RequireAuthenticatedUser());", "")]
    [InlineData("app.MapGet(\"/a\", () => 1).RequireAuthorization(new AuthorizationPolicyBuilder(\"BearerToken\").RequireAuthenticatedUser().Build());", "")]
    [InlineData("app.MapGet(\"/a\", () => 1).RequireAuthorization(\"key\");", "builder.Services.AddAuthorizationBuilder().AddPolicy(\"key\", p => p.RequireAssertion(c => c.Resource is not null));\n")]
    [InlineData("app.MapGet(\"/a\", () => 1).RequireAuthorization();", "builder.Services.AddAuthorizationBuilder().SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireAssertion(c => c.Resource is not null).Build());\n")]
    public Task Silent_where_authorization_needs_no_authentication_middleware(string route, string services) => Minimal(Services + services, "app.UseAuthorization();\napp.UseAuthentication();\n" + route).CheckAsync();

    [Fact]
    public Task Silent_where_own_middleware_signs_in() => Minimal(Services, "app.Use((context, next) => { context.User = new(); return next(context); });\napp.UseAuthorization();\napp.UseAuthentication();\n" + Secret).CheckAsync();

    [Theory]
    [InlineData("app.UseCompany();\napp.UseRouting();\n" + Secret, "Company.Defaults", "UseCompany")]
    [InlineData("app.UseAuthorization();\napp.UseRouting();\napp.UseCompany();\n" + Secret, "Company.Defaults", "UseCompany")]
    public Task Silent_beside_middleware_out_of_sight(string pipeline, string assembly, string name) => Minimal(Services, pipeline).Reference(Stubs.Middleware(assembly, name)).CheckAsync();

    [Theory]
    [InlineData("builder.Services.AddCompanyDefaults();\n")]
    [InlineData("builder.Host.UseCompanyDefaults();\n")]
    public Task Silent_where_services_cannot_be_resolved(string services) => Minimal(services, Secret).Broken().CheckAsync();

    [Theory]
    [InlineData("builder.Services.AddIdentityApiEndpoints<Microsoft.AspNetCore.Identity.IdentityUser>();\nbuilder.Services.AddAuthorization();\n")]
    [InlineData("if (args.Length > 0) builder.Services.AddAuthentication();\nbuilder.Services.AddAuthorization();\n")]
    [InlineData("builder.Services.Configure<IISServerOptions>(o => o.AutomaticAuthentication = true);\nbuilder.Services.AddAuthorization();\n")]
    [InlineData("Register(builder.Services);\nstatic void Register(IServiceCollection s) => s.AddAuthorization().AddAuthentication().AddCookie();\n")]
    [InlineData("builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, Own>();\nbuilder.Services.AddAuthorization();\n")]
    public Task Silent_where_refusing_works(string services) => Minimal(services, Secret).With("Own.cs", """
        using Microsoft.AspNetCore.Authorization.Policy;
        public class Own : IAuthorizationMiddlewareResultHandler
        {
            public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult result) => result.Succeeded ? next(context) : Task.CompletedTask;
        }
        """).CheckAsync();

    [Fact]
    public Task Silent_without_endpoint_routing() => Alone("""
        public class Startup
        {
            public void ConfigureServices(IServiceCollection services)
            {
                services.AddMvc(o => o.EnableEndpointRouting = false);
                services.AddAuthentication().AddBearerToken();
            }

            public void Configure(IApplicationBuilder app)
            {
                app.UseAuthentication();
                app.UseMvc();
            }
        }

        [Route("orders"), Authorize]
        public class OrdersController : ControllerBase
        {
            [HttpGet]
            public int Get() => 1;
        }
        """).CheckAsync();

    [Fact]
    public Task Silent_in_a_library() => Alone("public static class Routes { public static void MapAll(IEndpointRouteBuilder routes) => routes.MapGet(\"/a\", () => 1).RequireAuthorization(); }", "Routes.cs").CheckAsync();

    [Fact]
    public Task Silent_in_a_test_project() => Minimal("", Secret).Test().CheckAsync();

    [Fact]
    public Task Silent_in_broken_code() => Minimal(Services, "app.UseRouting(;\napp.Use\napp.UseAuthorization(\n" + Secret + "\napp.").Broken().CheckAsync();

    [Fact]
    public Task Silent_where_a_start_up_filter_adds_middleware() => Minimal(Services + "builder.Services.AddTransient<IStartupFilter, Filter>();\n", "app.UseRouting();\n" + Secret).With("Filter.cs", """
        public class Filter : IStartupFilter
        {
            public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app => { app.UseRouting(); app.UseAuthorization(); next(app); };
        }
        """).CheckAsync();

    [Fact]
    public Task Silent_where_windows_signs_callers_in() => Alone("""
        public class Startup
        {
            public void ConfigureServices(IServiceCollection services)
            {
                services.AddControllers();
                services.AddAuthentication("Windows");
            }

            public void Configure(IApplicationBuilder app)
            {
                app.UseRouting();
                app.UseAuthorization();
                app.UseEndpoints(e => e.MapControllers());
            }
        }

        [Route("orders"), Authorize]
        public class OrdersController : ControllerBase
        {
            [HttpGet]
            public int Get() => 1;
        }
        """).CheckAsync();
}
