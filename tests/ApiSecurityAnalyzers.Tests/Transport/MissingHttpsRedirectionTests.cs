using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Transport;

public sealed class MissingHttpsRedirectionTests
{
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
                    services.AddHttpLogging(options => options.LoggingFields =
                        HttpLoggingFields.RequestMethod | HttpLoggingFields.RequestPath | HttpLoggingFields.ResponseStatusCode);
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

    [Fact]
    public Task Silent_under_negated_development_guard() =>
        Minimal("if (!app.Environment.IsDevelopment()) app.UseHttpsRedirection();").CheckAsync();

    private static CodeTest Minimal(string statement) => Code.Program($$"""
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddHttpLogging(options => { });
        builder.Services.AddRateLimiter(options => options.GlobalLimiter = null!);
        var app = builder.Build();
        app.UseHttpLogging();
        app.UseRateLimiter();
        {{statement}}
        app.Run();
        """);
}
