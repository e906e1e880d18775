using System.Security.Cryptography;
using System.Text;
using Shop.Data;

namespace Shop.Protection;

/// <summary>Seals receipts with the key of the setting 'Receipts:Key', so that a changed amount shows.</summary>
public sealed class ReceiptSeal(IConfiguration configuration)
{
    private readonly byte[] _key = Convert.FromBase64String(configuration["Receipts:Key"] ?? throw new InvalidOperationException("The setting 'Receipts:Key' is missing."));

    public string Of(Order order) => Convert.ToHexString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{order.Id}:{order.CustomerId}:{order.Cents}")));
}
