using ApiSecurityAnalyzers.Engines.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiSecurityAnalyzers.Tests.Injection;

/// <content>What a diagnostic tells the fix: location, composing expressions, kind of sink.</content>
public sealed partial class ComposedSqlTextTests
{
    [Theory]
    [InlineData("command.CommandText = \"SELECT \" + name;", "\"SELECT \" + name")]
    [InlineData("var sql = \"SELECT \" + name; command.CommandText = sql;", "sql", "\"SELECT \" + name")]
    [InlineData("var sql = \"SELECT \" + name; sql += \" LIMIT 1\"; command.CommandText = sql;", "sql", "\"SELECT \" + name")]
    [InlineData("var sql = \"SELECT \"; sql += name; sql += $\", {name}\"; command.CommandText = sql;", "sql", "sql += name", "$\", {name}\"")]
    [InlineData("var text = new System.Text.StringBuilder(\"SELECT \"); text.Append(name).Append($\", {name}\"); command.CommandText = text.ToString();", "text.ToString()", "text.Append(name)", "$\", {name}\"")]
    [InlineData("var where = $\"Name = '{name}'\"; command.CommandText = \"SELECT * FROM Users WHERE \" + where;", "\"SELECT * FROM Users WHERE \" + where", "$\"Name = '{name}'\"")]
    [InlineData("command.CommandText = \"SELECT \" + $\"'{name}'\" + \" FROM A\";", "\"SELECT \" + $\"'{name}'\" + \" FROM A\"")]
    [InlineData("command.CommandText += name;", "name", "command.CommandText += name")]
    [InlineData("var sql = string.Format(\"SELECT {0}\", name); command.CommandText = sql;", "sql", "string.Format(\"SELECT {0}\", name)")]
    public async Task Reports_where_the_text_is_composed(string statements, string location, params string[] others)
    {
        var diagnostic = await SingleAsync(statements);
        Assert.Equal(location, TextAt(diagnostic.Location));
        Assert.Equal(others, diagnostic.AdditionalLocations.Select(TextAt));
        Assert.Equal(SinkKinds.AdoNet, diagnostic.Properties[SinkKinds.Property]);
    }

    [Theory]
    [InlineData("command.CommandText = \"SELECT \" + name + name.ToUpper();", "'name' becomes part of the SQL text of 'SqliteCommand.CommandText', which lets its value change the statement")]
    [InlineData("command.CommandText = System.IO.File.ReadAllText(\"a.sql\").Replace(\"$(name)\", name);", "'name' becomes part of the SQL text of 'SqliteCommand.CommandText', which lets its value change the statement")]
    [InlineData("command.CommandText = \"SELECT \" + name.PadLeft(1000000000).PadLeft(1000000000).PadLeft(1000000000).PadLeft(10);", "'name' becomes part of the SQL text of 'SqliteCommand.CommandText', which lets its value change the statement")]
    [InlineData("command.CommandText = \"SELECT \" + System.IO.File.ReadAllText(System.IO.Path.Combine(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\", \"b\"));", "'System.IO.File.ReadAllText(System.IO.Path.Combine(\"aaaaaaaa…' becomes part of the SQL text of 'SqliteCommand.CommandText', which lets its value change the statement")]
    public async Task Reports_the_first_piece(string statements, string message) =>
        Assert.Equal(message, (await SingleAsync(statements)).GetMessage(System.Globalization.CultureInfo.InvariantCulture));

    private static string TextAt(Location location) => location.SourceTree!.GetText().ToString(location.SourceSpan);

    private static async Task<Diagnostic> SingleAsync(string statements)
    {
        var tree = CSharpSyntaxTree.ParseText($$"""
            public class Program
            {
                public static void Main(string[] args) => Run(new Microsoft.Data.Sqlite.SqliteCommand(), args[0]);

                private static void Run(Microsoft.Data.Sqlite.SqliteCommand command, string name)
                {
                    {{statements}}
                }
            }
            """);
        var compilation = CSharpCompilation.Create("Subject", [tree], References.Net.AddRange(Packages.Sqlite.Value), new CSharpCompilationOptions(OutputKind.ConsoleApplication));
        return Assert.Single(await compilation.WithAnalyzers([new SqlTextAnalyzer()]).GetAnalyzerDiagnosticsAsync());
    }
}
