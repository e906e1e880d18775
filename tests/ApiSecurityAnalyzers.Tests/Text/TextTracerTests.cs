using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiSecurityAnalyzers.Tests.Text;

/// <summary>What a text can be made of: the value of the argument of <c>Use</c>.</summary>
public sealed class TextTracerTests
{
    [Theory]
    [InlineData("Use(\"a\" + 1 + 'c' + nameof(Run));")]
    [InlineData("Use($\"a{number}{DateTime.Now:o}{Guid.Empty}{Kind.A}\");")]
    [InlineData("var s = text; s = \"a\"; Use(s);")]
    [InlineData("var s = \"a\"; for (var i = 0; i < number; i++) s = s + i; Use(s);")]
    [InlineData("string s; do { s = \"a\"; } while (number-- > 0); Use(s);")]
    [InlineData("string s = text; using (var x = new System.IO.StringWriter()) { s = \"a\"; } Use(s);")]
    [InlineData("string s = text; lock (this) { s = \"a\"; } Use(s);")]
    [InlineData("string s = text; try { s = \"a\"; } finally { number = 0; } Use(s);")]
    [InlineData("string s = text; if (number > 0) throw new Exception(s); else s = \"a\"; Use(s);")]
    [InlineData("var s = new StringBuilder(text); s.Length = 0; s.Append(1); Use(s.ToString());")]
    [InlineData("var d = new Dictionary<string, string>(); d[\"x\"] = \"a\"; Use(d[text]);")]
    [InlineData("var q = new Queue<string>(); q.Enqueue(\"a\"); Use(q.Dequeue());")]
    [InlineData("var (a, b) = (\"x\", text); Use(a);")]
    [InlineData("Use(number is var n && n > 0 ? $\"{n}\" : \"\");")]
    [InlineData("Use(text == \"a\" ? text : \"b\");")]
    [InlineData("Use(default(string)!);")]
    public void Harmless(string statements)
    {
        var value = Trace(statements);
        Assert.True(value.IsHarmless, string.Join(", ", value.Parts.Select(static p => p.Expression.ToString())));
    }

    [Theory]
    [InlineData("Use(text);")]
    [InlineData("Use(text.Trim());")]
    [InlineData("Use(text + \";\");")]
    [InlineData("Use($\"{text};\");")]
    [InlineData("var s = text; Use(s);")]
    [InlineData("Use((text));")]
    [InlineData("Use(text!);")]
    [InlineData("Use((string)text);")]
    [InlineData("Use(number > 0 ? text : \"a\");")]
    [InlineData("Use(new StringBuilder().Append(text).Append(';').ToString());")]
    [InlineData("foreach (var line in text.Split(';')) Use(line);")]
    public void Whole(string statements)
    {
        var value = Trace(statements);
        Assert.False(value.IsComposed);
        Assert.Equal("text", Assert.Single(value.Parts).Parameter?.Name);
    }

    [Theory]
    [InlineData("Use(\"a\" + text);", "text", "\"a\" + text")]
    [InlineData("Use($\"a{text}{more}\");", "text|more", "$\"a{text}{more}\"")]
    [InlineData("var s = \"a\"; s += text; s += more; Use(s);", "text|more", "s += text|s += more")]
    [InlineData("var s = \"a\" + text; if (number > 0) s = \"b\" + more; Use(s);", "text|more", "\"a\" + text|\"b\" + more")]
    [InlineData("var s = \"\"; while (number-- > 0) { Use(s); s = \"a\" + text; }", "text", "\"a\" + text")]
    [InlineData("var s = \"a\"; try { s = \"b\" + text; number = 1; s = \"c\"; } catch (Exception) { } Use(s);", "text", "\"b\" + text")]
    [InlineData("var s = \"a\"; try { s = \"b\" + text; number = 1; s = \"c\"; } catch (Exception) { Use(s); }", "text", "\"b\" + text")]
    [InlineData("var s = \"a\"; void Set() => s = \"b\" + text; Set(); Use(s);", "text", "\"b\" + text")]
    [InlineData("var l = new List<string>(); l.Add(text); l.AddRange([more]); Use(string.Join(\",\", l));", "text|more", "string.Join(\",\", l)")]
    [InlineData("var b = new StringBuilder(); b.Append('a').AppendFormat(\"{0}\", text); Use(b.ToString());", "text", "b.Append('a').AppendFormat(\"{0}\", text)")]
    [InlineData("var s = \"a\"; if (text is { Length: > 2 } long3) s += long3; Use(s);", "text", "s += long3")]
    [InlineData("var d = new Dictionary<string, string> { [\"a\"] = text }; Use(d.TryGetValue(\"a\", out var v) ? \"b\" + v : \"\");", "text", "\"b\" + v")]
    public void Composed(string statements, string parts, string compositions)
    {
        var value = Trace(statements);
        Assert.Equal(parts, string.Join('|', value.Parts.Select(static p => p.Expression.ToString())));
        Assert.Equal(compositions, string.Join('|', value.Compositions.OrderBy(static c => c.SpanStart).Select(static c => c.ToString())));
    }

    [Theory]
    [InlineData("private static void M(string p) { } void N() => M(\"a\");", nameof(ParameterOrigin.Constant))]
    [InlineData("private static void M(string p = \"a\") { } void N() => M();", nameof(ParameterOrigin.Constant))]
    [InlineData("private static void M(params string[] p) { } void N() => M(\"a\", \"b\");", nameof(ParameterOrigin.Constant))]
    [InlineData("private static void M(string p) { if (p.Length > 1) M(p); } void N() => M(\"a\");", nameof(ParameterOrigin.Constant))]
    [InlineData("private static void M(string p) { } private static void O(string q) => M(q); void N() => O(\"a\");", nameof(ParameterOrigin.Constant))]
    [InlineData("private static void M(string p) { } void N() => M(Console.ReadLine()!);", nameof(ParameterOrigin.Open))]
    [InlineData("private static void M(string p) { } void N() { M(\"a\"); new List<string>().ForEach(M); }", nameof(ParameterOrigin.Open))]
    [InlineData("private static void M(string p) { }", nameof(ParameterOrigin.Open))]
    [InlineData("public static void M(string p) { } void N() => M(\"a\");", nameof(ParameterOrigin.Outside))]
    [InlineData("public static void M(string p) { }", nameof(ParameterOrigin.Outside))]
    [InlineData("internal static void M(string p) { } void N() => M(nameof(M));", nameof(ParameterOrigin.Constant))]
    public void Parameter(string members, string origin)
    {
        var (compilation, tree) = Compile("public partial class Subject { " + members + " }");
        var model = compilation.GetSemanticModel(tree);
        var parameter = tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<ParameterSyntax>().First(static p => p.Identifier.ValueText == "p");
        var tracer = new TextTracer(CompilationFacts.For(compilation, new AnalyzerOptions([])), model, TestContext.Current.CancellationToken);
        Assert.Equal(origin, tracer.OriginOf(model.GetDeclaredSymbol(parameter, TestContext.Current.CancellationToken)!).ToString());
    }

    private static TextValue Trace(string statements)
    {
        var (compilation, tree) = Compile("public partial class Subject { enum Kind { A } void Use(string s) { } public void Run(string text, string more, int number) { " + statements + " } }");
        var argument = tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().First(static i => i.Expression is IdentifierNameSyntax { Identifier.ValueText: "Use" }).ArgumentList.Arguments[0].Expression;
        return new TextTracer(CompilationFacts.For(compilation, new AnalyzerOptions([])), compilation.GetSemanticModel(tree), CancellationToken.None).Trace(argument);
    }

    private static (CSharpCompilation Compilation, SyntaxTree Tree) Compile(string text)
    {
        var tree = CSharpSyntaxTree.ParseText("using System; using System.Collections.Generic; using System.Linq; using System.Text;\n" + text);
        var compilation = CSharpCompilation.Create("Subject", [tree], References.Net, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error));
        return (compilation, tree);
    }
}
