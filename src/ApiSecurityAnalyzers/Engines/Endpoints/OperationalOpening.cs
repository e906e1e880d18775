namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>On what it depends whether everyone sees an operational endpoint.</summary>
internal enum OperationalOpening
{
    /// <summary>Nothing of its own keeps anyone out.</summary>
    Always,

    /// <summary>A health check answers with one word, unless a writer adds more.</summary>
    DetailedHealth,

    /// <summary>A port of its own, or a condition, takes the endpoint out of the application's address.</summary>
    WithoutPort,

    /// <summary>Hangfire lets only local requests in, unless its filters are replaced.</summary>
    DashboardFilters,
}
