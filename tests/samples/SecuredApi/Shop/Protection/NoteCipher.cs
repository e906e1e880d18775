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
        aes.Mode = CipherMode.CBC;
        using var encryptor = aes.CreateEncryptor();
        var plain = Encoding.UTF8.GetBytes(text);
        return aes.IV.Concat(encryptor.TransformFinalBlock(plain, 0, plain.Length)).ToArray();
    }

    public string Decrypt(byte[] stored)
    {
        using var aes = Aes.Create();
        aes.Key = _key;
        aes.Mode = CipherMode.CBC;
        using var decryptor = aes.CreateDecryptor(aes.Key, stored.Take(16).ToArray());
        return Encoding.UTF8.GetString(decryptor.TransformFinalBlock(stored, 16, stored.Length - 16));
    }
}
