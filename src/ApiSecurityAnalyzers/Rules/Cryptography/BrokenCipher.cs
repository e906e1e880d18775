using System.Collections.Immutable;
using ApiSecurityAnalyzers.Engines.ApiUse;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Rules.Cryptography;

/// <summary>ASA6002: broken cipher.</summary>
internal static class BrokenCipher
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA6002",
        title: "Broken cipher",
        messageFormat: "'{0}' {1}",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "DES, 3DES, RC2 and RC4 can be broken or leak plaintext within practical effort.",
        cwe: 327,
        topic: Topics.Cryptography);

    /// <summary>What <c>SymmetricAlgorithm.Create()</c> gives is decided by the machine, not by the code.</summary>
    public const string MachineDefault = "default";

    private const string Ns = "System.Security.Cryptography.";
    private const string Aes = Ns + "Aes";
    private const string Xml = Ns + "Xml.EncryptedXml";
    private const string Tokens = "System.IdentityModel.Tokens.SecurityAlgorithms";
    private const string BcEngines = "Org.BouncyCastle.Crypto.Engines.";
    private const string BcAes = BcEngines + "AesEngine";
    private const string Des = "DES";
    private const string TripleDes = "3DES";

    public static readonly ApiTable Table = new(
        ImmutableArray.Create(
            new WeakType(Ns + "DES", Des, Aes),
            new WeakType(Ns + "DESCryptoServiceProvider", Des, Aes),
            new WeakType(Ns + "TripleDES", TripleDes, Aes),
            new WeakType(Ns + "TripleDESCryptoServiceProvider", TripleDes, Aes),
            new WeakType(Ns + "TripleDESCng", TripleDes, Aes),
            new WeakType(Ns + "RC2", "RC2", Aes),
            new WeakType(Ns + "RC2CryptoServiceProvider", "RC2", Aes),
            new WeakType(BcEngines + "DesEngine", Des, BcAes),
            new WeakType(BcEngines + "DesEdeEngine", TripleDes, BcAes),
            new WeakType(BcEngines + "RC2Engine", "RC2", BcAes),
            new WeakType(BcEngines + "RC4Engine", "RC4"),
            new WeakType(BcEngines + "BlowfishEngine", "Blowfish", BcAes),
            new WeakType(BcEngines + "IdeaEngine", "IDEA", BcAes),
            new WeakType(BcEngines + "SkipjackEngine", "Skipjack", BcAes),
            new WeakType(BcEngines + "TeaEngine", "TEA", BcAes)),
        ImmutableArray.Create(
            new WeakMember(Xml, "XmlEncDESUrl", Des, "XmlEncAES256Url"),
            new WeakMember(Xml, "XmlEncTripleDESUrl", TripleDes, "XmlEncAES256Url"),
            new WeakMember(Xml, "XmlEncTripleDESKeyWrapUrl", TripleDes, "XmlEncAES256KeyWrapUrl"),
            new WeakMember(Tokens, "DesEncryption", Des, "Aes256Encryption"),
            new WeakMember(Tokens, "TripleDesEncryption", TripleDes, "Aes256Encryption"),
            new WeakMember(Tokens, "TripleDesKeyWrap", TripleDes, "Aes256KeyWrap"),
            new WeakMember("System.ServiceModel.Security.SecurityAlgorithmSuite", "TripleDes", TripleDes, "Basic256"),
            new WeakMember("System.ServiceModel.Security.SecurityAlgorithmSuite", "TripleDesRsa15", TripleDes, "Basic256"),
            new WeakMember("System.ServiceModel.Security.SecurityAlgorithmSuite", "TripleDesSha256", TripleDes, "Basic256Sha256"),
            new WeakMember("System.ServiceModel.Security.SecurityAlgorithmSuite", "TripleDesSha256Rsa15", TripleDes, "Basic256Sha256"),
            new WeakMember(Ns + "PbeEncryptionAlgorithm", "TripleDes3KeyPkcs12", TripleDes, "Aes256Cbc")),
        ImmutableArray.Create(
            new NameTaker(Ns + "SymmetricAlgorithm", "Create", Judge) { IsFactory = true, Default = new WeakName(MachineDefault, null, Aes) },
            new NameTaker(Ns + "CryptoConfig", "CreateFromName", Judge),
            new NameTaker("Org.BouncyCastle.Security.CipherUtilities", "GetCipher", JudgeTransformation),
            new NameTaker("Org.BouncyCastle.Security.GeneratorUtilities", "GetKeyGenerator", JudgeTransformation)));

    /// <summary>What the framework understands by the name of a cipher.</summary>
    public static WeakName? Judge(string name)
    {
        if (name.StartsWith(Ns, StringComparison.OrdinalIgnoreCase))
            name = name.Substring(Ns.Length);
        return name.ToUpperInvariant() switch
        {
            "DES" or "DESCRYPTOSERVICEPROVIDER" => new WeakName(Des, "AES", Aes),
            "3DES" or "TRIPLE DES" or "TRIPLEDES" or "TRIPLEDESCRYPTOSERVICEPROVIDER" or "TRIPLEDESCNG" => new WeakName(TripleDes, "AES", Aes),
            "RC2" or "RC2CRYPTOSERVICEPROVIDER" => new WeakName("RC2", "AES", Aes),
            "HTTP://WWW.W3.ORG/2001/04/XMLENC#DES-CBC" => new WeakName(Des, "http://www.w3.org/2001/04/xmlenc#aes256-cbc", Aes),
            "HTTP://WWW.W3.ORG/2001/04/XMLENC#TRIPLEDES-CBC" => new WeakName(TripleDes, "http://www.w3.org/2001/04/xmlenc#aes256-cbc", Aes),
            _ => null,
        };
    }

    /// <summary>What Bouncy Castle understands by "algorithm/mode/padding".</summary>
    public static WeakName? JudgeTransformation(string name)
    {
        var slash = name.IndexOf('/');
        var rest = slash < 0 ? "" : name.Substring(slash);
        return (slash < 0 ? name : name.Substring(0, slash)).ToUpperInvariant() switch
        {
            "DES" => new WeakName(Des, "AES" + rest),
            "DESEDE" or "DESEDE3" or "TDEA" or "3DES" => new WeakName(TripleDes, "AES" + rest),
            "RC2" => new WeakName("RC2", "AES" + rest),
            "BLOWFISH" => new WeakName("Blowfish", "AES" + rest),
            "IDEA" => new WeakName("IDEA", "AES" + rest),
            "SKIPJACK" => new WeakName("Skipjack", "AES" + rest),
            "RC4" or "ARC4" or "ARCFOUR" => new WeakName("RC4"),
            _ => null,
        };
    }
}
