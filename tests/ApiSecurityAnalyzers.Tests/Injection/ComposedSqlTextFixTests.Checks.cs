using ApiSecurityAnalyzers.CodeFixes.Injection;

namespace ApiSecurityAnalyzers.Tests.Injection;

/// <content>Names of which no list is in sight, also where the text is composed elsewhere than at the sink.</content>
public sealed partial class ComposedSqlTextFixTests
{
    private const string Comment = "// Only a name becomes part of the SQL text: no quotes, no spaces, no second statement.";

    private const string Refused = "throw new ArgumentOutOfRangeException(nameof(name), name, \"This text is not allowed in the SQL statement.\");";

    [Theory]
    [InlineData("""command.CommandText = {|ASA5002:$"SELECT COUNT(*) FROM [{name}]"|};""", @"^[\w.-]+$")]
    [InlineData("""command.CommandText = {|ASA5002:"DELETE FROM " + name|};""", @"^[\w.]+$")]
    [InlineData("""command.CommandText = {|ASA5002:$"PRAGMA journal_mode={name};"|};""", @"^-?[\w.]+$")]
    [InlineData("""command.CommandText = {|ASA5002:$"PRAGMA table_info({name})"|};""", @"^-?[\w.]+$")]
    [InlineData("""command.CommandText = {|ASA5002:$"ALTER TABLE Users DROP COLUMN {name}"|};""", @"^[\w.]+$")]
    [InlineData("""command.CommandText = {|ASA5002:$"SET IDENTITY_INSERT {name} ON"|};""", @"^[\w.]+$")]
    public Task Fixes_a_name_by_its_characters(string statement, string pattern) => Check(
        "using var command = connection.CreateCommand();\n" + statement,
        $$"""
        using var command = connection.CreateCommand();
        {{Comment}}
        if (!System.Text.RegularExpressions.Regex.IsMatch(name, @"{{pattern}}"))
            {{Refused}}
        {{statement.Replace("{|ASA5002:", "", StringComparison.Ordinal).Replace("|}", "", StringComparison.Ordinal)}}
        """);

    [Fact]
    public Task Fixes_a_name_and_a_value() => Check(
        """
        using var command = new SqliteCommand({|ASA5002:$"DELETE FROM {name} WHERE City = '{city}'"|}, connection);
        """,
        $$"""
        {{Comment}}
        if (!System.Text.RegularExpressions.Regex.IsMatch(name, @"^[\w.]+$"))
            {{Refused}}
        using var command = new SqliteCommand($"DELETE FROM {name} WHERE City = @city", connection);
        command.Parameters.AddWithValue("@city", city);
        """);

    [Fact]
    public Task Fixes_a_name_in_text_for_two_commands() => Check(
        """
        var sql = $"SELECT * FROM {name}";
        using var command = new SqliteCommand({|ASA5002:sql|}, connection);
        using var again = new SqliteCommand({|ASA5002:sql|}, connection);
        """,
        $$"""
        {{Comment}}
        if (!System.Text.RegularExpressions.Regex.IsMatch(name, @"^[\w.]+$"))
            {{Refused}}
        var sql = $"SELECT * FROM {name}";
        using var command = new SqliteCommand(sql, connection);
        using var again = new SqliteCommand(sql, connection);
        """);

    [Fact]
    public Task Fixes_a_name_in_text_for_an_own_method() => Check(
        """
        void Execute(string sql) => new SqliteCommand(sql, connection).ExecuteNonQuery();
        Execute({|ASA5002:$"DELETE FROM {name}"|});
        """,
        $$"""
        void Execute(string sql) => new SqliteCommand(sql, connection).ExecuteNonQuery();
        {{Comment}}
        if (!System.Text.RegularExpressions.Regex.IsMatch(name, @"^[\w.]+$"))
            {{Refused}}
        Execute($"DELETE FROM {name}");
        """);

    [Fact]
    public Task Fixes_a_name_in_text_of_an_own_method() => Check(
        """
        string Sql(string name) => $"SELECT * FROM {name}";
        using var command = new SqliteCommand({|ASA5002:Sql(city)|}, connection);
        """,
        """
        string Sql(string name) => $"SELECT * FROM {(System.Text.RegularExpressions.Regex.IsMatch(name, @"^[\w.]+$") ? name : throw new ArgumentOutOfRangeException(nameof(name), name, "This text is not allowed in the SQL statement."))}";
        using var command = new SqliteCommand(Sql(city), connection);
        """);

    [Fact]
    public Task Fixes_a_name_of_a_branch() => Check(
        """
        using var command = new SqliteCommand({|ASA5002:id > 0 ? "DELETE FROM " + name : "DELETE FROM Users"|}, connection);
        """,
        """
        using var command = new SqliteCommand(id > 0 ? "DELETE FROM " + (System.Text.RegularExpressions.Regex.IsMatch(name, @"^[\w.]+$") ? name : throw new ArgumentOutOfRangeException(nameof(name), name, "This text is not allowed in the SQL statement.")) : "DELETE FROM Users", connection);
        """);

    [Fact]
    public Task Fixes_names_that_a_loop_joins() => Check(
        """
        var statements = new List<string>();
        foreach (var table in list)
        {
            statements.Add($"DELETE FROM \"{table}\";");
        }

        using var command = new SqliteCommand({|ASA5002:$"PRAGMA foreign_keys = OFF; {string.Join('\n', statements)} PRAGMA foreign_keys = ON;"|}, connection);
        """,
        $$"""
        var statements = new List<string>();
        foreach (var table in list)
        {
            {{Comment}}
            if (!System.Text.RegularExpressions.Regex.IsMatch(table, @"^[\w.-]+$"))
                throw new InvalidOperationException("This text is not allowed in the SQL statement.");
            statements.Add($"DELETE FROM \"{table}\";");
        }

        using var command = new SqliteCommand($"PRAGMA foreign_keys = OFF; {string.Join('\n', statements)} PRAGMA foreign_keys = ON;", connection);
        """);

    [Fact]
    public Task Fixes_a_name_that_is_computed_and_may_be_null() => Check(
        """
        string? table = args.FirstOrDefault();
        using var command = new SqliteCommand({|ASA5002:$"SELECT * FROM {table} JOIN {city.Substring(1, id)} USING (Id)"|}, connection);
        """,
        $$"""
        string? table = args.FirstOrDefault();
        {{Comment}}
        if (!System.Text.RegularExpressions.Regex.IsMatch(table ?? "", @"^[\w.]+$"))
            throw new InvalidOperationException("This text is not allowed in the SQL statement.");
        {{Comment}}
        var checkedCity = city.Substring(1, id);
        if (!System.Text.RegularExpressions.Regex.IsMatch(checkedCity, @"^[\w.]+$"))
            throw new InvalidOperationException("This text is not allowed in the SQL statement.");
        using var command = new SqliteCommand($"SELECT * FROM {table} JOIN {checkedCity} USING (Id)", connection);
        """);

    [Theory]
    [InlineData("""string Sql(string n) => $"SELECT * FROM Users WHERE Name = '{n}'"; using var command = new SqliteCommand({|ASA5002:Sql(name)|}, connection);""")]
    [InlineData("""void Execute(string sql) => new SqliteCommand(sql, connection).ExecuteNonQuery(); Execute({|ASA5002:$"DELETE FROM Users WHERE Name = '{name}'"|});""")]
    [InlineData("""var sql = "SELECT * FROM Users "; sql += name; using var command = new SqliteCommand({|ASA5002:sql|}, connection);""")]
    public Task NoFix_for_values_far_from_the_command(string statements) => Members(statements).NoFix().CheckAsync();

    private static Task Check(string before, string after) => Members(before).FixedBy(ComposedSqlTextFix.CheckNames, Frame(after)).CheckAsync();
}
