using System.Collections.Immutable;
using ApiSecurityAnalyzers.Engines.ApiUse;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Rules.Cryptography;

/// <summary>ASA6001: broken hash.</summary>
internal static class BrokenHash
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA6001",
        title: "Broken hash",
        messageFormat: "'{0}' {1}",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "Collisions of MD5 and SHA-1 can be computed, so they protect neither signatures nor integrity.",
        cwe: 328,
        topic: Topics.Cryptography);

    /// <summary>Under a key SHA-1 has no known attack, but an end.</summary>
    public const string HmacSha1 = "HMAC-SHA-1";

    public const string Md5 = "MD5";
    public const string Sha1 = "SHA-1";

    private const string Ns = "System.Security.Cryptography.";
    private const string BcDigests = "Org.BouncyCastle.Crypto.Digests.";
    private const string BcSecurity = "Org.BouncyCastle.Security.";
    private const string Sha256 = Ns + "SHA256";
    private const string HmacSha256 = Ns + "HMACSHA256";
    private const string BcSha256 = BcDigests + "Sha256Digest";

    public static readonly ApiTable Table = new(
        ImmutableArray.Create(
            new WeakType(Ns + "MD5", Md5, Sha256),
            new WeakType(Ns + "MD5CryptoServiceProvider", Md5, Sha256),
            new WeakType(Ns + "MD5Cng", Md5, Sha256),
            new WeakType(Ns + "SHA1", Sha1, Sha256),
            new WeakType(Ns + "SHA1CryptoServiceProvider", Sha1, Sha256),
            new WeakType(Ns + "SHA1Managed", Sha1, Sha256),
            new WeakType(Ns + "SHA1Cng", Sha1, Sha256),
            new WeakType(Ns + "RIPEMD160", "RIPEMD-160", Sha256),
            new WeakType(Ns + "RIPEMD160Managed", "RIPEMD-160", Sha256),
            new WeakType(Ns + "HMACMD5", "HMAC-MD5", HmacSha256),
            new WeakType(Ns + "HMACRIPEMD160", "HMAC-RIPEMD-160", HmacSha256),
            new WeakType(Ns + "HMACSHA1", HmacSha1, HmacSha256),
            new WeakType(Ns + "MACTripleDES", "3DES-MAC", HmacSha256),
            new WeakType(BcDigests + "MD2Digest", "MD2", BcSha256),
            new WeakType(BcDigests + "MD4Digest", "MD4", BcSha256),
            new WeakType(BcDigests + "MD5Digest", Md5, BcSha256),
            new WeakType(BcDigests + "Sha1Digest", Sha1, BcSha256),
            new WeakType(BcDigests + "RipeMD128Digest", "RIPEMD-128", BcSha256),
            new WeakType(BcDigests + "RipeMD160Digest", "RIPEMD-160", BcSha256)),
        ImmutableArray.Create(
            new WeakMember(Ns + "HashAlgorithmName", "MD5", Md5, "SHA256"),
            new WeakMember(Ns + "HashAlgorithmName", "SHA1", Sha1, "SHA256"),
            new WeakMember(Ns + "CngAlgorithm", "MD5", Md5, "Sha256"),
            new WeakMember(Ns + "CngAlgorithm", "Sha1", Sha1, "Sha256"),
            new WeakMember("System.Web.Helpers.Crypto", "SHA1", Sha1, "SHA256"),
            new WeakMember("System.IdentityModel.Tokens.SecurityAlgorithms", "HmacSha1Signature", HmacSha1, "HmacSha256Signature"),
            new WeakMember("System.IdentityModel.Tokens.SecurityAlgorithms", "RsaSha1Signature", Sha1, "RsaSha256Signature"),
            new WeakMember("System.IdentityModel.Tokens.SecurityAlgorithms", "DsaSha1Signature", Sha1),
            new WeakMember("System.IdentityModel.Tokens.SecurityAlgorithms", "Sha1Digest", Sha1, "Sha256Digest"),
            new WeakMember("System.IdentityModel.Tokens.SecurityAlgorithms", "Ripemd160Digest", "RIPEMD-160", "Sha256Digest")),
        ImmutableArray.Create(
            new NameTaker(Ns + "HashAlgorithm", "Create", Judge) { IsFactory = true, Default = new WeakName(Sha1, null, Sha256) },
            new NameTaker(Ns + "KeyedHashAlgorithm", "Create", Judge) { IsFactory = true, Default = new WeakName(HmacSha1, null, HmacSha256) },
            new NameTaker(Ns + "HMAC", "Create", Judge) { IsFactory = true, Default = new WeakName(HmacSha1, null, HmacSha256) },
            new NameTaker(Ns + "CryptoConfig", "CreateFromName", Judge),
            new NameTaker(Ns + "CryptoConfig", "MapNameToOID", Judge),
            new NameTaker(Ns + "HashAlgorithmName", NameTaker.Constructor, Judge),
            new NameTaker(Ns + "HashAlgorithmName", "FromOid", Judge),
            new NameTaker(Ns + "RSACryptoServiceProvider", "SignData", Judge) { IsInstance = true },
            new NameTaker(Ns + "RSACryptoServiceProvider", "SignHash", Judge) { IsInstance = true },
            new NameTaker(Ns + "DSACryptoServiceProvider", "SignHash", Judge) { IsInstance = true },
            new NameTaker(Ns + "AsymmetricSignatureFormatter", "SetHashAlgorithm", Judge) { IsInstance = true },
            new NameTaker("System.Web.Security.FormsAuthentication", "HashPasswordForStoringInConfigFile", Judge),
            new NameTaker("System.Web.Helpers.Crypto", "Hash", Judge),
            new NameTaker(BcSecurity + "DigestUtilities", "GetDigest", JudgeBouncyCastle),
            new NameTaker(BcSecurity + "DigestUtilities", "CalculateDigest", JudgeBouncyCastle),
            new NameTaker(BcSecurity + "MacUtilities", "GetMac", JudgeBouncyCastle),
            new NameTaker(BcSecurity + "MacUtilities", "CalculateMac", JudgeBouncyCastle),
            new NameTaker(BcSecurity + "SignerUtilities", "GetSigner", JudgeBouncyCastle),
            new NameTaker("Org.BouncyCastle.Crypto.Operators.Asn1SignatureFactory", NameTaker.Constructor, JudgeBouncyCastle)));

    /// <summary>What the framework understands by the name of a hash.</summary>
    public static WeakName? Judge(string name)
    {
        if (name.StartsWith(Ns, StringComparison.OrdinalIgnoreCase))
            name = name.Substring(Ns.Length);
        return name.ToUpperInvariant() switch
        {
            "MD5" => new WeakName(Md5, "SHA256", Sha256),
            "MD5CRYPTOSERVICEPROVIDER" or "MD5CNG" => new WeakName(Md5, "SHA256", Sha256),
            "1.2.840.113549.2.5" => new WeakName(Md5, "2.16.840.1.101.3.4.2.1"),
            "SHA" or "SHA1" or "SHA-1" or "SHA1CRYPTOSERVICEPROVIDER" or "SHA1MANAGED" or "SHA1CNG" or "HASHALGORITHM" => new WeakName(Sha1, "SHA256", Sha256),
            "1.3.14.3.2.26" => new WeakName(Sha1, "2.16.840.1.101.3.4.2.1"),
            "HTTP://WWW.W3.ORG/2000/09/XMLDSIG#SHA1" => new WeakName(Sha1, "http://www.w3.org/2001/04/xmlenc#sha256", Sha256),
            "RIPEMD160" or "RIPEMD-160" or "RIPEMD160MANAGED" => new WeakName("RIPEMD-160", "SHA256", Sha256),
            "HMACMD5" => new WeakName("HMAC-MD5", "HMACSHA256", HmacSha256),
            "HMACRIPEMD160" => new WeakName("HMAC-RIPEMD-160", "HMACSHA256", HmacSha256),
            "HMACSHA1" or "HMAC" or "KEYEDHASHALGORITHM" => new WeakName(HmacSha1, "HMACSHA256", HmacSha256),
            "MACTRIPLEDES" => new WeakName("3DES-MAC", "HMACSHA256", HmacSha256),
            _ => null,
        };
    }

    /// <summary>What Bouncy Castle understands by the name of a digest, MAC or signature.</summary>
    public static WeakName? JudgeBouncyCastle(string name)
    {
        var upper = name.ToUpperInvariant();
        var with = upper.IndexOf("WITH", StringComparison.Ordinal);
        if (with > 0)
            return Judge(upper.Substring(0, with)) is { } signed ? signed with { Replacement = "SHA256" + name.Substring(with), ReplacementType = null } : null;
        if (upper.StartsWith("HMAC", StringComparison.Ordinal))
        {
            var digest = upper.Substring(4).TrimStart('-', '/');
            return Judge(digest) is { } inner ? new WeakName(digest is "SHA1" or "SHA-1" ? HmacSha1 : "HMAC-" + inner.Algorithm, "HMACSHA256") : null;
        }

        return upper is "MD2" or "MD4" ? new WeakName(upper, "SHA256") : Judge(upper) is { } plain ? plain with { ReplacementType = null } : null;
    }
}
