using System.Text;
using CsCheck;

namespace ApiSecurityAnalyzers.Oracle.Tests.Generated;

/// <summary>
/// Random applications: groups in groups, controllers with inheritance, attributes on methods, classes and bases, conventions, filters,
/// policies for all, hosts of several forms. Every endpoint has a path of its own, so that each can be called.
/// </summary>
internal static class GeneratedApplication
{
    private static readonly Gen<string> Access = Gen.Frequency(
        (5, Gen.Const("")),
        (2, Gen.Const("Authorize")),
        (1, Gen.Const("Authorize(\"Staff\")")),
        (1, Gen.Const("Authorize(Roles = \"Admin\")")),
        (1, Gen.Const("Demand")),
        (2, Gen.Const("AllowAnonymous")),
        (1, Gen.Const("Public")),
        (1, Gen.Const("Authorize, AllowAnonymous")),
        (1, Gen.Const("EnableRateLimiting(\"slow\")")),
        (1, Gen.Const("DisableRateLimiting")));

    private static readonly Gen<string> Convention = Gen.Frequency(
        (6, Gen.Const("")),
        (2, Gen.Const(".RequireAuthorization()")),
        (1, Gen.Const(".RequireAuthorization(\"Staff\")")),
        (1, Gen.Const(".RequireAuthorization(Names.Staff, \"Audit\")")),
        (1, Gen.Const(".RequireAuthorization(p => p.RequireAuthenticatedUser())")),
        (1, Gen.Const(".RequireAuthorization(new AuthorizeAttribute { Policy = \"Staff\" })")),
        (2, Gen.Const(".AllowAnonymous()")),
        (1, Gen.Const(".WithMetadata(new AuthorizeAttribute())")),
        (1, Gen.Const(".WithMetadata(new Public())")),
        (1, Gen.Const(".RequireRateLimiting(\"slow\")")),
        (1, Gen.Const(".RequireRateLimiting(Names.Fast)")),
        (1, Gen.Const(".DisableRateLimiting()")),
        (1, Gen.Const(".WithTags(\"t\")")),
        (1, Gen.Const(".AddEndpointFilter<PassFilter>()")),
        (1, Gen.Const(".AddEndpointFilter<KeyFilter>()")));

    private static readonly string[] Verbs = ["Get", "Post", "Put", "Delete", "Patch"];

    private static readonly Gen<string> Verb = Gen.Int[0, 4].Select(static i => Verbs[i]);

    /// <summary>One endpoint of a minimal API: verb, attributes of its handler, chain, and how the handler is written.</summary>
    private static readonly Gen<(string Verb, string Attribute, string Chain, int Form)> Endpoint =
        Gen.Select(Verb, Access, Convention.Array[0, 2].Select(string.Concat), Gen.Int[0, 4]);

    private static readonly Gen<GroupShape> Group = Gen.Recursive<GroupShape>((depth, inner) => Gen.Select(
        Convention.Array[0, 2],
        Endpoint.List[0, 3],
        depth < 3 ? inner.List[0, 2] : Gen.Const(new List<GroupShape>()),
        Gen.Int[0, 5],
        (conventions, endpoints, groups, form) => new GroupShape(conventions, endpoints, groups, form)));

    private static readonly Gen<(string Verb, string Attribute, int Form)> Action = Gen.Select(Verb, Access, Gen.Int[0, 3]);

    private static readonly Gen<ControllerShape> Controller = Gen.Select(
        Access,
        Access,
        Action.List[1, 4],
        Action.List[0, 2],
        Gen.Int[0, 5],
        (onBase, onClass, actions, inherited, form) => new ControllerShape(onBase, onClass, actions, inherited, form));

    /// <summary>The applications.</summary>
    public static readonly Gen<string> Source = Gen.Select(
        Group,
        Controller.List[0, 3],
        Gen.Int[0, 5],
        Gen.Int[0, 7],
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3], Convention),
        static (group, controllers, host, policy, rest) => Write(group, controllers, host, policy, rest.Item1, rest.Item2, rest.Item3));

    private static string Write(GroupShape group, List<ControllerShape> controllers, int host, int policy, int filter, int order, string mapping)
    {
        var writer = new SourceWriter();
        var body = writer.Group(group, "app", "routes");
        var controllerTypes = string.Concat(controllers.Select(writer.Controller));

        // an endpoint filter is for route handlers; MVC has its own
        var map = controllers.Count == 0 ? "" : $"app.MapControllers(){(mapping.Contains("Filter", StringComparison.Ordinal) ? "" : mapping)};\n";
        var services = Services(policy, filter);
        return Host(host, order, services, body + map) + Types + writer.Types + controllerTypes;
    }

    private static string Services(int policy, int filter)
    {
        var text = new StringBuilder("""
            services.AddAuthentication().AddBearerToken();
            services.AddAuthorization(options => { options.AddPolicy("Staff", p => p.RequireAuthenticatedUser()); options.AddPolicy("Audit", p => p.RequireClaim("audit")); });
            services.AddRateLimiter(options => { options.AddConcurrencyLimiter("slow", o => o.PermitLimit = 9999); options.AddConcurrencyLimiter("fast", o => o.PermitLimit = 9999); });
            services.AddScoped<ActionKeyFilter>();

            """);
        text.AppendLine(policy switch
        {
            1 => "services.AddAuthorization(o => o.FallbackPolicy = o.DefaultPolicy);",
            2 => "services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());",
            3 => "services.Configure<AuthorizationOptions>(o => o.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());",
            _ => "",
        });
        text.AppendLine(filter switch
        {
            1 => "services.AddControllers(o => o.Filters.Add(new AuthorizeFilter()));",
            2 => "services.AddControllers(o => o.Filters.Add<ActionPassFilter>());",
            _ => "services.AddControllers();",
        });
        return text.ToString();
    }

    private static string Host(int host, int order, string services, string mapping)
    {
        var middleware = order switch
        {
            1 => "app.UseAuthentication();\napp.UseAuthorization();\napp.UseRateLimiter();\n",
            2 => "app.UseRouting();\napp.UseRateLimiter();\napp.UseAuthorization();\n",
            _ => "app.UseRateLimiter();\n",
        };
        return host switch
        {
            0 => $$"""
                Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(web => web.UseStartup<Startup>()).Build().Run();
                class Startup
                {
                    public void ConfigureServices(IServiceCollection services)
                    {
                        {{services}}
                    }
                    public void Configure(IApplicationBuilder builder)
                    {
                        builder.UseRouting().UseAuthentication().UseAuthorization().UseRateLimiter();
                        builder.UseEndpoints(app =>
                        {
                            {{mapping}}
                        });
                    }
                }

                """,
            1 => $$"""
                public class Program
                {
                    public static void Main(string[] args) => Build(args).Run();
                    private static WebApplication Build(string[] args)
                    {
                        var builder = WebApplication.CreateBuilder(args);
                        Services(builder.Services);
                        var app = builder.Build();
                        {{middleware}}
                        app.MapEverything();
                        return app;
                    }
                    private static void Services(IServiceCollection services)
                    {
                        {{services}}
                    }
                }
                static class Mapping
                {
                    public static void MapEverything(this IEndpointRouteBuilder app)
                    {
                        {{mapping}}
                    }
                }

                """,
            _ => $$"""
                var builder = WebApplication.CreateBuilder(args);
                var services = builder.Services;
                {{services}}
                var app = builder.Build();
                {{middleware}}
                {{mapping}}
                app.Run();

                """,
        };
    }

    private const string Types = """
        static class Names { public const string Staff = "Staff"; public const string Fast = "fa" + "st"; }
        class DemandAttribute : AuthorizeAttribute { }
        class Public : Attribute, IAllowAnonymous { }
        class PassFilter : IEndpointFilter { public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) => next(context); }
        class KeyFilter : IEndpointFilter
        {
            public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
                context.HttpContext.Request.Headers.ContainsKey("X-Key") ? next(context) : new ValueTask<object?>(Results.Unauthorized());
        }
        public class ActionPassFilter : IActionFilter { public void OnActionExecuting(ActionExecutingContext context) { } public void OnActionExecuted(ActionExecutedContext context) { } }
        public class ActionKeyFilter : IAuthorizationFilter { public void OnAuthorization(AuthorizationFilterContext context) => context.Result = new UnauthorizedResult(); }

        """;
}

/// <summary>A group of a generated application.</summary>
/// <param name="Conventions">What its chain says.</param>
/// <param name="Endpoints">The endpoints in it.</param>
/// <param name="Groups">The groups in it.</param>
/// <param name="Form">How it is written: in a local, in a chain, through an own method.</param>
internal sealed record GroupShape(string[] Conventions, List<(string Verb, string Attribute, string Chain, int Form)> Endpoints, List<GroupShape> Groups, int Form);

/// <summary>A controller of a generated application.</summary>
/// <param name="OnBase">Attributes of its base class.</param>
/// <param name="OnClass">Attributes of the class.</param>
/// <param name="Actions">Its actions.</param>
/// <param name="Inherited">The actions of its base class.</param>
/// <param name="Form">How it is written: with or without base class, overriding, partial.</param>
internal sealed record ControllerShape(string OnBase, string OnClass, List<(string Verb, string Attribute, int Form)> Actions, List<(string Verb, string Attribute, int Form)> Inherited, int Form);
