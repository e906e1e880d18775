using System.Collections.Immutable;

namespace ApiSecurityAnalyzers.DocsGenerator;

/// <summary>
/// Where a rule stands in the lists of OWASP: the API Security Top 10 (2023) first; the Top 10 (2021) for faults that the API list does not name.
/// </summary>
internal static class Owasp
{
    private const string Api = "https://owasp.org/API-Security/editions/2023/en/";
    private const string Web = "https://owasp.org/Top10/2021/";

    private static readonly (string Name, string Link) BrokenFunctionLevelAuthorization = ("API5:2023 Broken Function Level Authorization", Api + "0xa5-broken-function-level-authorization/");
    private static readonly (string Name, string Link) BrokenObjectLevelAuthorization = ("API1:2023 Broken Object Level Authorization", Api + "0xa1-broken-object-level-authorization/");
    private static readonly (string Name, string Link) BrokenAuthentication = ("API2:2023 Broken Authentication", Api + "0xa2-broken-authentication/");
    private static readonly (string Name, string Link) UnrestrictedResourceConsumption = ("API4:2023 Unrestricted Resource Consumption", Api + "0xa4-unrestricted-resource-consumption/");
    private static readonly (string Name, string Link) SecurityMisconfiguration = ("API8:2023 Security Misconfiguration", Api + "0xa8-security-misconfiguration/");
    private static readonly (string Name, string Link) BrokenAccessControl = ("A01:2021 Broken Access Control", Web + "A01_2021-Broken_Access_Control/");
    private static readonly (string Name, string Link) CryptographicFailures = ("A02:2021 Cryptographic Failures", Web + "A02_2021-Cryptographic_Failures/");
    private static readonly (string Name, string Link) Injection = ("A03:2021 Injection", Web + "A03_2021-Injection/");
    private static readonly (string Name, string Link) LoggingFailures = ("A09:2021 Security Logging and Monitoring Failures", Web + "A09_2021-Security_Logging_and_Monitoring_Failures/");

    private static readonly ImmutableDictionary<string, ImmutableArray<(string Name, string Link)>> ByRule = new Dictionary<string, ImmutableArray<(string, string)>>(StringComparer.Ordinal)
    {
        ["ASA1001"] = [BrokenFunctionLevelAuthorization, BrokenAuthentication],
        ["ASA1002"] = [BrokenFunctionLevelAuthorization, BrokenAuthentication],
        ["ASA1003"] = [BrokenFunctionLevelAuthorization, BrokenAuthentication],
        ["ASA1004"] = [BrokenFunctionLevelAuthorization, BrokenAuthentication],
        ["ASA1005"] = [SecurityMisconfiguration, BrokenFunctionLevelAuthorization],
        ["ASA1006"] = [BrokenFunctionLevelAuthorization, BrokenAuthentication],
        ["ASA1007"] = [BrokenFunctionLevelAuthorization, SecurityMisconfiguration],
        ["ASA1008"] = [BrokenFunctionLevelAuthorization, SecurityMisconfiguration],
        ["ASA1009"] = [BrokenFunctionLevelAuthorization, SecurityMisconfiguration],
        ["ASA1024"] = [BrokenFunctionLevelAuthorization, SecurityMisconfiguration],
        ["ASA1021"] = [BrokenObjectLevelAuthorization],
        ["ASA2001"] = [SecurityMisconfiguration],
        ["ASA2002"] = [SecurityMisconfiguration],
        ["ASA3001"] = [UnrestrictedResourceConsumption, BrokenAuthentication],
        ["ASA3002"] = [UnrestrictedResourceConsumption, BrokenAuthentication],
        ["ASA3003"] = [UnrestrictedResourceConsumption, SecurityMisconfiguration],
        ["ASA3004"] = [BrokenAuthentication, UnrestrictedResourceConsumption],
        ["ASA4001"] = [LoggingFailures],
        ["ASA4002"] = [LoggingFailures],
        ["ASA4003"] = [LoggingFailures],
        ["ASA4006"] = [LoggingFailures],
        ["ASA4007"] = [LoggingFailures],
        ["ASA4008"] = [LoggingFailures],
        ["ASA5002"] = [Injection],
        ["ASA6001"] = [CryptographicFailures],
        ["ASA6002"] = [CryptographicFailures],
        ["ASA6003"] = [CryptographicFailures],
        ["ASA6004"] = [CryptographicFailures],
        ["ASA6005"] = [CryptographicFailures],
        ["ASA7006"] = [BrokenAccessControl],
        ["ASA8001"] = [SecurityMisconfiguration],
        ["ASA8002"] = [BrokenAccessControl],
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>The entries of a rule as links. A security rule without an entry is a mistake in this table.</summary>
    public static string Of(RuleInfo rule)
    {
        if (ByRule.TryGetValue(rule.Id, out var entries))
            return string.Join(" · ", entries.Select(static e => $"[{e.Name}]({e.Link})"));
        return rule.Descriptor.Category == Categories.Security
            ? throw new InvalidOperationException($"{rule.Id} has no entry in {nameof(Owasp)}")
            : "–";
    }
}
