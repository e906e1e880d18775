namespace Shop.Customers;

/// <summary>A part of the customer file, and the token that leads to the next part.</summary>
public sealed record CustomerPage(IReadOnlyList<CustomerRow> Rows, string? Next);
