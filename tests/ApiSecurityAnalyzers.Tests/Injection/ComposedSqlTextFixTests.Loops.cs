namespace ApiSecurityAnalyzers.Tests.Injection;

/// <content>Values that only a loop or a branch has.</content>
public sealed partial class ComposedSqlTextFixTests
{
    [Fact]
    public Task Fixes_values_that_a_loop_appends() => Ado(
        """
        var sql = "DELETE FROM Users WHERE 1 = 0";
        foreach (var item in list)
            sql += " OR Name = '" + item + "'";
        using var command = new SqliteCommand({|ASA5002:sql|}, connection);
        """,
        """
        var sql = "DELETE FROM Users WHERE 1 = 0";
        var parameters = new Dictionary<string, object>();
        foreach (var item in list)
        {
            sql += " OR Name = @p" + parameters.Count;
            parameters.Add("@p" + parameters.Count, item);
        }
        using var command = new SqliteCommand(sql, connection);
        foreach (var entry in parameters)
        {
            command.Parameters.AddWithValue(entry.Key, entry.Value);
        }
        """);

    [Fact]
    public Task Fixes_rows_that_a_loop_appends() => Ado(
        """
        var sql = new StringBuilder("INSERT INTO Users (Name, City) VALUES ");
        for (var i = 0; i < args.Length; i++)
        {
            if (i > 0)
                sql.Append(',');

            // one row each
            sql.Append($"('{args[i]}', '{city}')");
        }

        using (var command = other.CreateCommand())
        {
            command.CommandText = {|ASA5002:sql.ToString()|};
            command.ExecuteNonQuery();
        }
        """,
        """
        var sql = new StringBuilder("INSERT INTO Users (Name, City) VALUES ");
        var parameters = new Dictionary<string, object>();
        for (var i = 0; i < args.Length; i++)
        {
            if (i > 0)
                sql.Append(',');

            // one row each
            sql.Append($"(@p{parameters.Count}, @p{parameters.Count + 1})");
            parameters.Add("@p" + parameters.Count, args[i]);
            parameters.Add("@p" + parameters.Count, city);
        }

        using (var command = other.CreateCommand())
        {
            command.CommandText = sql.ToString();
            foreach (var entry in parameters)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = entry.Key;
                parameter.Value = entry.Value;
                command.Parameters.Add(parameter);
            }
            command.ExecuteNonQuery();
        }
        """);

    [Fact]
    public Task Fixes_concatenated_rows() => Ado(
        """
        var sql = "INSERT INTO Users (Name, City) VALUES ('a', 'b')";
        foreach (var item in list)
            sql += ", ('" + item + "', '" + city + "')";
        using var command = new SqliteCommand({|ASA5002:sql|}, connection);
        """,
        """
        var sql = "INSERT INTO Users (Name, City) VALUES ('a', 'b')";
        var parameters = new Dictionary<string, object>();
        foreach (var item in list)
        {
            sql += ", (@p" + parameters.Count + ", @p" + (parameters.Count + 1) + ")";
            parameters.Add("@p" + parameters.Count, item);
            parameters.Add("@p" + parameters.Count, city);
        }
        using var command = new SqliteCommand(sql, connection);
        foreach (var entry in parameters)
        {
            command.Parameters.AddWithValue(entry.Key, entry.Value);
        }
        """);

    [Fact]
    public Task Fixes_a_value_of_a_branch() => Ado(
        """
        var sql = $"UPDATE Users SET City = '{city}';";
        if (user.Id > 0)
        {
            var copy = user;
            sql += $" INSERT INTO Users (Name) VALUES ('{copy.Name}')";
        }

        using var command = new SqliteCommand({|ASA5002:sql|}, connection);
        """,
        """
        var sql = "UPDATE Users SET City = @city;";
        var parameters = new Dictionary<string, object>();
        if (user.Id > 0)
        {
            var copy = user;
            sql += " INSERT INTO Users (Name) VALUES (@copyName)";
            parameters.Add("@copyName", copy.Name);
        }

        using var command = new SqliteCommand(sql, connection);
        command.Parameters.AddWithValue("@city", city);
        foreach (var entry in parameters)
        {
            command.Parameters.AddWithValue(entry.Key, entry.Value);
        }
        """);

    [Fact]
    public Task Fixes_a_query_of_Dapper_that_a_loop_writes() => Ado(
        """
        var sql = $"SELECT Id FROM Users WHERE City = '{city}' AND (1 = 0";
        foreach (var item in list)
            sql += $" OR Name = '{item}'";
        sql += ")";
        var found = connection.Query<int>({|ASA5002:sql|});
        """,
        """
        var sql = "SELECT Id FROM Users WHERE City = @city AND (1 = 0";
        var parameters = new Dictionary<string, object?>();
        foreach (var item in list)
        {
            sql += $" OR Name = @p{parameters.Count}";
            parameters.Add("p" + parameters.Count, item);
        }
        sql += ")";
        parameters.Add("city", city);
        var found = connection.Query<int>(sql, parameters);
        """);

    [Theory]
    [InlineData("""foreach (var item in list) sql = sql + " OR Name = '" + item + "'" + sql;""")]
    [InlineData("""foreach (var item in list) sql += item.Length > 0 ? " OR Name = '" + item + "'" : "";""")]
    [InlineData("""do { sql += " OR Name = '" + name + "'"; } while (sql.Length < 100);""")]
    [InlineData("""while ((sql += " OR Name = '" + name + "'").Length < 100) { }""")]
    public Task NoFix_for_other_loops(string loop) => Members($$"""
        var sql = "DELETE FROM Users WHERE 1 = 0";
        {{loop}}
        using var command = new SqliteCommand({|ASA5002:sql|}, connection);
        """).NoFix().CheckAsync();
}
