using ApiSecurityAnalyzers.CodeFixes.Injection;

namespace ApiSecurityAnalyzers.Tests.Injection;

/// <content>Shapes that larger code shows.</content>
public sealed partial class ComposedSqlTextFixTests
{
    [Fact]
    public Task Fixes_an_insert_with_a_part_that_may_be_null() => Ado(
        """
        string town = id > 0 ? "'" + city.Trim() + "'" : "NULL";
        var sql = "INSERT INTO Users (" +
            "Id, Name, Town, City" +
            ") VALUES (" +
            $"'{user.Id}','{user.Name}'," +
            $"{town},'{user.City}')";
        sql += ";\nSELECT Id FROM Users ORDER BY Id DESC LIMIT 1;";

        using (var command = other.CreateCommand())
        {
            command.CommandText = {|ASA5002:sql|};
            command.ExecuteNonQuery();
        }

        sql = "DELETE FROM Orders";
        Console.WriteLine(sql);
        """,
        """
        string town = id > 0 ? "@city" : "NULL";
        var sql = "INSERT INTO Users (" +
            "Id, Name, Town, City" +
            ") VALUES (" +
            "@userId,@userName," +
            $"{town},@city2)";
        sql += ";\nSELECT Id FROM Users ORDER BY Id DESC LIMIT 1;";

        using (var command = other.CreateCommand())
        {
            command.CommandText = sql;
            var userIdParameter = command.CreateParameter();
            userIdParameter.ParameterName = "@userId";
            userIdParameter.Value = user.Id;
            command.Parameters.Add(userIdParameter);
            var userNameParameter = command.CreateParameter();
            userNameParameter.ParameterName = "@userName";
            userNameParameter.Value = user.Name;
            command.Parameters.Add(userNameParameter);
            if (id > 0)
            {
                var cityParameter = command.CreateParameter();
                cityParameter.ParameterName = "@city";
                cityParameter.Value = city.Trim();
                command.Parameters.Add(cityParameter);
            }
            var city2Parameter = command.CreateParameter();
            city2Parameter.ParameterName = "@city2";
            city2Parameter.Value = user.City;
            command.Parameters.Add(city2Parameter);
            command.ExecuteNonQuery();
        }

        sql = "DELETE FROM Orders";
        Console.WriteLine(sql);
        """);

    [Fact]
    public Task Fixes_a_search_with_optional_values() => Ado(
        """
        var sql = new StringBuilder("SELECT Id FROM Users WHERE 1 = 1");
        if (city is not null)
            sql.Append($" AND City = '{city}'");
        if (name is not null)
            sql.Append($" AND Name = '{name}'");
        var found = connection.Query<int>({|ASA5002:sql.ToString()|});
        """,
        """
        var sql = new StringBuilder("SELECT Id FROM Users WHERE 1 = 1");
        if (city is not null)
            sql.Append(" AND City = @city");
        if (name is not null)
            sql.Append(" AND Name = @name");
        var found = connection.Query<int>(sql.ToString(), new { city, name });
        """);

    [Fact]
    public Task Fixes_a_list_of_conditions() => Ado(
        """
        var conditions = new List<string>();
        if (city is not null)
            conditions.Add($"City = '{city}'");
        if (name.Length > 0)
            conditions.Add("Name LIKE '" + name + "%'");
        var sql = "SELECT * FROM Users";
        if (conditions.Count > 0)
            sql += " WHERE " + string.Join(" AND ", conditions);
        using var command = new SqliteCommand({|ASA5002:sql|}, connection);
        """,
        """
        var conditions = new List<string>();
        if (city is not null)
            conditions.Add("City = @city");
        if (name.Length > 0)
            conditions.Add("Name LIKE @name");
        var sql = "SELECT * FROM Users";
        if (conditions.Count > 0)
            sql += " WHERE " + string.Join(" AND ", conditions);
        using var command = new SqliteCommand(sql, connection);
        if (city is not null)
        {
            command.Parameters.AddWithValue("@city", city);
        }
        if (name.Length > 0)
        {
            command.Parameters.AddWithValue("@name", name + "%");
        }
        """);

    [Fact]
    public Task Fixes_alternatives() => Ado(
        """
        string sql;
        if (id > 0)
            sql = "SELECT * FROM Users WHERE Name = '" + name + "'";
        else
            sql = $"SELECT * FROM Users WHERE City = '{city}'";
        using var command = new SqliteCommand({|ASA5002:sql|}, connection);
        """,
        """
        string sql;
        if (id > 0)
            sql = "SELECT * FROM Users WHERE Name = @name";
        else
            sql = "SELECT * FROM Users WHERE City = @city";
        using var command = new SqliteCommand(sql, connection);
        if (id > 0)
        {
            command.Parameters.AddWithValue("@name", name);
        }
        else
        {
            command.Parameters.AddWithValue("@city", city);
        }
        """);

    [Fact]
    public Task Fixes_a_value_of_a_type_that_no_provider_knows() => Ado(
        """
        var count = connection.ExecuteScalar<int>({|ASA5002:"SELECT COUNT(*) FROM Users WHERE Name = '" + Request.Query["name"] + "'"|});
        using var command = new SqliteCommand({|ASA5002:$"SELECT * FROM Users WHERE Name = '{Request.Headers["name"]}' AND City = '{(object)city}'"|}, connection);
        """,
        """
        var count = connection.ExecuteScalar<int>("SELECT COUNT(*) FROM Users WHERE Name = @name", new { name = Request.Query["name"].ToString() });
        using var command = new SqliteCommand("SELECT * FROM Users WHERE Name = @name AND City = @city", connection);
        command.Parameters.AddWithValue("@name", Request.Headers["name"].ToString());
        command.Parameters.AddWithValue("@city", (object)city);
        """);

    [Fact]
    public Task Fixes_beside_a_comment() => Ado(
        """
        using var command = new SqliteCommand({|ASA5002:"SELECT * FROM Users WHERE Name = '" + name /* as given */ + "' AND Id > 0"|}, connection);
        """,
        """
        using var command = new SqliteCommand("SELECT * FROM Users WHERE Name = @name" /* as given */ + " AND Id > 0", connection);
        command.Parameters.AddWithValue("@name", name);
        """);

    [Fact]
    public Task Fixes_text_for_an_overload_that_is_gone() => Code.Controller(EntityFrameworkFrame("""
        var query = $"SELECT * FROM Users WHERE Name LIKE '%{name}%' OR City LIKE '%{name}%'";
        var found = users
            .FromSql({|ASA5002:query|})
            .ToList();
        """)).Reference(Packages.EntityFrameworkCore).Broken().FixedBy(ComposedSqlTextFix.Parameterize, EntityFrameworkFrame("""
        FormattableString query = $"SELECT * FROM Users WHERE Name LIKE {"%" + name + "%"} OR City LIKE {"%" + name + "%"}";
        var found = users
            .FromSql(query)
            .ToList();
        """)).CheckAsync();
}
