namespace ApiSecurityAnalyzers.Tests.Logging;

public sealed class MissingTelemetryExportTests
{
    private const string Key = "ASA4007.AddOpenTelemetry";

    private const string Reported = "{|ASA4007:WebApplication.CreateBuilder|}";

    private const string Quiet = "WebApplication.CreateBuilder";

    [Theory]
    [InlineData("")]
    [InlineData("// builder.Services.AddOpenTelemetry();")]
    [InlineData("builder.Services.AddMetrics();")]
    [InlineData("builder.Services.AddHealthChecks();")]
    [InlineData("builder.Logging.AddConsole();")]
    [InlineData("builder.Logging.AddEventSourceLogger();")]
    [InlineData("var meter = new System.Diagnostics.Metrics.Meter(\"Shop\");")]
    [InlineData("var source = new System.Diagnostics.ActivitySource(\"Shop\");")]
    [InlineData("if (builder.Environment.IsDevelopment()) builder.Services.AddOpenTelemetry();")]
    [InlineData("if (builder.Environment.IsDevelopment()) { builder.Services.AddOpenTelemetry().UseOtlpExporter(); }")]
    public Task Reports_host_with(string statement) => Host(Reported, statement).CheckAsync();

    [Fact]
    public Task Reports_with_a_message() => Host(Reported, "").Message("ASA4007", "'Subject' exports neither metrics nor traces, so repeated failures raise no alert").CheckAsync();

    [Theory]
    [InlineData("builder.Services.AddOpenTelemetry();")]
    [InlineData("builder.Services.AddOpenTelemetry().WithMetrics(m => m.AddOtlpExporter());")]
    [InlineData("if (!builder.Environment.IsDevelopment()) builder.Services.AddOpenTelemetry().UseOtlpExporter();")]
    [InlineData("if (builder.Configuration[\"Otel\"] is not null) builder.Services.AddOpenTelemetry().UseOtlpExporter();")]
    [InlineData("using var metrics = Sdk.CreateMeterProviderBuilder().AddMeter(\"Shop\").AddOtlpExporter().Build();")]
    [InlineData("builder.Services.AddShop();\nstatic class E { public static void AddShop(this IServiceCollection s) => s.AddOpenTelemetry(); }")]
    [InlineData("builder.Services.AddHostedService<Pusher>();\nclass Pusher : BackgroundService { protected override Task ExecuteAsync(CancellationToken t) { using var p = Sdk.CreateTracerProviderBuilder().Build(); return Task.CompletedTask; } }")]
    public Task Silent_with(string statement) => Host(Quiet, statement).CheckAsync();

    [Theory]
    [InlineData("Microsoft.ApplicationInsights.AspNetCore", "AddApplicationInsightsTelemetry")]
    [InlineData("Azure.Monitor.OpenTelemetry.AspNetCore", "UseAzureMonitor")]
    [InlineData("Elastic.Apm.NetCoreAll", "AddAllElasticApm")]
    [InlineData("App.Metrics.AspNetCore", "AddAppMetrics")]
    [InlineData("Company.Defaults", "AddCompanyDefaults")]
    public Task Silent_with_services_of(string assembly, string name) => Host(Quiet, $"builder.Services.{name}();").Reference(Stubs.Services(assembly, name)).CheckAsync();

    [Theory]
    [InlineData("prometheus-net.AspNetCore", "UseMetricServer")]
    [InlineData("Prometheus.AspNetCore", "UseHttpMetrics")]
    [InlineData("OpenTelemetry.Exporter.Prometheus.AspNetCore", "UseOpenTelemetryPrometheusScrapingEndpoint")]
    public Task Silent_with_middleware_of(string assembly, string name) => Host(Quiet, $"app.{name}();").Reference(Stubs.Middleware(assembly, name)).CheckAsync();

    [Fact]
    public Task Reports_where_another_assembly_does_something_else() => Host(Reported, "builder.Services.AddDefaults();").Reference(Stubs.Library("Defaults", """
        public static class E { public static void AddDefaults(this IServiceCollection s) => s.AddOptions(); }
        """)).CheckAsync();

    [Fact]
    public Task Silent_where_a_release_build_exports() => Host(Quiet, "#if !DEBUG\nbuilder.Services.AddOpenTelemetry();\n#endif").CheckAsync();

    [Fact]
    public Task Silent_in_a_worker() => Code.Program("Host.CreateApplicationBuilder(args).Build().Run();").Asks("ASA4007").Option("dotnet_diagnostic.ASA4007.severity", "warning").CheckAsync();

    [Fact]
    public Task Silent_in_a_library() => Code.Library("public class A { }").Asks("ASA4007").Option("dotnet_diagnostic.ASA4007.severity", "warning").CheckAsync();

    [Fact]
    public Task Silent_unless_switched_on() => Code.MinimalApi("").Asks("ASA4007").CheckAsync();

    [Fact]
    public Task Reports_a_startup_class() => Code.Files(("Startup.cs", """
        public class Startup
        {
            public void ConfigureServices(IServiceCollection services)
            {
                services.AddRouting();
            }

            public void {|ASA4007:Configure|}(IApplicationBuilder app)
            {
                app.UseRouting();
            }
        }
        """)).Asks("ASA4007").Option("dotnet_diagnostic.ASA4007.severity", "warning").Reference(Packages.OpenTelemetry).ConfigFile(".editorconfig", Others)
        .FixedBy(Key, """
        using OpenTelemetry;

        public class Startup
        {
            public void ConfigureServices(IServiceCollection services)
            {
                services.AddRouting();
                services.AddOpenTelemetry()
                    .WithMetrics(metrics => metrics.AddMeter("Microsoft.AspNetCore.*"))
                    .WithTracing(tracing => tracing.AddSource("Microsoft.AspNetCore"))
                    .UseOtlpExporter();
            }

            public void Configure(IApplicationBuilder app)
            {
                app.UseRouting();
            }
        }
        """).CheckAsync();

    [Fact]
    public Task Fixes_top_level_statements() => Host(Reported, "").FixedBy(Key, "using OpenTelemetry;\n\n" + """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddMeter("Microsoft.AspNetCore.*"))
            .WithTracing(tracing => tracing.AddSource("Microsoft.AspNetCore"))
            .UseOtlpExporter();
        var app = builder.Build();

        app.Run();

        """).CheckAsync();

    [Fact]
    public Task NoFix_without_the_packages() => Code.Program("var app = {|ASA4007:WebApplication.CreateBuilder|}(args).Build();\napp.Run();\n")
        .Asks("ASA4007").Option("dotnet_diagnostic.ASA4007.severity", "warning").ConfigFile(".editorconfig", Others).NoFix().CheckAsync();

    private const string Others = "[*.cs]\ndotnet_diagnostic.ASA2001.severity = none\ndotnet_diagnostic.ASA3001.severity = none\ndotnet_diagnostic.ASA4001.severity = none\n";

    private static CodeTest Host(string create, string statements)
    {
        // types stand behind the statements
        var types = new[] { statements.IndexOf("\nclass ", StringComparison.Ordinal), statements.IndexOf("\nstatic class ", StringComparison.Ordinal) }.Where(static i => i >= 0).DefaultIfEmpty(statements.Length).Min();
        var services = statements[..types].Contains("app.", StringComparison.Ordinal) ? "" : statements[..types];
        var usings = statements.Contains("Sdk.", StringComparison.Ordinal) || statements.Contains("UseOtlp", StringComparison.Ordinal) || statements.Contains("AddOtlp", StringComparison.Ordinal) ? "using OpenTelemetry;\nusing OpenTelemetry.Metrics;\nusing OpenTelemetry.Trace;\n\n" : "";
        var text = $"{usings}var builder = {create}(args);\n{(services.Length == 0 ? "" : services + "\n")}var app = builder.Build();\n{(services.Length == 0 ? statements[..types] : "")}\napp.Run();\n{statements[types..]}";
        return Code.Program(text).Asks("ASA4007").Option("dotnet_diagnostic.ASA4007.severity", "warning").Reference(Packages.OpenTelemetry).ConfigFile(".editorconfig", Others);
    }
}
