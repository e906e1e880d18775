using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Text;

/// <summary>Members of libraries whose text is fixed by the code or the model, or is quoted or encoded by those who know how.</summary>
internal static class KnownTexts
{
    /// <summary>Type, and the names of its members whose result is harmless whatever goes in.</summary>
    private static readonly ImmutableArray<(string Type, ImmutableArray<string> Members)> Harmless = ImmutableArray.Create(
        Row("System.Environment", "NewLine", "ProcessId", "TickCount"),
        Row("System.Type", "Name", "FullName", "Namespace", "AssemblyQualifiedName"),
        Row("System.Reflection.MemberInfo", "Name"),
        Row("System.Reflection.ParameterInfo", "Name"),
        Row("System.Convert", "ToBase64String", "ToHexString", "ToHexStringLower"),
        Row("System.BitConverter", "ToString"),
        Row("System.Enum", "GetName", "GetNames", "ToString", "Format"),
        Row("System.Guid", "ToString"),
        Row("System.Data.IDataParameter", "ParameterName"),
        Row("System.Data.Common.DbParameter", "ParameterName"),
        Row("System.Data.IDbCommand", "CommandText"),
        Row("System.Data.Common.DbCommand", "CommandText"),
        Row("System.Data.Common.DbBatchCommand", "CommandText"),
        Row("System.Data.Common.DbCommandBuilder", "QuoteIdentifier", "QuotePrefix", "QuoteSuffix", "GetParameterName", "GetParameterPlaceholder"),
        Row("MySql.Data.MySqlClient.MySqlHelper", "EscapeString"),
        Row("MySqlConnector.MySqlHelper", "EscapeString"),
        Row("Microsoft.EntityFrameworkCore.Storage.ISqlGenerationHelper", "DelimitIdentifier", "GenerateParameterName", "GenerateParameterNamePlaceholder", "StatementTerminator"),
        Row("Microsoft.EntityFrameworkCore.RelationalEntityTypeExtensions", "GetTableName", "GetSchema", "GetSchemaQualifiedTableName", "GetViewName", "GetViewSchema", "GetSchemaQualifiedViewName", "GetDefaultTableName"),
        Row("Microsoft.EntityFrameworkCore.RelationalPropertyExtensions", "GetColumnName", "GetColumnType", "GetColumnBaseName", "GetDefaultColumnName"),
        Row("Microsoft.EntityFrameworkCore.RelationalModelExtensions", "GetDefaultSchema"),
        Row("Microsoft.EntityFrameworkCore.Metadata.ITableBase", "Name", "Schema", "SchemaQualifiedName"),
        Row("Microsoft.EntityFrameworkCore.Metadata.IColumnBase", "Name", "StoreType"),
        Row("Microsoft.EntityFrameworkCore.Metadata.IReadOnlyTypeBase", "Name", "DisplayName", "ShortName"),
        Row("Microsoft.EntityFrameworkCore.Metadata.IReadOnlyPropertyBase", "Name"),
        Row("Microsoft.EntityFrameworkCore.Metadata.StoreObjectIdentifier", "Name", "Schema", "DisplayName"),
        Row("Microsoft.EntityFrameworkCore.RelationalQueryableExtensions", "ToQueryString"),
        Row("Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions", "ToQueryString"),
        Row("Microsoft.EntityFrameworkCore.Migrations.Migration", "ActiveProvider"),
        Row("Microsoft.EntityFrameworkCore.Migrations.MigrationBuilder", "ActiveProvider"),
        Row("Microsoft.EntityFrameworkCore.Infrastructure.DatabaseFacade", "ProviderName"),
        Row("System.Resources.ResourceManager", "GetString"));

    private static readonly ImmutableArray<string> Configuration = ImmutableArray.Create(
        "Microsoft.Extensions.Configuration.IConfiguration", "Microsoft.Extensions.Configuration.ConfigurationBinder", "Microsoft.Extensions.Configuration.ConfigurationExtensions", "Microsoft.Extensions.Options.IOptions",
        "Microsoft.Extensions.Options.IOptionsMonitor", "System.Configuration.ConfigurationManager", "System.Environment", "System.Data.IDbConnection", "System.Data.Common.DbConnectionStringBuilder");

    /// <summary>Whether the member of a library gives harmless text.</summary>
    public static bool IsHarmless(ISymbol member)
    {
        foreach (var (type, members) in Harmless)
        {
            if (members.Contains(member.Name, StringComparer.Ordinal) && Belongs(member.ContainingType, type))
                return true;
        }

        // the arguments of an attribute are constants
        if (member.ContainingType.InheritsFrom("System.Attribute"))
            return true;

        // a read-only string of a library is as good as its constant
        return member is IFieldSymbol { IsStatic: true, IsReadOnly: true, DeclaringSyntaxReferences.IsEmpty: true };
    }

    /// <summary>Whether the piece comes from the operator: configuration, options, environment, the connection.</summary>
    public static bool IsConfiguration(ExpressionSyntax piece, TextTracer tracer)
    {
        for (ExpressionSyntax? current = piece; current is not null;)
        {
            if (tracer.SymbolOf(current) is { } symbol && Configuration.Any(c => Belongs(symbol.ContainingType, c)))
                return true;
            current = current switch
            {
                InvocationExpressionSyntax call => call.Expression,
                MemberAccessExpressionSyntax access => access.Expression,
                ElementAccessExpressionSyntax access => access.Expression,
                ConditionalAccessExpressionSyntax access => access.Expression,
                _ => null,
            };
        }

        return false;
    }

    public static bool Belongs(ITypeSymbol? type, string name) => type is not null && (type.InheritsFrom(name) || type.Implements(name));

    private static (string Type, ImmutableArray<string> Members) Row(string type, params string[] members) => (type, members.ToImmutableArray());
}
