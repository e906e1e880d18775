namespace ApiSecurityAnalyzers.Tests.Authorization;

/// <content>What the fixes write.</content>
public sealed partial class OpenOperationalEndpointTests
{
    [Theory]
    [InlineData("app.{|ASA1005:MapOpenApi|}();", "app.MapOpenApi().RequireAuthorization();")]
    [InlineData("app.{|ASA1005:MapOpenApi|}().CacheOutput(); // docs", "app.MapOpenApi().RequireAuthorization().CacheOutput(); // docs")]
    [InlineData("app.{|ASA1005:MapOpenApi|}();\napp.{|ASA1005:MapMetrics|}();", "app.MapOpenApi().RequireAuthorization();\napp.MapMetrics().RequireAuthorization();")]
    [InlineData("app.UseRouting();\napp.UseAuthorization();\napp.UseEndpoints(endpoints => endpoints.{|ASA1005:MapMetrics|}());", "app.UseRouting();\napp.UseAuthorization();\napp.UseEndpoints(endpoints => endpoints.MapMetrics().RequireAuthorization());")]
    public Task Fixes_mapping_by_authorization(string before, string after) => App(before).FixedBy("ASA1005.RequireAuthorization", after).CheckAsync();

    [Fact]
    public Task Fixes_middleware_by_a_guard() =>
        App("""
            app.{|ASA1005:UseSwagger|}();
            app.MapGet("/orders", () => 1).RequireAuthorization();
            """)
            .FixedBy("ASA1005.GuardByDevelopment", """
            if (app.Environment.IsDevelopment())
            {
                app.UseSwagger();
            }
            app.MapGet("/orders", () => 1).RequireAuthorization();
            """)
            .CheckAsync();

    [Fact]
    public Task Fixes_neighbours_in_one_block() =>
        App("""
            // the description
            app.{|ASA1005:UseSwagger|}(); // as JSON

            // and a page for it
            app.{|ASA1005:UseSwaggerUI|}(options =>
            {
                options.RouteTemplate = "docs";
            });

            app.{|ASA1005:MapOpenApi|}()
                .CacheOutput();
            """)
            .FixedBy("ASA1005.GuardByDevelopment", """
            // the description
            if (app.Environment.IsDevelopment())
            {
                app.UseSwagger(); // as JSON
                // and a page for it
                app.UseSwaggerUI(options =>
                {
                    options.RouteTemplate = "docs";
                });
                app.MapOpenApi()
                    .CacheOutput();
            }
            """)
            .CheckAsync();

    [Fact]
    public Task Fixes_into_the_block_that_is_there() =>
        App("""
            if (app.Environment.IsDevelopment())
            {
                app.MapOpenApi();
            }

            app.{|ASA1005:MapScalarApiReference|}();
            app.MapGet("/orders", () => 1).RequireAuthorization();
            """)
            .FixedBy("ASA1005.GuardByDevelopment", """
            if (app.Environment.IsDevelopment())
            {
                app.MapOpenApi();
                app.MapScalarApiReference();
            }
            app.MapGet("/orders", () => 1).RequireAuthorization();
            """)
            .CheckAsync();

    [Fact]
    public Task Fixes_chain_and_directives() =>
        App("""
            #region docs
            app.{|ASA1005:UseSwagger|}().{|ASA1005:UseSwaggerUI|}();
            #endregion
            #if !NEVER
            app.{|ASA1005:UseReDoc|}();
            #endif
            """)
            .FixedBy("ASA1005.GuardByDevelopment", """
            #region docs
            if (app.Environment.IsDevelopment())
            {
                app.UseSwagger().UseSwaggerUI();
            }
            #endregion
            #if !NEVER
            if (app.Environment.IsDevelopment())
            {
                app.UseReDoc();
            }
            #endif
            """)
            .CheckAsync();

    [Theory]
    [InlineData("IApplicationBuilder app, IWebHostEnvironment env", "env.IsDevelopment()")]
    [InlineData("IApplicationBuilder app", "app.ApplicationServices.GetRequiredService<IWebHostEnvironment>().IsDevelopment()")]
    public Task Fixes_startup_class(string parameters, string condition) =>
        Code.Files(("Startup.cs", $$"""
            namespace Shop
            {
                public class Startup
                {
                    public void ConfigureServices(IServiceCollection services) => services.AddAuthorization();

                    public void Configure({{parameters}})
                    {
                        app.UseHttpsRedirection();
                        app.UseHttpLogging();
                        app.{|ASA1005:UseSwagger|}();
                    }
                }
            }
            """))
            .With("Usings.cs", Usings).Reference(Tools).Asks("ASA1005").Option("api_security.rate_limited_by_gateway", "true").Severity("ASA1005", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)
            .FixedBy("ASA1005.GuardByDevelopment", ("Startup.cs", $$"""
            namespace Shop
            {
                public class Startup
                {
                    public void ConfigureServices(IServiceCollection services) => services.AddAuthorization();

                    public void Configure({{parameters}})
                    {
                        app.UseHttpsRedirection();
                        app.UseHttpLogging();
                        if ({{condition}})
                        {
                            app.UseSwagger();
                        }
                    }
                }
            }
            """))
            .CheckAsync();

    [Fact]
    public Task Fixes_without_implicit_usings() =>
        Code.Files(("Docs.cs", """
            using Microsoft.AspNetCore.Builder;
            using Tools;

            namespace Shop;

            public static class Docs
            {
                public static void UseDocs(this IApplicationBuilder app)
                {
                    app.{|ASA1005:UseSwagger|}();
                    app.{|ASA1005:UseSwaggerUI|}();
                }
            }
            """)).Reference(Tools).NoWebUsings().Asks("ASA1005").Severity("ASA1005", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)
            .FixedBy("ASA1005.GuardByDevelopment", """
            using Microsoft.AspNetCore.Builder;
            using Microsoft.AspNetCore.Hosting;
            using Microsoft.Extensions.DependencyInjection;
            using Microsoft.Extensions.Hosting;
            using Tools;

            namespace Shop;

            public static class Docs
            {
                public static void UseDocs(this IApplicationBuilder app)
                {
                    if (app.ApplicationServices.GetRequiredService<IWebHostEnvironment>().IsDevelopment())
                    {
                        app.UseSwagger();
                        app.UseSwaggerUI();
                    }
                }
            }
            """)
            .CheckAsync();

    [Theory]
    [InlineData("app.UseStaticFiles().{|ASA1005:UseSwagger|}();")]
    [InlineData("var docs = app.{|ASA1005:UseSwagger|}();\ndocs.UseStaticFiles();")]
    public Task NoFix_where_other_calls_hang_on_it(string statements) => App(statements).NoFix().CheckAsync();
}
