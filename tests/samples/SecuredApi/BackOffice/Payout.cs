namespace BackOffice;

/// <summary>Money that leaves the shop.</summary>
public sealed record Payout(string Iban, long Cents);
