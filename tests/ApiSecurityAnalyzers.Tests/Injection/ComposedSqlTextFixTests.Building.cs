using ApiSecurityAnalyzers.CodeFixes.Injection;

namespace ApiSecurityAnalyzers.Tests.Injection;

/// <content>Text that is built in steps, and commands without <c>AddWithValue</c>.</content>
public sealed partial class ComposedSqlTextFixTests
{
    [Fact]
    public Task Fixes_text_that_is_appended_under_conditions() => Ado(
        """
        var sql = "SELECT * FROM Users WHERE 1 = 1";
        if (!string.IsNullOrEmpty(name))
            sql += " AND Name = '" + name + "'";
        if (id > 0)
        {
            sql += $" AND City = '{user.City}' AND Id = {id}";
        }

        using var command = new SqliteCommand({|ASA5002:sql|}, connection);
        """,
        """
        var sql = "SELECT * FROM Users WHERE 1 = 1";
        if (!string.IsNullOrEmpty(name))
            sql += " AND Name = @name";
        if (id > 0)
        {
            sql += " AND City = @city AND Id = @id";
        }

        using var command = new SqliteCommand(sql, connection);
        if (!string.IsNullOrEmpty(name))
        {
            command.Parameters.AddWithValue("@name", name);
        }
        if (id > 0)
        {
            command.Parameters.AddWithValue("@city", user.City);
            command.Parameters.AddWithValue("@id", id);
        }
        """);

    [Fact]
    public Task Fixes_appended_text_where_the_command_exists_before() => Ado(
        """
        using var command = connection.CreateCommand();
        var sql = "SELECT * FROM Users WHERE 1 = 1";
        if (!string.IsNullOrEmpty(name))
            sql += " AND Name = '" + name + "'";
        if (id > 0)
        {
            sql += $" AND City = '{user.City}'";
        }

        command.CommandText = {|ASA5002:sql|};
        """,
        """
        using var command = connection.CreateCommand();
        var sql = "SELECT * FROM Users WHERE 1 = 1";
        if (!string.IsNullOrEmpty(name))
        {
            sql += " AND Name = @name";
            command.Parameters.AddWithValue("@name", name);
        }
        if (id > 0)
        {
            sql += " AND City = @city";
            command.Parameters.AddWithValue("@city", user.City);
        }

        command.CommandText = sql;
        """);

    [Fact]
    public Task Fixes_command_text_that_is_appended() => Ado(
        """
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT * FROM Users WHERE 1 = 1";
        if (id > 0)
        {
            command.CommandText += {|ASA5002:" AND Name = '" + name + "'"|};
        }
        """,
        """
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT * FROM Users WHERE 1 = 1";
        if (id > 0)
        {
            command.CommandText += " AND Name = @name";
            command.Parameters.AddWithValue("@name", name);
        }
        """);

    [Fact]
    public Task Fixes_string_builder() => Ado(
        """
        var sql = new StringBuilder("SELECT * FROM Users");
        sql.Append(" WHERE Name = '").Append(name).Append("'");
        sql.AppendLine();
        if (id > 0)
        {
            sql.Append(" AND City = '");
            sql.Append(city);
            sql.Append("'");
        }

        sql.AppendFormat(" AND Town LIKE '{0}%'", user.City);
        sql.Append($" AND Id = {id}");
        using var command = new SqliteCommand({|ASA5002:sql.ToString()|}, connection);
        """,
        """
        var sql = new StringBuilder("SELECT * FROM Users");
        sql.Append(" WHERE Name = @name");
        sql.AppendLine();
        if (id > 0)
        {
            sql.Append(" AND City = @city");
        }

        sql.Append(" AND Town LIKE @city2");
        sql.Append(" AND Id = @id");
        using var command = new SqliteCommand(sql.ToString(), connection);
        command.Parameters.AddWithValue("@name", name);
        if (id > 0)
        {
            command.Parameters.AddWithValue("@city", city);
        }
        command.Parameters.AddWithValue("@city2", user.City + "%");
        command.Parameters.AddWithValue("@id", id);
        """);

    [Fact]
    public Task Fixes_conditional_text() => Ado(
        """
        var sql = "SELECT * FROM Users" + (id > 0 ? " WHERE Name = '" + name + "'" : "") + " ORDER BY Id";
        using var command = new SqliteCommand({|ASA5002:sql|}, connection);
        """,
        """
        var sql = "SELECT * FROM Users" + (id > 0 ? " WHERE Name = @name" : "") + " ORDER BY Id";
        using var command = new SqliteCommand(sql, connection);
        if (id > 0)
        {
            command.Parameters.AddWithValue("@name", name);
        }
        """);

    [Fact]
    public Task Fixes_a_part_that_is_composed_in_its_own_local() => Ado(
        """
        var where = $"WHERE Name = '{name}'";
        var sql = $"SELECT * FROM Users {where} ORDER BY Id";
        using var command = new SqliteCommand({|ASA5002:sql|}, connection);
        """,
        """
        var where = "WHERE Name = @name";
        var sql = $"SELECT * FROM Users {where} ORDER BY Id";
        using var command = new SqliteCommand(sql, connection);
        command.Parameters.AddWithValue("@name", name);
        """);

    [Fact]
    public Task Fixes_a_value_that_is_read_once() => Ado(
        """
        var sql = "SELECT * FROM Users WHERE Name = '" + Console.ReadLine() + "'";
        Console.WriteLine("running " + sql);
        using var command = new SqliteCommand({|ASA5002:sql|}, connection);
        """,
        """
        var value = Console.ReadLine();
        var sql = "SELECT * FROM Users WHERE Name = @value";
        Console.WriteLine("running " + sql);
        using var command = new SqliteCommand(sql, connection);
        command.Parameters.AddWithValue("@value", (object?)value ?? DBNull.Value);
        """);

    [Fact]
    public Task Fixes_commands_without_AddWithValue() => Ado(
        """
        using var command = other.CreateCommand();
        command.CommandText = {|ASA5002:$"SELECT * FROM Users WHERE Name = '{name}' AND City = '{city}'"|};
        """,
        """
        using var command = other.CreateCommand();
        command.CommandText = "SELECT * FROM Users WHERE Name = @name AND City = @city";
        var nameParameter = command.CreateParameter();
        nameParameter.ParameterName = "@name";
        nameParameter.Value = name;
        command.Parameters.Add(nameParameter);
        var cityParameter = command.CreateParameter();
        cityParameter.ParameterName = "@city";
        cityParameter.Value = city;
        command.Parameters.Add(cityParameter);
        """);

    [Fact]
    public Task Fixes_text_of_a_command_interface() => Ado(
        """
        IDbCommand command = other.CreateCommand();
        command.CommandText = {|ASA5002:"DELETE FROM Users WHERE Name = '" + name + "'"|};
        """,
        """
        IDbCommand command = other.CreateCommand();
        command.CommandText = "DELETE FROM Users WHERE Name = @name";
        var nameParameter = command.CreateParameter();
        nameParameter.ParameterName = "@name";
        nameParameter.Value = name;
        command.Parameters.Add(nameParameter);
        """);

    [Fact]
    public Task Fixes_in_every_document_of_the_solution() =>
        Code.Files(
            ("One.cs", File("One", """$"SELECT * FROM Users WHERE Name = '{name}'" """.TrimEnd(), marked: true)),
            ("Two.cs", File("Two", "\"SELECT * FROM Users WHERE Name = '\" + name + \"'\"", marked: true)))
            .Option("api_security.host", "protected").Reference(Packages.Sqlite).Severity("ASA5002", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)
            .FixedBy(
                ComposedSqlTextFix.Parameterize,
                ("One.cs", File("One", "\"SELECT * FROM Users WHERE Name = @name\"", marked: false)),
                ("Two.cs", File("Two", "\"SELECT * FROM Users WHERE Name = @name\"", marked: false)))
            .CheckAsync();

    private static string File(string type, string text, bool marked) => $$"""
        using Microsoft.Data.Sqlite;

        namespace Subject;

        public static class {{type}}
        {
            public static SqliteDataReader Run(SqliteConnection connection, string name)
            {
        #region find
                var command = new SqliteCommand({{(marked ? "{|ASA5002:" + text + "|}" : text)}}, connection);
        {{(marked ? "" : "        command.Parameters.AddWithValue(\"@name\", name);\n")}}#endregion
                return command.ExecuteReader();
            }
        }
        """;
}
