using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;

namespace ApiSecurityAnalyzers.Engines.Sql;

/// <summary>The libraries that run SQL, and their members that take it as text. Supporting one more is a row.</summary>
internal static class SqlSinks
{
    public static readonly ImmutableArray<SqlLibrary> Libraries = ImmutableArray.Create(
        new SqlLibrary(
            SinkKinds.AdoNet,
            Types("System.Data.IDbCommand"),
            Set("System.Data.IDbCommand", "CommandText"),
            Set("System.Data.Common.DbBatchCommand", "CommandText"),
            New(
                "System.Data.IDbCommand",
                "CommandText",
                "SqlCommand", "SqliteCommand", "SQLiteCommand", "NpgsqlCommand", "MySqlCommand", "OracleCommand", "OleDbCommand", "OdbcCommand", "SqlCeCommand", "FbCommand", "DB2Command", "IfxCommand", "AseCommand",
                "SACommand", "TdCommand", "HanaCommand", "DuckDBCommand", "SnowflakeDbCommand", "ClickHouseCommand", "SpannerCommand", "VerticaCommand", "TaosCommand", "SingleStoreCommand", "EntityCommand", "AdomdCommand"),
            New("System.Data.Common.DbBatchCommand", "CommandText", "SqlBatchCommand", "NpgsqlBatchCommand", "MySqlBatchCommand", "SingleStoreBatchCommand"),
            New(
                "System.Data.IDbDataAdapter",
                "SelectCommand",
                "SqlDataAdapter", "SQLiteDataAdapter", "NpgsqlDataAdapter", "MySqlDataAdapter", "OracleDataAdapter", "OleDbDataAdapter", "OdbcDataAdapter", "SqlCeDataAdapter", "FbDataAdapter", "DB2DataAdapter", "IfxDataAdapter",
                "AseDataAdapter", "SADataAdapter", "TdDataAdapter", "HanaDataAdapter"),
            Call("System.Data.Common.DbDataSource", "CreateCommand"),
            Call("Npgsql.NpgsqlConnection", "BeginBinaryImport", "BeginBinaryExport", "BeginTextImport", "BeginTextExport", "BeginRawBinaryCopy")),
        new SqlLibrary(
            SinkKinds.Other,
            Types("System.Web.UI.WebControls.SqlDataSource"),
            Set("System.Web.UI.WebControls.SqlDataSource", "SelectCommand", "InsertCommand", "UpdateCommand", "DeleteCommand", "FilterExpression"),
            New("System.Web.UI.WebControls.SqlDataSource", "SelectCommand", "SqlDataSource")),
        new SqlLibrary(
            SinkKinds.Other,
            Types("MySql.Data.MySqlClient.MySqlHelper"),
            Call("MySql.Data.MySqlClient.MySqlHelper", "ExecuteDataRow", "ExecuteDataRowAsync", "ExecuteDataset", "ExecuteDatasetAsync", "ExecuteNonQuery", "ExecuteNonQueryAsync", "ExecuteReader", "ExecuteReaderAsync", "ExecuteScalar", "ExecuteScalarAsync")),
        new SqlLibrary(
            SinkKinds.EntityFramework,
            Types("Microsoft.EntityFrameworkCore.RelationalQueryableExtensions", "Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions", "Microsoft.EntityFrameworkCore.RawSqlString"),
            Call("Microsoft.EntityFrameworkCore.RelationalQueryableExtensions", "FromSqlRaw", "FromSql", "FromSqlInterpolated"),
            Call(
                "Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions",
                "ExecuteSqlRaw", "ExecuteSqlRawAsync", "ExecuteSqlCommand", "ExecuteSqlCommandAsync", "ExecuteSql", "ExecuteSqlAsync", "ExecuteSqlInterpolated", "ExecuteSqlInterpolatedAsync", "SqlQueryRaw", "SqlQuery"),
            Call("Microsoft.EntityFrameworkCore.CosmosQueryableExtensions", "FromSqlRaw"),
            Call("Microsoft.EntityFrameworkCore.Storage.IRawSqlCommandBuilder", "Build"),
            Call("Microsoft.EntityFrameworkCore.Migrations.MigrationBuilder", "Sql") with { IsSuggestion = true }),
        new SqlLibrary(
            SinkKinds.EntityFramework,
            Types("System.Data.Entity.Database", "System.Data.Objects.ObjectContext"),
            Call("System.Data.Entity.Database", "SqlQuery", "ExecuteSqlCommand", "ExecuteSqlCommandAsync"),
            Call("System.Data.Entity.DbSet", "SqlQuery"),
            Call("System.Data.Entity.Core.Objects.ObjectContext", "ExecuteStoreQuery", "ExecuteStoreQueryAsync", "ExecuteStoreCommand", "ExecuteStoreCommandAsync", "CreateQuery"),
            Call("System.Data.Objects.ObjectContext", "ExecuteStoreQuery", "ExecuteStoreCommand", "CreateQuery"),
            New("System.Data.Entity.Core.Objects.ObjectQuery", "CommandText", "ObjectQuery"),
            New("System.Data.Objects.ObjectQuery", "CommandText", "ObjectQuery"),
            Call("System.Data.Entity.Migrations.DbMigration", "Sql") with { IsSuggestion = true }),
        new SqlLibrary(
            SinkKinds.Other,
            Types("System.Data.Linq.DataContext"),
            Call("System.Data.Linq.DataContext", "ExecuteQuery", "ExecuteCommand")),
        new SqlLibrary(
            SinkKinds.Dapper,
            Types("Dapper.SqlMapper"),
            Call(
                "Dapper.SqlMapper",
                "Query", "QueryAsync", "QueryFirst", "QueryFirstAsync", "QueryFirstOrDefault", "QueryFirstOrDefaultAsync", "QuerySingle", "QuerySingleAsync", "QuerySingleOrDefault", "QuerySingleOrDefaultAsync",
                "QueryMultiple", "QueryMultipleAsync", "QueryUnbufferedAsync", "Execute", "ExecuteAsync", "ExecuteScalar", "ExecuteScalarAsync", "ExecuteReader", "ExecuteReaderAsync"),
            New("Dapper.CommandDefinition", "CommandText", "CommandDefinition")),
        new SqlLibrary(
            SinkKinds.Other,
            Types("Dapper.SqlBuilder"),
            Call("Dapper.SqlBuilder", "AddTemplate", "Select", "Where", "OrWhere", "OrderBy", "GroupBy", "Having", "Set", "Join", "InnerJoin", "LeftJoin", "RightJoin", "Intersect")),
        new SqlLibrary(
            SinkKinds.Other,
            Types("NHibernate.ISession"),
            Call("NHibernate.ISession", "CreateSQLQuery", "CreateQuery", "CreateFilter"),
            Call("NHibernate.IStatelessSession", "CreateSQLQuery", "CreateQuery"),
            Call("NHibernate.ISQLQueryProvider", "CreateSQLQuery"),
            Call("NHibernate.Criterion.Expression", "Sql")),
        new SqlLibrary(
            SinkKinds.Other,
            Types("Microsoft.Azure.Cosmos.Container", "Microsoft.Azure.Documents.SqlQuerySpec"),
            New("Microsoft.Azure.Cosmos.QueryDefinition", "QueryText", "QueryDefinition"),
            Call("Microsoft.Azure.Cosmos.Container", "GetItemQueryIterator", "GetItemQueryStreamIterator"),
            New("Microsoft.Azure.Documents.SqlQuerySpec", "QueryText", "SqlQuerySpec"),
            Set("Microsoft.Azure.Documents.SqlQuerySpec", "QueryText"),
            Call("Microsoft.Azure.Documents.IDocumentClient", "CreateDocumentQuery")),
        new SqlLibrary(
            SinkKinds.Other,
            Types("LinqToDB.Data.DataConnection"),
            Call("LinqToDB.Data.DataConnectionExtensions", "Query", "QueryAsync", "QueryToListAsync", "QueryMultiple", "QueryMultipleAsync", "Execute", "ExecuteAsync", "ExecuteReader", "ExecuteReaderAsync", "SetCommand"),
            Call("LinqToDB.DataExtensions", "FromSql"),
            New("LinqToDB.Data.CommandInfo", "CommandText", "CommandInfo"),
            New("LinqToDB.RawSqlString", "Format", "RawSqlString")),
        PetaPocoLike("PetaPoco.Database", "PetaPoco.IExecute", "PetaPoco.IExecuteAsync", "PetaPoco.IQuery", "PetaPoco.IQueryAsync", "PetaPoco.Database", "PetaPoco.Sql"),
        PetaPocoLike("NPoco.IDatabase", "NPoco.IDatabase", "NPoco.IAsyncDatabase", "NPoco.IBaseDatabase", "NPoco.IDatabaseQuery", "NPoco.IAsyncQueryDatabase", "NPoco.Sql"),
        new SqlLibrary(
            SinkKinds.Other,
            Types("ServiceStack.OrmLite.OrmLiteReadApi"),
            OrmLite("ServiceStack.OrmLite.OrmLiteReadApi"),
            OrmLite("ServiceStack.OrmLite.OrmLiteReadApiAsync"),
            OrmLite("ServiceStack.OrmLite.OrmLiteWriteApi"),
            OrmLite("ServiceStack.OrmLite.OrmLiteWriteApiAsync")),
        new SqlLibrary(
            SinkKinds.Other,
            Types("Cassandra.ISession"),
            Call("Cassandra.ISession", "Execute", "ExecuteAsync", "Prepare", "PrepareAsync"),
            New("Cassandra.SimpleStatement", "QueryString", "SimpleStatement")),
        new SqlLibrary(
            SinkKinds.Other,
            Types("SQLite.SQLiteConnection"),
            SqliteNet("SQLite.SQLiteConnection"),
            SqliteNet("SQLite.SQLiteAsyncConnection")),
        new SqlLibrary(
            SinkKinds.Other,
            Types("RepoDb.DbConnectionExtension"),
            Call(
                "RepoDb.DbConnectionExtension",
                "ExecuteQuery", "ExecuteQueryAsync", "ExecuteQueryMultiple", "ExecuteQueryMultipleAsync", "ExecuteNonQuery", "ExecuteNonQueryAsync", "ExecuteScalar", "ExecuteScalarAsync", "ExecuteReader", "ExecuteReaderAsync")),
        new SqlLibrary(
            SinkKinds.Other,
            Types("SqlKata.Query"),
            Call("SqlKata.BaseQuery", "WhereRaw", "OrWhereRaw", "FromRaw"),
            Call("SqlKata.Query", "SelectRaw", "OrderByRaw", "GroupByRaw", "HavingRaw", "OrHavingRaw", "CombineRaw")),
        new SqlLibrary(
            SinkKinds.Other,
            Types("SqlSugar.IAdo"),
            Call("SqlSugar.IAdo", "SqlQuery", "SqlQueryAsync", "SqlQuerySingle", "SqlQuerySingleAsync", "ExecuteCommand", "ExecuteCommandAsync", "GetDataTable", "GetDataTableAsync", "GetScalar", "GetScalarAsync", "GetInt", "GetString", "GetDataReader")),
        new SqlLibrary(
            SinkKinds.Other,
            Types("Microsoft.Practices.EnterpriseLibrary.Data.Database"),
            Call("Microsoft.Practices.EnterpriseLibrary.Data.Database", "GetSqlStringCommand", "ExecuteDataSet", "ExecuteNonQuery", "ExecuteReader", "ExecuteScalar", "LoadDataSet")),
        new SqlLibrary(
            SinkKinds.Other,
            Types("Google.Cloud.BigQuery.V2.BigQueryClient", "Google.Cloud.Spanner.Data.SpannerConnection"),
            Call("Google.Cloud.BigQuery.V2.BigQueryClient", "ExecuteQuery", "ExecuteQueryAsync", "CreateQueryJob", "CreateQueryJobAsync"),
            Call("Google.Cloud.Spanner.Data.SpannerConnection", "CreateSelectCommand", "CreateDmlCommand", "CreateDdlCommand")));

    /// <summary>All names, whatever is referenced.</summary>
    public static readonly NameSet AllNames = new(Libraries.SelectMany(static l => l.Names.Names).Distinct(StringComparer.Ordinal));

    private static readonly Dictionary<string, (SqlLibrary Library, SqlSink Sink)[]> ByName = Libraries
        .SelectMany(static l => l.Sinks.SelectMany(s => s.Names.Select(n => (Name: n, Library: l, Sink: s))))
        .GroupBy(static r => r.Name, StringComparer.Ordinal)
        .ToDictionary(static g => g.Key, static g => g.Select(static r => (r.Library, r.Sink)).ToArray(), StringComparer.Ordinal);

    public static (SqlLibrary Library, SqlSink Sink)[] Of(string name) => ByName.TryGetValue(name, out var rows) ? rows : [];

    private static SqlSink Set(string type, params string[] names) => new(SinkShape.Assignment, type, names.ToImmutableArray());

    private static SqlSink New(string type, string property, params string[] names) => new(SinkShape.Creation, type, names.ToImmutableArray()) { Property = property };

    private static SqlSink Call(string type, params string[] names) => new(SinkShape.Call, type, names.ToImmutableArray());

    private static ImmutableArray<string> Types(params string[] names) => names.ToImmutableArray();

    private static SqlLibrary PetaPocoLike(string marker, params string[] types)
    {
        string[] methods =
        [
            "Execute", "ExecuteAsync", "ExecuteScalar", "ExecuteScalarAsync", "Query", "QueryAsync", "Fetch", "FetchAsync", "Page", "PageAsync", "SkipTake", "SkipTakeAsync", "Single", "SingleAsync", "SingleOrDefault",
            "SingleOrDefaultAsync", "First", "FirstAsync", "FirstOrDefault", "FirstOrDefaultAsync", "Append", "Where", "Select", "From", "OrderBy",
        ];
        return new SqlLibrary(SinkKinds.Other, Types(marker), [.. types.Select(t => Call(t, methods)), New(types[types.Length - 1], "SQL", "Sql")]);
    }

    private static SqlSink OrmLite(string type) => Call(
        type,
        "SqlList", "SqlListAsync", "SqlScalar", "SqlScalarAsync", "SqlColumn", "SqlColumnAsync", "ExecuteSql", "ExecuteSqlAsync", "ExecuteNonQuery", "ExecuteNonQueryAsync", "Select", "SelectAsync", "Single", "SingleAsync",
        "Scalar", "ScalarAsync", "Column", "ColumnAsync", "ColumnDistinct", "Lookup", "Dictionary");

    private static SqlSink SqliteNet(string type) => Call(type, "Execute", "ExecuteAsync", "Query", "QueryAsync", "DeferredQuery", "DeferredQueryAsync", "ExecuteScalar", "ExecuteScalarAsync", "CreateCommand", "FindWithQuery", "QueryScalars");
}
