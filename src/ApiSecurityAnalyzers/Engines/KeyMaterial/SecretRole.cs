namespace ApiSecurityAnalyzers.Engines.KeyMaterial;

/// <summary>What a value is to the cryptographic call that receives it.</summary>
internal enum SecretRole
{
    /// <summary>A symmetric key.</summary>
    Key,

    /// <summary>A password from which a key is derived.</summary>
    Password,

    /// <summary>A private key in text or bytes.</summary>
    PrivateKey,

    /// <summary>The initialization vector of a block cipher mode.</summary>
    InitializationVector,

    /// <summary>The nonce of an authenticated cipher.</summary>
    Nonce,

    /// <summary>The salt of a key derivation.</summary>
    Salt,
}
