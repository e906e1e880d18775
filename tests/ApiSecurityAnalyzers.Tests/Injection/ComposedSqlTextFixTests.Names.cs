using ApiSecurityAnalyzers.CodeFixes.Injection;

namespace ApiSecurityAnalyzers.Tests.Injection;

/// <content>Names that cannot be parameters, and text that cannot be mended.</content>
public sealed partial class ComposedSqlTextFixTests
{
    [Fact]
    public Task Fixes_order_by_with_the_columns_of_the_row() => Allow(
        """
        var found = connection.Query<Customer>({|ASA5002:$"SELECT * FROM Users ORDER BY {name}"|});
        """,
        """
        // Only what is listed here becomes part of the SQL text.
        var allowedName = name switch
        {
            "Id" => "Id",
            "Name" => "Name",
            "City" => "City",
            "Born" => "Born",
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "This text is not allowed in the SQL statement."),
        };
        var found = connection.Query<Customer>($"SELECT * FROM Users ORDER BY {allowedName}");
        """);

    [Fact]
    public Task Fixes_direction_and_value_in_one_go() => Allow(
        """
        using var command = new SqliteCommand({|ASA5002:"SELECT * FROM Users WHERE Name = '" + name + "' ORDER BY Id " + city|}, connection);
        """,
        """
        // Only what is listed here becomes part of the SQL text.
        var allowedCity = city.ToUpperInvariant() switch
        {
            "ASC" => "ASC",
            "DESC" => "DESC",
            _ => throw new ArgumentOutOfRangeException(nameof(city), city, "This text is not allowed in the SQL statement."),
        };
        using var command = new SqliteCommand("SELECT * FROM Users WHERE Name = @name ORDER BY Id " + allowedCity, connection);
        command.Parameters.AddWithValue("@name", name);
        """);

    [Fact]
    public Task Fixes_table_name_with_a_list_to_fill() => Allow(
        """
        using var command = connection.CreateCommand();
        command.CommandText = {|ASA5002:$"SELECT COUNT(*) FROM [{name}]"|};
        """,
        """
        using var command = connection.CreateCommand();
        // Add a line for each text that is allowed here: all others are refused.
        string allowedName = name switch
        {
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "This text is not allowed in the SQL statement."),
        };
        command.CommandText = $"SELECT COUNT(*) FROM [{allowedName}]";
        """);

    [Fact]
    public Task Fixes_names_with_what_the_code_compares_them_with() => Allow(
        """
        var table = args[0];
        if (table == "Orders")
            Console.WriteLine("orders");
        using var command = connection.CreateCommand();
        command.CommandText = {|ASA5002:string.Format("DELETE FROM {0} WHERE Name = '{1}'", table, name)|};
        """,
        """
        var table = args[0];
        if (table == "Orders")
            Console.WriteLine("orders");
        using var command = connection.CreateCommand();
        // Only what is listed here becomes part of the SQL text.
        var allowedTable = table switch
        {
            "Orders" => "Orders",
            _ => throw new InvalidOperationException("This text is not allowed in the SQL statement."),
        };
        command.CommandText = $"DELETE FROM {allowedTable} WHERE Name = @name";
        command.Parameters.AddWithValue("@name", name);
        """);

    [Theory]
    [InlineData("""using var command = new SqliteCommand({|ASA5002:$"SELECT * FROM Users WHERE {name}"|}, connection);""")]
    [InlineData("""using var command = new SqliteCommand({|ASA5002:$"SELECT * FROM Users {name}"|}, connection);""")]
    [InlineData("""using var command = new SqliteCommand({|ASA5002:$"CREATE TABLE Users (Name TEXT DEFAULT '{name}')"|}, connection);""")]
    [InlineData("""using var command = new SqliteCommand({|ASA5002:$"PRAGMA key = '{name}'"|}, connection);""")]
    [InlineData("""using var command = new SqliteCommand({|ASA5002:$"SELECT * FROM Users WHERE Id IN ({name})"|}, connection);""")]
    [InlineData("""using var command = new SqliteCommand({|ASA5002:$"SELECT * FROM Users WHERE Name = '{name}"|}, connection);""")]
    [InlineData("""using var command = new SqliteCommand({|ASA5002:$"EXEC ('SELECT * FROM {name}')"|}, connection);""")]
    [InlineData("""using var command = new SqliteCommand({|ASA5002:$"SELECT * FROM Users WHERE Born > DATE '{name}'"|}, connection);""")]
    [InlineData("""using var command = new SqliteCommand({|ASA5002:$"SELECT 1 -- {name}"|}, connection);""")]
    [InlineData("""using var command = new SqliteCommand({|ASA5002:name + "SELECT 1" + city|}, connection);""")]
    public Task NoFix_for_parts_that_are_no_values(string statement) => Members(statement).NoFix().CheckAsync();

    [Fact]
    public Task NoFix_where_the_text_is_used_twice() => Members("""
        var sql = $"SELECT * FROM Users WHERE Name = '{name}'";
        using var command = new SqliteCommand({|ASA5002:sql|}, connection);
        using var again = new SqliteCommand({|ASA5002:sql|}, connection);
        """).NoFix().CheckAsync();

    [Fact]
    public Task Fixes_a_value_that_changes_before_the_command_is_made() => Ado(
        """
        var sql = "SELECT * FROM Users WHERE Name = '" + name + "'" + (id > 0 ? "" : " AND City = '" + city + "'");
        name = "other";
        id = 0;
        using var command = new SqliteCommand({|ASA5002:sql|}, connection);
        """,
        """
        var name2 = name;
        var sql = "SELECT * FROM Users WHERE Name = @name" + (id > 0 ? "" : " AND City = @city");
        name = "other";
        id = 0;
        using var command = new SqliteCommand(sql, connection);
        command.Parameters.AddWithValue("@name", name2);
        command.Parameters.AddWithValue("@city", city);
        """);

    private static Task Allow(string before, string after) => Members(before).FixedBy(ComposedSqlTextFix.AllowList, Frame(after)).CheckAsync();
}
