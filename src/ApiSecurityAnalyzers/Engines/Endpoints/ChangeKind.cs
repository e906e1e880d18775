namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>What a call does to the application's state.</summary>
internal enum ChangeKind
{
    /// <summary>Nothing that is certain.</summary>
    None,

    /// <summary>It changes state.</summary>
    Write,

    /// <summary>It stores what was changed before: <c>SaveChanges</c>, <c>Update(entity)</c>.</summary>
    Flush,

    /// <summary>It records that something was read: an audit entry, a counter, a session.</summary>
    Bookkeeping,
}
