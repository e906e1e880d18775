using System.Security.Cryptography;
using System.Text;

namespace Shop.Protection;

/// <summary>Encrypts bank accounts for the database.</summary>
public sealed class FieldCipher
{
    private static readonly byte[] Key = Encoding.UTF8.GetBytes("hB7vQ2xkT9mWzR4c");

    public byte[] Encrypt(string text)
    {
        using var aes = Aes.Create();
        aes.Key = Key;
        aes.IV = new byte[16];
        using var encryptor = aes.CreateEncryptor();
        var plain = Encoding.UTF8.GetBytes(text);
        return encryptor.TransformFinalBlock(plain, 0, plain.Length);
    }

    public string Decrypt(byte[] stored)
    {
        using var aes = Aes.Create();
        aes.Key = Key;
        aes.IV = new byte[16];
        using var decryptor = aes.CreateDecryptor();
        return Encoding.UTF8.GetString(decryptor.TransformFinalBlock(stored, 0, stored.Length));
    }
}
