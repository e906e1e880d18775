using System.Collections.Immutable;
using ApiSecurityAnalyzers.Engines.ApiUse;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Rules.Cryptography;

/// <summary>ASA6003: weak cipher mode.</summary>
internal static class WeakCipherMode
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA6003",
        title: "Weak cipher mode",
        messageFormat: "'{0}' {1}",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "The mode and padding decide whether ciphertext reveals or lets change what it hides.",
        cwe: 327,
        topic: Topics.Cryptography);

    public const string Ecb = "ECB";
    public const string Pkcs1 = "PKCS#1 v1.5";
    public const string ZeroPadding = "zero padding";
    public const string NoPadding = "no padding";
    public const string Unauthenticated = "no authentication";

    /// <summary>The type that declares modes as methods.</summary>
    public const string SymmetricAlgorithm = Ns + "SymmetricAlgorithm";

    /// <summary>The type whose flag selects between OAEP and PKCS#1 v1.5.</summary>
    public const string RsaCryptoServiceProvider = Ns + "RSACryptoServiceProvider";

    private const string Ns = "System.Security.Cryptography.";
    private const string Bc = "Org.BouncyCastle.Crypto.";

    /// <summary>One-shot methods that encrypt or decrypt with ECB.</summary>
    public static readonly ImmutableArray<string> EcbMethods = ImmutableArray.Create("EncryptEcb", "DecryptEcb", "TryEncryptEcb", "TryDecryptEcb");

    /// <summary>Methods that encrypt and add nothing by which a change would be noticed.</summary>
    public static readonly ImmutableArray<string> UnauthenticatedMethods = ImmutableArray.Create("CreateEncryptor", "EncryptCbc", "TryEncryptCbc", "EncryptCfb", "TryEncryptCfb");

    /// <summary>Methods with a flag for OAEP.</summary>
    public static readonly ImmutableArray<string> FlagMethods = ImmutableArray.Create("Encrypt", "Decrypt");

    public static readonly ApiTable Table = new(
        ImmutableArray.Create(
            new WeakType(Ns + "RSAPKCS1KeyExchangeFormatter", Pkcs1, Ns + "RSAOAEPKeyExchangeFormatter"),
            new WeakType(Ns + "RSAPKCS1KeyExchangeDeformatter", Pkcs1, Ns + "RSAOAEPKeyExchangeDeformatter"),
            new WeakType(Bc + "Encodings.Pkcs1Encoding", Pkcs1, Bc + "Encodings.OaepEncoding"),
            new WeakType(Bc + "Modes.EcbBlockCipher", Ecb),
            new WeakType(Bc + "Paddings.ZeroBytePadding", ZeroPadding, Bc + "Paddings.Pkcs7Padding")),
        ImmutableArray.Create(
            new WeakMember(Ns + "CipherMode", "ECB", Ecb, "CBC"),
            new WeakMember(Ns + "PaddingMode", "Zeros", ZeroPadding, "PKCS7"),
            new WeakMember(Ns + "PaddingMode", "None", NoPadding, "PKCS7") { IsCommonName = true },
            new WeakMember(Ns + "RSAEncryptionPadding", "Pkcs1", Pkcs1, "OaepSHA256"),
            new WeakMember(Ns + "Xml.EncryptedXml", "XmlEncRSA15Url", Pkcs1, "XmlEncRSAOAEPUrl"),
            new WeakMember("Microsoft.IdentityModel.Tokens.SecurityAlgorithms", "RsaPKCS1", Pkcs1, "RsaOAEP"),
            new WeakMember("Jose.JweAlgorithm", "RSA1_5", Pkcs1, "RSA_OAEP_256"),
            new WeakMember("Azure.Security.KeyVault.Keys.Cryptography.EncryptionAlgorithm", "Rsa15", Pkcs1, "RsaOaep256")),
        ImmutableArray.Create(
            new NameTaker("Org.BouncyCastle.Security.CipherUtilities", "GetCipher", JudgeTransformation)),
        ["CipherMode", .. EcbMethods, .. UnauthenticatedMethods, .. FlagMethods]);

    /// <summary>What the mode and padding of "algorithm/mode/padding" mean; what is wrong with the algorithm is ASA6002's.</summary>
    public static WeakName? JudgeTransformation(string name)
    {
        var parts = name.Split('/');
        if (BrokenCipher.JudgeTransformation(name) is not null)
            return null;
        var padding = parts.Length > 2 ? parts[2].ToUpperInvariant() : "";
        if (parts[0].Equals("RSA", StringComparison.OrdinalIgnoreCase))
            return padding is "PKCS1" or "PKCS1PADDING" ? new WeakName(Pkcs1, parts[0] + "/" + parts[1] + "/OAEPWITHSHA256ANDMGF1PADDING") : null;
        if (parts.Length > 1 && parts[1].Equals("ECB", StringComparison.OrdinalIgnoreCase))
            return new WeakName(Ecb);
        return padding is "ZEROBYTEPADDING" ? new WeakName(ZeroPadding, parts[0] + "/" + parts[1] + "/PKCS7PADDING") : null;
    }
}
