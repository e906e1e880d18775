namespace Shop.Customers;

/// <summary>A customer with bank account and note.</summary>
public sealed record CustomerDetails(string Name, string Email, string Iban, string? Note);
