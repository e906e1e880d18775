namespace Shop.Data;

/// <summary>Who works with the API.</summary>
public sealed class Employee
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public string PasswordHash { get; set; } = "";
}
