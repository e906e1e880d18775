using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Injection;

/// <summary>ASA5002: which members take SQL text, and what is reported where.</summary>
public sealed partial class ComposedSqlTextTests
{
    [Fact]
    public Task Reports_concatenation_in_a_constructor() =>
        Ado("""
            [HttpPost]
            public void Run(SqliteConnection connection, string name)
            {
                using var command = new SqliteCommand({|ASA5002:"SELECT * FROM Users WHERE Name = '" + name + "'"|}, connection);
            }
            """)
            .Message("ASA5002", "'name' becomes part of the SQL text of 'SqliteCommand.CommandText', which lets its value change the statement")
            .CheckAsync();

    [Theory]
    [InlineData("""connection.CreateCommand().CommandText = {|ASA5002:"SELECT * FROM Users WHERE Name = '" + name + "'"|};""")]
    [InlineData("""connection.CreateCommand().CommandText = {|ASA5002:$"SELECT * FROM Users WHERE Name = '{name}'"|};""")]
    [InlineData(""" var c = new SqliteCommand { CommandText = {|ASA5002:$"SELECT * FROM Users WHERE Name = '{name}'"|}, Connection = connection };""")]
    [InlineData(""" SqliteCommand c = new({|ASA5002:$"SELECT * FROM Users WHERE Name = '{name}'"|}, connection);""")]
    [InlineData(""" var c = connection.CreateCommand(); c.CommandText += {|ASA5002:$" AND Name = '{name}'"|};""")]
    [InlineData(""" var c = connection.CreateCommand(); c.CommandText = "SELECT 1"; c.CommandText += {|ASA5002:name|};""")]
    [InlineData(""" System.Data.IDbCommand c = connection.CreateCommand(); c.CommandText = {|ASA5002:"SELECT " + name|};""")]
    [InlineData(""" System.Data.Common.DbCommand c = connection.CreateCommand(); c.CommandText = {|ASA5002:"SELECT " + name|};""")]
    public Task Reports_ado_net(string statement) => Ado($$"""
        [HttpPost]
        public void Run(SqliteConnection connection, string name)
        {
            {{statement}}
        }
        """).CheckAsync();

    [Theory]
    [InlineData("""users.FromSqlRaw({|ASA5002:$"SELECT * FROM Users WHERE Name = '{name}'"|}).ToList();""")]
    [InlineData("""users.FromSqlRaw({|ASA5002:"SELECT * FROM Users WHERE Name = '" + name + "'"|}).ToList();""")]
    [InlineData("""RelationalQueryableExtensions.FromSqlRaw(users, {|ASA5002:$"SELECT {name}"|}).ToList();""")]
    [InlineData("""db.ExecuteSqlRaw({|ASA5002:"DELETE FROM Users WHERE Name = '" + name + "'"|});""")]
    [InlineData("""db.ExecuteSqlRawAsync({|ASA5002:string.Format("DELETE FROM Users WHERE Name = '{0}'", name)|});""")]
    [InlineData("""db.SqlQueryRaw<int>({|ASA5002:$"SELECT Id AS Value FROM Users WHERE Name = '{name}'"|}).ToList();""")]
    [InlineData("""db.ExecuteSql({|ASA5002:System.Runtime.CompilerServices.FormattableStringFactory.Create("DELETE FROM Users WHERE Name = '" + name + "'")|});""")]
    public Task Reports_entity_framework(string statement) => EntityFramework(statement).CheckAsync();

    [Theory]
    [InlineData("""users.FromSql($"SELECT * FROM Users WHERE Name = {name}").ToList();""")]
    [InlineData("""users.FromSqlInterpolated($"SELECT * FROM Users WHERE Name = {name}").ToList();""")]
    [InlineData("""db.ExecuteSqlInterpolated($"DELETE FROM Users WHERE Name = {name}");""")]
    [InlineData("""db.ExecuteSql($"DELETE FROM Users WHERE Name = {name}");""")]
    [InlineData("""db.SqlQuery<int>($"SELECT Id AS Value FROM Users WHERE Name = {name}").ToList();""")]
    [InlineData("""FormattableString sql = $"DELETE FROM Users WHERE Name = {name}"; db.ExecuteSql(sql);""")]
    [InlineData("""db.ExecuteSqlRaw("DELETE FROM Users WHERE Name = {0}", name);""")]
    [InlineData("""users.FromSqlRaw("SELECT * FROM Users WHERE Name = {0}", name).ToList();""")]
    [InlineData("""db.ExecuteSql(System.Runtime.CompilerServices.FormattableStringFactory.Create("DELETE FROM Users WHERE Name = {0}", name));""")]
    public Task Silent_for_entity_framework_parameters(string statement) => EntityFramework(statement).CheckAsync();

    [Theory]
    [InlineData("""connection.Query<string>({|ASA5002:$"SELECT Name FROM Users WHERE Name = '{name}'"|});""")]
    [InlineData("""connection.QueryAsync({|ASA5002:"SELECT Name FROM Users WHERE Name = '" + name + "'"|}, new { name });""")]
    [InlineData("""connection.ExecuteScalar<int>(sql: {|ASA5002:$"SELECT {name}"|}, param: null);""")]
    [InlineData("""SqlMapper.Execute(connection, {|ASA5002:$"DELETE FROM {name}"|});""")]
    [InlineData("""connection.Execute(new CommandDefinition({|ASA5002:$"DELETE FROM {name}"|}));""")]
    public Task Reports_dapper(string statement) => Dapper(statement).CheckAsync();

    [Theory]
    [InlineData("""connection.Query<string>("SELECT Name FROM Users WHERE Name = @name", new { name });""")]
    [InlineData("""connection.Query<string>($"SELECT Name FROM {nameof(Subject)} WHERE Name = @name", new { name });""")]
    public Task Silent_for_dapper_parameters(string statement) => Dapper(statement).CheckAsync();

    private static CodeTest Ado(string members) => Code.Controller("using Microsoft.Data.Sqlite;\nusing System.Text;\n\n" + members)
        .Reference(Packages.Sqlite).Reference(Packages.Dapper);

    private static CodeTest EntityFramework(string statement) => Code.Controller($$"""
        using Microsoft.EntityFrameworkCore;
        using Microsoft.EntityFrameworkCore.Infrastructure;

        [HttpPost]
        public void Run(DbSet<Subject> users, DatabaseFacade db, string name)
        {
            {{statement}}
        }

        public sealed class Subject { public int Id { get; set; } }
        """).Reference(Packages.EntityFrameworkCore);

    private static CodeTest Dapper(string statement) => Code.Controller($$"""
        using Dapper;

        [HttpPost]
        public void Run(System.Data.IDbConnection connection, string name)
        {
            {{statement}}
        }

        public sealed class Subject { public int Id { get; set; } }
        """).Reference(Packages.Dapper);
}
