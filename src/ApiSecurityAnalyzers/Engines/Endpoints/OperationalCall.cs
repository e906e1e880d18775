using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>A call that adds an endpoint which tells about the application or runs it. To support one more library, add a row.</summary>
/// <param name="Name">The method, which is looked for also where its package cannot be resolved.</param>
/// <param name="Shows">What the endpoint shows, as the message has it.</param>
/// <param name="Path">Where it answers by default.</param>
/// <param name="Opens">On what it depends whether everyone sees it.</param>
internal sealed record OperationalCall(string Name, string Shows, string Path, OperationalOpening Opens)
{
    private const string Description = "the description of the API";
    private const string Metrics = "the metrics of the application";
    private const string Explorer = "a tool that explores the API";

    public static readonly ImmutableDictionary<string, OperationalCall> All = new OperationalCall[]
    {
        new("MapHealthChecks", "the details of health checks", "/health", OperationalOpening.DetailedHealth),
        new("UseHealthChecks", "the details of health checks", "/health", OperationalOpening.DetailedHealth),
        new("MapHealthChecksUI", "the dashboard of health checks", "/healthchecks-ui", OperationalOpening.Always),
        new("UseHealthChecksUI", "the dashboard of health checks", "/healthchecks-ui", OperationalOpening.Always),
        new("MapMetrics", Metrics, "/metrics", OperationalOpening.WithoutPort),
        new("UseMetricServer", Metrics, "/metrics", OperationalOpening.WithoutPort),
        new("MapPrometheusScrapingEndpoint", Metrics, "/metrics", OperationalOpening.WithoutPort),
        new("UseOpenTelemetryPrometheusScrapingEndpoint", Metrics, "/metrics", OperationalOpening.WithoutPort),
        new("MapOpenApi", Description, "/openapi", OperationalOpening.Always),
        new("UseOpenApi", Description, "/swagger", OperationalOpening.Always),
        new("UseSwagger", Description, "/swagger", OperationalOpening.Always),
        new("MapSwagger", Description, "/swagger", OperationalOpening.Always),
        new("UseSwaggerUI", Explorer, "/swagger", OperationalOpening.Always),
        new("MapSwaggerUI", Explorer, "/swagger", OperationalOpening.Always),
        new("UseSwaggerUi", Explorer, "/swagger", OperationalOpening.Always),
        new("UseSwaggerUi3", Explorer, "/swagger", OperationalOpening.Always),
        new("UseReDoc", Description, "/api-docs", OperationalOpening.Always),
        new("UseKnife4UI", Explorer, "/swagger", OperationalOpening.Always),
        new("UseRapiDocUI", Explorer, "/swagger", OperationalOpening.Always),
        new("MapScalarApiReference", Explorer, "/scalar", OperationalOpening.Always),
        new("MapGrpcReflectionService", "the description of the gRPC services", "/grpc.reflection.v1alpha.ServerReflection", OperationalOpening.Always),
        new("UseHangfireDashboard", "the dashboard of background jobs", "/hangfire", OperationalOpening.DashboardFilters),
        new("MapHangfireDashboard", "the dashboard of background jobs", "/hangfire", OperationalOpening.DashboardFilters),
        new("MapNitroApp", Explorer, "/graphql", OperationalOpening.Always),
        new("MapBananaCakePop", Explorer, "/graphql", OperationalOpening.Always),
        new("MapGraphQLPlayground", Explorer, "/ui", OperationalOpening.Always),
        new("MapGraphQLGraphiQL", Explorer, "/ui", OperationalOpening.Always),
        new("MapGraphQLAltair", Explorer, "/ui", OperationalOpening.Always),
        new("MapGraphQLVoyager", Explorer, "/ui", OperationalOpening.Always),
        new("UseGraphQLPlayground", Explorer, "/ui", OperationalOpening.Always),
        new("UseGraphQLGraphiQL", Explorer, "/ui", OperationalOpening.Always),
        new("UseGraphQLAltair", Explorer, "/ui", OperationalOpening.Always),
        new("UseGraphQLVoyager", Explorer, "/ui", OperationalOpening.Always),
        new("UsePlayground", Explorer, "/playground", OperationalOpening.Always),
        new("UseGraphiQL", Explorer, "/graphiql", OperationalOpening.Always),
        new("UseVoyager", Explorer, "/voyager", OperationalOpening.Always),
        new("MapAllActuators", "the state of the application", "/actuator", OperationalOpening.Always),
    }.ToImmutableDictionary(static c => c.Name, StringComparer.Ordinal);

    public static readonly NameSet Names = new(All.Keys.OrderBy(static n => n, StringComparer.Ordinal));
}
