using System.Security.Cryptography;
using System.Text;

namespace Shop.Protection;

/// <summary>Encrypts notes about customers with the key of the setting 'Notes:Key'.</summary>
public sealed class NoteCipher(IConfiguration configuration)
{
    private readonly byte[] _key = Convert.FromBase64String(configuration["Notes:Key"] ?? throw new InvalidOperationException("The setting 'Notes:Key' is missing."));

    public byte[] Encrypt(string text)
    {
        using var aes = Aes.Create();
        aes.Key = _key;
        aes.Mode = CipherMode.ECB;
        using var encryptor = aes.CreateEncryptor();
        var plain = Encoding.UTF8.GetBytes(text);
        return encryptor.TransformFinalBlock(plain, 0, plain.Length);
    }

    public string Decrypt(byte[] stored)
    {
        using var aes = Aes.Create();
        aes.Key = _key;
        aes.Mode = CipherMode.ECB;
        using var decryptor = aes.CreateDecryptor();
        return Encoding.UTF8.GetString(decryptor.TransformFinalBlock(stored, 0, stored.Length));
    }
}
