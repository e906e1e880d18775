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
        (1, Gen.Const(".DisableAntiforgery()")),
        (1, Gen.Const(".AddEndpointFilter<PassFilter>()")),
        (1, Gen.Const(".AddEndpointFilter<KeyFilter>()")));

    /// <summary>Middleware that acts: in a minimal host authorization may be left to the framework.</summary>
    private static readonly Gen<string> Orders = Gen.Int[0, 4].Select(static i => i switch
    {
        0 => "Authentication,Authorization,RateLimiter,Antiforgery",
        1 => "Routing,RateLimiter,Authentication,Authorization,Antiforgery",
        2 => "Authorization,Antiforgery,RateLimiter",
        _ => "RateLimiter,Antiforgery",
    });

    /// <summary>Middleware in any order; routing comes before the endpoints, since nothing starts otherwise.</summary>
    private static readonly Gen<string> OddOrders = Gen.Shuffle(new[] { "Authentication", "Authorization", "RateLimiter", "Routing", "Endpoints" }).Select(Gen.Int[0, 4], static (all, drop) =>
    {
        var order = all.Where((m, i) => i != drop || m is "Routing" or "Endpoints").ToList();
        var (routing, endpoints) = (order.IndexOf("Routing"), order.IndexOf("Endpoints"));
        if (endpoints < routing)
            (order[routing], order[endpoints]) = (order[endpoints], order[routing]);
        return string.Join(',', order);
    });

    private static readonly string[] Verbs = ["Get", "Post", "Put", "Delete", "Patch"];

    private static readonly Gen<string> Verb = Gen.Int[0, 4].Select(static i => Verbs[i]);

    /// <summary>One endpoint of a minimal API: verb, attributes of its handler, chain, and how the handler is written.</summary>
    private static readonly Gen<(string Verb, string Attribute, string Chain, int Form)> Endpoint =
        Gen.Select(Verb, Access, Convention.Array[0, 2].Select(string.Concat), Gen.Int[0, 8]);

    private static readonly Gen<GroupShape> Group = Gen.Recursive<GroupShape>((depth, inner) => Gen.Select(
        Convention.Array[0, 2],
        Endpoint.List[0, 3],
        depth < 3 ? inner.List[0, 2] : Gen.Const(new List<GroupShape>()),
        Gen.Int[0, 6],
        (conventions, endpoints, groups, form) => new GroupShape(conventions, endpoints, groups, form)));

    private static readonly Gen<(string Verb, string Attribute, int Form)> Action = Gen.Select(Verb, Access, Gen.Int[0, 3]);

    private static readonly Gen<ControllerShape> Controller = Gen.Select(
        Access,
        Access,
        Action.List[1, 4],
        Action.List[0, 2],
        Gen.Int[0, 7],
        (onBase, onClass, actions, inherited, form) => new ControllerShape(onBase, onClass, actions, inherited, form));

    /// <summary>The applications.</summary>
    public static readonly Gen<string> Source = Gen.Select(
        Group,
        Controller.List[0, 3],
        Gen.Int[0, 5],
        Gen.Int[0, 7],
        Gen.Select(Gen.Int[0, 3], Orders, Convention),
        static (group, controllers, host, policy, rest) => Write(group, controllers, host, policy, rest.Item1, rest.Item2, rest.Item3));

    /// <summary>Applications whose middleware stands in any order and may be missing, endpoints included.</summary>
    public static readonly Gen<string> OddSource = Gen.Select(
        Group,
        Controller.List[0, 2],
        Gen.Int[0, 2],
        Gen.Int[0, 5],
        OddOrders,
        static (group, controllers, host, policy, order) => Write(group, controllers, host == 0 ? 0 : 2, policy, 0, order, ""));

    private static string Write(GroupShape group, List<ControllerShape> controllers, int host, int policy, int filter, string order, string mapping)
    {
        var writer = new SourceWriter();
        var body = writer.Group(group, "app", "routes");
        var controllerTypes = string.Concat(controllers.Select(writer.Controller));

        // an endpoint filter is for route handlers; MVC has its own
        var chain = mapping.Contains("Filter", StringComparison.Ordinal) ? "" : mapping;
        var map = controllers.Count == 0 ? "" : controllers.Exists(static c => c.Form >= 6) ? $"app.MapControllerRoute(\"default\", \"{{controller=Home}}/{{action=Index}}/{{id?}}\"){chain};\n" : $"app.MapControllers(){chain};\n";
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
            services.AddAntiforgery();
            services.AddSignalR();

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

    private static string Host(int host, string order, string services, string mapping)
    {
        var middleware = string.Concat(order.Split(',', StringSplitOptions.RemoveEmptyEntries).Where(static m => m != "Endpoints").Select(static m => $"app.Use{m}();\n"));
        var classic = string.Concat((order.Contains("Endpoints", StringComparison.Ordinal) ? order : "Routing,Authentication,Authorization,RateLimiter,Antiforgery,Endpoints").Split(',')
            .Select(m => m == "Endpoints" ? $"builder.UseEndpoints(app =>\n{{\n{mapping}\n}});\n" : $"builder.Use{m}();\n"));
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
                        {{classic}}
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
