using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.Data.Sqlite;

namespace ApiSecurityAnalyzers.Tests.Injection;

/// <summary>
/// ASA5002: code is compiled and run against a database in memory, before and after the fix. The honest value finds the same rows; the
/// attack finds all rows before and none after.
/// </summary>
public sealed class ComposedSqlTextAttackTests
{
    private const string Quoted = "' OR '1' = '1";

    private const string Bare = "0 OR 1 = 1";

    [Theory]
    [InlineData("Ann", Quoted, """
        using var command = new SqliteCommand("SELECT Name FROM Users WHERE Name = '" + input + "'", connection);
        return Read(command);
        """)]
    [InlineData("Ann", Quoted, """
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT Name FROM Users WHERE City = 'Oslo' AND Name = '{input}'";
        return Read(command);
        """)]
    [InlineData("2", Bare, """
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT Name FROM Users WHERE Id = " + input;
        return Read(command);
        """)]
    [InlineData("n", Quoted, """
        var sql = string.Format("SELECT Name FROM Users WHERE Name LIKE '%{0}%'", input);
        using (var command = new SqliteCommand(sql, connection))
            return Read(command);
        """)]
    [InlineData("Ann", Quoted, """
        var sql = new StringBuilder("SELECT Name FROM Users WHERE 1 = 1");
        if (input.Length > 0)
            sql.Append(" AND Name = '").Append(input).Append("'");
        using var command = new SqliteCommand(sql.ToString(), connection);
        return Read(command);
        """)]
    [InlineData("Ann", Quoted, """
        var sql = "SELECT Name FROM Users WHERE Id > 0";
        if (input != "")
            sql += $" AND Name = '{input}'";
        DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return Read(command);
        """)]
    [InlineData("Ann", Quoted, """
        return connection.Query<string>($"SELECT Name FROM Users WHERE Name = '{input}'").ToList();
        """)]
    [InlineData("Ann", Quoted, """
        var sql = "SELECT Name FROM Users WHERE 1 = 0";
        foreach (var item in new[] { input, "nobody" })
            sql += " OR Name = '" + item + "' AND City <> '" + item + "'";
        using var command = new SqliteCommand(sql, connection);
        return Read(command);
        """)]
    [InlineData("Ann", Quoted, """
        var sql = new StringBuilder("SELECT Name FROM Users WHERE Id > 0 AND (1 = 0");
        foreach (var item in new[] { input, "nobody" })
        {
            var name = item;
            sql.Append($" OR Name = '{name}'");
        }
        sql.Append(")");
        return connection.Query<string>(sql.ToString()).ToList();
        """)]
    [InlineData("Oslo", Quoted, """
        return connection.Query<string>("SELECT Name FROM Users WHERE Id > @id AND City = '" + input + "'", new { id = 0 }).ToList();
        """)]
    [InlineData("Ann", "x') OR 1 = 1 --", """
        var names = new List<string> { input, "Bob" };
        return connection.Query<string>($"SELECT Name FROM Users WHERE Name IN ('{string.Join("','", names)}')").ToList();
        """, 1)]
    [InlineData("Ann", Quoted, """
        using var context = new UserContext(connection);
        return context.Users.FromSqlRaw($"SELECT * FROM Users WHERE Name = '{input}'").Select(u => u.Name).ToList();
        """)]
    [InlineData("n", Quoted, """
        using var context = new UserContext(connection);
        return context.Users.FromSqlRaw("SELECT * FROM Users WHERE Name LIKE '%" + input + "%'").Select(u => u.Name).ToList();
        """)]
    [InlineData("Oslo", Quoted, """
        using var context = new UserContext(connection);
        var sql = "SELECT * FROM Users WHERE Id > {0}";
        if (input.Length > 0)
            sql += " AND City = '" + input + "'";
        return context.Users.FromSqlRaw(sql, 0).Select(u => u.Name).ToList();
        """)]
    [InlineData("Name = 'Ann' OR Id", "1 = 1 OR Id", """
        return connection.Query<User>($"SELECT * FROM Users WHERE {input} = 99").Select(u => u.Name).ToList();
        """, 0, false)]
    [InlineData("Id", "Name; DELETE FROM Users WHERE 1 = 1; SELECT * FROM Users ORDER BY 1", """
        connection.Query<User>($"SELECT * FROM Users ORDER BY {input}");
        return connection.Query<string>("SELECT 'rows left' WHERE NOT EXISTS (SELECT * FROM Users)").ToList();
        """, 0, true)]
    [InlineData("Users", "Users --", """
        return connection.Query<string>($"SELECT Name FROM {input} WHERE Id = 1").ToList();
        """)]
    [InlineData("OFF", "OFF; INSERT INTO Users (Name) VALUES ('Eve'); SELECT 1", """
        using var command = new SqliteCommand("PRAGMA foreign_keys=" + input, connection);
        command.ExecuteNonQuery();
        return connection.Query<string>("SELECT Name FROM Users WHERE Name = 'Eve'").ToList();
        """)]
    public async Task Fixes_stop_the_attack(string honest, string attack, string body, int legitimate = 0, bool isHonest = true)
    {
        var project = TestProject.Create(Code.Files().Reference(Packages.EntityFrameworkCore).Reference(Packages.Dapper), [("Subject.cs", Frame(body))]);
        Assert.Empty(await Verifier.ErrorsAsync(project));
        var mended = await FixAsync(project);
        Assert.Empty(await Verifier.ErrorsAsync(mended));
        var (before, after) = (await RunAsync(project, honest), await RunAsync(mended, honest));
        if (isHonest)
            Assert.Equal(before, after);
        Assert.True((await RunAsync(project, attack)).Count > legitimate);
        Assert.Equal(legitimate, (await RunAsync(mended, attack)).Count);
    }

    private static async Task<Project> FixAsync(Project project)
    {
        var test = new Verifier(Code.Files(), Kit.Rules.Analyzers, Kit.Rules.Fixes);
        var diagnostic = Assert.Single(await test.DiagnosticsAsync(project), static d => d.Id == "ASA5002");
        var (action, _) = (await test.ActionsAsync(project, diagnostic))[0];
        var operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
        return Assert.Single(operations.OfType<ApplyChangesOperation>()).ChangedSolution.GetProject(project.Id)!;
    }

    /// <summary>The rows that the code finds; none where it refuses the value.</summary>
    private static async Task<List<string>> RunAsync(Project project, string input)
    {
        using var stream = new MemoryStream();
        var compilation = (await project.GetCompilationAsync(TestContext.Current.CancellationToken))!;
        Assert.True(compilation.Emit(stream).Success);
        stream.Position = 0;
        var context = new AssemblyLoadContext(null, isCollectible: false);
        var method = context.LoadFromStream(stream).GetType("Subject")!.GetMethod("Find", BindingFlags.Public | BindingFlags.Static)!;
        using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        using var create = connection.CreateCommand();
        create.CommandText = "CREATE TABLE Users (Id INTEGER PRIMARY KEY, Name TEXT, City TEXT); INSERT INTO Users (Name, City) VALUES ('Ann', 'Oslo'), ('Bob', 'Rome'), ('Dan', 'Oslo')";
        create.ExecuteNonQuery();
        try
        {
            return (List<string>)method.Invoke(null, [connection, input])!;
        }
        catch (TargetInvocationException refused) when (refused.InnerException is ArgumentOutOfRangeException)
        {
            return [];
        }
    }

    private static string Frame(string body) => $$"""
        using System.Data.Common;
        using System.Text;
        using Dapper;
        using Microsoft.Data.Sqlite;
        using Microsoft.EntityFrameworkCore;

        public sealed class User
        {
            public int Id { get; set; }

            public string Name { get; set; } = "";

            public string City { get; set; } = "";
        }

        public sealed class UserContext(SqliteConnection connection) : DbContext
        {
            public DbSet<User> Users => Set<User>();

            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(connection);
        }

        public static class Subject
        {
            public static List<string> Find(SqliteConnection connection, string input)
            {
        {{body}}
            }

            private static List<string> Read(DbCommand command)
            {
                var rows = new List<string>();
                using var reader = command.ExecuteReader();
                while (reader.Read())
                    rows.Add(reader.GetString(0));
                return rows;
            }
        }
        """;
}
