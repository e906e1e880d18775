using System.Collections.Immutable;
using ApiSecurityAnalyzers.Engines.KeyMaterial;
using Microsoft.CodeAnalysis;
using static ApiSecurityAnalyzers.Engines.KeyMaterial.SecretRole;
using static ApiSecurityAnalyzers.Engines.KeyMaterial.SinkRow;

namespace ApiSecurityAnalyzers.Rules.Cryptography;

/// <summary>ASA6004: hard-coded key.</summary>
internal static class HardCodedKey
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA6004",
        title: "Hard-coded key",
        messageFormat: "The {0} of '{1}' {2}",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A key in the code is known to everyone who has the source or the binary, and cannot be changed without a release.",
        cwe: 321,
        topic: Topics.Cryptography);

    private const string Framework = "System.Security.Cryptography.";
    private const string AsymmetricAlgorithm = Framework + "AsymmetricAlgorithm";

    /// <summary>What receives keys, passwords and private keys.</summary>
    public static readonly ImmutableArray<SinkRow> Sinks = ImmutableArray.Create(
        new SinkRow(Framework + "KeyedHashAlgorithm", Key, "key", Constructor, "HashData", "HashDataAsync", "TryHashData"),
        new SinkRow(Framework + "KeyedHashAlgorithm", Key, "rgbKey", Constructor),
        new SinkRow(Framework + "KeyedHashAlgorithm", Key, "Key", Property),
        new SinkRow(Framework + "CryptographicOperations", Key, "key", "HmacData", "HmacDataAsync", "TryHmacData"),
        new SinkRow(Framework + "Kmac128", Key, "key", Constructor, "HashData", "HashDataAsync"),
        new SinkRow(Framework + "Kmac256", Key, "key", Constructor, "HashData", "HashDataAsync"),
        new SinkRow(Framework + "KmacXof128", Key, "key", Constructor, "HashData", "HashDataAsync"),
        new SinkRow(Framework + "KmacXof256", Key, "key", Constructor, "HashData", "HashDataAsync"),
        new SinkRow(Framework + "SymmetricAlgorithm", Key, "Key", Property),
        new SinkRow(Framework + "SymmetricAlgorithm", Key, "key", "SetKey"),
        new SinkRow(Framework + "SymmetricAlgorithm", Key, "rgbKey", "CreateEncryptor", "CreateDecryptor"),
        new SinkRow(Framework + "AesGcm", Key, "key", Constructor),
        new SinkRow(Framework + "AesCcm", Key, "key", Constructor),
        new SinkRow(Framework + "ChaCha20Poly1305", Key, "key", Constructor),
        new SinkRow(Framework + "SP800108HmacCounterKdf", Key, "key", Constructor, "DeriveBytes"),
        new SinkRow(Framework + "HKDF", Key, "ikm", "DeriveKey", "Extract"),
        new SinkRow(Framework + "HKDF", Key, "prk", "Expand"),
        new SinkRow(Framework + "Rfc2898DeriveBytes", Password, "password", Constructor, "Pbkdf2"),
        new SinkRow(Framework + "PasswordDeriveBytes", Password, "password", Constructor),
        new SinkRow(Framework + "PasswordDeriveBytes", Password, "strPassword", Constructor),
        new SinkRow(AsymmetricAlgorithm, PrivateKey, "input", "ImportFromPem"),
        new SinkRow(AsymmetricAlgorithm, PrivateKey, "xmlString", "FromXmlString"),
        new SinkRow(AsymmetricAlgorithm, PrivateKey, "source", "ImportRSAPrivateKey", "ImportECPrivateKey", "ImportPkcs8PrivateKey"),
        new SinkRow(Framework + "X509Certificates.X509Certificate2", PrivateKey, "keyPem", "CreateFromPem"),
        new SinkRow("Microsoft.AspNetCore.Cryptography.KeyDerivation.KeyDerivation", Password, "password", "Pbkdf2"),
        new SinkRow("Microsoft.IdentityModel.Tokens.SymmetricSecurityKey", Key, "key", Constructor),
        new SinkRow("System.IdentityModel.Tokens.InMemorySymmetricSecurityKey", Key, "symmetricKey", Constructor),
        new SinkRow("Org.BouncyCastle.Crypto.Parameters.KeyParameter", Key, "key", Constructor),
        new SinkRow("JWT.Builder.JwtBuilder", Key, "secrets", "WithSecret"),
        new SinkRow("JWT.Builder.JwtBuilder", Key, "secret", "WithSecret"),
        new SinkRow("Jose.JWT", Key, "key", "Encode", "Decode", "EncodeBytes", "DecodeBytes"));
}
