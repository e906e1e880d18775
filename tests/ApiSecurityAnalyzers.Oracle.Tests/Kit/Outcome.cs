namespace ApiSecurityAnalyzers.Oracle.Tests.Kit;

/// <summary>What becomes of a call.</summary>
internal enum Outcome
{
    /// <summary>The endpoint's code ran.</summary>
    Reached,

    /// <summary>401 or 403.</summary>
    Denied,

    /// <summary>429.</summary>
    Limited,

    /// <summary>400: the request lacks something, such as an anti-forgery token.</summary>
    Rejected,

    /// <summary>404 or 405: no endpoint was matched.</summary>
    NotFound,

    /// <summary>The pipeline threw.</summary>
    Broken,
}

/// <summary>The answer to a call.</summary>
/// <param name="Outcome">Its class.</param>
/// <param name="Text">Status and body, or what was thrown.</param>
internal sealed record Reply(Outcome Outcome, string Text);
