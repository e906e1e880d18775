namespace ApiSecurityAnalyzers;

/// <summary>The families of rules; each is a folder in all four places where a rule lives.</summary>
internal static class Topics
{
    public const string Authorization = "authorization";
    public const string Transport = "transport";
    public const string RateLimiting = "rate-limiting";
    public const string Logging = "logging";
    public const string Injection = "injection";
    public const string Cryptography = "cryptography";
    public const string Exposure = "exposure";
    public const string Platform = "platform";
    public const string Soap = "soap";
    public const string Configuration = "configuration";
}
