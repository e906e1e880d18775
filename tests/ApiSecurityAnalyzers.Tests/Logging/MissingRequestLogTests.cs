namespace ApiSecurityAnalyzers.Tests.Logging;

public sealed class MissingRequestLogTests
{
    private const string Key = "ASA4001.AddHttpLogging";

    private const string Reported = "{|ASA4001:WebApplication.CreateBuilder|}";

    private const string Quiet = "WebApplication.CreateBuilder";

    private const string Services = """
        builder.Services.AddHttpLogging(options =>
        {
            options.LoggingFields = HttpLoggingFields.RequestMethod | HttpLoggingFields.RequestPath | HttpLoggingFields.ResponseStatusCode;
            options.CombineLogs = true;
        });
        builder.Services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.HttpLogging", LogLevel.Information));

        """;

    [Theory]
    [InlineData("")]
    [InlineData("// app.UseHttpLogging();")]
    [InlineData("if (app.Environment.IsDevelopment()) app.UseHttpLogging();")]
    [InlineData("builder.Services.AddHttpLogging(o => { });")]
    [InlineData("builder.Logging.AddConsole();")]
    [InlineData("builder.Logging.SetMinimumLevel(LogLevel.Information);")]
    [InlineData("builder.Logging.AddFilter(\"Shop\", LogLevel.Information);")]
    [InlineData("app.Logger.LogInformation(\"started\");")]
    [InlineData("app.UseMiddleware<Header>();\nclass Header(RequestDelegate next, ILogger<Header> logger) { public async Task InvokeAsync(HttpContext c) { try { await next(c); } catch (Exception e) { logger.LogError(e, \"failed\"); } } }")]
    [InlineData("app.Use(async (c, next) => { c.Response.Headers.Append(\"a\", \"b\"); await next(); });")]
    public Task Reports_host_without(string statement) => Minimal(Reported, statement).CheckAsync();

    [Fact]
    public Task Reports_with_a_message() => Minimal(Reported, "").Message("ASA4001", "'Subject' logs no requests, so an attack leaves no trace").CheckAsync();

    [Theory]
    [InlineData("app.UseHttpLogging();")]
    [InlineData("app.UseW3CLogging();")]
    [InlineData("if (!app.Environment.IsDevelopment()) app.UseHttpLogging();")]
    [InlineData("if (builder.Configuration.GetValue<bool>(\"Log\")) app.UseHttpLogging();")]
    [InlineData("app.UseWhen(c => c.Request.Path.StartsWithSegments(\"/api\"), b => b.UseHttpLogging());")]
    [InlineData("builder.Logging.AddFilter(\"Microsoft.AspNetCore.Hosting\", LogLevel.Information);")]
    [InlineData("app.UseMiddleware<RequestLog>();\nclass RequestLog(RequestDelegate next, ILogger<RequestLog> logger) { public Task InvokeAsync(HttpContext c) { logger.LogInformation(\"{Path}\", c.Request.Path); return next(c); } }")]
    [InlineData("app.UseMiddleware<Journal>();\nclass Journal(RequestDelegate next, ILogger<Journal> logger) { public Task InvokeAsync(HttpContext c) { logger.LogInformation(\"{Path}\", c.Request.Path); return next(c); } }")]
    [InlineData("app.UseJournal();\nstatic class E { public static void UseJournal(this IApplicationBuilder app) => app.UseMiddleware<Journal>(); }\nclass Journal(RequestDelegate next, ILogger<Journal> logger) { public Task InvokeAsync(HttpContext c) { logger.LogInformation(\"{Path}\", c.Request.Path); return next(c); } }")]
    [InlineData("app.Use(async (c, next) => { app.Logger.LogInformation(\"{Path}\", c.Request.Path); await next(); });")]
    [InlineData("builder.Services.AddControllers(o => o.Filters.Add<Audit>());\nclass Audit(ILogger<Audit> logger) : Microsoft.AspNetCore.Mvc.Filters.IActionFilter { public void OnActionExecuting(Microsoft.AspNetCore.Mvc.Filters.ActionExecutingContext c) => logger.LogInformation(\"x\"); public void OnActionExecuted(Microsoft.AspNetCore.Mvc.Filters.ActionExecutedContext c) { } }")]
    public Task Silent_with(string statement) => Minimal(Quiet, statement).CheckAsync();

    [Theory]
    [InlineData("Microsoft.ApplicationInsights.AspNetCore", "AddApplicationInsightsTelemetry")]
    [InlineData("OpenTelemetry.Instrumentation.AspNetCore", "AddAspNetCoreInstrumentation")]
    [InlineData("Elastic.Apm.NetCoreAll", "AddAllElasticApm")]
    [InlineData("NLog.Web.AspNetCore", "AddNLogWeb")]
    [InlineData("Company.Defaults", "AddCompanyDefaults")]
    public Task Silent_with_services_of(string assembly, string name) => Minimal(Quiet, $"builder.Services.{name}();").Reference(Stubs.Services(assembly, name)).CheckAsync();

    [Theory]
    [InlineData("Serilog.AspNetCore", "UseSerilogRequestLogging")]
    [InlineData("NLog.Web.AspNetCore", "UseNLogRequestLogging")]
    [InlineData("Elastic.Apm.AspNetCore", "UseElasticApm")]
    [InlineData("Company.Defaults", "UseCompanyDefaults")]
    public Task Silent_with_middleware_of(string assembly, string name) => Minimal(Quiet, $"app.{name}();").Reference(Stubs.Middleware(assembly, name)).CheckAsync();

    [Fact]
    public Task Silent_with_instrumentation_inside_OpenTelemetry() => Minimal(Quiet, "builder.Services.AddOpenTelemetry(t => t.AddAspNetCoreInstrumentation());").Reference(Stubs.Library("OpenTelemetry", """
        public class Tracing { public Tracing AddAspNetCoreInstrumentation() => this; }
        public static class E { public static void AddOpenTelemetry(this IServiceCollection s, Action<Tracing> a) { } }
        """)).CheckAsync();

    [Theory]
    [InlineData("", null, false)]
    [InlineData("Log.Logger = new LoggerConfiguration().MinimumLevel.Override(\"Microsoft.AspNetCore\", LogEventLevel.Warning).CreateLogger();", null, true)]
    [InlineData("Log.Logger = new LoggerConfiguration().MinimumLevel.Override(\"Microsoft\", LogEventLevel.Information).CreateLogger();", null, false)]
    [InlineData("", """{ "Serilog": { "MinimumLevel": { "Override": { "Microsoft": "Warning" } } } }""", true)]
    [InlineData("", """{ "Serilog": { "MinimumLevel": { "Override": { "Microsoft": "Warning", "Microsoft.AspNetCore.Hosting": "Information" } } } }""", false)]
    [InlineData("", """{ "Serilog": { "MinimumLevel": "Warning" } }""", true)]
    [InlineData("", """{ "Logging": { "LogLevel": { "Default": "Warning" } } }""", false)]
    public Task Reports_by_the_levels_of_Serilog(string statement, string? settings, bool reports)
    {
        var test = Minimal(reports ? Reported : Quiet, "builder.Host.UseSerilog();\n" + statement, "using Serilog;\nusing Serilog.Events;\n\n").Reference(Packages.SerilogAspNetCore)
            .Reference(Stubs.Library("Serilog.Extensions.Hosting", "namespace Serilog { public static class E { public static IHostBuilder UseSerilog(this IHostBuilder builder) => builder; } }"));
        return (settings is null ? test : test.AdditionalFile("appsettings.json", settings)).CheckAsync();
    }

    [Theory]
    [InlineData("""{ "Logging": { "LogLevel": { "Default": "Information" } } }""", false)]
    [InlineData("""{ "Logging": { "LogLevel": { "Default": "Information", "Microsoft.AspNetCore": "Warning" } } }""", true)]
    [InlineData("""{ "Logging": { "LogLevel": { "Default": "Warning" } } }""", true)]
    [InlineData("""{ "Logging": { "LogLevel": { "Default": "Warning", "Microsoft": "Information" } } }""", false)]
    [InlineData("""{ "Logging": { "LogLevel": { "Microsoft.AspNetCore": "Warning", "Microsoft.AspNetCore.Hosting.Diagnostics": "Information" } } }""", false)]
    [InlineData("""{ "Logging": { "LogLevel": { "Microsoft.AspNetCore": "Information", "Microsoft.AspNetCore.Hosting": "Error" } } }""", true)]
    [InlineData("""{ "Logging": { "LogLevel": { "Microsoft.*": "Warning" } } }""", true)]
    [InlineData("""{ "Logging": { "LogLevel": { "Default": "None" } } }""", true)]
    [InlineData("""{ "Logging": { "LogLevel": { "Default": "debug" } } }""", false)]
    [InlineData("""{ "Logging": { "LogLevel": { "Default": "Warning" }, "Console": { "LogLevel": { "Microsoft.AspNetCore": "Information" } } } }""", false)]
    [InlineData("""{ "Logging": { "Console": { "FormatterName": "json" }, "LogLevel": { "Default": "Warning" } } }""", true)]
    [InlineData("""{ "Logging": { "Debug": { "LogLevel": { "Default": "Warning" } }, "Console": { "LogLevel": { "Default": "Warning" } } } }""", true)]
    [InlineData("""{ "AllowedHosts": "*" }""", false)]
    public Task Reports_by_the_levels_of_settings(string settings, bool reports) => Minimal(reports ? Reported : Quiet, "").AdditionalFile("appsettings.json", settings).CheckAsync();

    [Fact]
    public Task Reports_where_only_development_settings_log() => Minimal(Reported, "")
        .AdditionalFile("appsettings.Development.json", """{ "Logging": { "LogLevel": { "Default": "Information" } } }""")
        .AdditionalFile("appsettings.json", """{ "Logging": { "LogLevel": { "Default": "Information", "Microsoft.AspNetCore": "Warning" } } }""").CheckAsync();

    [Fact]
    public Task Silent_where_production_settings_log() => Minimal(Quiet, "")
        .AdditionalFile("appsettings.Production.json", """{ "Logging": { "LogLevel": { "Microsoft.AspNetCore": "Information" } } }""")
        .AdditionalFile("appsettings.json", """{ "Logging": { "LogLevel": { "Default": "Information", "Microsoft.AspNetCore": "Warning" } } }""").CheckAsync();

    [Fact]
    public Task Silent_behind_a_gateway() => Minimal(Quiet, "").Option("api_security.requests_logged_by_gateway", "true").CheckAsync();

    [Fact]
    public Task Silent_in_a_worker() => Code.Program("Host.CreateApplicationBuilder(args).Build().Run();").CheckAsync();

    [Theory]
    [InlineData("app.UseExceptionHandler(\"/error\");\napp.UseHttpsRedirection();", "app.UseHttpLogging();\napp.UseExceptionHandler(\"/error\");\napp.UseHttpsRedirection();")]
    [InlineData("app.UseForwardedHeaders();\napp.UseHttpsRedirection();", "app.UseForwardedHeaders();\napp.UseHttpLogging();\napp.UseHttpsRedirection();")]
    [InlineData("app.UseStaticFiles();", "app.UseHttpLogging();\napp.UseStaticFiles();")]
    [InlineData("app.UseHttpsRedirection().UseStaticFiles();", "app.UseHttpLogging();\napp.UseHttpsRedirection().UseStaticFiles();")]
    [InlineData("app.MapGet(\"/\", () => \"\").AllowAnonymous();", "app.UseHttpLogging();\napp.MapGet(\"/\", () => \"\").AllowAnonymous();")]
    public Task Fixes_before_the_rest(string pipeline, string expected) => Minimal(Reported, pipeline)
        .FixedBy(Key, "using Microsoft.AspNetCore.HttpLogging;\n\n" + Text(Quiet, Services + "\n", expected)).CheckAsync();

    [Fact]
    public Task Fixes_where_services_are_there_and_middleware_is_not() => Minimal(Reported, "app.UseStaticFiles();", "", "builder.Services.AddHttpLogging(o => { });\n\n")
        .FixedBy(Key, Text(Quiet, "builder.Services.AddHttpLogging(o => { });\n\n", "app.UseHttpLogging();\napp.UseStaticFiles();")).CheckAsync();

    [Fact]
    public Task Fixes_services_in_own_extension_methods() => Alone("""
        var builder = {|ASA4001:WebApplication.CreateBuilder|}(args);
        builder.Services.AddShop();

        // ready
        var app = builder.Build();
        app.Run();
        """).With("Extensions.cs", """
        public static class Extensions
        {
            public static IServiceCollection AddShop(this IServiceCollection services) => services.AddOptions();
        }
        """).FixedBy(Key, ("Program.cs", $$"""
        using Microsoft.AspNetCore.HttpLogging;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddShop();
        {{Services}}
        // ready
        var app = builder.Build();
        app.UseHttpLogging();
        app.Run();
        """)).CheckAsync();

    private static CodeTest Alone(string text) => Code.Program(text).Option("api_security.rate_limited_by_gateway", "true").ConfigFile(".editorconfig", "[*.cs]\ndotnet_diagnostic.ASA2001.severity = none\n");

    private static CodeTest Minimal(string create, string pipeline, string usings = "", string services = "\n") => Alone(usings + Text(create, services, pipeline));

    private static string Text(string create, string services, string pipeline)
    {
        // types stand behind the statements
        var types = new[] { pipeline.IndexOf("\nclass ", StringComparison.Ordinal), pipeline.IndexOf("\nstatic class ", StringComparison.Ordinal) }.Where(static i => i >= 0).DefaultIfEmpty(pipeline.Length).Min();
        return $"var builder = {create}(args);\n{services}var app = builder.Build();\n{pipeline[..types]}\napp.Run();\n{pipeline[types..]}";
    }
}
