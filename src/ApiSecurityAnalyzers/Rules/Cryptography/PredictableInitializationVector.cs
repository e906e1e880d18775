using System.Collections.Immutable;
using ApiSecurityAnalyzers.Engines.KeyMaterial;
using Microsoft.CodeAnalysis;
using static ApiSecurityAnalyzers.Engines.KeyMaterial.SecretRole;
using static ApiSecurityAnalyzers.Engines.KeyMaterial.SinkRow;

namespace ApiSecurityAnalyzers.Rules.Cryptography;

/// <summary>ASA6005: predictable initialization vector.</summary>
internal static class PredictableInitializationVector
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA6005",
        title: "Predictable initialization vector",
        messageFormat: "The {0} of '{1}' {2}, so {3}",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "An initialization vector, nonce or salt that repeats makes equal plaintexts visible, and with GCM reveals the authentication key.",
        cwe: 329,
        topic: Topics.Cryptography);

    private const string Framework = "System.Security.Cryptography.";

    /// <summary>What receives initialization vectors, nonces and salts. Salts of HKDF may be constant (RFC 5869, section 3.1).</summary>
    public static readonly ImmutableArray<SinkRow> Sinks = ImmutableArray.Create(
        new SinkRow(Framework + "SymmetricAlgorithm", InitializationVector, "IV", Property),
        new SinkRow(Framework + "SymmetricAlgorithm", InitializationVector, "rgbIV", "CreateEncryptor"),
        new SinkRow(Framework + "SymmetricAlgorithm", InitializationVector, "iv", "EncryptCbc", "EncryptCfb", "TryEncryptCbc", "TryEncryptCfb"),
        new SinkRow(Framework + "AesGcm", Nonce, "nonce", "Encrypt"),
        new SinkRow(Framework + "AesCcm", Nonce, "nonce", "Encrypt"),
        new SinkRow(Framework + "ChaCha20Poly1305", Nonce, "nonce", "Encrypt"),
        new SinkRow(Framework + "Rfc2898DeriveBytes", Salt, "salt", Constructor, "Pbkdf2"),
        new SinkRow(Framework + "PasswordDeriveBytes", Salt, "salt", Constructor),
        new SinkRow(Framework + "PasswordDeriveBytes", Salt, "rgbSalt", Constructor),
        new SinkRow("Microsoft.AspNetCore.Cryptography.KeyDerivation.KeyDerivation", Salt, "salt", "Pbkdf2"),
        new SinkRow("Org.BouncyCastle.Crypto.Parameters.ParametersWithIV", InitializationVector, "iv", Constructor),
        new SinkRow("Org.BouncyCastle.Crypto.Parameters.AeadParameters", Nonce, "nonce", Constructor));
}
