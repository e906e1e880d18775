using ApiSecurityAnalyzers.CodeFixes.Injection.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Tests.Injection;

/// <summary>What the values in composed SQL text are.</summary>
public sealed class SqlGrammarTests
{
    private static readonly CSharpCompilation Framework = CSharpCompilation.Create("Text", null, References.Net, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    [Theory]
    [InlineData("SELECT * FROM t WHERE a = '{x}'", "Value")]
    [InlineData("SELECT * FROM t WHERE a = {x} AND b >= {y}", "Value Value")]
    [InlineData("SELECT * FROM t WHERE a LIKE '%{x}%' ESCAPE '\\\\'", "Value")]
    [InlineData("SELECT * FROM t WHERE a BETWEEN {x} AND {y}", "Value Value")]
    [InlineData("SELECT * FROM t WHERE a = 1 AND {x} = 2", "Column")]
    [InlineData("SELECT * FROM t WHERE a = 1 AND {x}", "Fragment")]
    [InlineData("SELECT * FROM t WHERE lower(a) = lower({x})", "Value")]
    [InlineData("SELECT * FROM t WHERE lower({x}) = 'a'", "Fragment")]
    [InlineData("SELECT * FROM t WHERE a IN ({x})", "List")]
    [InlineData("SELECT * FROM t WHERE a IN ('{x}', '{y}')", "Value Value")]
    [InlineData("SELECT * FROM t WHERE a IN ({x}, {y})", "Value Value")]
    [InlineData("SELECT * FROM t WHERE a IN (SELECT b FROM c WHERE d = {x})", "Value")]
    [InlineData("INSERT INTO t (a, b) VALUES ('{x}', {y}), (3, {x})", "Value Value Value")]
    [InlineData("INSERT INTO t ({x}) VALUES (1)", "Column")]
    [InlineData("INSERT INTO {x} (a) VALUES (1)", "Table")]
    [InlineData("UPDATE t SET a = {x}, b = '{y}' WHERE c = 1", "Value Value")]
    [InlineData("UPDATE t SET {x} = 1", "Column")]
    [InlineData("UPDATE {x} SET a = 1", "Table")]
    [InlineData("DELETE FROM [{x}] WHERE a = 1", "Table")]
    [InlineData("SELECT {x}, {y} FROM t", "Column Column")]
    [InlineData("SELECT count({x}) FROM t", "Column")]
    [InlineData("SELECT * FROM dbo.{x} JOIN {y} ON 1 = 1", "Table Table")]
    [InlineData("SELECT * FROM t_{x}", "Table")]
    [InlineData("SELECT * FROM t ORDER BY {x} {y}", "Column Direction")]
    [InlineData("SELECT * FROM t ORDER BY a, {x} DESC", "Column")]
    [InlineData("SELECT * FROM t ORDER BY [a] {x}", "Direction")]
    [InlineData("SELECT a FROM t GROUP BY {x} HAVING sum(b) > {y}", "Column Value")]
    [InlineData("SELECT * FROM t LIMIT {x} OFFSET {y}", "Count Count")]
    [InlineData("SELECT TOP {x} * FROM t", "Count")]
    [InlineData("EXEC p '{x}', {y}", "Value Value")]
    [InlineData("EXEC p @a = {x}", "Value")]
    [InlineData("EXEC {x}", "Table")]
    [InlineData("CALL p({x}, '{y}')", "Value Value")]
    [InlineData("EXEC sp_executesql N'SELECT {x}'", "Fragment")]
    [InlineData("CREATE USER u PASSWORD '{x}'", "Fragment")]
    [InlineData("DROP TABLE {x}", "Table")]
    [InlineData("SELECT a AS '{x}' FROM t", "Fragment")]
    [InlineData("SELECT * FROM t WHERE d > now() - INTERVAL '{x} days'", "Fragment")]
    [InlineData("SELECT * FROM t {x}", "Fragment")]
    [InlineData("{x}", "Fragment")]
    [InlineData("SELECT * FROM t WHERE a = @p{x}", "Fragment")]
    [InlineData("SELECT 1; DELETE FROM t WHERE a = '{x}'", "Value")]
    [InlineData("/* it's */ SELECT * FROM t -- don't\\n WHERE a = '{x}'", "Value")]
    [InlineData("SELECT \\\"a\\\" FROM t WHERE \\\"{x}\\\" = 1", "Column")]
    [InlineData("WITH c AS (SELECT * FROM t WHERE a = '{x}') SELECT * FROM c WHERE b = '{y}'", "Value Value")]
    [InlineData("SELECT CASE WHEN a = '{x}' THEN 1 END FROM t", "Value")]
    public void Reads_roles(string text, string roles) => Assert.Equal(roles, string.Join(' ', Slots(text).Select(static s => s.Role)));

    [Theory]
    [InlineData("SELECT 'open {x}")]
    [InlineData("SELECT 1 -- {x}")]
    [InlineData("SELECT 1 /* {x} */")]
    [InlineData("SELECT 1 /* open")]
    public void Gives_up_on(string text) => Assert.True(Lex(text).Lexer.HasFailed);

    [Theory]
    [InlineData("name", "name")]
    [InlineData("user.Name", "userName")]
    [InlineData("order.ShipCity", "shipCity")]
    [InlineData("this._userId", "userId")]
    [InlineData("Request.Query[\"name\"]", "name")]
    [InlineData("Request.Query[\"user-name\"]", "value")]
    [InlineData("name.Trim().ToLower()", "name")]
    [InlineData("name ?? \"x\"", "name")]
    [InlineData("(string)GetName()", "name")]
    [InlineData("await LoadCityAsync()", "value")]
    [InlineData("item?.Title", "itemTitle")]
    [InlineData("date.Value.Year", "year")]
    [InlineData("a + b", "value")]
    [InlineData("@event", "event")]
    [InlineData("string.Join(\",\", ids)", "ids")]
    public void Suggests_names(string expression, string name) => Assert.Equal(name, PlaceholderNames.Suggest(SyntaxFactory.ParseExpression(expression)));

    [Fact]
    public void Names_are_unique()
    {
        var names = new PlaceholderNames(["NAME"]);
        Assert.Equal(["name2", "name3", "city"], new[] { names.Next("name"), names.Next("name"), names.Next("city") });
    }

    private static IReadOnlyList<SqlSlot> Slots(string text)
    {
        var (lexer, model) = Lex(text);
        Assert.False(lexer.HasFailed);
        return SqlGrammar.Run(lexer.Tokens, h => SqlList.Of(h.Expression, model) is not null, false);
    }

    private static (SqlLexer Lexer, SemanticModel Model) Lex(string text)
    {
        var tree = CSharpSyntaxTree.ParseText($"class C {{ string M(string x, string y) => $\"{text}\"; }}", cancellationToken: TestContext.Current.CancellationToken);
        var model = Framework.AddSyntaxTrees(tree).GetSemanticModel(tree);
        var expression = tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<ArrowExpressionClauseSyntax>().Single().Expression;
        var reader = new SqlTextReader(model, tree.GetText(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        return (SqlLexer.Run(reader.Read(expression)!, reader.Expand), model);
    }
}
