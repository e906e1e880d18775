using ApiSecurityAnalyzers.CodeFixes.Injection;

namespace ApiSecurityAnalyzers.Tests.Injection;

/// <summary>ASA5002: parameters for commands of ADO.NET.</summary>
public sealed partial class ComposedSqlTextFixTests
{
    [Fact]
    public Task Fixes_concatenation_in_a_constructor() => Ado(
        """
        using var command = new SqliteCommand({|ASA5002:"SELECT * FROM Users WHERE Name = '" + name + "'"|}, connection);
        using var reader = command.ExecuteReader();
        """,
        """
        using var command = new SqliteCommand("SELECT * FROM Users WHERE Name = @name", connection);
        command.Parameters.AddWithValue("@name", name);
        using var reader = command.ExecuteReader();
        """);

    [Fact]
    public Task Fixes_interpolation_in_an_assignment() => Ado(
        """
        using var command = connection.CreateCommand();
        command.CommandText = {|ASA5002:$"SELECT * FROM Users WHERE Name = '{name}' AND City = '{user.City}'"|}; // find them
        using var reader = command.ExecuteReader();
        """,
        """
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT * FROM Users WHERE Name = @name AND City = @city"; // find them
        command.Parameters.AddWithValue("@name", name);
        command.Parameters.AddWithValue("@city", user.City);
        using var reader = command.ExecuteReader();
        """);

    [Fact]
    public Task Fixes_text_in_a_local() => Ado(
        """
        var sql = $"SELECT * FROM Users WHERE Name = '{name}' AND Id = {id}";
        using (var command = new SqliteCommand({|ASA5002:sql|}, connection))
        {
            command.ExecuteNonQuery();
        }
        """,
        """
        var sql = "SELECT * FROM Users WHERE Name = @name AND Id = @id";
        using (var command = new SqliteCommand(sql, connection))
        {
            command.Parameters.AddWithValue("@name", name);
            command.Parameters.AddWithValue("@id", id);
            command.ExecuteNonQuery();
        }
        """);

    [Fact]
    public Task Fixes_string_format() => Ado(
        """
        var command = connection.CreateCommand();
        command.CommandText = {|ASA5002:string.Format("UPDATE Users SET Name = '{0}', Tag = '{{}}' WHERE Id = {1} OR Name = '{0}'", name, id)|};
        """,
        """
        var command = connection.CreateCommand();
        command.CommandText = "UPDATE Users SET Name = @name, Tag = '{}' WHERE Id = @id OR Name = @name";
        command.Parameters.AddWithValue("@name", name);
        command.Parameters.AddWithValue("@id", id);
        """);

    [Theory]
    [InlineData("""$"SELECT * FROM Users WHERE Name LIKE '%{name}%'" """, "\"%\" + name + \"%\"")]
    [InlineData("""$"SELECT * FROM Users WHERE Name LIKE '{name}%'" """, "name + \"%\"")]
    [InlineData(""" "SELECT * FROM Users WHERE Name LIKE N'%" + name + "'" """, "\"%\" + name")]
    [InlineData(""" "SELECT * FROM Users WHERE Name LIKE '%" + (name ?? city) + "_'" """, "\"%\" + (name ?? city) + \"_\"")]
    [InlineData("""$"SELECT * FROM Users WHERE Name LIKE '{id}/{name}'" """, "$\"{id}/{name}\"")]
    [InlineData("""$"SELECT * FROM Users WHERE Name LIKE 'O''{name}'" """, "\"O'\" + name")]
    public Task Fixes_patterns(string text, string value) => Ado(
        "using var command = new SqliteCommand({|ASA5002:" + text.Trim() + "|}, connection);",
        $$"""
        using var command = new SqliteCommand("SELECT * FROM Users WHERE Name LIKE @{{(value.StartsWith("$\"{id}", StringComparison.Ordinal) ? "id" : "name")}}", connection);
        command.Parameters.AddWithValue("@{{(value.StartsWith("$\"{id}", StringComparison.Ordinal) ? "id" : "name")}}", {{value}});
        """);

    [Fact]
    public Task Fixes_concatenation_over_several_lines() => Ado(
        """
        var sql = "SELECT u.Id, u.Name " +
            "FROM Users u " + // all of them
            "WHERE u.Name = '" + name + "' " +
            "AND u.City = '" +
            city + "' " +
            "AND u.Id > " + id +
            " ORDER BY u.Name";
        using var command = new SqliteCommand({|ASA5002:sql|}, connection);
        """,
        """
        var sql = "SELECT u.Id, u.Name " +
            "FROM Users u " + // all of them
            "WHERE u.Name = @name " +
            "AND u.City = " +
            "@city " +
            "AND u.Id > @id" +
            " ORDER BY u.Name";
        using var command = new SqliteCommand(sql, connection);
        command.Parameters.AddWithValue("@name", name);
        command.Parameters.AddWithValue("@city", city);
        command.Parameters.AddWithValue("@id", id);
        """);

    [Fact]
    public Task Fixes_verbatim_text_in_place() => Ado(
        """
        using var command = new SqliteCommand({|ASA5002:$@"
            SELECT *
            FROM ""Users""
            WHERE Name = '{name}'"|}, connection);
        """,
        """
        using var command = new SqliteCommand(@"
            SELECT *
            FROM ""Users""
            WHERE Name = @name", connection);
        command.Parameters.AddWithValue("@name", name);
        """);

    [Fact]
    public Task Fixes_raw_text_in_place() => Ado(
        """"
        using var command = connection.CreateCommand();
        command.CommandText = {|ASA5002:$"""
            SELECT *
            FROM Users
            WHERE Name = '{name}'
            """|};
        """",
        """"
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT *
            FROM Users
            WHERE Name = @name
            """;
        command.Parameters.AddWithValue("@name", name);
        """");

    [Fact]
    public Task Fixes_object_initializer() => Ado(
        """
        using var command = new SqliteCommand { CommandText = {|ASA5002:$"DELETE FROM Users WHERE Name = '{name}'"|}, Connection = connection };
        command.ExecuteNonQuery();
        """,
        """
        using var command = new SqliteCommand { CommandText = "DELETE FROM Users WHERE Name = @name", Connection = connection };
        command.Parameters.AddWithValue("@name", name);
        command.ExecuteNonQuery();
        """);

    [Fact]
    public Task Fixes_command_that_is_run_at_once() => Ado(
        """
        // how many
        var count = (long)new SqliteCommand({|ASA5002:"SELECT COUNT(*) FROM Users WHERE Name = '" + name + "'"|}, connection).ExecuteScalar()!;
        """,
        """
        // how many
        var command = new SqliteCommand("SELECT COUNT(*) FROM Users WHERE Name = @name", connection);
        command.Parameters.AddWithValue("@name", name);
        var count = (long)command.ExecuteScalar()!;
        """);

    [Fact]
    public Task Fixes_nullable_values() => Ado(
        """
        string? note = id > 3 ? name : null;
        int? age = id > 3 ? id : null;
        using var command = new SqliteCommand({|ASA5002:$"INSERT INTO Users (Note, Age, City) VALUES ('{note}', {age}, '{city}')"|}, connection);
        """,
        """
        string? note = id > 3 ? name : null;
        int? age = id > 3 ? id : null;
        using var command = new SqliteCommand("INSERT INTO Users (Note, Age, City) VALUES (@note, @age, @city)", connection);
        command.Parameters.AddWithValue("@note", (object?)note ?? DBNull.Value);
        command.Parameters.AddWithValue("@age", (object?)age ?? DBNull.Value);
        command.Parameters.AddWithValue("@city", city);
        """);

    [Fact]
    public Task Fixes_with_names_that_are_not_taken() => Ado(
        """
        using var command = connection.CreateCommand();
        command.CommandText = {|ASA5002:"SELECT * FROM Users WHERE City = @city AND Name = '" + name + "' AND Town = '" + user.City + "' AND Id = @name"|};
        command.Parameters.AddWithValue("@city", city);
        command.Parameters.AddWithValue("@name", id);
        """,
        """
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT * FROM Users WHERE City = @city AND Name = @name2 AND Town = @city2 AND Id = @name";
        command.Parameters.AddWithValue("@name2", name);
        command.Parameters.AddWithValue("@city2", user.City);
        command.Parameters.AddWithValue("@city", city);
        command.Parameters.AddWithValue("@name", id);
        """);

    [Fact]
    public Task Fixes_quotes_that_were_doubled_by_hand() => Ado(
        """
        using var command = new SqliteCommand({|ASA5002:"SELECT * FROM Users WHERE Name = '" + name.Replace("'", "''") + "'"|}, connection);
        """,
        """
        using var command = new SqliteCommand("SELECT * FROM Users WHERE Name = @name", connection);
        command.Parameters.AddWithValue("@name", name);
        """);

    [Fact]
    public Task Fixes_two_commands_in_one_method() => Ado(
        """
        using var first = new SqliteCommand({|ASA5002:"SELECT * FROM Users WHERE Name = '" + name + "'"|}, connection);
        first.ExecuteNonQuery();
        using var second = new SqliteCommand({|ASA5002:$"DELETE FROM Users WHERE Name = '{name}'"|}, connection);
        second.ExecuteNonQuery();
        """,
        """
        using var first = new SqliteCommand("SELECT * FROM Users WHERE Name = @name", connection);
        first.Parameters.AddWithValue("@name", name);
        first.ExecuteNonQuery();
        using var second = new SqliteCommand("DELETE FROM Users WHERE Name = @name", connection);
        second.Parameters.AddWithValue("@name", name);
        second.ExecuteNonQuery();
        """);

    [Fact]
    public Task Fixes_one_command_with_two_texts() => Ado(
        """
        using var command = connection.CreateCommand();
        command.CommandText = {|ASA5002:$"DELETE FROM Users WHERE Name = '{name}'"|};
        command.ExecuteNonQuery();
        command.CommandText = {|ASA5002:$"DELETE FROM Orders WHERE Name = '{name}'"|};
        command.ExecuteNonQuery();
        """,
        """
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM Users WHERE Name = @name";
        command.Parameters.AddWithValue("@name", name);
        command.ExecuteNonQuery();
        command.CommandText = "DELETE FROM Orders WHERE Name = @name";
        command.Parameters.Clear();
        command.Parameters.AddWithValue("@name", name);
        command.ExecuteNonQuery();
        """);

    [Fact]
    public Task Fixes_command_that_runs_in_a_loop() => Ado(
        """
        using var command = connection.CreateCommand();
        foreach (var item in list)
        {
            command.CommandText = {|ASA5002:$"DELETE FROM Users WHERE Name = '{item}'"|};
            command.ExecuteNonQuery();
        }
        """,
        """
        using var command = connection.CreateCommand();
        foreach (var item in list)
        {
            command.CommandText = "DELETE FROM Users WHERE Name = @item";
            command.Parameters.Clear();
            command.Parameters.AddWithValue("@item", item);
            command.ExecuteNonQuery();
        }
        """);

    [Fact]
    public Task Fixes_a_statement_without_braces() => Ado(
        """
        using var command = connection.CreateCommand();
        if (id > 0)
            command.CommandText = {|ASA5002:$"DELETE FROM Users WHERE Name = '{name}'"|};
        else
            command.CommandText = "DELETE FROM Users";
        """,
        """
        using var command = connection.CreateCommand();
        if (id > 0)
        {
            command.CommandText = "DELETE FROM Users WHERE Name = @name";
            command.Parameters.AddWithValue("@name", name);
        }
        else
            command.CommandText = "DELETE FROM Users";
        """);

    [Fact]
    public Task Fixes_nested_using_statements() => Ado(
        """
        using (var command = new SqliteCommand({|ASA5002:$"SELECT * FROM Users WHERE Name = '{name}'"|}, connection))
        using (var reader = command.ExecuteReader())
        {
            reader.Read();
        }
        """,
        """
        using (var command = new SqliteCommand("SELECT * FROM Users WHERE Name = @name", connection))
        {
            command.Parameters.AddWithValue("@name", name);
            using (var reader = command.ExecuteReader())
            {
                reader.Read();
            }
        }
        """);

    private static Task Ado(string before, string after) =>
        Members(before).FixedBy(ComposedSqlTextFix.Parameterize, Frame(after)).CheckAsync();

    private static CodeTest Members(string statements) => Code.Controller(Frame(statements)).Reference(Packages.Sqlite).Reference(Packages.Dapper);

    private static string Frame(string statements) => $$"""
        using System.Data;
        using System.Data.Common;
        using System.Text;
        using Dapper;
        using Microsoft.Data.Sqlite;

        public sealed record Customer(int Id, string Name, string City, DateTime Born);

        [HttpPost]
        public void Run(SqliteConnection connection, DbConnection other, string name, string city, int id, Customer user, List<string> list, List<int> ids, string[] args)
        {
        {{string.Join('\n', statements.Split('\n').Select(static l => l.Length == 0 ? l : "    " + l))}}
        }
        """;
}
