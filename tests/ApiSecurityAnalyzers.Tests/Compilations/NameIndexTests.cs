using System.Text;
using ApiSecurityAnalyzers.Compilations;
using CsCheck;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ApiSecurityAnalyzers.Tests.Compilations;

public sealed class NameIndexTests
{
    private const int ChunkLength = 16 * 1024;

    private static readonly NameSet Names = KnownNames.Host;

    [Fact]
    public void Finds_names_in_source_order()
    {
        var found = Tokens("class C { Startup a; IHostBuilder b; Startup c; }");
        Assert.Equal(["Startup", "IHostBuilder", "Startup"], found);
    }

    [Fact]
    public void Skips_names_in_comments_strings_and_disabled_text()
    {
        const string Text = """
            // Startup
            /* Startup */
            /// <see cref="Startup"/>
            class C { string s = "Startup", t = $"{1} Startup"; }
            #if NEVER
            class Startup { }
            #endif
            """;
        Assert.True(Index(Text).HasAny(Names));
        Assert.Empty(Tokens(Text));
        Assert.Equal("Startup", Assert.Single(Index(Text).Disabled(Names, Root(Text), TestContext.Current.CancellationToken)).Name);
    }

    [Fact]
    public void Says_no_where_nothing_occurs()
    {
        var index = Index("class StartupX { int XStartup, startup, Start, up; }");
        Assert.False(index.HasAny(Names));
        Assert.False(index.Has("Startup"));
        Assert.False(index.Has("NotWatchedAtAll"));
    }

    [Theory]
    [InlineData("class C { @Startup a; }")]
    [InlineData("class C { object o = new Startup(); }")]
    [InlineData("class C { object o = Größe.Startup; }")]
    [InlineData("class Startup<T>{}")]
    [InlineData("Startup")]
    public void Finds_verbatim_and_adjacent(string text) => Assert.Equal(["Startup"], Tokens(text));

    [Theory]
    [InlineData("class C { ÄStartup a; Startupß b; Startup日本 c; }")]
    [InlineData("class C { Startup\u0301 a; }")]
    public void Skips_longer_identifiers_with_other_letters(string text) => Assert.Empty(Tokens(text));

    [Fact]
    public void Finds_a_name_wherever_a_chunk_is_cut()
    {
        // the name is moved over the border of two chunks one character at a time
        for (var shift = -12; shift <= 3; shift++)
        {
            var text = "class C { /*" + new string('x', ChunkLength + shift - 14) + "*/ Startup a; }";
            Assert.Equal(["Startup"], Tokens(text));
        }
    }

    [Fact]
    public void Finds_names_behind_an_identifier_longer_than_a_chunk()
    {
        var text = "class " + new string('x', 3 * ChunkLength) + " { Startup a; }";
        Assert.Equal(["Startup"], Tokens(text));
    }

    [Fact]
    public void Finds_all_names_of_a_huge_file()
    {
        var text = new StringBuilder("class C {\n");
        for (var i = 0; i < 50_000; i++)
            text.Append("    int field").Append(i).Append(i % 10_000 == 0 ? "; Startup s" + i : "").Append(";\n");
        Assert.Equal(5, Tokens(text.Append('}').ToString()).Count);
    }

    [Fact]
    public void Agrees_with_the_parser()
    {
        string[] pieces = ["Startup", "IHostBuilder", "x", "Startup1", "_", "\n", " ", ".", "/*", "*/", "//", "\"", "@", "é", "WebHost", "#if X\n", "\n#endif\n", "(", "{", "}"];
        Gen.Int[0, pieces.Length - 1].Array[0, 60].Sample(indices =>
        {
            var text = string.Concat(indices.Select(i => pieces[i]));
            var root = CSharpSyntaxTree.ParseText(text).GetRoot();
            var expected = root.DescendantTokens().Where(t => t.IsKind(SyntaxKind.IdentifierToken) && !t.IsMissing && Names.Names.Contains(t.ValueText)).Select(static t => t.SpanStart).ToList();
            var actual = NameIndex.For(root.SyntaxTree, default).Tokens(Names, root, default).Select(static t => t.SpanStart).ToList();
            Assert.Equal(expected, actual);
        }, iter: 2_000);
    }

    private static NameIndex Index(string text) => NameIndex.For(CSharpSyntaxTree.ParseText(text), default);

    private static SyntaxNode Root(string text) => CSharpSyntaxTree.ParseText(text).GetRoot();

    private static List<string> Tokens(string text)
    {
        var tree = CSharpSyntaxTree.ParseText(text);
        return [.. NameIndex.For(tree, default).Tokens(Names, tree.GetRoot(), default).Select(static t => t.ValueText)];
    }
}
