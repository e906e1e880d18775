using System.Net;

namespace ApiSecurityAnalyzers.Samples.Tests.Attacks;

/// <summary>ASA5002: a query value becomes part of the SQL text: ADO.NET, ADO.NET with LIKE, EF Core, Dapper.</summary>
[Collection(ShopPair.Collection)]
public sealed class SqlInjectionTests(ShopPair shop)
{
    private const string Always = "' OR '1'='1";

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("customers/by-email?email=", Always, 3)]
    [InlineData("customers/by-name?name=", Always, 3)]
    [InlineData("orders?status=", Always, 4)]
    [InlineData("orders/by-product?product=", Always, 4)]
    public async Task Gives_all_rows_before_and_none_after(string path, string value, int all)
    {
        Assert.Equal(all, (await shop.UserBefore.ReadAsync(path + Uri.EscapeDataString(value), CancellationToken)).GetArrayLength());
        Assert.Equal(0, (await shop.UserAfter.ReadAsync(path + Uri.EscapeDataString(value), CancellationToken)).GetArrayLength());
    }

    [Theory]
    [InlineData("customers/by-email?email=", "nobody' UNION SELECT Id, Name, PasswordHash FROM Employees ORDER BY 1 --")]
    [InlineData("customers/by-name?name=", "nobody' UNION SELECT Id, Name, PasswordHash FROM Employees ORDER BY 1 --")]
    [InlineData("orders?status=", "x' UNION SELECT Id, Id, Id, Name, PasswordHash FROM Employees --")]
    [InlineData("orders/by-product?product=", "x' UNION SELECT Id, Name, PasswordHash FROM Employees --")]
    public async Task Reads_another_table_before_and_nothing_after(string path, string value)
    {
        Assert.Contains("ada", (await shop.UserBefore.ReadAsync(path + Uri.EscapeDataString(value), CancellationToken)).ToString(), StringComparison.Ordinal);
        Assert.Equal(0, (await shop.UserAfter.ReadAsync(path + Uri.EscapeDataString(value), CancellationToken)).GetArrayLength());
    }

    [Theory]
    [InlineData("customers/by-email?email=", "ada@example.org")]
    [InlineData("customers/by-name?name=", "e")]
    [InlineData("customers/by-name?name=", "ben")]
    [InlineData("orders?status=", "new")]
    [InlineData("orders/by-product?product=", "Kettle")]
    public async Task Honest_value_gives_the_same_rows_before_and_after(string path, string value)
    {
        var before = await shop.UserBefore.ReadAsync(path + Uri.EscapeDataString(value), CancellationToken);
        var after = await shop.UserAfter.ReadAsync(path + Uri.EscapeDataString(value), CancellationToken);
        Assert.NotEqual(0, before.GetArrayLength());
        Assert.Equal(before.ToString(), after.ToString());
    }

    [Theory]
    [InlineData("customers/by-email?email=")]
    [InlineData("customers/by-name?name=")]
    [InlineData("orders?status=")]
    [InlineData("orders/by-product?product=")]
    public async Task Quote_breaks_the_statement_before_and_is_a_letter_after(string path)
    {
        using var before = await shop.UserBefore.GetAsync(path + "O'Hara", CancellationToken);
        Assert.Equal(HttpStatusCode.InternalServerError, before.StatusCode);
        using var after = await shop.UserAfter.GetAsync(path + "O'Hara", CancellationToken);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }
}
