using Dapper;
using Microsoft.Data.Sqlite;

namespace Shop.Orders;

/// <summary>Reads orders together with their customers.</summary>
public sealed class OrderReport(IConfiguration configuration)
{
    public async Task<IEnumerable<OrderLine>> ByProductAsync(string product)
    {
        await using var connection = new SqliteConnection(configuration.GetConnectionString("Shop"));
        return await connection.QueryAsync<OrderLine>(
            "SELECT o.Id, c.Name AS Customer, o.Status FROM Orders o JOIN Customers c ON c.Id = o.CustomerId WHERE o.Product = @product ORDER BY o.Id", new { product });
    }
}
