using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ApiSecurityAnalyzers.Samples.Tests.Running;

/// <summary>The certificate of all applications under test: made for this run, trusted by its thumbprint alone.</summary>
internal static class Certificate
{
    private static readonly Lazy<X509Certificate2> Own = new(Create);

    /// <summary>Protects the certificate's file while the tests run.</summary>
    public static string Password { get; } = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    public static void WriteTo(string path) => File.WriteAllBytes(path, Own.Value.Export(X509ContentType.Pkcs12, Password));

    public static bool Is(X509Certificate2? other) => other?.Thumbprint == Own.Value.Thumbprint;

    private static X509Certificate2 Create()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddDays(1));
    }
}
