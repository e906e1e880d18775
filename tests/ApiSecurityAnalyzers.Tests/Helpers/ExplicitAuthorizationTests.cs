namespace ApiSecurityAnalyzers.Tests.Helpers;

/// <summary>
/// Fixes in hosts that leave authentication and authorization to <c>WebApplication</c>, which runs both before everything else: what they add
/// must see requests that are turned away.
/// </summary>
public sealed class ExplicitAuthorizationTests
{
    private const string Log = "ASA4001.AddHttpLogging";

    private const string Redirection = "ASA2001.UseHttpsRedirection";

    private const string Limiter = "ASA3001.AddRateLimiter";

    private const string Services = "builder.Services.AddAuthentication().AddBearerToken();\nbuilder.Services.AddAuthorization();\nbuilder.Services.AddHttpLogging(o => { });\nbuilder.Services.AddRateLimiter(o => { });";

    private const string Both = "app.UseAuthentication();\napp.UseAuthorization();\n";

    private const string Open = "app.MapGet(\"/\", () => \"\").AllowAnonymous();";

    [Theory]
    [InlineData(Log, "", "app.UseHttpLogging();\n" + Both)]
    [InlineData(Redirection, "", "app.UseHttpsRedirection();\n" + Both)]
    [InlineData(Limiter, "", "app.UseAuthentication();\napp.UseRateLimiter();\napp.UseAuthorization();\n")]
    [InlineData(Log, "app.UseHttpsRedirection();\n", "app.UseHttpLogging();\napp.UseHttpsRedirection();\n" + Both)]
    [InlineData(Redirection, "app.UseForwardedHeaders();\napp.UseCors();\n", "app.UseForwardedHeaders();\napp.UseHttpsRedirection();\napp.UseCors();\n" + Both)]
    [InlineData(Log, "app.UseCors();\napp.UseResponseCaching();\n", "app.UseHttpLogging();\napp.UseCors();\n" + Both + "app.UseResponseCaching();\n")]
    [InlineData(Limiter, "app.UseCors();\n", "app.UseCors();\napp.UseAuthentication();\napp.UseRateLimiter();\napp.UseAuthorization();\n")]
    [InlineData(Limiter, "app.UseRouting();\n", "app.UseRouting();\napp.UseAuthentication();\napp.UseRateLimiter();\napp.UseAuthorization();\n")]
    [InlineData(Log, "app.UseRateLimiter();\n", "app.UseHttpLogging();\napp.UseAuthentication();\napp.UseRateLimiter();\napp.UseAuthorization();\n")]
    [InlineData(Log, "app.UseRateLimiter();\napp.UseHttpsRedirection();\n", "app.UseHttpLogging();\napp.UseAuthentication();\napp.UseRateLimiter();\napp.UseHttpsRedirection();\napp.UseAuthorization();\n")]
    [InlineData(Limiter, "app.UseStaticFiles();\n", "app.UseStaticFiles();\napp.UseAuthentication();\napp.UseRateLimiter();\napp.UseAuthorization();\n")]
    [InlineData(Log, "app.UseStatusCodePagesWithReExecute(\"/e\");\napp.UseHsts().UseHttpsRedirection().UseStaticFiles().UseSession();\n", "app.UseHttpLogging();\napp.UseStatusCodePagesWithReExecute(\"/e\");\napp.UseHsts().UseHttpsRedirection().UseStaticFiles().UseAuthentication().UseAuthorization().UseSession();\n")]
    [InlineData(Log, "if (!app.Environment.IsDevelopment())\n{\n    app.UseExceptionHandler(\"/e\");\n    app.UseHsts();\n}\n", "app.UseHttpLogging();\nif (!app.Environment.IsDevelopment())\n{\n    app.UseExceptionHandler(\"/e\");\n    app.UseHsts();\n}\n" + Both)]
    [InlineData(Log, "if (app.Environment.IsDevelopment())\n{\n    app.UseWelcomePage(\"/w\");\n}\n", "if (app.Environment.IsDevelopment())\n{\n    app.UseWelcomePage(\"/w\");\n}\napp.UseHttpLogging();\n" + Both)]
    public Task Fixes_with_both_calls_behind_what_must_precede_them(string key, string pipeline, string expected) => Host(key, pipeline + Open).FixedBy(key, Text(key, expected + Open, fixedBy: true)).CheckAsync();

    /// <summary>What was behind the automatic calls stays behind: it relies on the user, or on being protected.</summary>
    [Theory]
    [InlineData(Log, "app.Use(async (context, next) => await next(context));\n", "app.UseHttpLogging();\n" + Both + "app.Use(async (context, next) => await next(context));\n")]
    [InlineData(Limiter, "app.Use(async (context, next) => await next(context));\n", "app.UseAuthentication();\napp.UseRateLimiter();\napp.UseAuthorization();\napp.Use(async (context, next) => await next(context));\n")]
    [InlineData(Log, "app.Map(\"/a\", branch => branch.Run(_ => Task.CompletedTask));\n", "app.UseHttpLogging();\n" + Both + "app.Map(\"/a\", branch => branch.Run(_ => Task.CompletedTask));\n")]
    [InlineData(Log, "app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = c => _ = c.Context.User });\n", "app.UseHttpLogging();\n" + Both + "app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = c => _ = c.Context.User });\n")]
    [InlineData(Log, "app.UseStatusCodePagesWithRedirects(\"/e\");\n", "app.UseHttpLogging();\n" + Both + "app.UseStatusCodePagesWithRedirects(\"/e\");\n")]
    [InlineData(Log, "if (args.Length > 0)\n{\n    app.UseWelcomePage();\n}\n", "app.UseHttpLogging();\n" + Both + "if (args.Length > 0)\n{\n    app.UseWelcomePage();\n}\n")]
    public Task Fixes_before_what_relies_on_authorization(string key, string pipeline, string expected) => Host(key, pipeline + Open).FixedBy(key, Text(key, expected + Open, fixedBy: true)).CheckAsync();

    /// <summary>Files that a fallback policy protects go on being protected, and do not use up the limit.</summary>
    [Theory]
    [InlineData(Log, "app.UseHttpLogging();\n" + Both + "app.UseStaticFiles();\n")]
    [InlineData(Redirection, "app.UseHttpsRedirection();\n" + Both + "app.UseStaticFiles();\n")]
    [InlineData(Limiter, "app.UseStaticFiles();\napp.UseRateLimiter();\n")]
    public Task Fixes_before_files_behind_a_fallback_policy(string key, string expected)
    {
        const string Add = "AddAuthorization()";
        const string Fallback = "AddAuthorization(options => options.FallbackPolicy = options.DefaultPolicy)";
        return Alone(key, Text(key, "app.UseStaticFiles();\n" + Open).Replace(Add, Fallback, StringComparison.Ordinal))
            .FixedBy(key, Text(key, expected + Open, fixedBy: true).Replace(Add, Fallback, StringComparison.Ordinal)).CheckAsync();
    }

    [Theory]
    [InlineData("app.UseAuthentication();\napp.UseAuthorization();\n")]
    [InlineData("app.UseAuthorization();\n")]
    [InlineData("app.UseAuthentication();\n")]
    [InlineData("Pipeline.Use(app);\n")]
    public Task Fixes_without_calls_that_are_there(string pipeline) => Host(Log, pipeline + Open)
        .With("Pipeline.cs", pipeline.StartsWith("Pipeline", StringComparison.Ordinal) ? "static class Pipeline { public static void Use(IApplicationBuilder app) => app.UseCors().UseAuthentication().UseAuthorization(); }" : "static class Pipeline { }")
        .FixedBy(Log, pipeline.StartsWith("Pipeline", StringComparison.Ordinal)
            ? [("Pipeline.cs", "static class Pipeline { public static void Use(IApplicationBuilder app) => app.UseHttpLogging().UseCors().UseAuthentication().UseAuthorization(); }")]
            : [("Program.cs", Text(Log, "app.UseHttpLogging();\n" + pipeline + Open, fixedBy: true))])
        .CheckAsync();

    [Fact]
    public Task Fixes_without_calls_beside_those_of_a_branch()
    {
        const string Branch = "app.UseWhen(c => c.Request.Path.StartsWithSegments(\"/a\"), branch => branch.UseAuthorization());\n";
        return Host(Log, Branch + Open).FixedBy(Log, Text(Log, Branch + "app.UseHttpLogging();\n" + Open, fixedBy: true)).CheckAsync();
    }

    [Fact]
    public Task Fixes_in_front_of_own_methods_that_map() => Host(Log, "app.MapShop();\n" + Open)
        .With("Shop.cs", "static class Shop { public static void MapShop(this IEndpointRouteBuilder routes) => routes.MapGet(\"/shop\", () => \"\").AllowAnonymous(); }")
        .FixedBy(Log, ("Program.cs", Text(Log, "app.UseHttpLogging();\n" + Both + "app.MapShop();\n" + Open, fixedBy: true))).CheckAsync();

    /// <summary>Authorization in front of routing would know no endpoint; the automatic calls stay what they are.</summary>
    [Fact]
    public Task Fixes_without_calls_in_front_of_routing() => Host(Log, "app.UseWelcomePage(\"/w\");\napp.UseRouting();\n" + Open)
        .FixedBy(Log, Text(Log, "app.UseHttpLogging();\napp.UseWelcomePage(\"/w\");\napp.UseRouting();\n" + Open, fixedBy: true)).CheckAsync();

    /// <summary>A written call throws at start-up where its services are missing; the automatic one is left out.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("builder.Services.AddControllers();\n")]
    [InlineData("builder.Services.AddAuthentication().AddBearerToken();\n")]
    [InlineData("builder.Services.AddAuthorization();\n")]
    [InlineData("builder.Services.AddAuthentication().AddBearerToken();\nbuilder.Services.AddAuthorizationCore();\n")]
    [InlineData("builder.Services.AddAuthentication().AddBearerToken();\nif (args.Length > 0)\n    builder.Services.AddAuthorization();\n")]
    [InlineData("builder.Services.AddAuthentication().AddBearerToken();\nif (builder.Environment.IsDevelopment())\n    builder.Services.AddAuthorization();\n")]
    [InlineData("builder.Services.AddAuthorization();\nif (args.Length > 0)\n    builder.Services.AddAuthentication().AddBearerToken();\n")]
    public Task Fixes_without_calls_that_lack_services(string services) => Alone(Log, Text(Log, Open, services: services))
        .FixedBy(Log, Text(Log, "app.UseHttpLogging();\n" + Open, fixedBy: true, services: services)).CheckAsync();

    [Theory]
    [InlineData("builder.Services.AddAuthentication().AddBearerToken();\nbuilder.Services.AddControllers();\n")]
    [InlineData("builder.Services.AddAuthorizationBuilder();\nbuilder.Services.AddIdentityApiEndpoints<User>();\n")]
    [InlineData("Setup.Add(builder.Services);\n")]
    public Task Fixes_with_services_in_other_words(string services) => Alone(Log, Text(Log, Open, services: services))
        .With("User.cs", "public class User;\n\nstatic class Setup { public static void Add(IServiceCollection services) { services.AddAuthentication().AddBearerToken(); services.AddAuthorization(); } }")
        .FixedBy(Log, ("Program.cs", Text(Log, "app.UseHttpLogging();\n" + Both + Open, fixedBy: true, services: services))).CheckAsync();

    [Fact]
    public Task Fixes_without_calls_that_code_out_of_sight_has() => Host(Log, Open)
        .With("Module.cs", "class Module { public void Configure(IApplicationBuilder app) => app.UseAuthentication().UseAuthorization(); }")
        .FixedBy(Log, ("Program.cs", Text(Log, "app.UseHttpLogging();\n" + Open, fixedBy: true))).CheckAsync();

    /// <summary>With a call for authentication alone the automatic authorization would come before it, and refuse everybody.</summary>
    [Fact]
    public Task Fixes_authorization_behind_authentication() => Code.Program(Authorization.Hosts.Minimal("services.AddControllers();\nservices.AddAuthentication().AddBearerToken();", "app.UseAuthentication();\napp.MapControllers();"))
        .With("Types.cs", Authorization.Hosts.OpenController)
        .FixedBy(
            "ASA1001.Authorize",
            ("Types.cs", Authorization.Hosts.Controller.Replace("public class", "[Authorize]\npublic class", StringComparison.Ordinal)),
            ("Program.cs", Authorization.Hosts.Minimal("services.AddControllers();\nservices.AddAuthentication().AddBearerToken();", "app.UseAuthentication();\napp.UseAuthorization();\napp.MapControllers();")))
        .CheckAsync();

    private static CodeTest Host(string key, string pipeline) => Alone(key, Text(key, pipeline));

    private static CodeTest Alone(string key, string text)
    {
        var others = string.Concat(new[] { Log, Redirection, Limiter }.Where(k => k != key).Select(static k => $"dotnet_diagnostic.{k[..7]}.severity = none\n")) + "dotnet_diagnostic.ASA3002.severity = none\n";
        var test = Code.Program(text).ConfigFile(".editorconfig", "[*.cs]\n" + others);
        return text.Contains("UseForwardedHeaders", StringComparison.Ordinal) ? test.Severity("ASA2001", Microsoft.CodeAnalysis.DiagnosticSeverity.Info) : test;
    }

    private static string Text(string key, string pipeline, bool fixedBy = false, string? services = null) => $"""
        var builder = {(fixedBy ? "WebApplication.CreateBuilder" : $"{{|{key[..7]}:WebApplication.CreateBuilder|}}")}(args);
        {(services is null ? Services : services + "builder.Services.AddHttpLogging(o => { });")}

        var app = builder.Build();

        {pipeline}
        app.Run();
        """;
}
