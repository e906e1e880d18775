namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>What attributes, conventions and groups say about an endpoint, or would say about every endpoint below them.</summary>
/// <param name="Authorization">Somebody must be allowed in: authorization data, a filter, or a fallback policy.</param>
/// <param name="Anonymous">Anonymous access is declared.</param>
/// <param name="RateLimiting">A limiter applies, or it is declared that none shall.</param>
/// <param name="RequestLog">A request log covers it.</param>
internal readonly record struct EndpointMetadata(Answer Authorization, Answer Anonymous, Answer RateLimiting, Answer RequestLog)
{
    /// <summary>Nothing is said.</summary>
    public static readonly EndpointMetadata None;

    /// <summary>Code out of sight decides everything.</summary>
    public static readonly EndpointMetadata Unknown = new(Answer.Unknown, Answer.Unknown, Answer.Unknown, Answer.Unknown);

    /// <summary>Own code checks the caller; whether it suffices cannot be seen.</summary>
    public static readonly EndpointMetadata GuardedByCode = new(Answer.Unknown, Answer.No, Answer.No, Answer.No);

    /// <summary>Own code turns callers away whatever is declared: a filter of its own. It is part of <see cref="Authorization"/> too.</summary>
    public Answer OwnFilter { get; init; }

    /// <summary>Whether somebody has decided who may call: protected, or declared as open to all.</summary>
    public Answer AccessDecided => Authorization.Or(Anonymous);

    /// <summary>Adds what another level (group, convention, attribute) says.</summary>
    public EndpointMetadata Or(EndpointMetadata other) => new(
        Authorization.Or(other.Authorization),
        Anonymous.Or(other.Anonymous),
        RateLimiting.Or(other.RateLimiting),
        RequestLog.Or(other.RequestLog))
    {
        OwnFilter = OwnFilter.Or(other.OwnFilter),
    };

    /// <summary>Combines two ways in which the same endpoint is mapped.</summary>
    public EndpointMetadata Agree(EndpointMetadata other) => new(
        Authorization.Agree(other.Authorization),
        Anonymous.Agree(other.Anonymous),
        RateLimiting.Agree(other.RateLimiting),
        RequestLog.Agree(other.RequestLog))
    {
        OwnFilter = OwnFilter.Agree(other.OwnFilter),
    };
}
