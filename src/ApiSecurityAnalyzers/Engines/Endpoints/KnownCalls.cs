namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>
/// What is known of framework and library calls on the builders of a host. Names decide, because a call must be understood
/// also where its package cannot be resolved. To support one more library, add its method or its assembly here.
/// </summary>
internal static class KnownCalls
{
    /// <summary>Middleware that limits the rate of requests: ASP.NET Core, AspNetCoreRateLimit.</summary>
    public static readonly HashSet<string> RateLimiting = new(StringComparer.Ordinal)
    {
        "UseRateLimiter", "UseIpRateLimiting", "UseClientRateLimiting", "UseRateLimiting", "UseThrottling", "UseOcelot",
    };

    /// <summary>Limiting middleware that needs no policy on the endpoints.</summary>
    public static readonly HashSet<string> LimitsEverything = new(StringComparer.Ordinal)
    {
        "UseIpRateLimiting", "UseClientRateLimiting", "UseRateLimiting", "UseThrottling", "UseOcelot",
    };

    /// <summary>Middleware that logs every request.</summary>
    public static readonly HashSet<string> RequestLogging = new(StringComparer.Ordinal)
    {
        "UseHttpLogging", "UseW3CLogging", "UseSerilogRequestLogging", "UseElasticApm", "UseAllElasticApm", "UseRequestLogging",
        "UseNLogRequestLogging", "UseApplicationInsightsRequestTelemetry", "UseSentryTracing", "UseHttpRequestLogging", "UseAudit", "UseAuditMiddleware",
    };

    /// <summary>Services or builder calls that by themselves record every request.</summary>
    public static readonly HashSet<string> RequestRecording = new(StringComparer.Ordinal)
    {
        "AddAspNetCoreInstrumentation", "AddApplicationInsightsTelemetry", "UseApplicationInsights", "AddElasticApm", "AddElasticApmForAspNetCore", "AddAllElasticApm",
        "UseAzureMonitor", "AddAzureMonitor", "AddDatadogTracing", "UseSentry", "AddSentry", "UseNewRelic", "AddDynatrace", "AddHoneycomb", "UseLumigo", "UseMetricsWebTracking", "AddAppMetrics",
    };

    /// <summary>Middleware that redirects plain HTTP, or makes the application unreachable over it.</summary>
    public static readonly HashSet<string> HttpsRedirection = new(StringComparer.Ordinal)
    {
        "UseHttpsRedirection", "AddRedirectToHttps", "AddRedirectToHttpsPermanent", "UseHttpsEnforcement", "UseRewriteHttps",
    };

    /// <summary>Middleware that keeps browsers on HTTPS, alone or among other headers.</summary>
    public static readonly HashSet<string> StrictTransport = new(StringComparer.Ordinal) { "UseHsts", "UseSecurityHeaders", "UseSecureHeadersMiddleware", "UseStrictTransportSecurity" };

    /// <summary>Calls that show a proxy, a gateway or a serverless platform in front, which may end TLS.</summary>
    public static readonly HashSet<string> ShowsProxy = new(StringComparer.Ordinal)
    {
        "UseForwardedHeaders", "UseCertificateForwarding", "AddCertificateForwarding", "UseIISIntegration", "UseAzureAppServices", "AddAWSLambdaHosting", "UseLambdaServer", "ListenUnixSocket",
    };

    /// <summary>Logging libraries that take the place of the framework's logging.</summary>
    public static readonly HashSet<string> ReplacesLogging = new(StringComparer.Ordinal)
    {
        "UseSerilog", "AddSerilog", "UseNLog", "AddNLog", "AddNLogWeb", "AddLog4Net", "UseLog4Net", "AddZLogger",
    };

    /// <summary>Calls that map controllers.</summary>
    public static readonly HashSet<string> MapsControllers = new(StringComparer.Ordinal)
    {
        "MapControllers", "MapControllerRoute", "MapDefaultControllerRoute", "MapAreaControllerRoute", "MapDynamicControllerRoute",
        "MapFallbackToController", "MapFallbackToAreaController", "UseMvc", "UseMvcWithDefaultRoute",
    };

    /// <summary>Calls that map a handler given in the call.</summary>
    public static readonly HashSet<string> MapsHandler = new(StringComparer.Ordinal)
    {
        "MapGet", "MapPost", "MapPut", "MapDelete", "MapPatch", "MapMethods", "Map", "MapFallback",
    };

    /// <summary>Endpoints that other rules judge: health, metrics, documents, static files, sign-in endpoints.</summary>
    public static readonly HashSet<string> MapsOperational = new(StringComparer.Ordinal)
    {
        "MapHealthChecks", "MapHealthChecksUI", "MapOpenApi", "MapSwagger", "MapSwaggerUI", "MapScalarApiReference", "MapScalarUi", "MapMetrics", "MapPrometheusScrapingEndpoint",
        "MapStaticAssets", "MapFallbackToFile", "MapIdentityApi", "MapAdditionalIdentityEndpoints", "MapHangfireDashboard", "MapHangfireDashboardWithAuthorizationPolicy", "MapGraphQLSchema",
        "MapNitroApp", "MapBananaCakePop", "MapShortCircuit", "MapGrpcReflectionService", "MapGrpcHealthChecksService", "MapFallbackToPage", "MapFallbackToAreaPage", "MapCustomHealthChecks",
        "MapGraphQLPlayground", "MapGraphQLGraphiQL", "MapGraphQLAltair", "MapGraphQLVoyager", "MapAllActuators",
    };

    /// <summary>Endpoints of kinds that other rules judge: pages, components, gRPC, proxies, GraphQL.</summary>
    public static readonly HashSet<string> MapsOther = new(StringComparer.Ordinal)
    {
        "MapRazorPages", "MapRazorComponents", "MapBlazorHub", "MapGrpcService", "MapReverseProxy", "MapForwarder", "MapGraphQL", "MapCarter",
        "MapFastEndpoints", "UseFastEndpoints", "MapODataRoute", "MapConnections", "MapConnectionHandler", "MapDynamicPageRoute",
    };

    /// <summary>Conventions by which an endpoint or a group demands authorization.</summary>
    public static readonly HashSet<string> RequiresAuthorization = new(StringComparer.Ordinal)
    {
        "RequireAuthorization", "RequirePermission", "RequireRole",
    };

    /// <summary>Conventions that decide about a limiter.</summary>
    public static readonly HashSet<string> DecidesLimiter = new(StringComparer.Ordinal) { "RequireRateLimiting", "DisableRateLimiting" };

    /// <summary>
    /// Assemblies (name, or name and a dot) whose extension methods on builders neither authorize, limit, log nor redirect,
    /// apart from the calls in the tables above.
    /// </summary>
    private static readonly string[] HarmlessAssemblies =
    [
        "Microsoft", "System", "Asp.Versioning", "Swashbuckle", "NSwag", "Scalar", "MediatR", "Mediator", "AutoMapper", "Mapster", "FluentValidation", "MassTransit", "NServiceBus", "Rebus",
        "Hangfire", "Quartz", "Polly", "Refit", "Scrutor", "Autofac", "Lamar", "StackExchange", "Npgsql", "Pomelo", "MySql", "MongoDB", "Dapper", "Marten", "Wolverine", "WolverineFx", "Azure",
        "AWSSDK", "Amazon", "Google", "OpenTelemetry", "Serilog", "NLog", "Prometheus", "AspNetCore", "Grpc", "HotChocolate", "GraphQL", "Elastic", "Nest", "Aspire", "Newtonsoft", "Unchase",
        "EFCore", "EasyCaching", "FusionCache", "ZiggyCreatures", "RabbitMQ", "Confluent", "WebMarkupMin", "Westwind", "BundlerMinifier", "LigerShark", "Blazored", "MudBlazor", "Radzen", "Stripe",
        "SendGrid", "FluentEmail", "MailKit", "Sentry", "Datadog", "NewRelic", "Carter", "Ardalis", "JsonApiDotNetCore", "Yarp", "Steeltoe", "Winton", "Humanizer", "Coravel", "Ben", "Joonasw", "NetEscapades",
        "Orleans", "Akka", "Dapr", "RazorLight", "Ocelot", "AspNetCoreRateLimit", "ProxyKit", "DotNetCore", "DotNet", "SixLabors", "ImageSharp", "ThrottlingTroll", "StronglyTypedIds",
    ];

    /// <summary>Names of widespread library calls, for code whose packages cannot be resolved.</summary>
    private static readonly string[] HarmlessPrefixes =
    [
        "AddHangfire", "UseHangfire", "AddMediatR", "AddMediator", "AddAutoMapper", "AddMapster", "AddFluentValidation", "AddValidators", "AddSwagger", "UseSwagger", "UseReDoc", "UseKnife4UI", "UseRapiDoc", "UseHealthChecks", "UseGraphQL", "UsePlayground", "UseGraphiQL", "UseAltair", "UseVoyager", "UseShowAllServices", "AddOpenApi", "UseOpenApi",
        "AddMassTransit", "AddQuartz", "AddRefit", "AddPolly", "AddHealthChecks", "AddApiVersioning", "AddVersionedApiExplorer", "AddStackExchange", "AddNpgsql", "AddDbContext", "AddSqlServer",
        "AddSqlite", "AddMongo", "AddRedis", "AddEntityFramework", "AddMarten", "AddAWSService", "AddAWSLambda", "AddNewtonsoftJson", "AddGraphQL", "AddGrpc", "AddOpenTelemetry", "UseSerilog", "UseNLog", "AddSerilog",
        "AddPrometheus", "UsePrometheus", "UseOpenTelemetryPrometheus", "UseHttpMetrics", "UseMetricServer", "AddRazor", "AddBlazored", "AddServerSideBlazor", "AddDefaultIdentity", "AddIdentity", "UseBlazor", "UseWebAssembly", "UseMigrationsEndPoint", "UseDatabaseErrorPage", "UseIdentityServer", "AddMud", "AddCarter", "AddReverseProxy", "AddLocalization", "AddJwtBearer", "AddGoogle", "AddFacebook", "AddMicrosoft",
        "AddOpenIddict", "AddIdentityServer", "AddKeycloak", "AddAuth0", "AddMiniProfiler", "UseMiniProfiler", "AddEasyCaching", "AddSpaStaticFiles", "UseSpa", "UseAutofac", "AddRabbit", "AddKafka", "AddSendGrid", "AddFluentEmail",
        "AddDefaultIdentity", "AddIdentity", "AddSignalR", "AddDataProtection", "AddHttpClient", "AddMemoryCache", "AddDistributed", "AddOData", "AddElastic", "AddNSwag", "AddScalar", "AddSentry", "AddFeatureManagement", "AddTransient", "AddScoped", "AddSingleton",
    ];

    public static bool IsHarmlessAssembly(string name)
    {
        foreach (var prefix in HarmlessAssemblies)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal) && (name.Length == prefix.Length || name[prefix.Length] == '.'))
                return true;
        }

        return false;
    }

    public static bool IsHarmlessName(string name)
    {
        foreach (var prefix in HarmlessPrefixes)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
