namespace ApiSecurityAnalyzers.Engines.Endpoints.Inventory;

/// <summary>Who can call an endpoint, as far as the compilation shows.</summary>
internal enum EndpointAccess
{
    /// <summary>Anybody, and nothing in the code says that this is meant.</summary>
    Open,

    /// <summary>Anybody: anonymous access is declared, which wins over every demand for authorization.</summary>
    Anonymous,

    /// <summary>Whoever authorization lets in.</summary>
    Protected,

    /// <summary>The code that decides is out of sight or not understood.</summary>
    Unknown,
}
