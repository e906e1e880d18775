using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Authorization;

/// <summary>ASA1005: what operators and developers look at, open to everyone.</summary>
public sealed partial class OpenOperationalEndpointTests
{
    /// <summary>The shapes of the libraries that add such endpoints.</summary>
    private static readonly Lazy<ImmutableArray<MetadataReference>> Tools = Stubs.WithoutBodies("Swashbuckle.Tools", """
        namespace Tools
        {
            public class SwaggerOptions { public string RouteTemplate { get; set; } }

            public static class Extensions
            {
                public static IEndpointConventionBuilder MapOpenApi(this IEndpointRouteBuilder endpoints, string pattern = "") => null;
                public static IEndpointConventionBuilder MapScalarApiReference(this IEndpointRouteBuilder endpoints) => null;
                public static IEndpointConventionBuilder MapScalarApiReference(this IEndpointRouteBuilder endpoints, System.Action<SwaggerOptions> configure) => null;
                public static IEndpointConventionBuilder MapSwagger(this IEndpointRouteBuilder endpoints) => null;
                public static IEndpointConventionBuilder MapMetrics(this IEndpointRouteBuilder endpoints, string pattern = "/metrics") => null;
                public static IEndpointConventionBuilder MapHealthChecksUI(this IEndpointRouteBuilder endpoints) => null;
                public static IEndpointConventionBuilder MapGrpcReflectionService(this IEndpointRouteBuilder endpoints) => null;
                public static IEndpointConventionBuilder MapNitroApp(this IEndpointRouteBuilder endpoints) => null;
                public static IApplicationBuilder UseSwagger(this IApplicationBuilder app, System.Action<SwaggerOptions> configure = null) => app;
                public static IApplicationBuilder UseSwaggerUI(this IApplicationBuilder app, System.Action<SwaggerOptions> configure = null) => app;
                public static IApplicationBuilder UseReDoc(this IApplicationBuilder app) => app;
                public static IApplicationBuilder UseMetricServer(this IApplicationBuilder app, string url = "/metrics") => app;
                public static IApplicationBuilder UseMetricServer(this IApplicationBuilder app, int port, string url = "/metrics") => app;
                public static IApplicationBuilder UseOpenTelemetryPrometheusScrapingEndpoint(this IApplicationBuilder app) => app;
                public static IApplicationBuilder UseOpenTelemetryPrometheusScrapingEndpoint(this IApplicationBuilder app, System.Func<HttpContext, bool> predicate) => app;
                public static IApplicationBuilder UseGraphQLPlayground(this IApplicationBuilder app) => app;
            }

            public interface IDashboardAuthorizationFilter { bool Authorize(object context); }

            public class DashboardOptions { public System.Collections.Generic.IEnumerable<IDashboardAuthorizationFilter> Authorization { get; set; } public string AppPath { get; set; } }

            public static class Hangfire
            {
                public static IApplicationBuilder UseHangfireDashboard(this IApplicationBuilder app, string path = "/hangfire", DashboardOptions options = null) => app;
                public static IEndpointConventionBuilder MapHangfireDashboard(this IEndpointRouteBuilder endpoints, DashboardOptions options = null) => null;
                public static IEndpointConventionBuilder MapHangfireDashboardWithAuthorizationPolicy(this IEndpointRouteBuilder endpoints, string policy) => null;
            }

            public static class UIResponseWriter { public static System.Threading.Tasks.Task WriteHealthCheckUIResponse(HttpContext context, Microsoft.Extensions.Diagnostics.HealthChecks.HealthReport report) => null; }
        }
        """);

    private const string Types = """
        public class Everyone : IDashboardAuthorizationFilter { public bool Authorize(object context) => true; }

        public class All : IDashboardAuthorizationFilter { public bool Authorize(object context) { return true; } }

        public class Admins : IDashboardAuthorizationFilter { public bool Authorize(object context) => context.ToString() == "admin"; }

        public static class Health
        {
            public static Task Write(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(report.Entries.Select(e => e.Key));
            public static Task Short(HttpContext context, HealthReport report) => context.Response.WriteAsync(report.Status.ToString());
        }

        public static class Own
        {
            public static void MapTools(this IEndpointRouteBuilder routes) => routes.MapGroup("/tools");
        }
        """;

    private const string Usings = """
        global using Microsoft.AspNetCore.Diagnostics.HealthChecks;
        global using Microsoft.Extensions.Diagnostics.HealthChecks;
        global using Tools;
        """;

    private static CodeTest App(string statements) =>
        Code.MinimalApi(statements).With("Types.cs", Types).With("Usings.cs", Usings).Reference(Tools).Asks("ASA1005").Severity("ASA1005", DiagnosticSeverity.Info);

    [Fact]
    public Task Reports_description_of_the_api() =>
        App("app.{|ASA1005:MapOpenApi|}();").Message("ASA1005", "'MapOpenApi' shows the description of the API to everyone, also in production").CheckAsync();

    [Theory]
    [InlineData("app.{|ASA1005:UseSwagger|}();")]
    [InlineData("app.{|ASA1005:UseSwagger|}().{|ASA1005:UseSwaggerUI|}();")]
    [InlineData("app.{|ASA1005:UseSwaggerUI|}(options => options.RouteTemplate = \"docs\");")]
    [InlineData("app.{|ASA1005:UseReDoc|}();")]
    [InlineData("app.{|ASA1005:MapScalarApiReference|}(options => { });")]
    [InlineData("app.{|ASA1005:MapSwagger|}().CacheOutput();")]
    [InlineData("app.{|ASA1005:MapMetrics|}();")]
    [InlineData("app.{|ASA1005:UseMetricServer|}();")]
    [InlineData("app.{|ASA1005:UseOpenTelemetryPrometheusScrapingEndpoint|}();")]
    [InlineData("app.{|ASA1005:MapHealthChecksUI|}();")]
    [InlineData("app.{|ASA1005:MapGrpcReflectionService|}();")]
    [InlineData("app.{|ASA1005:MapNitroApp|}();")]
    [InlineData("app.{|ASA1005:UseGraphQLPlayground|}();")]
    [InlineData("app.UseRouting(); app.UseEndpoints(endpoints => endpoints.{|ASA1005:MapMetrics|}());")]
    [InlineData("app.MapGroup(\"/ops\").{|ASA1005:MapMetrics|}();")]
    [InlineData("if (!app.Environment.IsDevelopment()) app.{|ASA1005:UseSwagger|}();")]
    [InlineData("app.Map(\"/docs\", docs => docs.{|ASA1005:UseSwagger|}());")]
    [InlineData("Tools.Extensions.{|ASA1005:UseSwagger|}(app);")]
    [InlineData("if (app.Environment.IsDevelopment()) app.UseDeveloperExceptionPage();\napp.{|ASA1005:UseSwagger|}();")]
    public Task Reports_each_tool(string statements) => App(statements).CheckAsync();

    [Theory]
    [InlineData("app.{|ASA1005:MapHealthChecks|}(\"/health\", new HealthCheckOptions { ResponseWriter = UIResponseWriter.WriteHealthCheckUIResponse });")]
    [InlineData("app.{|ASA1005:MapHealthChecks|}(\"/health\", new() { ResponseWriter = Health.Write });")]
    [InlineData("app.{|ASA1005:MapHealthChecks|}(\"/health\", new HealthCheckOptions { ResponseWriter = (context, report) => context.Response.WriteAsJsonAsync(report) });")]
    [InlineData("app.{|ASA1005:MapHealthChecks|}(\"/health\", new HealthCheckOptions { ResponseWriter = async (c, r) => { foreach (var entry in r.Entries) await c.Response.WriteAsync(entry.Key); } });")]
    [InlineData("app.{|ASA1005:UseHealthChecks|}(\"/health\", new HealthCheckOptions { ResponseWriter = Health.Write });")]
    [InlineData("var options = new HealthCheckOptions { ResponseWriter = Health.Write }; app.{|ASA1005:MapHealthChecks|}(\"/health\", options);")]
    [InlineData("var options = new HealthCheckOptions(); options.ResponseWriter = Health.Write; app.{|ASA1005:MapHealthChecks|}(\"/health\", options);")]
    public Task Reports_health_checks_with_details(string statements) => App(statements).CheckAsync();

    [Theory]
    [InlineData("app.MapHealthChecks(\"/health\");")]
    [InlineData("app.UseHealthChecks(\"/health\");")]
    [InlineData("app.MapHealthChecks(\"/alive\", new HealthCheckOptions { Predicate = check => check.Tags.Contains(\"live\") });")]
    [InlineData("app.MapHealthChecks(\"/health\", new HealthCheckOptions { ResponseWriter = Health.Short });")]
    [InlineData("app.MapHealthChecks(\"/health\", new HealthCheckOptions { ResponseWriter = (context, report) => context.Response.WriteAsync(report.Status.ToString()) });")]
    [InlineData("app.UseHealthChecks(\"/health\", 8081, new HealthCheckOptions { ResponseWriter = Health.Write });")]
    [InlineData("app.UseHealthChecks(\"/health\", \"8081\", new HealthCheckOptions { ResponseWriter = Health.Write });")]
    [InlineData("app.MapHealthChecks(\"/health\", new HealthCheckOptions { ResponseWriter = Health.Write }).RequireHost(\"*:8081\");")]
    [InlineData("app.MapHealthChecks(\"/health\", new HealthCheckOptions { ResponseWriter = Health.Write }).RequireAuthorization();")]
    public Task Silent_for_health_checks(string statements) => App(statements).CheckAsync();

    [Theory]
    [InlineData("app.{|ASA1005:UseHangfireDashboard|}(\"/jobs\", new DashboardOptions { Authorization = new IDashboardAuthorizationFilter[0] });")]
    [InlineData("app.{|ASA1005:UseHangfireDashboard|}(options: new DashboardOptions { Authorization = [] });")]
    [InlineData("app.{|ASA1005:MapHangfireDashboard|}(new DashboardOptions { Authorization = Array.Empty<IDashboardAuthorizationFilter>() });")]
    [InlineData("app.{|ASA1005:MapHangfireDashboard|}(new DashboardOptions { Authorization = new[] { new Everyone() } });")]
    [InlineData("app.{|ASA1005:UseHangfireDashboard|}(\"/jobs\", new DashboardOptions { Authorization = new List<IDashboardAuthorizationFilter>() });")]
    [InlineData("app.{|ASA1005:UseHangfireDashboard|}(\"/jobs\", new DashboardOptions { Authorization = new List<IDashboardAuthorizationFilter> { new Everyone(), new All() } });")]
    public Task Reports_dashboard_without_filters(string statements) => App(statements).CheckAsync();

    [Theory]
    [InlineData("app.UseHangfireDashboard();")]
    [InlineData("app.MapHangfireDashboard();")]
    [InlineData("app.UseHangfireDashboard(\"/jobs\", new DashboardOptions { AppPath = \"/\" });")]
    [InlineData("app.UseHangfireDashboard(\"/jobs\", new DashboardOptions { Authorization = new[] { new Admins() } });")]
    [InlineData("app.UseHangfireDashboard(\"/jobs\", new DashboardOptions { Authorization = [new Everyone(), new Admins()] });")]
    [InlineData("app.MapHangfireDashboardWithAuthorizationPolicy(\"admins\");")]
    [InlineData("app.MapHangfireDashboard(new DashboardOptions { Authorization = [] }).RequireAuthorization();")]
    public Task Silent_for_dashboards_that_let_in_few(string statements) => App(statements).CheckAsync();

    [Theory]
    [InlineData("if (app.Environment.IsDevelopment()) { app.UseSwagger(); app.UseSwaggerUI(); }")]
    [InlineData("if (!app.Environment.IsProduction()) app.MapOpenApi();")]
    [InlineData("if (builder.Configuration[\"Docs\"] == \"on\") app.MapOpenApi();")]
    [InlineData("app.MapOpenApi().RequireAuthorization();")]
    [InlineData("app.MapOpenApi().RequireAuthorization(\"admins\");")]
    [InlineData("app.MapOpenApi().AllowAnonymous();")]
    [InlineData("app.MapMetrics().RequireHost(\"localhost\");")]
    [InlineData("var metrics = app.MapMetrics(); metrics.RequireHost(\"localhost\");")]
    [InlineData("app.MapGroup(\"/ops\").RequireAuthorization().MapMetrics();")]
    [InlineData("app.MapGroup(\"/ops\").RequireHost(\"localhost\").MapMetrics();")]
    [InlineData("app.UseMetricServer(9090);")]
    [InlineData("app.UseOpenTelemetryPrometheusScrapingEndpoint(context => context.Connection.LocalPort == 9090);")]
    [InlineData("app.UseWhen(context => context.User.IsInRole(\"x\"), docs => docs.UseSwagger());")]
    [InlineData("app.UseWhen(context => context.Request.Path.StartsWithSegments(\"/swagger\"), docs => docs.Use((context, next) => { if (context.User.Identity?.IsAuthenticated != true) { context.Response.StatusCode = 401; return Task.CompletedTask; } return next(context); })); app.UseSwagger();")]
    [InlineData("app.MapGet(\"/error\", () => Results.Problem()).AllowAnonymous();")]
    [InlineData("app.MapTools();")]
    public Task Silent_where_few_see_it(string statements) => App(statements).CheckAsync();

    [Theory]
    [InlineData("app.UseAuthorization();\napp.UseSwagger();\napp.MapOpenApi();")]
    [InlineData("app.UseSwagger();\napp.MapOpenApi();")]
    public Task Silent_with_fallback_policy(string statements) =>
        Code.Program(Hosts.Minimal("services.AddAuthorization(options => options.FallbackPolicy = options.DefaultPolicy);", statements)).With("Usings.cs", Usings).Reference(Tools).Asks("ASA1005").CheckAsync();

    [Fact]
    public Task Reports_middleware_before_a_fallback_policy_acts() =>
        Code.Program(Hosts.Minimal("services.AddAuthorization(options => options.FallbackPolicy = options.DefaultPolicy);", "app.{|ASA1005:UseSwagger|}();\napp.UseAuthorization();\napp.UseSwaggerUI();"))
            .With("Usings.cs", Usings).Reference(Tools).Asks("ASA1005").Severity("ASA1005", DiagnosticSeverity.Info).CheckAsync();

    [Fact]
    public Task Silent_where_code_out_of_sight_protects() =>
        App("app.MapDefaultEndpoints();\napp.UseSwagger();\napp.MapOpenApi();").With("More.cs", "global using Company.Defaults;").Reference(Libraries.Defaults).CheckAsync();

    [Fact]
    public Task Reports_in_a_startup_class_and_in_own_methods() =>
        Hosts.Startup("services.AddAuthorization();", "app.UseDocs();\napp.UseRouting();\napp.UseEndpoints(endpoints => { endpoints.{|ASA1005:MapMetrics|}(); });")
            .With("Docs.cs", "public static class Docs { public static void UseDocs(this IApplicationBuilder app) => app.{|ASA1005:UseSwagger|}(); }")
            .With("Usings.cs", Usings).Reference(Tools).Asks("ASA1005").Severity("ASA1005", DiagnosticSeverity.Info).CheckAsync();

    [Fact]
    public Task Silent_in_an_own_method_that_is_called_in_development() =>
        Hosts.Startup("", "if (app.ApplicationServices.GetRequiredService<IWebHostEnvironment>().IsDevelopment())\n    app.UseDocs();")
            .With("Docs.cs", "public static class Docs { public static void UseDocs(this IApplicationBuilder app) => app.UseSwagger(); }")
            .With("Usings.cs", Usings).Reference(Tools).Asks("ASA1005").CheckAsync();

    [Fact]
    public Task Reports_in_a_library() =>
        Code.Files(("Docs.cs", "public static class Docs { public static void UseDocs(this WebApplication app) { app.{|ASA1005:UseSwagger|}(); app.{|ASA1005:MapOpenApi|}(); } }"))
            .With("Usings.cs", Usings).Reference(Tools).Asks("ASA1005").Severity("ASA1005", DiagnosticSeverity.Info).CheckAsync();

    [Fact]
    public Task Silent_in_a_library_that_is_protected() =>
        Code.Files(("Docs.cs", "public static class Docs { public static void UseDocs(this WebApplication app) { app.UseSwagger(); app.MapOpenApi(); } }"))
            .With("Usings.cs", Usings).Reference(Tools).Asks("ASA1005").Option("api_security.host", "protected").CheckAsync();

    [Fact]
    public Task Reports_call_whose_package_is_missing() =>
        Code.MinimalApi("app.{|ASA1005:UseSwagger|}(); app.{|ASA1005:MapOpenApi|}(").Broken().Asks("ASA1005").Severity("ASA1005", DiagnosticSeverity.Info).CheckAsync();
}
