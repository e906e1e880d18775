namespace ApiSecurityAnalyzers.Tests.Exposure;

/// <summary>An application without other faults, in variants of how callers sign in.</summary>
internal static class CookieHost
{
    public const string Cookies = "builder.Services.AddAuthentication(\"Cookies\").AddCookie();";

    public static string Text(string authentication = Cookies, string mvc = "builder.Services.AddControllersWithViews();", string middleware = "", string endpoints = "app.MapControllers();") => $$"""
        var builder = WebApplication.CreateBuilder(args);
        {{authentication}}
        builder.Services.AddAuthorization();
        {{mvc}}
        builder.Services.AddHttpLogging(options => { });
        builder.Services.AddRateLimiter(options => options.GlobalLimiter = System.Threading.RateLimiting.PartitionedRateLimiter.Create<HttpContext, string>(
            context => System.Threading.RateLimiting.RateLimitPartition.GetFixedWindowLimiter("all", key => new System.Threading.RateLimiting.FixedWindowRateLimiterOptions { PermitLimit = 100, Window = TimeSpan.FromMinutes(1) })));
        var app = builder.Build();
        app.UseHttpLogging();
        app.UseHttpsRedirection();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        {{middleware}}
        {{endpoints}}
        app.Run();
        """.Replace("\n\n", "\n", StringComparison.Ordinal);

    /// <summary>A controller beside the application.</summary>
    public static CodeTest With(string controller, string? host = null) => Code.Files(("OrdersController.cs", controller), ("Program.cs", host ?? Text()));

    /// <summary>Members of an authorized controller with views.</summary>
    public static CodeTest Members(string members, string? host = null) => With(Controller(members), host);

    public static string Controller(string members) => $$"""
        [Authorize]
        public sealed class OrdersController : Controller
        {
            {{members.Replace("\n", "\n    ", StringComparison.Ordinal)}}
        }
        """;
}
