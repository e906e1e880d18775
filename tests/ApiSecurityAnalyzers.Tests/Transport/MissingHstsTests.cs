namespace ApiSecurityAnalyzers.Tests.Transport;

public sealed class MissingHstsTests
{
    private const string Key = "ASA2002.UseHsts";
    private const string Raise = "ASA2002.RaiseMaxAge";

    [Theory]
    [InlineData("app.UseHttpsRedirection();", "if (!app.Environment.IsDevelopment())\n{\n    app.UseHsts();\n}\napp.UseHttpsRedirection();")]
    [InlineData("// all in HTTPS\napp.UseHttpsRedirection();\napp.UseStaticFiles();", "if (!app.Environment.IsDevelopment())\n{\n    app.UseHsts();\n}\n// all in HTTPS\napp.UseHttpsRedirection();\napp.UseStaticFiles();")]
    [InlineData("app.UseHttpsRedirection().UseRouting();", "if (!app.Environment.IsDevelopment())\n{\n    app.UseHsts();\n}\napp.UseHttpsRedirection().UseRouting();")]
    [InlineData("if (!app.Environment.IsDevelopment())\n{\n    app.UseExceptionHandler(\"/error\");\n}\n\napp.UseHttpsRedirection();", "if (!app.Environment.IsDevelopment())\n{\n    app.UseExceptionHandler(\"/error\");\n    app.UseHsts();\n}\n\napp.UseHttpsRedirection();")]
    [InlineData("if (app.Environment.IsDevelopment())\n{\n    app.UseDeveloperExceptionPage();\n}\nelse\n{\n    app.UseExceptionHandler(\"/error\");\n}\n\napp.UseHttpsRedirection();", "if (app.Environment.IsDevelopment())\n{\n    app.UseDeveloperExceptionPage();\n}\nelse\n{\n    app.UseExceptionHandler(\"/error\");\n    app.UseHsts();\n}\n\napp.UseHttpsRedirection();")]
    [InlineData("if (!app.Environment.IsDevelopment())\n{\n    app.UseHttpsRedirection();\n}", "if (!app.Environment.IsDevelopment())\n{\n    app.UseHttpsRedirection();\n    app.UseHsts();\n}")]
    [InlineData("if (app.Environment.IsDevelopment()) app.UseHsts();\napp.UseHttpsRedirection();", "if (app.Environment.IsDevelopment()) app.UseHsts();\nif (!app.Environment.IsDevelopment())\n{\n    app.UseHsts();\n}\napp.UseHttpsRedirection();")]
    [InlineData("#region transport\napp.UseHttpsRedirection();\n#endregion", "#region transport\nif (!app.Environment.IsDevelopment())\n{\n    app.UseHsts();\n}\napp.UseHttpsRedirection();\n#endregion")]
    [InlineData("// app.UseHsts();\napp.UseHttpsRedirection();", "if (!app.Environment.IsDevelopment())\n{\n    app.UseHsts();\n}\n// app.UseHsts();\napp.UseHttpsRedirection();")]
    public Task Reports_host_without_and_adds_the_call(string pipeline, string expected) => Minimal(pipeline, true).FixedBy(Key, Text(expected, false)).CheckAsync();

    [Fact]
    public Task Reports_with_a_message() => Minimal("app.UseHttpsRedirection();", true)
        .Message("ASA2002", "'Subject' redirects to HTTPS without HSTS, so the first request of every visit travels in clear").CheckAsync();

    [Theory]
    [InlineData("IApplicationBuilder app, IWebHostEnvironment env", "env", "")]
    [InlineData("IApplicationBuilder app", "app.ApplicationServices.GetRequiredService<IWebHostEnvironment>()", "")]
    [InlineData("IApplicationBuilder app", "_environment", "private readonly IWebHostEnvironment _environment;\n    public Startup(IWebHostEnvironment environment) => _environment = environment;\n    ")]
    public Task Reports_startup(string parameters, string environment, string members) => Alone(StartupText("{|ASA2002:Configure|}", parameters, members, "")).FixedBy(Key, StartupText("Configure", parameters, members, $"if (!{environment}.IsDevelopment())\n        {{\n            app.UseHsts();\n        }}\n        ")).CheckAsync();

    [Fact]
    public Task Fixes_without_implicit_usings() => Code.Files(("Program.cs", Text("app.UseHttpsRedirection();", true)), ("Extensions.cs", "public class Nothing { }")).NoWebUsings().Asks("ASA2002").Severity("ASA2002", Microsoft.CodeAnalysis.DiagnosticSeverity.Info).ConfigFile(".editorconfig", Config)
        .With("Usings.cs", "global using Microsoft.AspNetCore.Builder;").FixedBy(Key, ("Program.cs", "using Microsoft.Extensions.Hosting;\n\n" + Text("if (!app.Environment.IsDevelopment())\n{\n    app.UseHsts();\n}\napp.UseHttpsRedirection();", false))).CheckAsync();

    [Theory]
    [InlineData("TimeSpan.FromDays(60)", "TimeSpan.FromDays(365)")]
    [InlineData("TimeSpan.FromHours(24)", "TimeSpan.FromDays(365)")]
    [InlineData("TimeSpan.FromMinutes(5)", "TimeSpan.FromDays(365)")]
    [InlineData("TimeSpan.FromSeconds(3600)", "TimeSpan.FromDays(365)")]
    [InlineData("TimeSpan.Zero", "TimeSpan.FromDays(365)")]
    [InlineData("System.TimeSpan.FromDays(179)", "System.TimeSpan.FromDays(365)")]
    public Task Reports_short_age(string age, string expected) => Alone(Text("app.UseHsts();\napp.UseHttpsRedirection();", false, $"builder.Services.AddHsts(options => options.MaxAge = {{|ASA2002:{age}|}});\n"))
        .Message("ASA2002", "'MaxAge' is shorter than 180 days, so browsers forget to use HTTPS between two visits")
        .FixedBy(Raise, Text("app.UseHsts();\napp.UseHttpsRedirection();", false, $"builder.Services.AddHsts(options => options.MaxAge = {expected});\n")).CheckAsync();

    [Fact]
    public Task Reports_short_age_among_other_settings() => Alone(Text("app.UseHsts();\napp.UseHttpsRedirection();", false, "builder.Services.Configure<Microsoft.AspNetCore.HttpsPolicy.HstsOptions>(o =>\n{\n    o.Preload = true;\n    o.MaxAge = {|ASA2002:TimeSpan.FromDays(1)|}; // a day\n});\n"))
        .FixedBy(Raise, Text("app.UseHsts();\napp.UseHttpsRedirection();", false, "builder.Services.Configure<Microsoft.AspNetCore.HttpsPolicy.HstsOptions>(o =>\n{\n    o.Preload = true;\n    o.MaxAge = TimeSpan.FromDays(365); // a day\n});\n")).CheckAsync();

    [Theory]
    [InlineData("app.UseHsts();\napp.UseHttpsRedirection();")]
    [InlineData("if (!app.Environment.IsDevelopment())\n{\n    app.UseHsts();\n}\n\napp.UseHttpsRedirection();")]
    [InlineData("if (app.Environment.IsDevelopment()) { } else { app.UseHsts(); }\napp.UseHttpsRedirection();")]
    [InlineData("if (args.Length > 0) app.UseHsts();\napp.UseHttpsRedirection();")]
    [InlineData("Secure(app);\nstatic void Secure(IApplicationBuilder a) { a.UseHsts(); a.UseHttpsRedirection(); }")]
    [InlineData("app.Use((c, next) => { c.Response.Headers[\"Strict-Transport-Security\"] = \"max-age=31536000\"; return next(c); });\napp.UseHttpsRedirection();")]
    [InlineData("app.Use((c, next) => { c.Response.Headers.StrictTransportSecurity = \"max-age=31536000\"; return next(c); });\napp.UseHttpsRedirection();")]
    [InlineData("if (args.Length > 0) app.UseHttpsRedirection();")]
    public Task Silent(string pipeline) => Minimal(pipeline, false).CheckAsync();

    /// <summary>What does not redirect has a greater fault; once it is mended, this one shows.</summary>
    [Theory]
    [InlineData("app.UseRouting();")]
    [InlineData("if (app.Environment.IsDevelopment()) app.UseHttpsRedirection();")]
    public Task Silent_where_nothing_redirects(string pipeline) =>
        Code.Program(Text(pipeline, false).Replace("WebApplication.CreateBuilder", "{|ASA2001:WebApplication.CreateBuilder|}", StringComparison.Ordinal)).Asks("ASA2002").ConfigFile(".editorconfig", Config.Replace("dotnet_diagnostic.ASA2001.severity = none\n", "", StringComparison.Ordinal)).CheckAsync();

    [Fact]
    public Task Silent_behind_a_proxy() => Minimal("app.UseForwardedHeaders();\napp.UseHttpsRedirection();", false).Option("api_security.tls_terminated_by_proxy", "true").CheckAsync();

    [Theory]
    [InlineData("Company.Defaults", "UseCompany")]
    [InlineData("NetEscapades.AspNetCore.SecurityHeaders", "UseSecurityHeaders")]
    public Task Silent_beside_middleware_out_of_sight(string assembly, string name) => Minimal($"app.{name}();\napp.UseHttpsRedirection();", false).Reference(Stubs.Middleware(assembly, name)).CheckAsync();

    [Theory]
    [InlineData("options.MaxAge = TimeSpan.FromDays(180)")]
    [InlineData("options.MaxAge = TimeSpan.FromDays(730)")]
    [InlineData("options.MaxAge = TimeSpan.Parse(builder.Configuration[\"Hsts\"]!)")]
    [InlineData("options.IncludeSubDomains = true")]
    public Task Silent_age(string setting) => Alone(Text("app.UseHsts();\napp.UseHttpsRedirection();", false, $"builder.Services.AddHsts(options => {setting});\n")).CheckAsync();

    [Theory]
    [InlineData("if (builder.Environment.IsDevelopment()) builder.Services.AddHsts(options => options.MaxAge = TimeSpan.FromDays(1));\n")]
    [InlineData("builder.Services.AddCors(o => o.AddDefaultPolicy(p => { }));\nvar cookie = new CookieOptions { MaxAge = TimeSpan.FromDays(1) };\n")]
    public Task Silent_age_of_something_else(string services) => Alone(Text("app.UseHsts();\napp.UseHttpsRedirection();", false, services)).CheckAsync();

    [Fact]
    public Task Silent_in_a_test_project() => Minimal("app.UseHttpsRedirection();", false).Test().CheckAsync();

    [Fact]
    public Task Silent_in_a_worker() => Alone("Host.CreateApplicationBuilder(args).Build().Run();").CheckAsync();

    [Fact]
    public Task Silent_in_broken_code() => Minimal("app.UseHttpsRedirection(;\napp.UseHsts(", false).Broken().CheckAsync();

    private const string Config = "[*.cs]\ndotnet_diagnostic.ASA1001.severity = none\ndotnet_diagnostic.ASA1002.severity = none\ndotnet_diagnostic.ASA2001.severity = none\ndotnet_diagnostic.ASA3001.severity = none\ndotnet_diagnostic.ASA4001.severity = none\n";

    private static string StartupText(string configure, string parameters, string members, string hsts) => $$"""
        public class Startup
        {
            {{members}}public void {{configure}}({{parameters}})
            {
                {{hsts}}app.UseHttpsRedirection();
                app.UseRouting();
            }
        }
        """;

    private static CodeTest Alone(string text) => Code.Program(text).Asks("ASA2002").Severity("ASA2002", Microsoft.CodeAnalysis.DiagnosticSeverity.Info).ConfigFile(".editorconfig", Config);

    private static CodeTest Minimal(string pipeline, bool reports) => Alone(Text(pipeline, reports));

    private static string Text(string pipeline, bool reports, string services = "") => $"var builder = {(reports ? "{|ASA2002:WebApplication.CreateBuilder|}" : "WebApplication.CreateBuilder")}(args);\n{services}var app = builder.Build();\n{pipeline}\napp.Run();\n";
}
