using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Whether an application hands metrics or traces to something that can raise an alert. To support one more library, add its call here.</summary>
internal static class TelemetryExport
{
    /// <summary>Calls and types of OpenTelemetry, Application Insights, prometheus-net, App Metrics, and of the agents that are started in code.</summary>
    public static readonly NameSet Names = new(
        "AddOpenTelemetry", "UseOpenTelemetry", "AddOpenTelemetryTracing", "AddOpenTelemetryMetrics", "CreateMeterProviderBuilder", "CreateTracerProviderBuilder", "UseOtlpExporter", "AddOtlpExporter", "AddPrometheusExporter",
        "AddPrometheusHttpListener", "UseOpenTelemetryPrometheusScrapingEndpoint", "MapPrometheusScrapingEndpoint", "AddZipkinExporter", "AddJaegerExporter", "UseAzureMonitor", "AddAzureMonitor", "AddAzureMonitorMetricExporter",
        "AddAzureMonitorTraceExporter", "AddAspNetCoreInstrumentation", "MapMetrics", "UseMetricServer", "UseHttpMetrics", "KestrelMetricServer", "MetricServer", "MetricPusher", "AddApplicationInsightsTelemetry",
        "AddApplicationInsightsTelemetryWorkerService", "UseApplicationInsights", "TelemetryClient", "AddElasticApm", "AddElasticApmForAspNetCore", "AddAllElasticApm", "UseElasticApm", "UseAllElasticApm", "AddDatadogTracing",
        "DogStatsdService", "DogStatsd", "UseSentry", "AddSentry", "UseSentryTracing", "UseNewRelic", "AddDynatrace", "AddHoneycomb", "UseLumigo", "AddAppMetrics", "AddMetricsReportingHostedService", "UseMetricsWebTracking", "UseMetricsEndpoints",
        "AddXRayRecorder", "UseXRay", "AddGoogleDiagnosticsForAspNetCore", "AddSkyAPM", "AddStatsD");

    /// <summary>Whether it does; a name that stands anywhere else than under a development guard is not followed further.</summary>
    public static Answer Of(WebHost host, CompilationFacts facts, CancellationToken cancellationToken)
    {
        if (host.ServicesHaveUnknown || Names.Names.Any(host.UnseenNames.Contains))
            return Answer.Unknown;
        var inDevelopment = host.Services.Concat(host.Pipeline).Where(static c => c.RunsIn == RunsIn.DevelopmentOnly).Select(static c => Whole(c.Call))
            .Concat(host.Routes.AllEndpoints.Where(static e => e.RunsIn == RunsIn.DevelopmentOnly).Select(static e => Whole(e.Call))).ToList();
        foreach (var tree in facts.Compilation.SyntaxTrees)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var index = NameIndex.For(tree, cancellationToken);
            if (!index.HasAny(Names))
                continue;
            var root = tree.GetRoot(cancellationToken);
            foreach (var token in index.Tokens(Names, root, cancellationToken))
            {
                if (!inDevelopment.Exists(c => c.SyntaxTree == tree && c.Span.Contains(token.Span)))
                    return Answer.Yes;
            }

            // what '#if !DEBUG' hides is there in the release build
            if (index.Disabled(Names, root, cancellationToken).Any(d => DevelopmentGuard.Compiled(root, d.Position) != RunsIn.DevelopmentOnly))
                return Answer.Unknown;
        }

        return Answer.No;
    }

    /// <summary>The call with those that are chained to it.</summary>
    private static SyntaxNode Whole(SyntaxNode call) => call.FirstAncestorOrSelf<ExpressionStatementSyntax>() is { Expression: InvocationExpressionSyntax } statement ? statement : call;
}
