using ApiSecurityAnalyzers.Compilations;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Combines what was seen of a host into answers about its mechanisms.</summary>
internal static class HostMechanisms
{
    /// <summary>Names that, found in code which the host was not seen to run, make an absence uncertain.</summary>
    public static readonly NameSet Clues = new(PageConventions.Names.Names.Concat(
    [
        "FallbackPolicy", "SetFallbackPolicy", "AddFallbackPolicy", "GlobalLimiter", "UseRateLimiter", "AddRateLimiter", "UseHttpsRedirection", "UseHttpLogging", "UseW3CLogging", "UseSerilogRequestLogging",
        "AddAspNetCoreInstrumentation", "AuthorizeFilter", "AddApplicationInsightsTelemetry", "UseHsts", "AddPolicy", "AddFixedWindowLimiter", "AddSlidingWindowLimiter", "AddTokenBucketLimiter", "AddConcurrencyLimiter",
        "UseRouting", "UseEndpoints", "UseAuthentication", "UseAuthorization", "UseIdentityServer", "AddAuthentication", "AddAuthenticationCore", "AddIdentity", "AddDefaultIdentity", "AddIdentityApiEndpoints", "AddAuthorization",
        "AddAuthorizationBuilder", "IAuthenticationService", "IAuthenticationSchemeProvider", "IAuthorizationMiddlewareResultHandler", "IISDefaults", "IISOptions", "IISServerOptions", "UseIIS", "UseIISIntegration",
        "AutoValidateAntiforgeryTokenAttribute", "AddJwtBearer", "AddBearerToken", "AddMicrosoftIdentityWebApi", "AddScheme",
    ]));

    private static readonly NameSet AuthorizationClues = new("FallbackPolicy", "SetFallbackPolicy", "AddFallbackPolicy", "AuthorizeFilter");

    private static readonly NameSet HttpsClues = new("UseHttpsRedirection");

    private static readonly NameSet LimiterClues = new("UseRateLimiter");

    private static readonly NameSet GlobalLimiterClues = new("GlobalLimiter");

    private static readonly NameSet LogClues = new("UseHttpLogging", "UseW3CLogging", "UseSerilogRequestLogging", "AddAspNetCoreInstrumentation", "AddApplicationInsightsTelemetry");

    /// <summary>Whether every endpoint demands authorization unless it says otherwise.</summary>
    public static Answer Authorization(WebHost host)
    {
        var answer = FallbackActs(host).Or(host.GuardingMiddleware);
        if (answer == Answer.No && (host.ServicesHaveUnknown || host.PipelineHasUnknown || host.Unread(AuthorizationClues) || host.UnseenNames.Overlaps(UnseenCode.Authorization)))
            return Answer.Unknown;
        return answer;
    }

    /// <summary>A fallback policy acts through its middleware, which only the minimal hosting model adds by itself, and in front of the endpoints only.</summary>
    private static Answer FallbackActs(WebHost host)
    {
        if (host.FallbackPolicy != Answer.Yes || !host.HasPipeline)
            return host.FallbackPolicy;
        var runs = host.Runs(AuthorizationMiddleware);
        if (host.IsMinimal && runs == Answer.No)
            return host.FallbackPolicy;
        return EndpointsRunFirst(host) ? Answer.No : host.IsMinimal ? host.FallbackPolicy : host.FallbackPolicy.And(runs);
    }

    /// <summary>Whether endpoints are run before the authorization middleware is reached: whatever answers there was never asked about.</summary>
    private static bool EndpointsRunFirst(WebHost host)
    {
        foreach (var call in host.Pipeline)
        {
            if (call.Branch is not null || call.RunsIn is RunsIn.DevelopmentOnly)
                continue;
            if (call.Name == "UseAuthorization")
                return false;
            if (call.Name is "UseEndpoints" or "UseMvc" or "UseMvcWithDefaultRoute" && call.RunsIn == RunsIn.Everywhere)
                return host.Pipeline.Exists(static c => c.Name == "UseAuthorization");
        }

        return false;
    }

    private static readonly HashSet<string> AuthorizationMiddleware = new(StringComparer.Ordinal) { "UseAuthorization" };

    /// <summary>Whether plain HTTP is redirected, or not served at all.</summary>
    public static Answer Https(WebHost host, CompilationFacts facts, CancellationToken cancellationToken)
    {
        var answer = host.Runs(KnownCalls.HttpsRedirection).Or(host.HttpsOnly).Or(host.RequireHttpsFilter).Or(ServesHttpsOnly(host, facts, cancellationToken));
        return answer == Answer.No && (host.Unread(HttpsClues) || host.UnseenNames.Overlaps(KnownCalls.HttpsRedirection)) ? Answer.Unknown : answer;
    }

    /// <summary>Whether something in front that may end TLS is in sight: forwarded headers, a serverless platform, a container image.</summary>
    public static bool BehindProxy(WebHost host, CompilationFacts facts)
    {
        if (host.BehindProxy)
            return true;
        foreach (var property in ContainerProperties)
        {
            if (facts.Options.Provider.GlobalOptions.TryGetValue("build_property." + property, out var value) && value.Trim().Length > 0)
                return true;
        }

        return facts.AnalyzerOptions.AdditionalFiles.Any(static f => string.Equals(Path.GetFileName(f.Path), "Dockerfile", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Properties that projects set to be published as a container image.</summary>
    private static readonly string[] ContainerProperties = ["DockerDefaultTargetOS", "ContainerRepository", "ContainerBaseImage", "ContainerFamily"];

    private static Answer ServesHttpsOnly(WebHost host, CompilationFacts facts, CancellationToken cancellationToken)
    {
        var addresses = host.Addresses.Concat(AppSettings.Addresses(facts, cancellationToken)).ToList();
        return addresses.Count == 0 || addresses.Contains(Answer.No) ? Answer.No : addresses.Contains(Answer.Unknown) ? Answer.Unknown : Answer.Yes;
    }

    /// <summary>Whether there is a rate limiter in the pipeline at all.</summary>
    public static Answer RateLimiter(WebHost host)
    {
        var answer = host.Runs(KnownCalls.RateLimiting).Or(host.GlobalLimiter == Answer.Yes && host.Pipeline.Count == 0 ? Answer.Unknown : Answer.No);
        if (answer == Answer.No && host.GlobalLimiter != Answer.No && !host.Services.Exists(static s => s.Name == "AddRateLimiter"))
            answer = host.GlobalLimiter;
        return answer == Answer.No && (host.Unread(LimiterClues) || host.UnseenNames.Overlaps(KnownCalls.RateLimiting)) ? Answer.Unknown : answer;
    }

    /// <summary>Whether the framework's limiter, or a library's, is part of any pipeline of the host.</summary>
    public static Answer RateLimiterRuns(WebHost host)
    {
        var answer = host.Runs(KnownCalls.RateLimiting);
        return answer == Answer.No && (host.Unread(LimiterClues) || host.UnseenNames.Overlaps(KnownCalls.RateLimiting)) ? Answer.Unknown : answer;
    }

    /// <summary>Whether every policy of the limiter is known by its name.</summary>
    public static bool KnowsLimiterPolicies(WebHost host) => !host.HasUnknownLimiterPolicies && !host.ServicesHaveUnknown && !host.Unread(PolicyClues);

    private static readonly NameSet PolicyClues = new("AddRateLimiter", "AddPolicy", "AddFixedWindowLimiter", "AddSlidingWindowLimiter", "AddTokenBucketLimiter", "AddConcurrencyLimiter");

    /// <summary>Whether a limiter covers every request.</summary>
    public static Answer LimitsEverything(WebHost host)
    {
        var answer = host.Runs(KnownCalls.LimitsEverything).Or(host.GlobalLimiter);
        return answer == Answer.No && (host.ServicesHaveUnknown || host.Unread(GlobalLimiterClues) || host.UnseenNames.Overlaps(KnownCalls.LimitsEverything)) ? Answer.Unknown : answer;
    }

    /// <summary>Whether a log covers every request.</summary>
    public static Answer RequestLog(WebHost host, CompilationFacts facts, CancellationToken cancellationToken)
    {
        var answer = host.Runs(KnownCalls.RequestLogging).Or(host.RequestLog);
        if (answer == Answer.No && (host.ServicesHaveUnknown || host.Unread(LogClues) || host.UnseenNames.Overlaps(KnownCalls.RequestLogging) || host.UnseenNames.Overlaps(KnownCalls.RequestRecording)))
            answer = Answer.Unknown;
        if (answer == Answer.Yes)
            return answer;

        // hosting diagnostics: with another logging library it is that library's settings that decide about them
        if (host.LoggingReplaced != Answer.No)
            return host.RaisesLogLevel || AppSettings.SerilogIsQuiet(facts, cancellationToken) ? answer : Answer.Unknown;
        return answer.Or(AppSettings.LogsRequests(facts, cancellationToken));
    }
}
