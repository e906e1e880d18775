using ApiSecurityAnalyzers.CodeFixes.Injection;

namespace ApiSecurityAnalyzers.Tests.Injection;

/// <content>Providers, and the places in which commands stand.</content>
public sealed partial class ComposedSqlTextFixTests
{
    [Fact]
    public Task Fixes_sql_server() => Provider(
        "using Microsoft.Data.SqlClient;",
        """
        public static void Run(SqlConnection connection, DataTable table, string name)
        {
            new SqlDataAdapter({|ASA5002:$"SELECT * FROM Users WHERE Name = N'{name}'"|}, connection).Fill(table);
            var adapter = new SqlDataAdapter({|ASA5002:$"SELECT TOP (5) * FROM Users WHERE Name = N'{name}'"|}, connection);
            adapter.Fill(table);
        }
        """,
        """
        public static void Run(SqlConnection connection, DataTable table, string name)
        {
            var adapter2 = new SqlDataAdapter("SELECT * FROM Users WHERE Name = @name", connection);
            adapter2.SelectCommand.Parameters.AddWithValue("@name", name);
            adapter2.Fill(table);
            var adapter = new SqlDataAdapter("SELECT TOP (5) * FROM Users WHERE Name = @name", connection);
            adapter.SelectCommand.Parameters.AddWithValue("@name", name);
            adapter.Fill(table);
        }
        """);

    [Fact]
    public Task Fixes_postgres() => Provider(
        "using Npgsql;",
        """
        public static NpgsqlCommand Run(NpgsqlDataSource source, string name, string number)
        {
            return source.CreateCommand({|ASA5002:$"SELECT * FROM users WHERE name = '{name}' AND id = {number}"|});
        }
        """,
        """
        public static NpgsqlCommand Run(NpgsqlDataSource source, string name, string number)
        {
            var command = source.CreateCommand("SELECT * FROM users WHERE name = @name AND id = @number");
            command.Parameters.AddWithValue("@name", name);
            command.Parameters.AddWithValue("@number", NpgsqlTypes.NpgsqlDbType.Unknown, number);
            return command;
        }
        """);

    [Fact]
    public Task Fixes_my_sql() => Provider(
        "using MySqlConnector;",
        """
        public static async Task<object?> Run(MySqlConnection connection, string name)
        {
            using MySqlCommand command = new({|ASA5002:"SELECT `Id` FROM `Users` WHERE `Name` = \"" + name + "\""|}, connection);
            return await command.ExecuteScalarAsync();
        }
        """,
        """
        public static async Task<object?> Run(MySqlConnection connection, string name)
        {
            using MySqlCommand command = new("SELECT `Id` FROM `Users` WHERE `Name` = @name", connection);
            command.Parameters.AddWithValue("@name", name);
            return await command.ExecuteScalarAsync();
        }
        """);

    [Fact]
    public Task Fixes_oracle() => Provider(
        "using Oracle.ManagedDataAccess.Client;",
        """
        public static void Run(OracleCommand command, string name)
        {
            command.CommandText = {|ASA5002:$"DELETE FROM users WHERE name = '{name}'"|};
        }
        """,
        """
        public static void Run(OracleCommand command, string name)
        {
            command.CommandText = "DELETE FROM users WHERE name = :name";
            var nameParameter = command.CreateParameter();
            nameParameter.ParameterName = "name";
            nameParameter.Value = name;
            command.Parameters.Add(nameParameter);
        }
        """,
        "namespace Oracle.ManagedDataAccess.Client { public abstract class OracleCommand : System.Data.Common.DbCommand { } }");

    [Fact]
    public Task Fixes_odbc() => Provider(
        "using System.Data.Odbc;",
        """
        public static void Run(OdbcCommand command, string name, string? city)
        {
            command.CommandText = {|ASA5002:$"DELETE FROM users WHERE name = '{name}' AND city = '{city}' OR town = '{name}'"|};
        }
        """,
        """
        public static void Run(OdbcCommand command, string name, string? city)
        {
            command.CommandText = "DELETE FROM users WHERE name = ? AND city = ? OR town = ?";
            command.Parameters.AddWithValue("@name", name);
            command.Parameters.AddWithValue("@city", (object?)city ?? DBNull.Value);
            command.Parameters.AddWithValue("@name2", name);
        }
        """,
        """
        namespace System.Data.Odbc
        {
            public abstract class OdbcCommand : Common.DbCommand
            {
                public new abstract OdbcParameterCollection Parameters { get; }
            }

            public abstract class OdbcParameterCollection : Common.DbParameterCollection
            {
                public abstract Common.DbParameter AddWithValue(string name, object value);
            }
        }
        """);

    [Fact]
    public Task Fixes_classic_entity_framework() => Provider(
        "using System.Data.Entity;",
        """
        public static void Run(Database database, string name, int id)
        {
            database.ExecuteSqlCommand({|ASA5002:$"DELETE FROM Users WHERE Name = '{name}' AND Id > {id}"|});
            database.SqlQuery<int>({|ASA5002:"SELECT Id FROM Users WHERE Id > @p0 AND Name = '" + name + "'"|}, id);
        }
        """,
        """
        public static void Run(Database database, string name, int id)
        {
            database.ExecuteSqlCommand("DELETE FROM Users WHERE Name = @p0 AND Id > @p1", name, id);
            database.SqlQuery<int>("SELECT Id FROM Users WHERE Id > @p0 AND Name = @p1", id, name);
        }
        """,
        """
        namespace System.Data.Entity
        {
            public class Database
            {
                public int ExecuteSqlCommand(string sql, params object[] parameters) => 0;

                public System.Collections.Generic.IEnumerable<T> SqlQuery<T>(string sql, params object[] parameters) => [];
            }
        }
        """);

    [Fact]
    public Task Fixes_without_implicit_usings() => Code.Files(("Subject.cs", """
        namespace Subject
        {
            public class Users
            {
                public void Run(Microsoft.Data.Sqlite.SqliteConnection connection, string? name)
                {
                    switch (name)
                    {
                        case "all":
                            break;
                        default:
                            using (var command = connection.CreateCommand()) { command.CommandText = {|ASA5002:"DELETE FROM Users WHERE Name = '" + name?.Trim() + "'"|}; command.ExecuteNonQuery(); }
                            break;
                    }
                }
            }
        }
        """)).Option("api_security.host", "protected").Reference(Packages.Sqlite).NotWeb().Severity("ASA5002", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)
        .FixedBy(ComposedSqlTextFix.Parameterize, ("Subject.cs", """
        namespace Subject
        {
            public class Users
            {
                public void Run(Microsoft.Data.Sqlite.SqliteConnection connection, string? name)
                {
                    switch (name)
                    {
                        case "all":
                            break;
                        default:
                            using (var command = connection.CreateCommand()) { command.CommandText = "DELETE FROM Users WHERE Name = @name"; command.Parameters.AddWithValue("@name", (object?)(name?.Trim()) ?? DBNull.Value); command.ExecuteNonQuery(); }
                            break;
                    }
                }
            }
        }
        """)).CheckAsync();

    [Fact]
    public Task Fixes_top_level_statements() => Code.Program("""
        using Microsoft.Data.Sqlite;

        using var connection = new SqliteConnection("Data Source=users.db");
        var name = Console.ReadLine();
        using var command = new SqliteCommand({|ASA5002:$"SELECT * FROM Users WHERE Name = '{name}'"|}, connection);
        command.ExecuteNonQuery();
        """).NotWeb().Reference(Packages.Sqlite)
        .FixedBy(ComposedSqlTextFix.Parameterize, """
        using Microsoft.Data.Sqlite;

        using var connection = new SqliteConnection("Data Source=users.db");
        var name = Console.ReadLine();
        using var command = new SqliteCommand("SELECT * FROM Users WHERE Name = @name", connection);
        command.Parameters.AddWithValue("@name", (object?)name ?? DBNull.Value);
        command.ExecuteNonQuery();
        """).CheckAsync();

    [Fact]
    public Task Fixes_expression_bodies_of_dapper() => Provider(
        "using Dapper;",
        """
        public static IEnumerable<string> Find(IDbConnection connection, string @event) =>
            connection.Query<string>({|ASA5002:"SELECT Name FROM Events WHERE Name = '" + @event + "'"|});
        """,
        """
        public static IEnumerable<string> Find(IDbConnection connection, string @event) =>
            connection.Query<string>("SELECT Name FROM Events WHERE Name = @event", new { @event });
        """);

    [Fact]
    public Task NoFix_for_a_command_in_an_expression_body() => Code.Members("""
        using Microsoft.Data.SqlClient;

        public static SqlCommand Find(SqlConnection connection, string name) => new SqlCommand({|ASA5002:"SELECT 1 WHERE 'a' = '" + name + "'"|}, connection);
        """).Reference(Packages.SqlClient).Severity("ASA5002", Microsoft.CodeAnalysis.DiagnosticSeverity.Info).NoFix().CheckAsync();

    private static Task Provider(string usings, string before, string after, string stubs = "")
    {
        var test = Code.Files(("Data.cs", Frame(before)), ("Stubs.cs", stubs)).Option("api_security.host", "protected")
            .Reference(Packages.SqlClient).Reference(Packages.Npgsql).Reference(Packages.MySqlConnector).Reference(Packages.Dapper)
            .Severity("ASA5002", Microsoft.CodeAnalysis.DiagnosticSeverity.Info);
        return test.FixedBy(ComposedSqlTextFix.Parameterize, ("Data.cs", Frame(after))).CheckAsync();

        string Frame(string members) => $$"""
            using System.Data;
            {{usings}}

            namespace Subject;

            public static class Data
            {
            {{string.Join('\n', members.Split('\n').Select(static l => l.Length == 0 ? l : "    " + l))}}
            }
            """;
    }
}
