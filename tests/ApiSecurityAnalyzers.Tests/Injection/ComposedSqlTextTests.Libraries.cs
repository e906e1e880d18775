using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Injection;

/// <content>Libraries that the tests do not reference, in the shape that they have.</content>
public sealed partial class ComposedSqlTextTests
{
    [Theory]
    [InlineData("""new System.Data.Entity.Database().SqlQuery<int>({|ASA5002:"SELECT " + name|}, 1);""")]
    [InlineData("""new System.Data.Entity.Database().SqlQuery(typeof(int), {|ASA5002:"SELECT " + name|});""")]
    [InlineData("""new System.Data.Entity.Database().ExecuteSqlCommand({|ASA5002:$"DELETE FROM {name}"|});""")]
    [InlineData("""new System.Data.Entity.DbSet<Uri>().SqlQuery({|ASA5002:$"SELECT {name}"|});""")]
    [InlineData("""new System.Data.Entity.Core.Objects.ObjectContext().ExecuteStoreCommand({|ASA5002:$"DELETE FROM {name}"|});""")]
    [InlineData("""Microsoft.EntityFrameworkCore.RelationalQueryableExtensions.FromSql(new Microsoft.EntityFrameworkCore.RawSqlHost(), {|ASA5002:"SELECT " + name|});""")]
    [InlineData("""new System.Data.Linq.DataContext().ExecuteQuery<int>({|ASA5002:"SELECT " + name|});""")]
    [InlineData("""((NHibernate.ISession)null!).CreateSQLQuery({|ASA5002:"SELECT " + name|});""")]
    [InlineData("""((NHibernate.ISession)null!).CreateQuery({|ASA5002:"from User u where u.Name = '" + name + "'"|});""")]
    [InlineData("""var query = new Microsoft.Azure.Cosmos.QueryDefinition({|ASA5002:$"SELECT * FROM c WHERE c.name = '{name}'"|});""")]
    [InlineData("""new Microsoft.Azure.Cosmos.Container().GetItemQueryIterator<int>({|ASA5002:$"SELECT * FROM c WHERE c.name = '{name}'"|});""")]
    [InlineData("""var source = new System.Web.UI.WebControls.SqlDataSource("Server=.", {|ASA5002:"SELECT " + name|});""")]
    [InlineData("""var source = new System.Web.UI.WebControls.SqlDataSource { SelectCommand = {|ASA5002:"SELECT " + name|} };""")]
    [InlineData("""MySql.Data.MySqlClient.MySqlHelper.ExecuteScalar("Server=.", {|ASA5002:"SELECT " + name|});""")]
    [InlineData("""var statement = new Cassandra.SimpleStatement({|ASA5002:"SELECT " + name|});""")]
    [InlineData("""new NPoco.Database().Fetch<int>({|ASA5002:"WHERE Name = '" + name + "'"|});""")]
    [InlineData("""new SQLite.SQLiteConnection().Execute({|ASA5002:"DELETE FROM " + name|});""")]
    [InlineData("""new SqlKata.Query().WhereRaw({|ASA5002:"Name = '" + name + "'"|});""")]
    [InlineData("""var adapter = new System.Data.SqlClient.SqlDataAdapter({|ASA5002:"SELECT " + name|}, "Server=.");""")]
    [InlineData("""var batch = new Npgsql.NpgsqlBatchCommand({|ASA5002:"SELECT " + name|});""")]
    [InlineData("""var command = new System.Data.SqlClient.SqlCommand({|ASA5002:"SELECT " + name|});""")]
    public Task Reports_other_libraries(string statement) => WithStubs(statement).CheckAsync();

    [Theory]
    [InlineData("""new System.Data.Entity.Database().SqlQuery<int>("SELECT @p0", name);""")]
    [InlineData("""((NHibernate.ISession)null!).CreateSQLQuery("SELECT :name");""")]
    [InlineData("""MySql.Data.MySqlClient.MySqlHelper.ExecuteScalar("Server=" + name, "SELECT 1");""")]
    [InlineData("""new NPoco.Database().Fetch<int>("WHERE Name = @0", name);""")]
    [InlineData("""var source = new System.Web.UI.WebControls.SqlDataSource("Server=" + name, "SELECT 1");""")]
    [InlineData("""new Other.Database().SqlQuery("SELECT " + name);""")]
    [InlineData("""new Other.Database().Execute("SELECT " + name);""")]
    [InlineData("""new Other.Database { CommandText = "SELECT " + name }.SqlQuery("");""")]
    public Task Silent_for_other_libraries(string statement) => WithStubs(statement).CheckAsync();

    [Theory]
    [InlineData("Microsoft.Data.SqlClient", "new SqlCommand({|ASA5002:sql|}, new SqlConnection())")]
    [InlineData("Microsoft.Data.SqlClient", "new SqlDataAdapter({|ASA5002:sql|}, new SqlConnection())")]
    [InlineData("Microsoft.Data.SqlClient", "new SqlBatchCommand({|ASA5002:sql|})")]
    [InlineData("Npgsql", "new NpgsqlCommand({|ASA5002:sql|})")]
    [InlineData("Npgsql", "new NpgsqlBatchCommand({|ASA5002:sql|})")]
    [InlineData("Npgsql", "NpgsqlDataSource.Create(\"\").CreateCommand({|ASA5002:sql|})")]
    [InlineData("Npgsql", "new NpgsqlConnection().BeginTextExport({|ASA5002:sql|})")]
    [InlineData("MySqlConnector", "new MySqlCommand({|ASA5002:sql|})")]
    [InlineData("MySqlConnector", "new MySqlDataAdapter({|ASA5002:sql|}, \"Server=.\")")]
    public Task Reports_providers(string provider, string expression) => Code.Controller($$"""
        using {{provider}};

        [HttpPost]
        public object Run(string name)
        {
            var sql = "SELECT * FROM Users WHERE Name = '" + name + "'";
            return {{expression}};
        }
        """).Reference(Packages.SqlClient).Reference(Packages.Npgsql).Reference(Packages.MySqlConnector).CheckAsync();

    [Fact]
    public Task Reports_migrations_as_suggestion() => Code.Library("""
        using Microsoft.EntityFrameworkCore.Migrations;

        public sealed class AddIndex : Migration
        {
            protected override void Up(MigrationBuilder migrationBuilder)
            {
                migrationBuilder.Sql("CREATE INDEX A ON B (C)");
                migrationBuilder.Sql($"CREATE INDEX A ON {nameof(AddIndex)} (C)");
                migrationBuilder.Sql({|ASA5002:$"CREATE INDEX A ON {Console.ReadLine()} (C)"|});
            }
        }
        """).Reference(Packages.EntityFrameworkCore).NotWeb().Severity("ASA5002", DiagnosticSeverity.Info).CheckAsync();

    [Theory]
    [InlineData("""configuration["Schema"]""")]
    [InlineData("""configuration.GetSection("Sql").GetValue<string>("Schema")""")]
    [InlineData("""Environment.GetEnvironmentVariable("SCHEMA")""")]
    [InlineData("""connection.Database""")]
    public Task Reports_configured_names_as_suggestion(string value) => Ado($$"""
        [HttpPost]
        public void Run(SqliteConnection connection, IConfiguration configuration)
        {
            var schema = {{value}};
            new SqliteCommand({|ASA5002:$"SELECT * FROM {schema}.Users"|}, connection).ExecuteNonQuery();
        }
        """).Severity("ASA5002", DiagnosticSeverity.Info).CheckAsync();

    [Theory]
    [InlineData("""db.ExecuteSqlRaw($"DELETE FROM {context.Model.FindEntityType(typeof(Subject))!.GetTableName()}");""")]
    [InlineData("""db.ExecuteSqlRaw("DELETE FROM " + users.EntityType.GetSchemaQualifiedTableName());""")]
    [InlineData("""db.ExecuteSqlRaw("SELECT " + string.Join(",", users.EntityType.GetProperties().Select(p => p.GetColumnName())));""")]
    [InlineData("""db.ExecuteSqlRaw("SELECT " + string.Join(",", typeof(Subject).GetProperties().Select(p => p.Name)));""")]
    [InlineData("""db.ExecuteSqlRaw("DELETE FROM " + System.Reflection.CustomAttributeExtensions.GetCustomAttribute<System.ComponentModel.DataAnnotations.Schema.TableAttribute>(typeof(Subject))!.Name);""")]
    [InlineData("""db.ExecuteSqlRaw("DELETE FROM Users WHERE Born < '" + DateTime.Today.ToShortDateString() + "'");""")]
    public Task Silent_for_names_of_the_model(string statement) => Code.Controller($$"""
        using Microsoft.EntityFrameworkCore;
        using Microsoft.EntityFrameworkCore.Infrastructure;

        [HttpPost]
        public void Run(DbSet<Subject> users, DatabaseFacade db, DbContext context)
        {
            {{statement}}
        }

        public sealed class Subject { public int Id { get; set; } }
        """).Reference(Packages.EntityFrameworkCore).CheckAsync();

    private static CodeTest WithStubs(string statement) => Code.Files(
        ("Subject.cs", $$"""
        public sealed class SubjectController : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            [NonAction]
            public void Run(string name)
            {
                {{statement}}
            }
        }
        """),
        ("Stubs.cs", """
        namespace System.Data.Entity
        {
            public class Database
            {
                public object SqlQuery<T>(string sql, params object[] parameters) => sql;
                public object SqlQuery(Type elementType, string sql, params object[] parameters) => sql;
                public int ExecuteSqlCommand(string sql, params object[] parameters) => 0;
            }

            public abstract class DbSet { public virtual object SqlQuery(string sql, params object[] parameters) => sql; }

            public class DbSet<T> : DbSet { }
        }

        namespace System.Data.Entity.Core.Objects
        {
            public class ObjectContext { public int ExecuteStoreCommand(string commandText, params object[] parameters) => 0; }
        }

        namespace System.Data.Linq
        {
            public class DataContext { public IEnumerable<T> ExecuteQuery<T>(string query, params object[] parameters) => []; }
        }

        namespace System.Data.SqlClient
        {
            public class SqlCommand : System.Data.Common.DbCommandStub { public SqlCommand(string cmdText) { } }

            public class SqlDataAdapter : System.Data.Common.DbDataAdapter { public SqlDataAdapter(string selectCommandText, string selectConnectionString) { } }
        }

        namespace System.Data.Common
        {
            public class DbCommandStub : DbCommand
            {
                [System.Diagnostics.CodeAnalysis.AllowNull] public override string CommandText { get; set; } = "";
                public override int CommandTimeout { get; set; }
                public override CommandType CommandType { get; set; }
                public override bool DesignTimeVisible { get; set; }
                public override UpdateRowSource UpdatedRowSource { get; set; }
                protected override DbConnection? DbConnection { get; set; }
                protected override DbParameterCollection DbParameterCollection => null!;
                protected override DbTransaction? DbTransaction { get; set; }
                public override void Cancel() { }
                public override int ExecuteNonQuery() => 0;
                public override object? ExecuteScalar() => null;
                public override void Prepare() { }
                protected override DbParameter CreateDbParameter() => null!;
                protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => null!;
            }
        }

        namespace Npgsql
        {
            public class NpgsqlBatchCommand : System.Data.Common.DbBatchCommand
            {
                public NpgsqlBatchCommand(string commandText) { }
                public override string CommandText { get; set; } = "";
                public override System.Data.CommandType CommandType { get; set; }
                public override int RecordsAffected => 0;
                protected override System.Data.Common.DbParameterCollection DbParameterCollection => null!;
            }
        }

        namespace Microsoft.EntityFrameworkCore
        {
            public readonly struct RawSqlString { public static implicit operator RawSqlString(string s) => default; }

            public class RawSqlHost { }

            public static class RelationalQueryableExtensions
            {
                public static object FromSql(this RawSqlHost source, RawSqlString sql, params object[] parameters) => source;
            }
        }

        namespace NHibernate
        {
            public interface ISession { object CreateSQLQuery(string queryString); object CreateQuery(string queryString); }
        }

        namespace Microsoft.Azure.Cosmos
        {
            public class QueryDefinition(string query) { public string QueryText => query; }

            public class Container { public object GetItemQueryIterator<T>(string queryText, string? continuationToken = null) => queryText; }
        }

        namespace System.Web.UI.WebControls
        {
            public class SqlDataSource
            {
                public SqlDataSource() { }
                public SqlDataSource(string connectionString, string selectCommand) { }
                public string SelectCommand { get; set; } = "";
            }
        }

        namespace MySql.Data.MySqlClient
        {
            public static class MySqlHelper { public static object ExecuteScalar(string connectionString, string commandText) => commandText; }
        }

        namespace Cassandra
        {
            public interface ISession { }

            public class SimpleStatement(string query) { public string Query => query; }
        }

        namespace NPoco
        {
            public interface IDatabase { List<T> Fetch<T>(string sql, params object[] args); }

            public class Database : IDatabase { public List<T> Fetch<T>(string sql, params object[] args) => []; }
        }

        namespace SQLite
        {
            public class SQLiteConnection { public int Execute(string query, params object[] args) => 0; }
        }

        namespace SqlKata
        {
            public class BaseQuery { public BaseQuery WhereRaw(string sql, params object[] bindings) => this; }

            public class Query : BaseQuery { }
        }

        namespace Other
        {
            public class Database
            {
                public string CommandText { get; set; } = "";
                public object SqlQuery(string sql) => sql;
                public object Execute(string sql) => sql;
            }
        }
        """)).Option("api_security.host", "protected");
}
