using ApiSecurityAnalyzers.Compilations;
using CsCheck;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.Tests.Compilations;

public sealed class JsonSettingsTests
{
    [Theory]
    [InlineData("""{ "A": { "B": "x" } }""", "A:B", "x")]
    [InlineData("""{ "A": { "B": "x" } }""", "a:b", "x")]
    [InlineData("""{ "A:B": "x" }""", "A:B", "x")]
    [InlineData("""{ "A": [ "x", "y" ] }""", "A:1", "y")]
    [InlineData("""{ "A": [ { "B": true } ] }""", "A:0:B", "true")]
    [InlineData("""{ "A": 1.5e-3, "B": null }""", "A", "1.5e-3")]
    [InlineData("""{ "A": null }""", "A", "null")]
    [InlineData("""{ "A": "1", "A": "2" }""", "A", "2")]
    [InlineData("""{ "A": "a\"b\\\u0041\n" }""", "A", "a\"b\\A\n")]
    [InlineData("\uFEFF{ \"A\": \"x\" }", "A", "x")]
    [InlineData("{ // line\n /* block */ \"A\" /* here */ : /* there */ \"x\", }", "A", "x")]
    [InlineData("""{ "A": [ "x", ], "B": "y", }""", "B", "y")]
    [InlineData("""{ "A": "x" """, "A", "x")]
    [InlineData("""{ "A": "x", "B" """, "A", "x")]
    [InlineData("""{ "A": "x", B: 1 }""", "A", "x")]
    public void Reads_value(string text, string path, string value) => Assert.Equal(value, Read(text)[path]);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("""{ "A" : }""")]
    [InlineData("""{ "A": "unfinished""")]
    [InlineData("/* unfinished")]
    [InlineData("// only a comment")]
    [InlineData("\"\\")]
    [InlineData("{\"A\":\"\\u12")]
    public void Survives_broken_text(string text) => Assert.Null(Read(text)["A:B"]);

    [Fact]
    public void Stops_at_deep_nesting() => Assert.Empty(Read(string.Concat(Enumerable.Repeat("{\"A\":", 100_000)) + "1").All);

    [Fact]
    public void Tells_where_a_value_stands()
    {
        const string Text = """{ "A": { "B": "x y" } }""";
        var setting = Assert.Single(Read(Text).All);
        Assert.Equal("\"x y\"", Text.Substring(setting.Span.Start, setting.Span.Length));
    }

    [Fact]
    public void Sections_hold_what_is_below_them()
    {
        var settings = Read("""{ "Logging": { "LogLevel": { "Default": "Warning" } }, "LoggingX": { "Y": "1" } }""");
        Assert.Equal("Logging:LogLevel:Default", Assert.Single(settings.Section("logging")).Path);
    }

    [Fact]
    public void Never_throws()
    {
        string[] pieces = ["{", "}", "[", "]", ":", ",", "\"", "\\", "a", "1", "//", "/*", "*/", "\n", " ", "\\u", "00"];
        Gen.Int[0, pieces.Length - 1].Array[0, 80].Sample(indices => !Read(string.Concat(indices.Select(i => pieces[i]))).All.IsDefault, iter: 5_000);
    }

    private static JsonSettings Read(string text) => JsonSettings.For(SourceText.From(text));
}
