using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Injection;

/// <content>Texts, pieces and checks in other members.</content>
public sealed partial class ComposedSqlTextTests
{
    [Theory]
    [InlineData("private static string Sql(string n) => \"SELECT * FROM Users WHERE Name = '\" + n + \"'\";", "command.CommandText = {|ASA5002:Sql(name)|};")]
    [InlineData("private static string Sql(string n) { var s = \"SELECT \"; s += n; return s; }", "command.CommandText = {|ASA5002:Sql(name)|};")]
    [InlineData("private static string Quote(string n) => \"'\" + n + \"'\";", "command.CommandText = {|ASA5002:\"SELECT * FROM Users WHERE Name = \" + Quote(name)|};")]
    [InlineData("private static string Quote(string n) => \"'\" + n + \"'\";", "command.CommandText = {|ASA5002:\"SELECT * FROM Users WHERE Name IN (\" + string.Join(\",\", names.Select(Quote)) + \")\"|};")]
    [InlineData("private static string Outer(string n) => Inner(n) + \" LIMIT 1\"; private static string Inner(string n) => $\"SELECT * FROM {n}\";", "command.CommandText = {|ASA5002:Outer(name)|};")]
    [InlineData("private static async Task<string> SqlAsync(string n) { await Task.Yield(); return \"SELECT \" + n; }", "command.CommandText = {|ASA5002:SqlAsync(name).Result|};")]
    [InlineData("private static void Build(string n, out string sql) => sql = \"SELECT * FROM \" + n;", "Build(name, out var text); command.CommandText = {|ASA5002:text|};")]
    [InlineData("private static (string Sql, int Count) Build(string n) => (\"SELECT * FROM \" + n, 1);", "var (text, count) = Build(name); command.CommandText = {|ASA5002:text|};")]
    [InlineData("private static IEnumerable<string> Parts(string n) { yield return \"1 = 1\"; yield return $\"Name = '{n}'\"; }", "command.CommandText = {|ASA5002:\"SELECT * FROM Users WHERE \" + string.Join(\" AND \", Parts(name))|};")]
    [InlineData("private string _table = \"Users\"; [HttpPost] public void Rename(string table) => _table = table;", "command.CommandText = {|ASA5002:\"SELECT * FROM \" + _table|};")]
    [InlineData("public string Table { get; set; } = \"Users\";", "command.CommandText = {|ASA5002:\"SELECT * FROM \" + Table|};")]
    [InlineData("", "string Local(string n) => \"SELECT * FROM \" + n; command.CommandText = {|ASA5002:Local(name)|};")]
    public Task Reports_texts_of_own_members(string members, string statements) => WithMembers(members, statements).CheckAsync();

    [Theory]
    [InlineData("private static string Sql(string n) => \"SELECT * FROM \" + n;", "command.CommandText = Sql(\"Users\");")]
    [InlineData("private static string Sql(string n) => \"SELECT * FROM \" + n;", "command.CommandText = Sql(nameof(Filter));")]
    [InlineData("private static string Sql(object n) => \"SELECT * FROM Users WHERE Id = \" + n;", "command.CommandText = Sql(id);")]
    [InlineData("private static string Column(string n) { switch (n) { case \"name\": return \"Name\"; default: return \"Id\"; } }", "command.CommandText = \"SELECT * FROM Users ORDER BY \" + Column(name);")]
    [InlineData("private static string Column(string n) => n switch { \"name\" => \"Name\", _ => throw new ArgumentException(n) };", "command.CommandText = \"SELECT * FROM Users ORDER BY \" + Column(name);")]
    [InlineData("private static string Column(string n) { if (!Columns.Contains(n)) throw new ArgumentException(n); return n; }", "command.CommandText = \"SELECT * FROM Users ORDER BY \" + Column(name);")]
    [InlineData("private const string Table = \"Users\";", "command.CommandText = \"SELECT * FROM \" + Table;")]
    [InlineData("private static readonly string Table = \"Users\";", "command.CommandText = \"SELECT * FROM \" + Table;")]
    [InlineData("private static readonly string Table = \"App\" + nameof(Filter);", "command.CommandText = \"SELECT * FROM \" + Table;")]
    [InlineData("private readonly string _table; public SubjectController() { _table = \"Users\"; }", "command.CommandText = \"SELECT * FROM \" + _table;")]
    [InlineData("private string _table = \"Users\"; private void Swap() { _table = \"Other\"; }", "Swap(); command.CommandText = \"SELECT * FROM \" + _table;")]
    [InlineData("private string Table { get; } = \"Users\";", "command.CommandText = \"SELECT * FROM \" + Table;")]
    [InlineData("private string Table => \"Users\";", "command.CommandText = \"SELECT * FROM \" + Table;")]
    [InlineData("private string Table { get { return \"Users\"; } }", "command.CommandText = \"SELECT * FROM \" + this.Table;")]
    [InlineData("public string Table { get; private set; } = \"Users\";", "command.CommandText = \"SELECT * FROM \" + Table;")]
    [InlineData("private static IEnumerable<string> Parts(int i) { yield return \"1 = 1\"; if (i > 0) yield return \"Id = @id\"; }", "command.CommandText = \"SELECT * FROM Users WHERE \" + string.Join(\" AND \", Parts(id));")]
    [InlineData("private static void Build(int i, out string sql) { sql = \"SELECT 1\"; if (i > 0) sql += \" FROM Users\"; }", "Build(id, out var text); command.CommandText = text;")]
    [InlineData("private static string Repeat(int i) => i == 0 ? \"\" : \"?,\" + Repeat(i - 1);", "command.CommandText = \"SELECT \" + Repeat(id);")]
    public Task Silent_for_constant_members(string members, string statements) => WithMembers(members, statements).CheckAsync();

    [Theory]
    [InlineData("private static string Sql(string n) { if (n == \"a\") return System.IO.File.ReadAllText(n); return \"SELECT * FROM \" + n; }", "foreach (var column in Columns) command.CommandText = Sql(column);")]
    [InlineData("private static string Sql(string n) => n.Length > 1 ? System.IO.File.ReadAllText(\"a.sql\") : \"SELECT * FROM \" + n;", "command.CommandText = Sql(\"Users\");")]
    [InlineData("private void Load(string n) { var command = new SqliteCommand(); command.CommandText = n.Length > 1 ? System.IO.File.ReadAllText(\"a.sql\") : \"SELECT * FROM \" + n; }", "Load(\"Users\");")]
    public Task Silent_where_one_branch_is_whole_and_the_other_constant(string members, string statements) => WithMembers(members, statements).CheckAsync();

    [Fact]
    public Task Silent_for_constant_members_of_subclasses() => Ado("""
        public abstract class Store
        {
            protected abstract string Table { get; }

            protected virtual string Key() => "Id";

            public void Load(SqliteConnection connection, int id) => new SqliteCommand($"SELECT * FROM {Table} WHERE {Key()} = {id}", connection).ExecuteNonQuery();
        }

        public sealed class Users : Store
        {
            protected override string Table => "Users";
        }

        public sealed class Orders : Store
        {
            protected override string Table { get; } = "Orders";
        }
        """).CheckAsync();

    [Fact]
    public Task Silent_for_names_that_derived_constructors_give() => Ado("""
        public abstract class Store
        {
            protected Store(string? schema = null, string? table = null)
            {
                if (!string.IsNullOrWhiteSpace(schema))
                    Schema = schema;
                if (!string.IsNullOrWhiteSpace(table))
                    Table = table;
            }

            protected string Schema { get; private set; } = "dbo";

            protected string Table { get; private set; } = nameof(Store);

            public void Load(SqliteConnection connection) => new SqliteCommand($"[{Schema}].[{Table}_ReadById]", connection).ExecuteNonQuery();
        }

        public sealed class Users() : Store(table: "Users");

        public sealed class Orders : Store
        {
            public Orders() : base("sales", "Orders")
            {
            }
        }
        """).CheckAsync();

    [Fact]
    public Task Silent_for_parameters_that_all_callers_feed_with_constants() => Ado("""
        [HttpPost]
        public void Run(SqliteConnection connection, int id)
        {
            Delete(connection, "Users", id);
            Delete(connection, nameof(Console), id);
            Order(connection, id > 0 ? "ASC" : "DESC");
        }

        private static void Delete(SqliteConnection connection, string table, int id) =>
            new SqliteCommand("DELETE FROM " + table + " WHERE Id = " + id, connection).ExecuteNonQuery();

        private static void Order(SqliteConnection connection, string direction) => OrderBy(connection, direction);

        internal static void OrderBy(SqliteConnection connection, string direction) =>
            new SqliteCommand($"SELECT * FROM Users ORDER BY Id {direction}", connection).ExecuteNonQuery();
        """).CheckAsync();

    [Fact]
    public Task Reports_parameters_that_one_caller_feeds_with_a_value() => Ado("""
        [HttpPost]
        public void Run(SqliteConnection connection, string name)
        {
            Delete(connection, "Users");
            Delete(connection, name);
            Filter(connection, "Name = '" + name + "'");
        }

        private static void Delete(SqliteConnection connection, string table) =>
            new SqliteCommand({|ASA5002:"DELETE FROM " + table|}, connection).ExecuteNonQuery();

        private static void Filter(SqliteConnection connection, string condition) =>
            new SqliteCommand({|ASA5002:"SELECT * FROM Users WHERE " + condition|}, connection).ExecuteNonQuery();
        """).CheckAsync();

    [Fact]
    public Task Reports_parameters_of_interface_methods_by_their_callers() => Ado("""
        public interface IStore { void Clear(string table); void Drop(string table); }

        internal sealed class Store(SqliteConnection connection) : IStore
        {
            public void Clear(string table) => new SqliteCommand("DELETE FROM " + table, connection).ExecuteNonQuery();

            public void Drop(string table) => new SqliteCommand({|ASA5002:"DROP TABLE " + table|}, connection).ExecuteNonQuery();
        }

        [HttpPost]
        public void Run(IStore store, string name)
        {
            store.Clear("Users");
            store.Drop(name);
        }
        """).CheckAsync();

    [Fact]
    public Task Reports_text_that_is_handed_to_own_methods() => Ado("""
        [HttpPost]
        public void Run(SqliteConnection connection, string name)
        {
            Execute(connection, "SELECT 1");
            Execute(connection, {|ASA5002:"SELECT * FROM " + name|});
            connection.RunSql({|ASA5002:$"SELECT * FROM {name}"|});
            connection.RunAll({|ASA5002:$"SELECT * FROM {name}"|}, name);
            new Database(connection).Query(limit: 1, sql: {|ASA5002:"SELECT * FROM " + name|});
            IDatabase database = new Database(connection);
            database.Query({|ASA5002:"SELECT * FROM " + name|}, 1);
            database.Query("SELECT * FROM Users WHERE Id = " + name.Length, 1);
        }

        private static void Execute(SqliteConnection connection, string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }

        public interface IDatabase { void Query(string sql, int limit); }

        public sealed class Database(SqliteConnection connection) : IDatabase
        {
            public void Query(string sql, int limit) => new SqliteCommand(sql + " LIMIT 10", connection).ExecuteNonQuery();
        }
        """)
        .With("Extensions.cs", """
        using Microsoft.Data.Sqlite;

        internal static class Extensions
        {
            public static void RunSql(this SqliteConnection connection, string sql)
            {
                if (string.IsNullOrEmpty(sql))
                    throw new ArgumentException("No text");
                new SqliteCommand(sql, connection).ExecuteNonQuery();
            }

            public static void RunAll(this SqliteConnection connection, string sql, string label)
            {
                Console.WriteLine(label);
                connection.RunSql(sql.Trim());
            }
        }
        """)
        .CheckAsync();

    [Fact]
    public Task Reports_text_that_a_constructor_keeps() => Ado("""
        [HttpPost]
        public void Run(SqliteConnection connection, string name)
        {
            new Query("SELECT * FROM " + name).Run(connection);
        }

        private sealed class Query
        {
            private readonly string _sql;

            public Query(string sql) => _sql = sql;

            public void Run(SqliteConnection connection) => new SqliteCommand({|ASA5002:_sql|}, connection).ExecuteNonQuery();
        }
        """).CheckAsync();

    [Fact]
    public Task Reports_public_parameters_of_a_library_as_suggestion() => Code.Library("""
        using Microsoft.Data.Sqlite;

        public sealed class Store
        {
            public void Delete(SqliteConnection connection, string table) =>
                new SqliteCommand({|ASA5002:"DELETE FROM " + table|}, connection).ExecuteNonQuery();
        }
        """).Reference(Packages.Sqlite).NotWeb().Severity("ASA5002", DiagnosticSeverity.Info).CheckAsync();

    [Fact]
    public Task Reports_public_properties_of_a_library_as_suggestion() => Code.Library("""
        using Microsoft.Data.Sqlite;

        public sealed class StoreOptions
        {
            private string _schema = "dbo";

            public string Schema { get => _schema; set => _schema = value; }
        }

        public sealed class Store(StoreOptions options)
        {
            private readonly StoreOptions _options = options;

            public void Delete(SqliteConnection connection) =>
                new SqliteCommand({|ASA5002:$"DELETE FROM {_options.Schema}.Users"|}, connection).ExecuteNonQuery();
        }
        """).Message("ASA5002", "'_options.Schema' becomes part of the SQL text of 'SqliteCommand.CommandText', which lets its value change the statement").Reference(Packages.Sqlite).NotWeb().Severity("ASA5002", DiagnosticSeverity.Info).CheckAsync();

    [Fact]
    public Task Reports_public_parameters_of_an_application_as_warning() => Code.Program("""
        using Microsoft.Data.Sqlite;

        new Store().Delete(new SqliteConnection(""), args[0]);

        public sealed class Store
        {
            public void Delete(SqliteConnection connection, string table) =>
                new SqliteCommand({|ASA5002:"DELETE FROM " + table|}, connection).ExecuteNonQuery();
        }
        """).Reference(Packages.Sqlite).NotWeb().CheckAsync();

    [Fact]
    public Task Reports_other_values_of_a_library_as_warning() => Code.Library("""
        using Microsoft.Data.Sqlite;

        public sealed class Store
        {
            public void Delete(SqliteConnection connection) =>
                new SqliteCommand({|ASA5002:"DELETE FROM " + Console.ReadLine()|}, connection).ExecuteNonQuery();
        }
        """).Reference(Packages.Sqlite).NotWeb().CheckAsync();

    [Fact]
    public Task Reports_in_top_level_statements() => Code.Program("""
        using Microsoft.Data.Sqlite;

        var sql = "SELECT * FROM Users";
        if (args.Length > 0)
            sql += " WHERE Name = '" + args[0] + "'";
        using var connection = new SqliteConnection("");
        var command = connection.CreateCommand();
        command.CommandText = {|ASA5002:sql|};
        var table = "Users";
        command.CommandText = "DELETE FROM " + table;
        """).Reference(Packages.Sqlite).NotWeb().CheckAsync();

    [Fact]
    public Task Silent_in_test_projects() => Body("""command.CommandText = "SELECT * FROM " + name;""").Test().CheckAsync();

    [Fact]
    public Task Silent_in_broken_code() => Body("""
        command.CommandText = "SELECT * FROM " + unknown;
        command.CommandText = ;
        new SqliteCommand("SELECT " + );
        command.CommandText = $"SELECT {missing.Name} {";
        """).Broken().CheckAsync();

    [Fact]
    public Task Silent_past_the_budget()
    {
        // each variable stands for the one before it twice
        var statements = new System.Text.StringBuilder("var s0 = name;");
        for (var i = 1; i <= 60; i++)
            statements.Append(System.Globalization.CultureInfo.InvariantCulture, $" var s{i} = s{i - 1}.Trim() + s{i - 1}.ToUpper();");
        return Body(statements + " command.CommandText = s60;").CheckAsync();
    }

    [Fact]
    public Task Reports_a_concatenation_of_two_thousand_pieces() => Body(
        "command.CommandText = {|ASA5002:\"SELECT 1\"" + string.Concat(Enumerable.Repeat(" + \",\" + id", 1000)) + " + name|};").CheckAsync();

    private static CodeTest WithMembers(string members, string statements) => Ado($$"""
        [HttpPost]
        public void Run(SqliteConnection connection, string name, int id, List<string> names)
        {
            var command = connection.CreateCommand();
            {{statements}}
        }

        {{members}}

        private static readonly string[] Columns = ["Name", "Age"];

        public sealed class Filter;
        """);
}
