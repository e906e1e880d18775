namespace ApiSecurityAnalyzers.Tests.Transport;

public sealed partial class MissingHttpsRedirectionTests
{
    private const string Key = "ASA2001.UseHttpsRedirection";

    [Fact]
    public Task Reports_minimal_host_without_redirection_and_fixes_it() =>
        Code.Program("""
            var builder = {|ASA2001:WebApplication.CreateBuilder|}(args);
            builder.Services.AddHttpLogging(options => { });
            builder.Services.AddRateLimiter(options => options.GlobalLimiter = null!);
            var app = builder.Build();

            // the order matters
            app.UseHttpLogging();
            app.UseRateLimiter();
            app.Run();
            """)
            .Message("ASA2001", "'Subject' answers plain HTTP: nothing redirects to HTTPS, so credentials and data can be read on their way")
            .FixedBy("ASA2001.UseHttpsRedirection", """
            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddHttpLogging(options => { });
            builder.Services.AddRateLimiter(options => options.GlobalLimiter = null!);
            var app = builder.Build();

            // the order matters
            app.UseHttpLogging();
            app.UseHttpsRedirection();
            app.UseRateLimiter();
            app.Run();
            """)
            .CheckAsync();

    [Fact]
    public Task Reports_startup_and_fixes_all_three_mechanisms() =>
        Code.Files(
            ("Program.cs", """
            Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(web => web.UseStartup<Startup>()).Build().Run();
            """),
            ("Startup.cs", """
            public class Startup
            {
                public void ConfigureServices(IServiceCollection services)
                {
                    services.AddControllers();
                }

                public void {|ASA2001:{|ASA3001:{|ASA4001:Configure|}|}|}(IApplicationBuilder app, IWebHostEnvironment env)
                {
                    if (env.IsDevelopment())
                    {
                        app.UseDeveloperExceptionPage();
                        app.UseHttpsRedirection();
                    }

                    app.UseRouting();
                    app.UseEndpoints(endpoints => endpoints.MapControllers());
                }
            }
            """))
            .FixedBy("ASA2001.UseHttpsRedirection", ("Startup.cs", """
            public class Startup
            {
                public void ConfigureServices(IServiceCollection services)
                {
                    services.AddControllers();
                }

                public void {|ASA3001:{|ASA4001:Configure|}|}(IApplicationBuilder app, IWebHostEnvironment env)
                {
                    if (env.IsDevelopment())
                    {
                        app.UseDeveloperExceptionPage();
                        app.UseHttpsRedirection();
                    }

                    app.UseHttpsRedirection();
                    app.UseRouting();
                    app.UseEndpoints(endpoints => endpoints.MapControllers());
                }
            }
            """))
            .FixedBy("ASA3001.AddRateLimiter", ("Startup.cs", """
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

                public void {|ASA2001:{|ASA4001:Configure|}|}(IApplicationBuilder app, IWebHostEnvironment env)
                {
                    if (env.IsDevelopment())
                    {
                        app.UseDeveloperExceptionPage();
                        app.UseHttpsRedirection();
                    }

                    app.UseRouting();
                    app.UseRateLimiter();
                    app.UseEndpoints(endpoints => endpoints.MapControllers());
                }
            }
            """))
            .FixedBy("ASA4001.AddHttpLogging", ("Startup.cs", """
            using Microsoft.AspNetCore.HttpLogging;

            public class Startup
            {
                public void ConfigureServices(IServiceCollection services)
                {
                    services.AddControllers();
                    services.AddHttpLogging(options =>
                    {
                        options.LoggingFields = HttpLoggingFields.RequestMethod | HttpLoggingFields.RequestPath | HttpLoggingFields.ResponseStatusCode;
                        options.CombineLogs = true;
                    });
                    services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.HttpLogging", LogLevel.Information));
                }

                public void {|ASA2001:{|ASA3001:Configure|}|}(IApplicationBuilder app, IWebHostEnvironment env)
                {
                    if (env.IsDevelopment())
                    {
                        app.UseDeveloperExceptionPage();
                        app.UseHttpsRedirection();
                    }

                    app.UseHttpLogging();
                    app.UseRouting();
                    app.UseEndpoints(endpoints => endpoints.MapControllers());
                }
            }
            """))
            .CheckAsync();

    [Theory]
    [InlineData("app.UseForwardedHeaders();\napp.UseStaticFiles();", "app.UseForwardedHeaders();\napp.UseHttpsRedirection();\napp.UseStaticFiles();")]
    [InlineData("app.UseStaticFiles();\napp.UseForwardedHeaders();\napp.UseRouting();", "app.UseStaticFiles();\napp.UseForwardedHeaders();\napp.UseHttpsRedirection();\napp.UseRouting();")]
    [InlineData("app.UseExceptionHandler(\"/error\");\napp.UseHsts();\napp.UseAuthorization();", "app.UseExceptionHandler(\"/error\");\napp.UseHsts();\napp.UseHttpsRedirection();\napp.UseAuthorization();")]
    [InlineData("if (!app.Environment.IsDevelopment())\n{\n    app.UseHsts();\n}\n\n// static files\napp.UseStaticFiles();", "if (!app.Environment.IsDevelopment())\n{\n    app.UseHsts();\n}\n\napp.UseHttpsRedirection();\n// static files\napp.UseStaticFiles();")]
    [InlineData("app.UseExceptionHandler(errors => errors.Run(_ => Task.CompletedTask));\napp.UseStaticFiles();", "app.UseExceptionHandler(errors => errors.Run(_ => Task.CompletedTask));\napp.UseHttpsRedirection();\napp.UseStaticFiles();")]
    [InlineData("app.UseHsts().UseStaticFiles();", "app.UseHsts().UseHttpsRedirection().UseStaticFiles();")]
    [InlineData("app.UseStaticFiles().UseRouting();", "app.UseHttpsRedirection();\napp.UseStaticFiles().UseRouting();")]
    [InlineData("app.UseHsts()\n    .UseStaticFiles()\n    .UseRouting();", "app.UseHsts()\n    .UseHttpsRedirection()\n    .UseStaticFiles()\n    .UseRouting();")]
    [InlineData("StaticFileExtensions.UseStaticFiles(app);", "app.UseHttpsRedirection();\nStaticFileExtensions.UseStaticFiles(app);")]
    [InlineData("Use(app);\nstatic void Use(IApplicationBuilder pipe)\n{\n    pipe.UseStaticFiles();\n}", "Use(app);\nstatic void Use(IApplicationBuilder pipe)\n{\n    pipe.UseHttpsRedirection();\n    pipe.UseStaticFiles();\n}")]
    [InlineData("if (args.Length > 0) Use(app);\napp.UseRouting();\nstatic void Use(IApplicationBuilder pipe) => pipe.UseStaticFiles();", "if (args.Length > 0) Use(app);\napp.UseHttpsRedirection();\napp.UseRouting();\nstatic void Use(IApplicationBuilder pipe) => pipe.UseStaticFiles();")]
    [InlineData("app.MapGet(\"/\", () => \"\").AllowAnonymous();", "app.UseHttpsRedirection();\napp.MapGet(\"/\", () => \"\").AllowAnonymous();")]
    [InlineData("var group = app.MapGroup(\"/a\");\ngroup.MapGet(\"/\", () => \"\").AllowAnonymous();", "app.UseHttpsRedirection();\nvar group = app.MapGroup(\"/a\");\ngroup.MapGet(\"/\", () => \"\").AllowAnonymous();")]
    [InlineData("#region Pipeline\napp.UseStaticFiles();\n#endregion", "#region Pipeline\napp.UseHttpsRedirection();\napp.UseStaticFiles();\n#endregion")]
    public Task Fixes_where_the_documentation_puts_it(string pipeline, string expected) => Frame("{|ASA2001:WebApplication.CreateBuilder|}", pipeline).FixedBy(Key, FrameText("WebApplication.CreateBuilder", expected)).CheckAsync();

    [Theory]
    [InlineData("var app = {|ASA2001:WebApplication.Create|}(args);\napp.Run();", "var app = WebApplication.Create(args);\napp.UseHttpsRedirection();\napp.Run();")]
    [InlineData("await using var app = {|ASA2001:WebApplication.Create|}(args);\nawait app.RunAsync();", "await using var app = WebApplication.Create(args);\napp.UseHttpsRedirection();\nawait app.RunAsync();")]
    [InlineData("{|ASA2001:WebApplication.Create|}(args).Run();", "var app = WebApplication.Create(args);\napp.UseHttpsRedirection();\napp.Run();")]
    [InlineData("var app = {|ASA2001:WebApplication.CreateBuilder|}(args).Build();\napp.Run();", "var app = WebApplication.CreateBuilder(args).Build();\napp.UseHttpsRedirection();\napp.Run();")]
    [InlineData("// start\n{|ASA2001:WebApplication.CreateBuilder|}(args).Build().Run();", "// start\nvar app = WebApplication.CreateBuilder(args).Build();\napp.UseHttpsRedirection();\napp.Run();")]
    [InlineData("var builder = {|ASA2001:WebApplication.CreateBuilder|}(args);\nbuilder.Build().UseRouting();", "var builder = WebApplication.CreateBuilder(args);\nbuilder.Build().UseHttpsRedirection().UseRouting();")]
    [InlineData("WebApplication app;\napp = {|ASA2001:WebApplication.CreateBuilder|}(args).Build();\napp.Run();", "WebApplication app;\napp = WebApplication.CreateBuilder(args).Build();\napp.UseHttpsRedirection();\napp.Run();")]
    public Task Fixes_hosts_in_few_words(string text, string expected) => Alone(text).FixedBy(Key, expected).CheckAsync();

    [Theory]
    [InlineData("web.Configure(app => app.UseRouting().UseEndpoints(e => { }))", "web.Configure(app => app.UseHttpsRedirection().UseRouting().UseEndpoints(e => { }))")]
    [InlineData("web.Configure(app => { app.UseRouting(); })", "web.Configure(app => { app.UseHttpsRedirection(); app.UseRouting(); })")]
    [InlineData("web.Configure(app =>\n{\n    app.UseRouting();\n})", "web.Configure(app =>\n{\n    app.UseHttpsRedirection();\n    app.UseRouting();\n})")]
    [InlineData("web.Configure(app =>\n{\n})", "web.Configure(app =>\n{\n    app.UseHttpsRedirection();\n})")]
    [InlineData("web.Configure((context, app) => app.UseRouting())", "web.Configure((context, app) => app.UseHttpsRedirection().UseRouting())")]
    [InlineData("web.Configure(app => app.Run(c => Task.CompletedTask))", "web.Configure(app => app.UseHttpsRedirection().Run(c => Task.CompletedTask))")]
    public Task Fixes_configure_lambda(string configure, string expected)
    {
        const string Start = "Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(web => ";
        return Alone(Start + configure.Replace("web.Configure", "{|ASA2001:web.Configure|}", StringComparison.Ordinal) + ").Build().Run();").FixedBy(Key, Start + expected + ").Build().Run();").CheckAsync();
    }

    [Fact]
    public Task Fixes_main_in_a_namespace() => Alone("""
        namespace Shop
        {
            public static class Program
            {
                public static void Main(string[] args)
                {
                    var builder = {|ASA2001:WebApplication.CreateBuilder|}(args);
                    builder.Services.AddControllers();

                    var app = builder.Build();

                    // who is it
                    app.UseAuthentication();
                    app.MapControllers();
                    app.Run();
                }
            }
        }
        """).FixedBy(Key, """
        namespace Shop
        {
            public static class Program
            {
                public static void Main(string[] args)
                {
                    var builder = WebApplication.CreateBuilder(args);
                    builder.Services.AddControllers();

                    var app = builder.Build();

                    app.UseHttpsRedirection();
                    // who is it
                    app.UseAuthentication();
                    app.MapControllers();
                    app.Run();
                }
            }
        }
        """).CheckAsync();

    [Fact]
    public Task Fixes_pipeline_in_own_extension_methods() => Alone("""
        var app = {|ASA2001:WebApplication.CreateBuilder|}(args).AddServices().UsePipeline();
        app.Run();
        """).With("Extensions.cs", """
        namespace Shop;

        public static class Extensions
        {
            public static WebApplication AddServices(this WebApplicationBuilder builder)
            {
                return builder.Build();
            }

            public static WebApplication UsePipeline(this WebApplication app)
            {
                app.UseAuthentication();
                return app;
            }
        }
        """).With("Usings.cs", "global using Shop;").FixedBy(Key, ("Extensions.cs", """
        namespace Shop;

        public static class Extensions
        {
            public static WebApplication AddServices(this WebApplicationBuilder builder)
            {
                return builder.Build();
            }

            public static WebApplication UsePipeline(this WebApplication app)
            {
                app.UseHttpsRedirection();
                app.UseAuthentication();
                return app;
            }
        }
        """)).CheckAsync();

    [Fact]
    public Task Fixes_factory_that_returns_the_application() => Alone("""
        Factory.Create(args).Run();

        static class Factory
        {
            public static WebApplication Create(string[] args)
            {
                var builder = {|ASA2001:WebApplication.CreateBuilder|}(args);
                return builder.Build();
            }
        }
        """).FixedBy(Key, """
        Factory.Create(args).Run();

        static class Factory
        {
            public static WebApplication Create(string[] args)
            {
                var builder = WebApplication.CreateBuilder(args);
                var app = builder.Build();
                app.UseHttpsRedirection();
                return app;
            }
        }
        """).CheckAsync();

    [Fact]
    public Task Fixes_startup_with_an_expression_body() => Alone("""
        public class Startup
        {
            public void ConfigureServices(IServiceCollection services) => services.AddControllers();

            public void {|ASA2001:Configure|}(IApplicationBuilder app) => app.UseRouting().UseEndpoints(endpoints => endpoints.MapControllers());
        }
        """).FixedBy(Key, """
        public class Startup
        {
            public void ConfigureServices(IServiceCollection services) => services.AddControllers();

            public void Configure(IApplicationBuilder app) => app.UseHttpsRedirection().UseRouting().UseEndpoints(endpoints => endpoints.MapControllers());
        }
        """).CheckAsync();

    [Fact]
    public Task Fixes_empty_startup() => Alone("""
        public class Startup
        {
            public void {|ASA2001:Configure|}(IApplicationBuilder app)
            {
            }
        }
        """).FixedBy(Key, """
        public class Startup
        {
            public void Configure(IApplicationBuilder app)
            {
                app.UseHttpsRedirection();
            }
        }
        """).CheckAsync();

    private static CodeTest Alone(string text) => Code.Program(text).Option("api_security.rate_limited_by_gateway", "true").Option("api_security.requests_logged_by_gateway", "true");

    private static CodeTest Frame(string create, string pipeline)
    {
        var test = Alone(FrameText(create, pipeline));
        return pipeline.Contains("ForwardedHeaders", StringComparison.Ordinal) ? test.Severity("ASA2001", Microsoft.CodeAnalysis.DiagnosticSeverity.Info) : test;
    }

    private static string FrameText(string create, string pipeline) => $"""
        var builder = {create}(args);
        var app = builder.Build();
        {pipeline}
        app.Run();
        """;
}
