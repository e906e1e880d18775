namespace ApiSecurityAnalyzers.Tests.Injection;

/// <content>Every way to put text together counts alike.</content>
public sealed partial class ComposedSqlTextTests
{
    [Theory]
    [InlineData("""command.CommandText = {|ASA5002:"SELECT * FROM Users WHERE Name = '" + name + "' AND Age > " + id|};""")]
    [InlineData("""command.CommandText = {|ASA5002:("SELECT * FROM Users WHERE Name = '" + name) + "'"|};""")]
    [InlineData(""""command.CommandText = {|ASA5002:$"""SELECT * FROM Users WHERE Name = '{name}'"""|};"""")]
    [InlineData("""command.CommandText = {|ASA5002:$@"SELECT * FROM Users WHERE Name = '{name}'"|};""")]
    [InlineData("""command.CommandText = {|ASA5002:string.Format("SELECT * FROM Users WHERE Name = '{0}' AND Age > {1}", name, id)|};""")]
    [InlineData("""command.CommandText = {|ASA5002:string.Format(System.Globalization.CultureInfo.InvariantCulture, "SELECT {0}", name)|};""")]
    [InlineData("""command.CommandText = {|ASA5002:string.Concat("SELECT * FROM Users WHERE Name = '", name, "'")|};""")]
    [InlineData("""command.CommandText = {|ASA5002:string.Concat(new[] { "SELECT ", name })|};""")]
    [InlineData("""command.CommandText = {|ASA5002:string.Create(System.Globalization.CultureInfo.InvariantCulture, $"SELECT * FROM {name}")|};""")]
    [InlineData("""command.CommandText = {|ASA5002:FormattableString.Invariant($"SELECT * FROM {name}")|};""")]
    [InlineData("""FormattableString sql = $"SELECT * FROM {name}"; command.CommandText = {|ASA5002:sql.ToString()|};""")]
    [InlineData("""command.CommandText = {|ASA5002:string.Join(" ", "SELECT * FROM Users WHERE Name =", name)|};""")]
    [InlineData("""command.CommandText = {|ASA5002:"SELECT * FROM Users WHERE Name IN ('" + string.Join("','", names) + "')"|};""")]
    [InlineData("""command.CommandText = {|ASA5002:$"SELECT * FROM Users WHERE Name IN ({string.Join(",", names.Select(n => $"'{n}'"))})"|};""")]
    [InlineData("""command.CommandText = {|ASA5002:$"SELECT * FROM Users WHERE Name IN ({string.Join(",", from n in names select "'" + n + "'")})"|};""")]
    [InlineData("""command.CommandText = {|ASA5002:"SELECT * FROM Users ORDER BY @sort".Replace("@sort", name)|};""")]
    [InlineData("""command.CommandText = {|ASA5002:"SELECT * FROM Users WHERE Name = ''".Insert(33, name)|};""")]
    [InlineData("""command.CommandText = {|ASA5002:("SELECT * FROM Users WHERE Name = '" + name.Replace("'", "''") + "'").Trim()|};""")]
    [InlineData("""command.CommandText = {|ASA5002:"SELECT * FROM Users WHERE Name = '" + name.Trim().ToUpperInvariant() + "'"|};""")]
    [InlineData("""command.CommandText = {|ASA5002:"SELECT * FROM Users WHERE Name = '" + name.Substring(1) + "'"|};""")]
    [InlineData("""command.CommandText = {|ASA5002:"SELECT * FROM Users WHERE Name = '" + (name ?? "none") + "'"|};""")]
    [InlineData("""command.CommandText = {|ASA5002:id > 0 ? "SELECT 1" : "SELECT * FROM " + name|};""")]
    [InlineData("""command.CommandText = {|ASA5002:id switch { 1 => "SELECT 1", _ => "SELECT * FROM " + name }|};""")]
    [InlineData("""command.CommandText = {|ASA5002:new string(("SELECT * FROM " + name).ToCharArray())|};""")]
    [InlineData("""command.CommandText = {|ASA5002:"SELECT * FROM Users WHERE Name = '" + filter.Name + "'"|};""")]
    [InlineData("""command.CommandText = {|ASA5002:$"SELECT * FROM Users WHERE Name = '{filter?.Name}'"|};""")]
    [InlineData("""command.CommandText = {|ASA5002:$"SELECT * FROM Users WHERE Name = '{HttpContext.Request.Query["name"]}'"|};""")]
    [InlineData("""object value = name; command.CommandText = {|ASA5002:$"SELECT * FROM Users WHERE Name = '{value}'"|};""")]
    [InlineData("""command.CommandText = {|ASA5002:$"SELECT * FROM Users WHERE Name = '{command.ExecuteScalar()}'"|};""")]
    [InlineData("""var cache = new System.Collections.Concurrent.ConcurrentDictionary<string, string>(); command.CommandText = {|ASA5002:cache.GetOrAdd(name, n => "SELECT * FROM " + n)|};""")]
    [InlineData("""command.CommandText = {|ASA5002:System.IO.File.ReadAllText("query.sql").Replace("$(name)", name)|};""")]
    [InlineData("""command.CommandText = {|ASA5002:string.Format(System.IO.File.ReadAllText("query.sql"), name)|};""")]
    [InlineData("""command.CommandText = {|ASA5002:"EXEC " + name|}; command.CommandType = System.Data.CommandType.StoredProcedure;""")]
    public Task Reports_composing_expressions(string statements) => Body(statements).CheckAsync();

    [Theory]
    [InlineData("""var sql = "SELECT * FROM Users WHERE Name = '" + name + "'"; command.CommandText = {|ASA5002:sql|};""")]
    [InlineData("""var sql = "SELECT * FROM Users"; sql += " WHERE Name = '" + name + "'"; command.CommandText = {|ASA5002:sql|};""")]
    [InlineData("""var sql = "SELECT * FROM "; sql += name; command.CommandText = {|ASA5002:sql|};""")]
    [InlineData("""var sql = "SELECT * FROM Users"; if (id > 0) sql += $" WHERE Name = '{name}'"; command.CommandText = {|ASA5002:sql|};""")]
    [InlineData("""var sql = "SELECT * FROM Users"; if (id > 0) { sql = sql + " WHERE Name = '" + name + "'"; } else { sql = "SELECT 1"; } command.CommandText = {|ASA5002:sql|};""")]
    [InlineData("""var sql = "SELECT 1"; foreach (var n in names) sql += " OR Name = '" + n + "'"; command.CommandText = {|ASA5002:sql|};""")]
    [InlineData("""var sql = "SELECT 1"; for (var i = 0; i < names.Count; i++) { sql += names[i]; } command.CommandText = {|ASA5002:sql|};""")]
    [InlineData("""var sql = "SELECT 1"; while (id-- > 0) { command.CommandText = {|ASA5002:sql|}; sql = "SELECT * FROM " + name; }""")]
    [InlineData("""string sql; switch (id) { case 1: sql = "SELECT 1"; break; default: sql = "SELECT * FROM " + name; break; } command.CommandText = {|ASA5002:sql|};""")]
    [InlineData("""string sql; try { sql = "SELECT * FROM " + name; id++; } catch (InvalidOperationException) { sql = "SELECT 1"; } command.CommandText = {|ASA5002:sql|};""")]
    [InlineData("""var where = " WHERE Name = '" + name + "'"; command.CommandText = {|ASA5002:"SELECT * FROM Users" + where|};""")]
    [InlineData("""var where = ""; if (name != null) where = $" WHERE Name = '{name}'"; command.CommandText = {|ASA5002:$"SELECT * FROM Users {where}"|};""")]
    [InlineData("""string sql = null!; sql ??= "SELECT * FROM " + name; command.CommandText = {|ASA5002:sql|};""")]
    [InlineData("""string sql; command.CommandText = {|ASA5002:sql = "SELECT * FROM " + name|};""")]
    [InlineData("""var (sql, limit) = ("SELECT * FROM " + name, 10); command.CommandText = {|ASA5002:sql|};""")]
    [InlineData("""Func<string> sql = () => "SELECT * FROM " + name; command.CommandText = {|ASA5002:sql()|};""")]
    [InlineData("""var sql = "SELECT * FROM " + name; Action run = () => command.CommandText = {|ASA5002:sql|}; run();""")]
    public Task Reports_texts_in_variables(string statements) => Body(statements).CheckAsync();

    [Theory]
    [InlineData("""var sql = "SELECT * FROM " + name; sql = "SELECT 1"; command.CommandText = sql;""")]
    [InlineData("""var sql = "SELECT 1"; command.CommandText = sql; sql = "SELECT * FROM " + name; Console.WriteLine(sql);""")]
    [InlineData("""var sql = "SELECT 1"; if (id > 0) { sql = "SELECT * FROM " + name; Console.WriteLine(sql); return; } command.CommandText = sql;""")]
    [InlineData("""string sql; if (id > 0) sql = "SELECT 1"; else sql = "SELECT 2"; command.CommandText = sql;""")]
    [InlineData("""var sql = "SELECT * FROM " + name; if (id > 0) sql = "SELECT 1"; else sql = "SELECT 2"; command.CommandText = sql;""")]
    [InlineData("""var sql = "SELECT * FROM " + name; switch (id) { case 1: sql = "A"; break; default: sql = "B"; break; } command.CommandText = sql;""")]
    [InlineData("""{ var sql = "SELECT * FROM " + name; Console.WriteLine(sql); } { var sql = "SELECT 1"; command.CommandText = sql; }""")]
    [InlineData("""if (id > 0) { var sql = "SELECT 1"; command.CommandText = sql; } else { var sql = "x" + name; Console.WriteLine(sql); }""")]
    [InlineData("""var text = new StringBuilder("SELECT * FROM " + name); text.Clear(); text.Append("SELECT 1"); command.CommandText = text.ToString();""")]
    public Task Silent_where_a_constant_replaced_the_text(string statements) => Body(statements).CheckAsync();

    [Theory]
    [InlineData("""var text = new StringBuilder(); text.Append("SELECT * FROM Users WHERE Name = '").Append(name).Append("'"); command.CommandText = {|ASA5002:text.ToString()|};""")]
    [InlineData("""var text = new StringBuilder("SELECT * FROM "); text.Append(name); command.CommandText = {|ASA5002:text.ToString()|};""")]
    [InlineData("""var text = new StringBuilder("SELECT * FROM Users"); text.AppendLine().AppendFormat(" WHERE Name = '{0}'", name); command.CommandText = {|ASA5002:text.ToString()|};""")]
    [InlineData("""var text = new StringBuilder("SELECT * FROM Users"); text.Append($" WHERE Name = '{name}'"); command.CommandText = {|ASA5002:text.ToString()|};""")]
    [InlineData("""var text = new StringBuilder("SELECT * FROM Users WHERE Name IN ("); text.AppendJoin(",", names); command.CommandText = {|ASA5002:text.ToString()|};""")]
    [InlineData("""var text = new StringBuilder("SELECT * FROM Users ORDER BY @s"); text.Replace("@s", name); command.CommandText = {|ASA5002:text.ToString()|};""")]
    [InlineData("""var text = new StringBuilder("SELECT * FROM Users"); text.Insert(0, name); command.CommandText = {|ASA5002:text.ToString()|};""")]
    [InlineData("""var text = new StringBuilder("SELECT * FROM Users"); foreach (var n in names) { text.Append(" OR Name = '" + n + "'"); } command.CommandText = {|ASA5002:text.ToString()|};""")]
    [InlineData("""command.CommandText = {|ASA5002:new StringBuilder("SELECT * FROM ").Append(name).ToString()|};""")]
    [InlineData("""var text = new StringBuilder("SELECT * FROM Users"); AddName(text, name); command.CommandText = {|ASA5002:text.ToString()|};""")]
    [InlineData("""var parts = new List<string>(); parts.Add("Name = '" + name + "'"); command.CommandText = {|ASA5002:"SELECT * FROM Users WHERE " + string.Join(" AND ", parts)|};""")]
    [InlineData("""var parts = new List<string> { "1 = 1", $"Name = '{name}'" }; command.CommandText = {|ASA5002:"SELECT * FROM Users WHERE " + string.Join(" AND ", parts)|};""")]
    [InlineData("""string[] parts = ["1 = 1", name]; command.CommandText = {|ASA5002:"SELECT * FROM Users WHERE " + string.Join(" AND ", parts)|};""")]
    public Task Reports_builders_and_collections(string statements) => Body(statements).CheckAsync();

    [Fact]
    public Task Reports_once_for_each_sink() => Body("""
        var sql = "SELECT * FROM Users WHERE Name = '" + name + "' OR Name = '" + filter.Name + "'";
        command.CommandText = {|ASA5002:sql|};
        using var other = new SqliteCommand({|ASA5002:sql|}, connection);
        """).CheckAsync();

    private static CodeTest Body(string statements) => Ado($$"""
        [HttpPost]
        public void Run(SqliteConnection connection, string name, int id, List<string> names, List<int> ids, Filter filter)
        {
            var command = connection.CreateCommand();
            {{statements}}
        }

        private static void AddName(StringBuilder text, string value) => text.Append(" WHERE Name = '" + value + "'");

        private static bool IsKnown(string column) => Columns.Contains(column);

        private static bool IsShort(string column) => column.Length < 100;

        private static void RequireKnown(string column)
        {
            if (!Columns.Contains(column))
                throw new ArgumentException("Unknown column");
        }

        private static void RequireText(string column)
        {
            if (string.IsNullOrEmpty(column))
                throw new ArgumentException("No column");
        }

        private static readonly string[] Columns = ["Name", "Age"];

        private static readonly Dictionary<string, string> Sorts = new() { ["name"] = "Name", ["age"] = "Age" };

        public enum Color { Red, Green }

        private sealed class Names : IEqualityComparer<string>
        {
            public bool Equals(string? x, string? y) => x == y;

            public int GetHashCode(string name) => name.Length;
        }

        public sealed class Filter
        {
            public string? Name { get; set; }

            public string Sort { get; set; } = "";

            public int? Age { get; set; }

            public Color Color { get; set; }
        }
        """);
}
