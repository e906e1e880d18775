using System.Security.Cryptography;
using System.Text;

namespace Shop.Protection;

/// <summary>Encrypts bank accounts for the database.</summary>
public sealed class FieldCipher
{
    private readonly IConfiguration _configuration;

    public FieldCipher(IConfiguration configuration)
    {
        _configuration = configuration;
    }

    private byte[] Key => Encoding.UTF8.GetBytes(_configuration["FieldCipher:Key"] ?? throw new InvalidOperationException("'FieldCipher:Key' is not configured"));

    public byte[] Encrypt(string text)
    {
        using var aes = Aes.Create();
        aes.Key = Key;
        var iv = RandomNumberGenerator.GetBytes(16);
        aes.IV = iv;
        using var encryptor = aes.CreateEncryptor();
        var plain = Encoding.UTF8.GetBytes(text);
        return [.. iv, .. encryptor.TransformFinalBlock(plain, 0, plain.Length)];
    }

    public string Decrypt(byte[] stored)
    {
        using var aes = Aes.Create();
        aes.Key = Key;
        var iv = stored[..16];
        stored = stored[16..];
        aes.IV = iv;
        using var decryptor = aes.CreateDecryptor();
        return Encoding.UTF8.GetString(decryptor.TransformFinalBlock(stored, 0, stored.Length));
    }
}
