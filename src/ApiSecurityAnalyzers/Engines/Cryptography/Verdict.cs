namespace ApiSecurityAnalyzers.Engines.Cryptography;

/// <summary>What is reported about a use.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Reason">What the message says behind the name.</param>
internal readonly record struct Verdict(Severity Severity, string Reason)
{
    public static Verdict Silent => new(Severity.Silent, "");
}
