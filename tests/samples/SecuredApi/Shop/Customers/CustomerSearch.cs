using Microsoft.Data.Sqlite;

namespace Shop.Customers;

/// <summary>Finds customers.</summary>
public sealed class CustomerSearch(IConfiguration configuration)
{
    public async Task<List<CustomerRow>> ByEmailAsync(string email)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT Id, Name, Email FROM Customers WHERE Email = @email ORDER BY Id";
        command.Parameters.AddWithValue("@email", email);
        return await RowsAsync(command);
    }

    public async Task<List<CustomerRow>> ByNameAsync(string name)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT Id, Name, Email FROM Customers WHERE Name LIKE @name ORDER BY Id";
        command.Parameters.AddWithValue("@name", "%" + name + "%");
        return await RowsAsync(command);
    }

    private async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection(configuration.GetConnectionString("Shop"));
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<List<CustomerRow>> RowsAsync(SqliteCommand command)
    {
        var rows = new List<CustomerRow>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            rows.Add(new CustomerRow(reader.GetInt32(0), reader.GetString(1), reader.GetString(2)));
        return rows;
    }
}
