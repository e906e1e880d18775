namespace ApiSecurityAnalyzers.Tests.RateLimiting;

public sealed class MissingRateLimiterTests
{
    private const string Key = "ASA3001.AddRateLimiter";

    private const string Limiter = """
        builder.Services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                RateLimitPartition.GetFixedWindowLimiter(
                    context.User.Identity?.Name ?? context.Connection.RemoteIpAddress?.ToString() ?? "unknown",
                    _ => new FixedWindowRateLimiterOptions { PermitLimit = 100, Window = TimeSpan.FromMinutes(1) }));
        });
        """;

    [Theory]
    [InlineData("app.MapGet(\"/\", () => \"\").AllowAnonymous();")]
    [InlineData("// app.UseRateLimiter();")]
    [InlineData("if (app.Environment.IsDevelopment()) app.UseRateLimiter();")]
    [InlineData("builder.Services.AddRateLimiter(o => { });")]
    [InlineData("builder.Services.AddConnections();")]
    [InlineData("app.UseMiddleware<Header>();\nclass Header(RequestDelegate next) { public Task InvokeAsync(HttpContext c) => next(c); }")]
    public Task Reports_host_without(string statement) => Minimal("{|ASA3001:WebApplication.CreateBuilder|}", statement).CheckAsync();

    [Fact]
    public Task Reports_with_a_message() => Minimal("{|ASA3001:WebApplication.CreateBuilder|}", "").Message("ASA3001", "'Subject' limits no request rate, so one client can exhaust it or try passwords without end").CheckAsync();

    [Theory]
    [InlineData("app.UseRateLimiter();")]
    [InlineData("if (!app.Environment.IsDevelopment()) { app.UseRateLimiter(); }")]
    [InlineData("if (builder.Configuration.GetValue<bool>(\"Limit\")) app.UseRateLimiter();")]
    [InlineData("app.UseWhen(c => c.Request.Path.StartsWithSegments(\"/api\"), b => b.UseRateLimiter());")]
    [InlineData("Use(app);\nstatic void Use(IApplicationBuilder a) { a.UseRateLimiter(); }")]
    [InlineData("app.UseMiddleware<RateLimitMiddleware>();\nclass RateLimitMiddleware(RequestDelegate next) { public Task InvokeAsync(HttpContext c) => next(c); }")]
    [InlineData("app.UseMiddleware<ThrottlingMiddleware>();\nclass ThrottlingMiddleware(RequestDelegate next) { public Task InvokeAsync(HttpContext c) => next(c); }")]
    [InlineData("#if RELEASE\napp.UseRateLimiter();\n#endif")]
    public Task Silent_with(string statement) => Minimal("WebApplication.CreateBuilder", statement).CheckAsync();

    [Theory]
    [InlineData("AspNetCoreRateLimit", "UseIpRateLimiting")]
    [InlineData("AspNetCoreRateLimit", "UseClientRateLimiting")]
    [InlineData("Ocelot", "UseOcelot")]
    [InlineData("Company.Defaults", "UseCompanyDefaults")]
    public Task Silent_with_library(string assembly, string name) => Minimal("WebApplication.CreateBuilder", $"app.{name}();").Reference(Stubs.Middleware(assembly, name)).CheckAsync();

    [Theory]
    [InlineData("app.UseIpRateLimiting();")]
    [InlineData("app.UseClientRateLimiting();")]
    public Task Silent_with_library_that_cannot_be_resolved(string statement) => Minimal("WebApplication.CreateBuilder", statement).Broken().CheckAsync();

    [Theory]
    [InlineData("app.UseBlazorFrameworkFiles();")]
    [InlineData("if (app.Environment.IsDevelopment()) app.UseOwnThing();")]
    public Task Reports_beside_middleware_that_cannot_be_resolved(string statement) => Minimal("{|ASA3001:WebApplication.CreateBuilder|}", statement).Broken().CheckAsync();

    [Fact]
    public Task Silent_behind_a_gateway() => Minimal("WebApplication.CreateBuilder", "").Option("api_security.rate_limited_by_gateway", "true").CheckAsync();

    [Fact]
    public Task Silent_in_a_worker() => Code.Program("Host.CreateApplicationBuilder(args).Build().Run();").CheckAsync();

    [Fact]
    public Task Silent_in_a_test_project() => Minimal("WebApplication.CreateBuilder", "").Test().CheckAsync();

    [Theory]
    [InlineData("app.UseRouting();\napp.UseAuthentication();\napp.UseAuthorization();", "app.UseRouting();\napp.UseAuthentication();\napp.UseRateLimiter();\napp.UseAuthorization();")]
    [InlineData("app.UseRouting();\napp.UseAuthorization();", "app.UseRouting();\napp.UseRateLimiter();\napp.UseAuthorization();")]
    [InlineData("app.UseStaticFiles();\napp.UseRouting();\napp.UseCors();\napp.UseEndpoints(e => { });", "app.UseStaticFiles();\napp.UseRouting();\napp.UseCors();\napp.UseRateLimiter();\napp.UseEndpoints(e => { });")]
    [InlineData("app.UseAuthorization();\napp.UseRouting();\napp.UseEndpoints(e => { });", "app.UseAuthorization();\napp.UseRouting();\napp.UseRateLimiter();\napp.UseEndpoints(e => { });")]
    [InlineData("app.UseAuthentication().UseAuthorization();", "app.UseAuthentication().UseRateLimiter().UseAuthorization();")]
    [InlineData("app.MapGet(\"/\", () => \"\").AllowAnonymous();", "app.UseRateLimiter();\napp.MapGet(\"/\", () => \"\").AllowAnonymous();")]
    [InlineData("app.UseRouting();\nif (args.Length > 0)\n{\n    app.UseAuthentication();\n    app.UseAuthorization();\n}", "app.UseRouting();\nif (args.Length > 0)\n{\n    app.UseAuthentication();\n    app.UseAuthorization();\n}\napp.UseRateLimiter();")]
    public Task Fixes_behind_what_it_needs(string pipeline, string expected) => Minimal("{|ASA3001:WebApplication.CreateBuilder|}", pipeline)
        .FixedBy(Key, "using System.Threading.RateLimiting;\n\n" + Text("WebApplication.CreateBuilder", Limiter + "\n\n", expected)).CheckAsync();

    [Fact]
    public Task Fixes_where_services_are_there_and_middleware_is_not() => Minimal("{|ASA3001:WebApplication.CreateBuilder|}", "app.UseAuthorization();", "builder.Services.AddRateLimiter(o => { });\n\n")
        .FixedBy(Key, Text("WebApplication.CreateBuilder", "builder.Services.AddRateLimiter(o => { });\n\n", "app.UseRateLimiter();\napp.UseAuthorization();")).CheckAsync();

    [Fact]
    public Task Fixes_application_without_builder() => Alone("""
        // all in one
        {|ASA3001:WebApplication.Create|}(args).Run();
        """).FixedBy(Key, $$"""
        using System.Threading.RateLimiting;

        // all in one
        var builder = WebApplication.CreateBuilder(args);
        {{Limiter}}
        var app = builder.Build();
        app.UseRateLimiter();
        app.Run();
        """).CheckAsync();

    [Fact]
    public Task Fixes_startup_without_ConfigureServices_and_usings() => Alone("""
        using Microsoft.AspNetCore.Builder;

        namespace Shop
        {
            public class Startup
            {
                public void {|ASA3001:Configure|}(IApplicationBuilder app)
                {
                    app.UseRouting();
                }
            }
        }
        """).FixedBy(Key, """
        using System.Threading.RateLimiting;
        using Microsoft.AspNetCore.Builder;

        namespace Shop
        {
            public class Startup
            {
                public void ConfigureServices(IServiceCollection services)
                {
                    services.AddRateLimiter(options =>
                    {
                        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
                        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                            RateLimitPartition.GetFixedWindowLimiter(
                                context.User.Identity?.Name ?? context.Connection.RemoteIpAddress?.ToString() ?? "unknown",
                                _ => new FixedWindowRateLimiterOptions { PermitLimit = 100, Window = TimeSpan.FromMinutes(1) }));
                    });
                }

                public void Configure(IApplicationBuilder app)
                {
                    app.UseRouting();
                    app.UseRateLimiter();
                }
            }
        }
        """).CheckAsync();

    [Fact]
    public Task Fixes_startup_with_an_expression_body() => Alone("""
        public class Startup
        {
            public void ConfigureServices(IServiceCollection services) => services.AddControllers();

            public void {|ASA3001:Configure|}(IApplicationBuilder app) => app.UseRouting().UseEndpoints(endpoints => endpoints.MapControllers());
        }
        """).FixedBy(Key, """
        using System.Threading.RateLimiting;

        public class Startup
        {
            public void ConfigureServices(IServiceCollection services)
            {
                services.AddControllers();
                services.AddRateLimiter(options =>
                {
                    options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
                    options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                        RateLimitPartition.GetFixedWindowLimiter(
                            context.User.Identity?.Name ?? context.Connection.RemoteIpAddress?.ToString() ?? "unknown",
                            _ => new FixedWindowRateLimiterOptions { PermitLimit = 100, Window = TimeSpan.FromMinutes(1) }));
                });
            }

            public void Configure(IApplicationBuilder app) => app.UseRouting().UseRateLimiter().UseEndpoints(endpoints => endpoints.MapControllers());
        }
        """).CheckAsync();

    [Fact]
    public Task Fixes_configure_lambda() => Alone("""
        Host.CreateDefaultBuilder(args)
            .ConfigureWebHostDefaults(web => {|ASA3001:web.Configure|}(app => app.UseRouting()))
            .Build()
            .Run();
        """).FixedBy(Key, """
        using System.Threading.RateLimiting;

        Host.CreateDefaultBuilder(args)
            .ConfigureWebHostDefaults(web => web.ConfigureServices(services => services.AddRateLimiter(options =>
            {
                options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
                options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                    RateLimitPartition.GetFixedWindowLimiter(
                        context.User.Identity?.Name ?? context.Connection.RemoteIpAddress?.ToString() ?? "unknown",
                        _ => new FixedWindowRateLimiterOptions { PermitLimit = 100, Window = TimeSpan.FromMinutes(1) }));
            })).Configure(app => app.UseRouting().UseRateLimiter()))
            .Build()
            .Run();
        """).CheckAsync();

    private static CodeTest Alone(string text) => Code.Program(text).Option("api_security.tls_terminated_by_proxy", "false").Option("api_security.requests_logged_by_gateway", "true").ConfigFile(".editorconfig", "[*.cs]\ndotnet_diagnostic.ASA2001.severity = none\n");

    private static CodeTest Minimal(string create, string pipeline, string services = "\n") => Alone(Text(create, services, pipeline));

    private static string Text(string create, string services, string pipeline)
    {
        // types stand behind the statements
        var types = new[] { pipeline.IndexOf("\nclass ", StringComparison.Ordinal), pipeline.IndexOf("\nstatic class ", StringComparison.Ordinal) }.Where(static i => i >= 0).DefaultIfEmpty(pipeline.Length).Min();
        return $"var builder = {create}(args);\n{services}var app = builder.Build();\n{pipeline[..types]}\napp.Run();\n{pipeline[types..]}";
    }
}
