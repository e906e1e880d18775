namespace Shop.Data;

/// <summary>Who buys. The bank account and the note are stored encrypted.</summary>
public sealed class Customer
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public required string Email { get; set; }

    public required byte[] Iban { get; set; }

    public byte[]? Note { get; set; }
}
