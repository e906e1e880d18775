using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Pipelines;

/// <summary>Where middleware stands, seen from the endpoints.</summary>
internal enum PipelinePosition
{
    /// <summary>Routing has found the endpoint, and it has not run yet.</summary>
    BetweenRoutingAndEndpoints,

    /// <summary>Routing comes later: no endpoint is known yet.</summary>
    BeforeRouting,

    /// <summary>Whatever has an endpoint has been answered before.</summary>
    BehindEndpoints,
}

/// <summary>
/// One pipeline with routing of its own: the main one, or a branch that calls <c>UseRouting</c> itself. Holds what production runs, in order.
/// </summary>
/// <remarks>
/// <c>WebApplication</c> puts <c>UseRouting</c> at the start of the main pipeline and <c>UseEndpoints</c> at its end, unless the program calls
/// the former itself (WebApplicationBuilder.ConfigureApplication). A branch gets neither: the framework takes the route builder from it.
/// </remarks>
internal sealed class PipelineSection
{
    private static readonly NameSet Frame = new("UseRouting", "UseEndpoints");

    private readonly List<HostCall> _calls;
    private readonly HashSet<string> _uncertain = new(StringComparer.Ordinal);
    private readonly int _routing;
    private readonly int _endpoints;

    private PipelineSection(WebHost host, InvocationExpressionSyntax? branch)
    {
        Host = host;
        Branch = branch;
        _calls = [];
        foreach (var call in host.Pipeline)
        {
            if (call.RunsIn == RunsIn.DevelopmentOnly)
                continue;
            if (call.Branch?.Call == branch)
            {
                if (call.RunsIn == RunsIn.Unknown)
                    _uncertain.Add(call.Name);
                else
                    _calls.Add(call);
            }
            else if (IsJoined(call, branch))
            {
                // UseWhen(…) comes back: what stands in it runs for some requests
                _uncertain.Add(call.Name);
            }
        }

        _routing = _calls.FindIndex(static c => c.Name == "UseRouting");
        _endpoints = _calls.FindIndex(static c => c.Name == "UseEndpoints");
    }

    public WebHost Host { get; }

    /// <summary>The call that opens the branch; <see langword="null"/> for the main pipeline.</summary>
    public InvocationExpressionSyntax? Branch { get; }

    /// <summary>Whether <c>WebApplication</c> frames the section with routing and endpoints.</summary>
    public bool IsFramed => Host.IsMinimal && Branch is null;

    /// <summary>The call that finds the endpoint, where it is written.</summary>
    public HostCall? Routing => _routing < 0 ? null : _calls[_routing];

    /// <summary>The call that runs the endpoint, where it is written.</summary>
    public HostCall? Endpoints => _endpoints < 0 ? null : _calls[_endpoints];

    /// <summary>
    /// Whether it is known where endpoints are found and run. Without endpoint routing (<c>UseMvc</c>) there is nothing to know, and a second
    /// <c>UseRouting</c> finds other endpoints than the first.
    /// </summary>
    public bool IsUnderstood =>
        !Host.PipelineHasUnknown && Host.HasPipeline && !Host.Unread(Frame) && !_uncertain.Contains("UseRouting") && !_uncertain.Contains("UseEndpoints")
        && _calls.Count(static c => c.Name == "UseRouting") <= 1 && (IsFramed ? _endpoints < 0 || _routing >= 0 && _routing < _endpoints : _routing >= 0 && _endpoints > _routing);

    /// <summary>The pipelines of a host that have routing of their own.</summary>
    public static IEnumerable<PipelineSection> Of(WebHost host)
    {
        yield return new PipelineSection(host, null);
        var branches = new HashSet<InvocationExpressionSyntax>();
        foreach (var call in host.Pipeline)
        {
            if (call.Name == "UseRouting" && call.Branch is { Name: "Map" or "MapWhen" } branch && branches.Add(branch.Call))
                yield return new PipelineSection(host, branch.Call);
        }
    }

    /// <summary>The calls of the names that run for every request, in order.</summary>
    public List<HostCall> Certain(params string[] names) => _calls.FindAll(c => names.Contains(c.Name));

    /// <summary>Whether a call of the name may run under a condition, in a part of the pipeline, or in code that was not seen to run.</summary>
    public bool MayHave(NameSet names) => names.Names.Any(_uncertain.Contains) || Host.Unread(names);

    public PipelinePosition PositionOf(HostCall call)
    {
        var index = _calls.IndexOf(call);
        return index < _routing ? PipelinePosition.BeforeRouting : _endpoints >= 0 && index > _endpoints ? PipelinePosition.BehindEndpoints : PipelinePosition.BetweenRoutingAndEndpoints;
    }

    /// <summary>Whether MVC without endpoint routing has answered before.</summary>
    public bool IsBehindMvc(HostCall call) => _calls.FindIndex(static c => c.Name is "UseMvc" or "UseMvcWithDefaultRoute") is >= 0 and var mvc && mvc < _calls.IndexOf(call);

    public bool IsBefore(HostCall call, HostCall other) => _calls.IndexOf(call) < _calls.IndexOf(other);

    private static bool IsJoined(HostCall call, InvocationExpressionSyntax? branch)
    {
        for (var current = call.Branch; current is not null && current.Name is not ("Map" or "MapWhen"); current = current.Branch)
        {
            if (current.Branch?.Call == branch)
                return true;
        }

        return false;
    }
}
