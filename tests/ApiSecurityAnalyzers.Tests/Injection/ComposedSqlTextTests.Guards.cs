using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ApiSecurityAnalyzers.Tests.Injection;

/// <content>What makes a check an allow-list, and what does not.</content>
public sealed partial class ComposedSqlTextTests
{
    [Theory]
    [InlineData("""if (!System.Text.RegularExpressions.Regex.IsMatch(name, @"^[A-Za-z_][A-Za-z0-9_]*$")) return;""")]
    [InlineData("""if (!System.Text.RegularExpressions.Regex.IsMatch(name, @"^\w+$")) throw new ArgumentException(name);""")]
    [InlineData("""if (!System.Text.RegularExpressions.Regex.IsMatch(name, @"\A[\w.]+\z", System.Text.RegularExpressions.RegexOptions.CultureInvariant)) return;""")]
    [InlineData("""if (!System.Text.RegularExpressions.Regex.IsMatch(name, "^(?:asc|desc)$")) return;""")]
    [InlineData("""if (!System.Text.RegularExpressions.Regex.IsMatch(name, @"(?i)^(users|orders)(_\d{4})?$")) return;""")]
    [InlineData("""if (!System.Text.RegularExpressions.Regex.IsMatch(name, @"^\p{L}[\p{L}\p{Nd}_]{0,127}$")) return;""")]
    [InlineData("""if (System.Text.RegularExpressions.Regex.IsMatch(name, "[^A-Za-z0-9_]")) return;""")]
    [InlineData("""if (System.Text.RegularExpressions.Regex.IsMatch(name, @"\W")) throw new ArgumentException(name);""")]
    [InlineData("""if (!System.Text.RegularExpressions.Regex.Match(name, "^[a-z]+$").Success) return;""")]
    [InlineData("""var regex = new System.Text.RegularExpressions.Regex("^[a-z]+$"); if (!regex.IsMatch(name)) return;""")]
    [InlineData("""if (!name.All(c => char.IsLetterOrDigit(c) || c == '_')) return;""")]
    [InlineData("""if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.')) return;""")]
    [InlineData("""if (!name.All(c => c >= 'a' && c <= 'z' || c is >= '0' and <= '9')) return;""")]
    [InlineData("""if (name.Any(c => !char.IsLetterOrDigit(c) && c != '_')) return;""")]
    [InlineData("""if (!name.All(c => "abc_".Contains(c))) return;""")]
    [InlineData("""var known = new List<string> { "Name", "Age" }; if (!known.Contains(name)) return;""")]
    [InlineData("""var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "Name" }; if (!known.Contains(name)) return;""")]
    [InlineData("""var known = connection.GetSchema("Columns").Rows.Cast<System.Data.DataRow>().Select(r => r[0].ToString()).ToList(); if (!known.Contains(name)) return;""")]
    [InlineData("""if (!Enumerable.Contains(Columns, name)) return;""")]
    [InlineData("""if (!Array.Exists(Columns, c => c == name)) return;""")]
    [InlineData("""if (!typeof(Filter).GetProperties().Any(p => p.Name == name)) return;""")]
    public Task Silent_behind_a_strict_check(string check) => Body(check + """ command.CommandText = "SELECT * FROM Users ORDER BY " + name;""").CheckAsync();

    [Theory]
    [InlineData("""if (!System.Text.RegularExpressions.Regex.IsMatch(name, "[A-Za-z0-9_]+")) return;""")]
    [InlineData("""if (!System.Text.RegularExpressions.Regex.IsMatch(name, "^[A-Za-z0-9_]+")) return;""")]
    [InlineData("""if (!System.Text.RegularExpressions.Regex.IsMatch(name, "[A-Za-z0-9_]+$")) return;""")]
    [InlineData("""if (!System.Text.RegularExpressions.Regex.IsMatch(name, "^.+$")) return;""")]
    [InlineData("""if (!System.Text.RegularExpressions.Regex.IsMatch(name, @"^[\w\s]+$")) return;""")]
    [InlineData("""if (!System.Text.RegularExpressions.Regex.IsMatch(name, @"^[^;]+$")) return;""")]
    [InlineData("""if (!System.Text.RegularExpressions.Regex.IsMatch(name, "^[A-z ']+$")) return;""")]
    [InlineData("""if (!System.Text.RegularExpressions.Regex.IsMatch(name, "^a$|b")) return;""")]
    [InlineData("""if (!System.Text.RegularExpressions.Regex.IsMatch(name, @"^\S+$")) return;""")]
    [InlineData("""if (!System.Text.RegularExpressions.Regex.IsMatch(name, "^[a-z]+$", System.Text.RegularExpressions.RegexOptions.Multiline)) return;""")]
    [InlineData("""if (System.Text.RegularExpressions.Regex.IsMatch(name, "['\";]")) return;""")]
    [InlineData("""var regex = new System.Text.RegularExpressions.Regex("[a-z]+"); if (!regex.IsMatch(name)) return;""")]
    [InlineData("""if (!name.All(c => char.IsLetterOrDigit(c) || c == '\'')) return;""")]
    [InlineData("""if (!name.All(c => char.IsLetter(c) || char.IsWhiteSpace(c))) return;""")]
    [InlineData("""if (!name.Any(char.IsLetter)) return;""")]
    [InlineData("""if (name.Any(c => c == ';')) return;""")]
    [InlineData("""if (!filter.Name!.Contains(name)) return;""")]
    [InlineData("""if (!"Name,Age".Contains(name)) return;""")]
    [InlineData("""if (!names.Contains(name)) return;""")]
    [InlineData("""if (!HttpContext.Request.Query.ContainsKey(name)) return;""")]
    [InlineData("""if (!System.IO.File.Exists(name)) return;""")]
    public Task Reports_behind_a_permissive_check(string check) => Body(check + """ command.CommandText = {|ASA5002:"SELECT * FROM Users ORDER BY " + name|};""").CheckAsync();

    [Fact]
    public Task Silent_behind_the_answer_of_an_own_interface() => WithMembers(
        "public interface ITables { bool Contains(string table); } private readonly ITables _tables = null!;",
        """if (!_tables.Contains(name)) return; command.CommandText = "SELECT * FROM " + name;""").CheckAsync();

    [Theory]
    [InlineData("private SqliteCommand? _command;", """_command = new({|ASA5002:"SELECT * FROM " + name|}, connection);""")]
    [InlineData("private SqliteCommand? Command { get; set; }", """Command = new({|ASA5002:$"SELECT * FROM {name}"|}, connection);""")]
    [InlineData("private static void Run(SqliteCommand c) => c.ExecuteNonQuery();", """Run(new({|ASA5002:"SELECT * FROM " + name|}, connection));""")]
    [InlineData("", """var all = new List<SqliteCommand> { new({|ASA5002:"SELECT * FROM " + name|}, connection) };""")]
    [InlineData("private SqliteCommand? _command;", """_command ??= new() { CommandText = {|ASA5002:"SELECT * FROM " + name|} };""")]
    [InlineData("private SqliteCommand? _command;", """_command = id > 0 ? null : new({|ASA5002:"SELECT * FROM " + name|});""")]
    public Task Reports_creations_that_do_not_name_their_type(string members, string statements) => WithMembers(members, statements).CheckAsync();

    [Theory]
    [InlineData("private SqliteCommand? _command;", """_command = new("SELECT * FROM Users WHERE Id = " + id, connection);""")]
    [InlineData("private SqliteCommand? _command; private Exception? _error;", """_error = new("No " + name);""")]
    public Task Silent_for_creations_without_composed_text(string members, string statements) => WithMembers(members, statements).CheckAsync();

    [Theory]
    [InlineData("""command.CommandText = $"DELETE FROM Users WHERE Id IN ({ids.Select(i => i.ToString()).JoinTexts(",")})";""")]
    [InlineData("""command.CommandText = $"SELECT {Columns.JoinTexts(",")} FROM Users";""")]
    public Task Silent_for_joins_of_other_projects_that_join_harmless_values(string statement) => Body(statement).Reference(Texts).CheckAsync();

    [Theory]
    [InlineData("""command.CommandText = {|ASA5002:$"DELETE FROM Users WHERE Name IN ({names.JoinTexts(",")})"|};""")]
    [InlineData("""command.CommandText = {|ASA5002:$"DELETE FROM Users WHERE Id IN ({ids.Select(i => i.ToString()).JoinTexts(name)})"|};""")]
    public Task Reports_joins_of_other_projects_that_join_values(string statement) => Body(statement).Reference(Texts).CheckAsync();

    /// <summary>A referenced project without sources in sight.</summary>
    private static readonly Lazy<ImmutableArray<MetadataReference>> Texts = new(static () =>
    {
        var text = "namespace System.Linq { public static class Texts { public static string JoinTexts(this System.Collections.Generic.IEnumerable<string> texts, string separator) => string.Join(separator, texts); } }";
        var compilation = CSharpCompilation.Create("Texts", [CSharpSyntaxTree.ParseText(text)], References.Net, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        Assert.True(compilation.Emit(image).Success);
        return [MetadataReference.CreateFromImage(image.ToArray())];
    });
}
