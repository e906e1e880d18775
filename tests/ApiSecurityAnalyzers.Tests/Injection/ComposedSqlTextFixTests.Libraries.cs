using ApiSecurityAnalyzers.CodeFixes.Injection;

namespace ApiSecurityAnalyzers.Tests.Injection;

/// <content>Entity Framework Core and Dapper.</content>
public sealed partial class ComposedSqlTextFixTests
{
    [Theory]
    [InlineData("""users.FromSqlRaw({|ASA5002:$"SELECT * FROM Users WHERE Name = '{name}'"|}).ToList();""", """users.FromSql($"SELECT * FROM Users WHERE Name = {name}").ToList();""")]
    [InlineData("""users.FromSqlRaw({|ASA5002:"SELECT * FROM Users WHERE Name = '" + name + "' AND Id = " + id|}).ToList();""", """users.FromSql($"SELECT * FROM Users WHERE Name = {name} AND Id = {id}").ToList();""")]
    [InlineData("""users.FromSqlRaw({|ASA5002:string.Format("SELECT * FROM Users WHERE Name LIKE '%{0}%'", name)|}).ToList();""", """users.FromSql($"SELECT * FROM Users WHERE Name LIKE {"%" + name + "%"}").ToList();""")]
    [InlineData("""database.ExecuteSqlRaw({|ASA5002:$"DELETE FROM Users WHERE Name = '{name}'"|});""", """database.ExecuteSql($"DELETE FROM Users WHERE Name = {name}");""")]
    [InlineData("""await database.ExecuteSqlRawAsync({|ASA5002:"DELETE FROM Users WHERE Name = '" + name + "'"|}, cancellationToken);""", """await database.ExecuteSqlAsync($"DELETE FROM Users WHERE Name = {name}", cancellationToken);""")]
    [InlineData("""database.SqlQueryRaw<int>({|ASA5002:$"SELECT Id AS Value FROM Users WHERE Name = '{name}'"|}).ToList();""", """database.SqlQuery<int>($"SELECT Id AS Value FROM Users WHERE Name = {name}").ToList();""")]
    [InlineData("""users.FromSqlRaw({|ASA5002:"SELECT * FROM Users WHERE Id = {0} AND Name = '" + name + "'"|}, id).ToList();""", """users.FromSql($"SELECT * FROM Users WHERE Id = {id} AND Name = {name}").ToList();""")]
    [InlineData("""users.FromSqlRaw({|ASA5002:$"SELECT * FROM {Table} WHERE Name = '{name}'"|}).ToList();""", """users.FromSqlRaw($"SELECT * FROM {Table} WHERE Name = {{0}}", name).ToList();""")]
    [InlineData("""users.FromSqlRaw({|ASA5002:$"SELECT * FROM Users WHERE Born = '{born:yyyy-MM-dd}' AND Name = '{name}'"|}).ToList();""", """users.FromSql($"SELECT * FROM Users WHERE Born = {$"{born:yyyy-MM-dd}"} AND Name = {name}").ToList();""")]
    public Task Fixes_entity_framework(string before, string after) => EntityFramework(before, after);

    [Fact]
    public Task Fixes_entity_framework_text_in_a_local() => EntityFramework(
        """
        var sql = $"SELECT * FROM Users WHERE Name = '{name}'";
        var found = users.FromSqlRaw({|ASA5002:sql|}).OrderBy(u => u.Name).ToList();
        """,
        """
        FormattableString sql = $"SELECT * FROM Users WHERE Name = {name}";
        var found = users.FromSql(sql).OrderBy(u => u.Name).ToList();
        """);

    [Fact]
    public Task Fixes_entity_framework_text_that_is_logged_too() => EntityFramework(
        """
        var sql = $"SELECT * FROM Users WHERE Name = '{name}'";
        Console.WriteLine(sql);
        var found = users.FromSqlRaw({|ASA5002:sql|}).ToList();
        """,
        """
        var sql = "SELECT * FROM Users WHERE Name = {0}";
        Console.WriteLine(sql);
        var found = users.FromSqlRaw(sql, name).ToList();
        """);

    [Fact]
    public Task Fixes_entity_framework_text_over_several_lines() => EntityFramework(
        """
        var found = users.FromSqlRaw({|ASA5002:"SELECT * FROM Users " +
            "WHERE Name = '" + name + "' " +
            "ORDER BY Id"|}).ToList();
        """,
        """
        var found = users.FromSqlRaw("SELECT * FROM Users " +
            "WHERE Name = {0} " +
            "ORDER BY Id", name).ToList();
        """);

    [Fact]
    public Task Fixes_entity_framework_text_that_is_appended() => EntityFramework(
        """
        var sql = "DELETE FROM Users WHERE 1 = 1";
        if (id > 0)
            sql += $" AND Name = '{name}'";
        await database.ExecuteSqlRawAsync({|ASA5002:sql|}, cancellationToken);
        """,
        """
        var sql = "DELETE FROM Users WHERE 1 = 1";
        if (id > 0)
            sql += " AND Name = {0}";
        await database.ExecuteSqlRawAsync(sql, new object[] { name }, cancellationToken);
        """);

    [Fact]
    public Task Fixes_entity_framework_raw_text() => EntityFramework(
        """"
        var found = users.FromSqlRaw({|ASA5002:$"""
            SELECT *
            FROM Users
            WHERE Name = '{name}'
            """|}).ToList();
        """",
        """"
        var found = users.FromSql($"""
            SELECT *
            FROM Users
            WHERE Name = {name}
            """).ToList();
        """");

    [Theory]
    [InlineData("""connection.Query<Customer>({|ASA5002:$"SELECT * FROM Users WHERE Name = '{name}'"|});""", """connection.Query<Customer>("SELECT * FROM Users WHERE Name = @name", new { name });""")]
    [InlineData("""connection.Query<Customer>({|ASA5002:"SELECT * FROM Users WHERE Name = '" + user.Name + "'"|});""", """connection.Query<Customer>("SELECT * FROM Users WHERE Name = @userName", new { userName = user.Name });""")]
    [InlineData("""connection.Query<Customer>({|ASA5002:$"SELECT * FROM Users WHERE Id = @id AND Name = '{name}'"|}, new { id });""", """connection.Query<Customer>("SELECT * FROM Users WHERE Id = @id AND Name = @name", new { id, name });""")]
    [InlineData("""connection.Query<Customer>({|ASA5002:$"SELECT * FROM Users WHERE Id = @name AND Name = '{name}'"|}, new { name = id });""", """connection.Query<Customer>("SELECT * FROM Users WHERE Id = @name AND Name = @name2", new { name = id, name2 = name });""")]
    [InlineData("""connection.Execute({|ASA5002:$"DELETE FROM Users WHERE Name = '{name}'"|}, transaction: null, commandTimeout: 3);""", """connection.Execute("DELETE FROM Users WHERE Name = @name", new { name }, transaction: null, commandTimeout: 3);""")]
    [InlineData("""connection.Execute({|ASA5002:$"DELETE FROM Users WHERE Name = '{name}'"|}, null, null);""", """connection.Execute("DELETE FROM Users WHERE Name = @name", new { name }, null);""")]
    [InlineData("""connection.Execute(commandTimeout: 3, sql: {|ASA5002:$"DELETE FROM Users WHERE Name = '{name}'"|});""", """connection.Execute(commandTimeout: 3, sql: "DELETE FROM Users WHERE Name = @name", param: new { name });""")]
    [InlineData("""connection.Execute(new CommandDefinition({|ASA5002:$"DELETE FROM Users WHERE Name = '{name}'"|}, commandTimeout: 3));""", """connection.Execute(new CommandDefinition("DELETE FROM Users WHERE Name = @name", new { name }, commandTimeout: 3));""")]
    [InlineData("""connection.Query<Customer>({|ASA5002:$"SELECT * FROM Users WHERE Name IN ('{string.Join("','", list)}')"|});""", """connection.Query<Customer>("SELECT * FROM Users WHERE Name IN @list", new { list });""")]
    [InlineData("""connection.Query<Customer>({|ASA5002:"SELECT * FROM Users WHERE Name IN (" + string.Join(",", list.Select(x => "'" + x + "'")) + ") AND Id > 0"|});""", """connection.Query<Customer>("SELECT * FROM Users WHERE Name IN @list AND Id > 0", new { list });""")]
    [InlineData("""connection.Query<Customer>({|ASA5002:"SELECT * FROM Users WHERE Name LIKE '%" + name + "%'"|});""", """connection.Query<Customer>("SELECT * FROM Users WHERE Name LIKE @name", new { name = "%" + name + "%" });""")]
    public Task Fixes_dapper(string before, string after) => Ado(before, after);

    [Fact]
    public Task Fixes_dapper_with_dynamic_parameters() => Ado(
        """
        var parameters = new DynamicParameters();
        parameters.Add("name", id);
        var found = connection.Query<Customer>({|ASA5002:$"SELECT * FROM Users WHERE Id = @name AND Name = '{name}'"|}, parameters);
        """,
        """
        var parameters = new DynamicParameters();
        parameters.Add("name", id);
        parameters.Add("name2", name);
        var found = connection.Query<Customer>("SELECT * FROM Users WHERE Id = @name AND Name = @name2", parameters);
        """);

    [Fact]
    public Task Fixes_dapper_with_another_object() => Ado(
        """
        var found = connection.Query<Customer>({|ASA5002:$"SELECT * FROM Users WHERE Id = @Id AND City = '{city}'"|}, user);
        """,
        """
        var parameters = new DynamicParameters(user);
        parameters.Add("city", city);
        var found = connection.Query<Customer>("SELECT * FROM Users WHERE Id = @Id AND City = @city", parameters);
        """);

    [Fact]
    public Task Fixes_dapper_with_an_object_in_a_local() => Ado(
        """
        var values = new { id };
        var found = connection.Query<Customer>({|ASA5002:$"SELECT * FROM Users WHERE Id = @id AND City = '{city}'"|}, values);
        """,
        """
        var values = new { id, city };
        var found = connection.Query<Customer>("SELECT * FROM Users WHERE Id = @id AND City = @city", values);
        """);

    private static Task EntityFramework(string before, string after) => Code.Controller(EntityFrameworkFrame(before)).Reference(Packages.EntityFrameworkCore)
        .FixedBy(ComposedSqlTextFix.Parameterize, EntityFrameworkFrame(after)).CheckAsync();

    private static string EntityFrameworkFrame(string statements) => $$"""
        using Microsoft.EntityFrameworkCore;
        using Microsoft.EntityFrameworkCore.Infrastructure;

        public sealed class Customer
        {
            public int Id { get; set; }

            public string Name { get; set; } = "";

            public List<Customer> Friends { get; } = [];
        }

        private const string Table = "Users";

        [HttpPost]
        public async Task Run(DbSet<Customer> users, DatabaseFacade database, string name, int id, DateTime born, string sort, CancellationToken cancellationToken)
        {
        {{string.Join('\n', statements.Split('\n').Select(static l => l.Length == 0 ? l : "    " + l))}}
            await Task.Yield();
        }
        """;
}
