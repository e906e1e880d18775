namespace ApiSecurityAnalyzers.Engines.Sql;

/// <summary>The values of the diagnostic property <see cref="Property"/>: which way of giving parameters a sink has.</summary>
internal static class SinkKinds
{
    /// <summary>The name of the diagnostic property.</summary>
    public const string Property = "Sink";

    public const string AdoNet = "AdoNet";

    public const string EntityFramework = "EntityFramework";

    public const string Dapper = "Dapper";

    public const string Other = "Other";
}
