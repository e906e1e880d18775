namespace Shop.Data;

/// <summary>What a customer bought.</summary>
public sealed class Order
{
    public int Id { get; set; }

    public int CustomerId { get; set; }

    public required string Product { get; set; }

    public required string Status { get; set; }

    public long Cents { get; set; }
}
