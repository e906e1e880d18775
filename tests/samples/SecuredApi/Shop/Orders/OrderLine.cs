namespace Shop.Orders;

/// <summary>An order with the name of its customer.</summary>
public sealed record OrderLine(long Id, string Customer, string Status);
