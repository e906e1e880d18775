using System.Collections.Immutable;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.SignalR;

namespace ApiSecurityAnalyzers.Oracle.Tests.Kit;

/// <summary>An endpoint as the framework lists it.</summary>
/// <param name="Route">The template without outer slashes; for a conventional route with the action's names in it.</param>
/// <param name="Methods">The HTTP methods, ordered; empty for any.</param>
/// <param name="Metadata">Everything that routing knows of it.</param>
internal sealed record ActualEndpoint(string Route, ImmutableArray<string> Methods, RouteEndpoint Metadata)
{
    public string Key => string.Join(',', Methods) + " " + Route;

    public bool IsAnonymous => Metadata.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    public IEnumerable<string> Policies => Metadata.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(static d => d.Policy).OfType<string>().Distinct().Order(StringComparer.Ordinal);

    public IEnumerable<string> Roles => Metadata.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(static d => d.Roles).OfType<string>().Distinct().Order(StringComparer.Ordinal);

    public bool IsLimiterDisabled => Metadata.Metadata.GetMetadata<DisableRateLimitingAttribute>() is not null;

    public string? LimiterPolicy => IsLimiterDisabled ? null : Metadata.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName;

    /// <summary>A path that the template matches: a one for every parameter.</summary>
    public string Path => "/" + string.Join('/', Metadata.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(Part))).Where(static s => s.Length > 0)) + (IsHub ? "/negotiate" : "");

    /// <summary>The method of a call that it answers.</summary>
    public string Method => IsHub ? "POST" : Methods.Length == 0 ? "GET" : Methods[0];

    public bool IsHub => Metadata.Metadata.GetMetadata<HubMetadata>() is not null;

    public static ActualEndpoint Of(RouteEndpoint endpoint)
    {
        var route = endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is { AttributeRouteInfo: null }
            ? string.Join('/', endpoint.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => Raw(p, endpoint)))))
            : (endpoint.RoutePattern.RawText ?? "").Trim('/');
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
        return new ActualEndpoint(route, [.. methods.Select(static m => m.ToUpperInvariant()).Order(StringComparer.Ordinal)], endpoint);
    }

    private static string Raw(RoutePatternPart part, RouteEndpoint endpoint) => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart parameter when endpoint.RoutePattern.RequiredValues.TryGetValue(parameter.Name, out var value) && value is string text => text,
        RoutePatternParameterPart parameter => "{" + parameter.Name + string.Concat(parameter.ParameterPolicies.Select(static p => ":" + p.Content)) + (parameter.IsOptional ? "?" : "") + "}",
        _ => "",
    };

    private string Part(RoutePatternPart part) => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart parameter when Metadata.RoutePattern.RequiredValues.TryGetValue(parameter.Name, out var value) && value is string text => text,
        RoutePatternParameterPart { IsOptional: true } => "",
        RoutePatternParameterPart => "1",
        _ => "",
    };
}
