using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Shop.Protection;

/// <summary>Hides in a token where the next page begins; tokens last until the next start.</summary>
public sealed class PageTokens
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(24);

    public string Write(int id)
    {
        using var cipher = Aes.Create();
        cipher.Key = _key;
        cipher.GenerateIV();
        using var encryptor = cipher.CreateEncryptor();
        var plain = Encoding.UTF8.GetBytes(id.ToString(CultureInfo.InvariantCulture));
        return Convert.ToHexString([.. cipher.IV, .. encryptor.TransformFinalBlock(plain, 0, plain.Length)]);
    }

    public int Read(string token)
    {
        using var cipher = Aes.Create();
        cipher.Key = _key;
        var bytes = Convert.FromHexString(token);
        var length = cipher.BlockSize / 8;
        cipher.IV = bytes[..length];
        using var decryptor = cipher.CreateDecryptor();
        return int.Parse(Encoding.UTF8.GetString(decryptor.TransformFinalBlock(bytes, length, bytes.Length - length)), CultureInfo.InvariantCulture);
    }
}
