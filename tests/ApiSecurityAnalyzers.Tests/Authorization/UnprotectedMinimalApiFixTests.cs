using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Authorization;

/// <summary>ASA1002: what the fixes write into chains.</summary>
public sealed class UnprotectedMinimalApiFixTests
{
    [Theory]
    [InlineData("app.{|ASA1002:MapGet|}(\"/x\", () => 1);", "app.MapGet(\"/x\", () => 1).RequireAuthorization();")]
    [InlineData("app.{|ASA1002:MapGet|}(\"/x\", () => 1).WithName(\"x\"); // x", "app.MapGet(\"/x\", () => 1).RequireAuthorization().WithName(\"x\"); // x")]
    [InlineData("app.{|ASA1002:MapGet|}(\"/x\", () => 1)\n    .WithName(\"x\");", "app.MapGet(\"/x\", () => 1)\n    .RequireAuthorization()\n    .WithName(\"x\");")]
    [InlineData("app\n    .{|ASA1002:MapGet|}(\"/x\", () => 1);", "app\n    .MapGet(\"/x\", () => 1)\n    .RequireAuthorization();")]
    [InlineData("app.{|ASA1002:MapPost|}(\"/x\", (int id) =>\n{\n    // body\n    return id;\n});", "app.MapPost(\"/x\", (int id) =>\n{\n    // body\n    return id;\n}).RequireAuthorization();")]
    [InlineData("app.{|ASA1002:MapPost|}(\"/x\", (int id) =>\n{\n    return id;\n})\n.WithName(\"x\")\n.WithTags(\"y\");", "app.MapPost(\"/x\", (int id) =>\n{\n    return id;\n})\n.RequireAuthorization()\n.WithName(\"x\")\n.WithTags(\"y\");")]
    [InlineData("var x = app.{|ASA1002:MapGet|}(\"/x\", () => 1);\nx.WithName(\"x\");", "var x = app.MapGet(\"/x\", () => 1).RequireAuthorization();\nx.WithName(\"x\");")]
    [InlineData("var x = app.{|ASA1002:MapGroup|}(\"/x\");\nx.MapGet(\"/\", () => 1);\nx.MapPost(\"/\", () => 2);", "var x = app.MapGroup(\"/x\").RequireAuthorization();\nx.MapGet(\"/\", () => 1);\nx.MapPost(\"/\", () => 2);")]
    [InlineData("app.{|ASA1002:MapGroup|}(\"/x\")\n    .WithTags(\"x\")\n    .MapGet(\"/\", () => 1);", "app.MapGroup(\"/x\")\n    .RequireAuthorization()\n    .WithTags(\"x\")\n    .MapGet(\"/\", () => 1);")]
    [InlineData("app.{|ASA1002:MapMethods|}(\"/x\", [\"GET\"], () => 1);", "app.MapMethods(\"/x\", [\"GET\"], () => 1).RequireAuthorization();")]
    [InlineData("app.{|ASA1002:MapFallback|}(() => \"x\");", "app.MapFallback(() => \"x\").RequireAuthorization();")]
    [InlineData("app.{|ASA1002:Map|}(\"/x\", (HttpRequest request) => request.Method);", "app.Map(\"/x\", (HttpRequest request) => request.Method).RequireAuthorization();")]
    [InlineData("EndpointRouteBuilderExtensions.{|ASA1002:MapGet|}(app, \"/x\", () => 1);", "EndpointRouteBuilderExtensions.MapGet(app, \"/x\", () => 1).RequireAuthorization();")]
    [InlineData("#if !NEVER\napp.{|ASA1002:MapGet|}(\"/x\", () => 1);\n#endif", "#if !NEVER\napp.MapGet(\"/x\", () => 1).RequireAuthorization();\n#endif")]
    [InlineData("#region x\napp.{|ASA1002:MapGet|}(\"/x\", () => 1); // one\n// two\napp.{|ASA1002:MapGet|}(\"/y\", () => 1);\n#endregion", "#region x\napp.MapGet(\"/x\", () => 1).RequireAuthorization(); // one\n// two\napp.MapGet(\"/y\", () => 1).RequireAuthorization();\n#endregion")]
    [InlineData("app?.{|ASA1002:MapGet|}(\"/x\", () => 1);", "app?.MapGet(\"/x\", () => 1).RequireAuthorization();")]
    [InlineData("if (app.Configuration[\"x\"] == \"y\") app.{|ASA1002:MapGet|}(\"/x\", () => 1); else app.{|ASA1002:MapGet|}(\"/y\", () => 1);", "if (app.Configuration[\"x\"] == \"y\") app.MapGet(\"/x\", () => 1).RequireAuthorization(); else app.MapGet(\"/y\", () => 1).RequireAuthorization();")]
    public Task Fixes_chains(string before, string after) =>
        Code.MinimalApi(before)
            .FixedBy("ASA1002.Authorize", after)
            .FixedBy("ASA1002.AllowAnonymous", after.Replace("RequireAuthorization", "AllowAnonymous", StringComparison.Ordinal))
            .CheckAsync();

    [Fact]
    public Task Fixes_partly_covered_group_by_endpoint_or_by_group() =>
        Code.MinimalApi("""
            var orders = app.MapGroup("/orders");
            orders.MapGet("/", () => 1).AllowAnonymous();
            orders.{|ASA1002:MapPost|}("/", () => 2);
            orders.{|ASA1002:MapDelete|}("/", () => 3);
            """)
            .FixedBy("ASA1002.Authorize", """
            var orders = app.MapGroup("/orders");
            orders.MapGet("/", () => 1).AllowAnonymous();
            orders.MapPost("/", () => 2).RequireAuthorization();
            orders.MapDelete("/", () => 3).RequireAuthorization();
            """)
            .FixedBy("ASA1002.AuthorizeGroup", """
            var orders = app.MapGroup("/orders").RequireAuthorization();
            orders.MapGet("/", () => 1).AllowAnonymous();
            orders.MapPost("/", () => 2);
            orders.MapDelete("/", () => 3);
            """)
            .CheckAsync();

    [Fact]
    public Task Fixes_endpoints_beside_the_host() =>
        Code.MinimalApi("""
            app.MapOrders();
            """).With("Orders.cs", """
            namespace Shop.Api
            {
                internal static class Orders { }
            }

            public static class Api
            {
                public static void MapOrders(this IEndpointRouteBuilder routes) => routes.{|ASA1002:MapGet|}("/orders", () => 1);
            }
            """)
            .FixedBy("ASA1002.Authorize", ("Orders.cs", """
            namespace Shop.Api
            {
                internal static class Orders { }
            }

            public static class Api
            {
                public static void MapOrders(this IEndpointRouteBuilder routes) => routes.MapGet("/orders", () => 1).RequireAuthorization();
            }
            """))
            .CheckAsync();

    [Fact]
    public Task Fixes_library_without_global_usings() =>
        Code.Files(("Api.cs", """
            namespace Shop;

            public static class Api
            {
                public static void MapOrders(Microsoft.AspNetCore.Routing.IEndpointRouteBuilder routes) =>
                    Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.{|ASA1002:MapGet|}(routes, "/orders", () => 1);
            }
            """))
            .NoWebUsings().Option("api_security.rate_limited_by_gateway", "true").Severity("ASA1002", DiagnosticSeverity.Info)
            .FixedBy("ASA1002.Authorize", ("Api.cs", """
            using Microsoft.AspNetCore.Builder;

            namespace Shop;

            public static class Api
            {
                public static void MapOrders(Microsoft.AspNetCore.Routing.IEndpointRouteBuilder routes) =>
                    Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapGet(routes, "/orders", () => 1).RequireAuthorization();
            }
            """))
            .CheckAsync();
}
