namespace Shop.Customers;

/// <summary>A customer in a list.</summary>
public sealed record CustomerRow(int Id, string Name, string Email);
