using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.Tests.Compilations;

/// <summary>Stamps stay with members whose text stays, and go where a body, or what any body can mean, changes.</summary>
public sealed class MemberStampsTests
{
    private const string Class = "class C { int A() { return 1; } int B() { return A(); } class D { int E => 2; } }";

    private static int s_names;

    [Fact]
    public void An_edit_inside_a_body_renews_that_member_only()
    {
        var before = Create(Class);
        var after = Type(before, "return 1", "return 7");
        Assert.NotSame(Stamp(before, "A"), Stamp(after, "A"));
        Assert.Same(Stamp(before, "B"), Stamp(after, "B"));
        Assert.Same(Stamp(before, "E"), Stamp(after, "E"));
        Assert.True(Stamps(before).Holds(Stamp(before, "A")));
        Assert.False(Stamps(after).Holds(Stamp(before, "A")));
        Assert.True(Stamps(after).Holds(Stamp(before, "B")));
    }

    [Fact]
    public void Members_behind_the_edit_keep_their_stamps_although_they_move()
    {
        var before = Create(Class);
        var after = Type(before, "return 1", "// typing\n return 1");
        Assert.Same(Stamp(before, "B"), Stamp(after, "B"));
        Assert.NotEqual(Start(before, "B"), Start(after, "B"));
    }

    [Fact]
    public void A_document_that_is_read_again_keeps_its_stamps()
    {
        var before = Create(Class);
        _ = Stamp(before, "A");
        var old = before.SyntaxTrees[0];
        var after = before.ReplaceSyntaxTree(old, CSharpSyntaxTree.ParseText(old.ToString().Replace("return A()", "return 3", StringComparison.Ordinal), path: old.FilePath, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Same(Stamp(before, "A"), Stamp(after, "A"));
        Assert.NotSame(Stamp(before, "B"), Stamp(after, "B"));
    }

    [Theory]
    [InlineData("int A()", "long A()")]
    [InlineData("class D", "class F")]
    [InlineData("class C {", "class C { const int X = 1;")]
    [InlineData("class C {", "class C : System.IDisposable {")]
    [InlineData("class C {", "using System; class C {")]
    public void A_change_of_a_declaration_renews_everything(string from, string to)
    {
        var before = Create(Class, "class Other { void O() { } }");
        var stamp = Stamp(before, "O");
        var after = Type(before, from, to);
        Assert.NotSame(stamp, Stamp(after, "O"));
        Assert.False(Stamps(after).Holds(stamp));
    }

    [Fact]
    public void Top_level_statements_are_renewed_together_since_they_share_variables()
    {
        var before = Create("var f = () => { return 1; }; System.Console.WriteLine(f()); class C { void M() { } }");
        var statement = before.SyntaxTrees[0].GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<GlobalStatementSyntax>().Last();
        var (earlier, _) = Stamps(before).Of(statement)!.Value;
        _ = Stamp(before, "M");
        var after = Type(before, "return 1", "return \"\"");
        var same = after.SyntaxTrees[0].GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<GlobalStatementSyntax>().Last();
        Assert.NotSame(earlier, Stamps(after).Of(same)!.Value.Stamp);
        Assert.Same(Stamp(before, "M"), Stamp(after, "M"));
    }

    [Fact]
    public void What_stands_in_no_member_has_no_stamp()
    {
        var before = Create(Class);
        Assert.Null(Stamps(before).Of(before.SyntaxTrees[0].GetRoot(TestContext.Current.CancellationToken)));
        Assert.Null(Stamps(before).Of(before.SyntaxTrees[0].GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<ClassDeclarationSyntax>().First()));
    }

    private static CSharpCompilation Create(params string[] texts) => CSharpCompilation.Create(
        "Stamped" + Interlocked.Increment(ref s_names),
        texts.Select(static (t, i) => CSharpSyntaxTree.ParseText(t, path: i + ".cs")),
        Kit.References.Net,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    private static CSharpCompilation Type(CSharpCompilation before, string from, string to)
    {
        _ = Stamps(before);
        var tree = before.SyntaxTrees[0];
        var text = tree.GetText(TestContext.Current.CancellationToken);
        var changed = text.WithChanges(new TextChange(new TextSpan(text.ToString().IndexOf(from, StringComparison.Ordinal), from.Length), to));
        return before.ReplaceSyntaxTree(tree, tree.WithChangedText(changed));
    }

    private static MemberStamps Stamps(CSharpCompilation compilation) => MemberStamps.For(CompilationFacts.For(compilation, new AnalyzerOptions([])));

    private static MemberStamp Stamp(CSharpCompilation compilation, string member) => Stamps(compilation).Of(Member(compilation, member))!.Value.Stamp;

    private static int Start(CSharpCompilation compilation, string member) => Stamps(compilation).Of(Member(compilation, member))!.Value.Start;

    private static MemberDeclarationSyntax Member(CSharpCompilation compilation, string name) => compilation.SyntaxTrees.SelectMany(static t => t.GetRoot(TestContext.Current.CancellationToken).DescendantNodes())
        .OfType<MemberDeclarationSyntax>().First(m => m is MethodDeclarationSyntax method && method.Identifier.ValueText == name || m is PropertyDeclarationSyntax property && property.Identifier.ValueText == name);
}
