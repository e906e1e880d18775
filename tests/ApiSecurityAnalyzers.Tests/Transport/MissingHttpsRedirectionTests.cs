using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Transport;

public sealed partial class MissingHttpsRedirectionTests
{
    private const string Id = "ASA2001";

    [Theory]
    [InlineData("app.MapGet(\"/\", () => \"\").AllowAnonymous();")]
    [InlineData("// app.UseHttpsRedirection();")]
    [InlineData("/* app.UseHttpsRedirection(); */")]
    [InlineData("app.UseHsts();")]
    [InlineData("if (app.Environment.IsDevelopment()) app.UseHttpsRedirection();")]
    [InlineData("if (!app.Environment.IsProduction()) { app.UseHttpsRedirection(); }")]
    [InlineData("if (!app.Environment.IsDevelopment()) { app.UseHsts(); } else { app.UseHttpsRedirection(); }")]
    [InlineData("var dev = app.Environment.IsDevelopment();\nif (dev) app.UseHttpsRedirection();")]
    [InlineData("#if DEBUG\napp.UseHttpsRedirection();\n#endif")]
    [InlineData("if (app.Environment.IsDevelopment()) UseDev(app);\nstatic void UseDev(IApplicationBuilder a) => a.UseHttpsRedirection();")]
    [InlineData("builder.Services.AddHttpsRedirection(o => o.HttpsPort = 443);")]
    [InlineData("app.Urls.Add(\"http://*:5000\");\napp.Urls.Add(\"https://*:5001\");")]
    [InlineData("builder.WebHost.UseUrls(\"http://*:80;https://*:443\");")]
    [InlineData("builder.WebHost.UseUrls(\"http://*:80\", \"https://*:443\");")]
    [InlineData("builder.WebHost.ConfigureKestrel(o => { o.ListenAnyIP(80); o.ListenAnyIP(443, l => l.UseHttps()); });")]
    [InlineData("if (app.Environment.IsDevelopment()) builder.WebHost.UseUrls(\"https://localhost:5001\");")]
    [InlineData("builder.Services.AddControllers(o => o.Filters.Add(new ProducesAttribute(\"application/json\")));")]
    public Task Reports_host_without(string statement) => Minimal(statement, reports: true).CheckAsync();

    [Theory]
    [InlineData("app.UseHttpsRedirection();")]
    [InlineData("app.UseHsts().UseHttpsRedirection();")]
    [InlineData("HttpsPolicyBuilderExtensions.UseHttpsRedirection(app);")]
    [InlineData("if (!app.Environment.IsDevelopment()) app.UseHttpsRedirection();")]
    [InlineData("if (app.Environment.IsDevelopment()) { } else { app.UseHttpsRedirection(); }")]
    [InlineData("if (!app.Environment.IsEnvironment(\"Testing\")) app.UseHttpsRedirection();")]
    [InlineData("if (app.Environment.IsProduction()) app.UseHttpsRedirection();")]
    [InlineData("if (builder.Configuration.GetValue<bool>(\"UseHttps\")) app.UseHttpsRedirection();")]
    [InlineData("if (builder.Configuration[\"Https\"] is not null) { app.UseHttpsRedirection(); }")]
    [InlineData("app.UseWhen(c => c.Request.Path.StartsWithSegments(\"/api\"), branch => branch.UseHttpsRedirection());")]
    [InlineData("app.MapWhen(c => !c.Request.IsHttps, branch => branch.UseHttpsRedirection());")]
    [InlineData("UseOwn(app);\nstatic void UseOwn(IApplicationBuilder a) { a.UseHttpsRedirection(); }")]
    [InlineData("UseOuter(app);\nstatic void UseOuter(IApplicationBuilder a) => UseInner(a);\nstatic IApplicationBuilder UseInner(IApplicationBuilder a) => a.UseHttpsRedirection();")]
    [InlineData("#if RELEASE\napp.UseHttpsRedirection();\n#endif")]
    [InlineData("builder.WebHost.ConfigureKestrel(o => o.ListenAnyIP(443, l => l.UseHttps()));")]
    [InlineData("builder.WebHost.ConfigureKestrel(o => o.ListenAnyIP(443, l => { l.UseHttps(); }));")]
    [InlineData("builder.WebHost.ConfigureKestrel(o => o.Listen(System.Net.IPAddress.Any, 443, l => l.UseHttps()));")]
    [InlineData("builder.WebHost.ConfigureKestrel(o => o.ListenAnyIP(443, l => { if (args.Length > 0) l.UseHttps(); }));")]
    [InlineData("builder.WebHost.UseKestrel(o => o.ListenAnyIP(443, l => l.UseHttps()));")]
    [InlineData("builder.WebHost.UseUrls(\"https://*:443\");")]
    [InlineData("builder.WebHost.UseUrls($\"https://*:{args[0]}\");")]
    [InlineData("builder.WebHost.UseUrls(args);")]
    [InlineData("app.Urls.Add(\"https://*:443\");")]
    [InlineData("app.Use(async (c, next) => { if (!c.Request.IsHttps) { c.Response.Redirect(\"https://\" + c.Request.Host); return; } await next(); });")]
    [InlineData("app.UseRewriter(Microsoft.AspNetCore.Rewrite.RewriteOptionsExtensions.AddRedirectToHttps(new Microsoft.AspNetCore.Rewrite.RewriteOptions()));")]
    [InlineData("builder.Services.AddControllers(o => o.Filters.Add(new RequireHttpsAttribute()));")]
    [InlineData("builder.Services.AddMvc(o => o.Filters.Add<RequireHttpsAttribute>());")]
    [InlineData("builder.Services.Configure<MvcOptions>(o => o.Filters.Add(typeof(RequireHttpsAttribute)));")]
    public Task Silent_with(string statement) => Minimal(statement, reports: false).CheckAsync();

    [Theory]
    [InlineData("app.UseForwardedHeaders();")]
    [InlineData("builder.Services.Configure<ForwardedHeadersOptions>(o => { });")]
    [InlineData("app.UseCertificateForwarding();")]
    [InlineData("builder.WebHost.UseIISIntegration();")]
    [InlineData("builder.WebHost.ConfigureKestrel(o => o.ListenUnixSocket(\"/run/app.sock\"));")]
    public Task Reports_as_suggestion_behind_a_proxy_in_sight(string statement) => Minimal(statement, reports: true).Severity(Id, DiagnosticSeverity.Info).CheckAsync();

    [Fact]
    public Task Reports_as_suggestion_on_a_serverless_platform() =>
        Minimal("builder.Services.AddAWSLambdaHosting();", reports: true).Reference(Stubs.Services("Amazon.Lambda.AspNetCoreServer.Hosting", "AddAWSLambdaHosting")).Severity(Id, DiagnosticSeverity.Info).CheckAsync();

    [Theory]
    [InlineData("build_property.DockerDefaultTargetOS", "Linux")]
    [InlineData("build_property.ContainerRepository", "shop")]
    public Task Reports_as_suggestion_in_a_container_project(string property, string value) =>
        Minimal("", reports: true).Option(property, value).Severity(Id, DiagnosticSeverity.Info).CheckAsync();

    [Fact]
    public Task Reports_as_suggestion_beside_a_Dockerfile() =>
        Minimal("", reports: true).AdditionalFile("Dockerfile", "FROM scratch").Severity(Id, DiagnosticSeverity.Info).CheckAsync();

    [Fact]
    public Task Silent_behind_a_declared_proxy() =>
        Minimal("app.UseForwardedHeaders();", reports: false).Option("api_security.tls_terminated_by_proxy", "true").CheckAsync();

    [Fact]
    public Task Reports_as_suggestion_when_declared_proxy_gets_no_forwarded_headers() =>
        Minimal("", reports: true).Option("api_security.tls_terminated_by_proxy", "true").Severity(Id, DiagnosticSeverity.Info).CheckAsync();

    [Theory]
    [InlineData("""{ "Kestrel": { "Endpoints": { "Https": { "Url": "https://*:443" } } } }""", false)]
    [InlineData("""{ "Kestrel": { "Endpoints": { "Https": { "Url": "https://*:443" }, "Http": { "Url": "http://*:80" } } } }""", true)]
    [InlineData("""{ "Urls": "https://*:443" }""", false)]
    [InlineData("""{ "urls": "http://*:80;https://*:443" }""", true)]
    [InlineData("""{ "Urls": "http://*:80", "Kestrel": { "Endpoints": { "Https": { "Url": "https://*:443" } } } }""", false)]
    [InlineData("""{ "AllowedHosts": "*" }""", true)]
    [InlineData("""{ "Kestrel": { "Endpoints": { "Https": { "Url": "https://""", true)]
    public Task Silent_by_the_addresses_of_settings(string settings, bool reports) => Minimal("", reports).AdditionalFile("appsettings.json", settings).CheckAsync();

    [Fact]
    public Task Reports_by_production_settings_over_general_ones() => Minimal("", reports: false)
        .AdditionalFile("appsettings.json", """{ "Urls": "http://*:80" }""").AdditionalFile("appsettings.Production.json", """{ "Urls": "https://*:443" }""").CheckAsync();

    [Fact]
    public Task Reports_where_only_development_settings_serve_https() => Minimal("", reports: true)
        .AdditionalFile("appsettings.Development.json", """{ "Urls": "https://localhost:5001" }""").CheckAsync();

    [Fact]
    public Task Silent_with_code_out_of_sight() =>
        Minimal("app.UseCompanyDefaults();", reports: false).Reference(Stubs.Middleware("Company.Defaults", "UseCompanyDefaults")).CheckAsync();

    [Fact]
    public Task Reports_beside_library_middleware_that_is_known() =>
        Minimal("app.UseSwaggerUI();", reports: true).Reference(Stubs.Middleware("Swashbuckle.AspNetCore.SwaggerUI", "UseSwaggerUI")).CheckAsync();

    [Fact]
    public Task Reports_reverse_proxy() =>
        Minimal("app.MapReverseProxy();", reports: true).Reference(Stubs.Library("Yarp.ReverseProxy", "public static class Extensions { public static IEndpointConventionBuilder MapReverseProxy(this IEndpointRouteBuilder routes) => null!; }")).CheckAsync();

    [Theory]
    [InlineData("Host.CreateApplicationBuilder(args).Build().Run();")]
    [InlineData("Host.CreateDefaultBuilder(args).ConfigureServices(services => services.AddOptions()).Build().Run();")]
    [InlineData("DistributedApplication.CreateBuilder(args).Build().Run();\nclass DistributedApplication { public static DistributedApplication CreateBuilder(string[] args) => new(); public DistributedApplication Build() => this; public void Run() { } }")]
    [InlineData("WebAssemblyHostBuilder.CreateDefault(args).Build().Run();\nclass WebAssemblyHostBuilder { public static WebAssemblyHostBuilder CreateDefault(string[] args) => new(); public WebAssemblyHostBuilder Build() => this; public void Run() { } }")]
    [InlineData("System.Console.WriteLine();")]
    public Task Silent_in_programs_that_are_no_web_application(string text) => Code.Program(text).CheckAsync();

    [Fact]
    public Task Silent_in_a_library() => Code.Library("""
        public static class Extensions
        {
            public static IApplicationBuilder UseOwn(this IApplicationBuilder app) => app.UseRouting().UseAuthorization();
        }
        """).CheckAsync();

    [Fact]
    public Task Silent_in_a_test_project() => Code.Program("""
        var app = WebApplication.CreateBuilder(args).Build();
        app.Run();
        """).Test().CheckAsync();

    [Fact]
    public Task Silent_for_an_in_memory_host() => Code.Files(("Hosts.cs", """
        public static class Hosts
        {
            public static IWebHost Create() => new WebHostBuilder().UseTestServer().Configure(app => app.UseRouting()).Build();
        }
        """))
        .Reference(Stubs.Library("Microsoft.AspNetCore.TestHost", "namespace Microsoft.AspNetCore.Hosting { public static class E { public static IWebHostBuilder UseTestServer(this IWebHostBuilder builder) => builder; } }")).CheckAsync();

    [Fact]
    public Task Reports_each_of_several_hosts() => Code.Files(("Hosts.cs", """
        public static class Hosts
        {
            public static WebApplication Shop(string[] args)
            {
                var builder = {|ASA2001:{|ASA3001:{|ASA4001:WebApplication.CreateBuilder|}|}|}(args);
                return builder.Build();
            }

            public static WebApplication Admin(string[] args)
            {
                var builder = {|ASA3001:{|ASA4001:WebApplication.CreateBuilder|}|}(args);
                var app = builder.Build();
                app.UseHttpsRedirection();
                return app;
            }
        }
        """)).CheckAsync();

    [Fact]
    public Task Reports_classic_web_host() => Code.Files(("Program.cs", """
        public static class Program
        {
            public static void Main(string[] args) => Microsoft.AspNetCore.WebHost.CreateDefaultBuilder(args).UseStartup<Startup>().Build().Run();
        }
        """), ("Startup.cs", """
        public class Startup
        {
            public void {|ASA2001:{|ASA3001:{|ASA4001:Configure|}|}|}(IApplicationBuilder app) => app.UseRouting();
        }
        """)).CheckAsync();

    [Fact]
    public Task Silent_where_only_ConfigureDevelopment_lacks_it() => Code.Files(("Startup.cs", """
        public class Startup
        {
            public void ConfigureServices(IServiceCollection services)
            {
                services.AddHttpLogging(options => { });
                services.AddRateLimiter(options => options.GlobalLimiter = null!);
            }

            public void ConfigureDevelopment(IApplicationBuilder app) => app.UseHttpLogging().UseRateLimiter();

            public void Configure(IApplicationBuilder app) => app.UseHttpLogging().UseHttpsRedirection().UseRateLimiter();
        }
        """)).CheckAsync();

    /// <summary>A host that has a request log and a limiter.</summary>
    private static CodeTest Minimal(string statement, bool reports) => Code.Program($$"""
        var builder = {{(reports ? "{|ASA2001:WebApplication.CreateBuilder|}" : "WebApplication.CreateBuilder")}}(args);
        builder.Services.AddHttpLogging(options => { });
        builder.Services.AddRateLimiter(options => options.GlobalLimiter = null!);
        var app = builder.Build();
        app.UseHttpLogging();
        app.UseRateLimiter();
        {{statement}}
        app.Run();
        """);
}
