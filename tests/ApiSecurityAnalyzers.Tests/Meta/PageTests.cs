using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;

namespace ApiSecurityAnalyzers.Tests.Meta;

/// <summary>The page of a rule is complete and right: its code is compiled and analysed.</summary>
public sealed partial class PageTests
{
    private static readonly string[] Sections = ["Cause", "Why it matters", "Violation", "Fixed", "Not reported", "Options", "When to suppress", "See also"];

    public static TheoryData<string> Ids => CatalogueTests.Ids;

    [Theory]
    [MemberData(nameof(Ids))]
    public void Page_has_every_section_in_order(string id)
    {
        var page = RulePage.Of(id);
        Assert.StartsWith($"# {id}: {RuleRoom.Of(id).Descriptor.Title}\n", page.Head, StringComparison.Ordinal);
        Assert.Matches(@"<!-- begin generated -->\n(\|.*\n)+<!-- end generated -->", page.Head);
        Assert.Equal(Sections, page.Sections);
        Assert.All(Sections, s => Assert.False(string.IsNullOrWhiteSpace(page[s]), $"'{s}' is empty"));
        Assert.DoesNotContain("\n\n", page["Cause"], StringComparison.Ordinal);
        Assert.Matches(@"https://", page["See also"]);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Violations_report_the_rule(string id)
    {
        var blocks = RulePage.Of(id).Blocks("Violation").ToList();
        Assert.NotEmpty(blocks);
        foreach (var (language, code) in blocks)
        {
            var (verifier, project) = await CompileAsync(language, code);
            var found = await verifier.DiagnosticsAsync(project);
            Assert.True(found.Any(d => d.Id == id), $"{id} is not reported for:\n{code}\n{string.Join('\n', found)}");
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Fixed_code_is_silent(string id)
    {
        var blocks = RulePage.Of(id).Blocks("Fixed").ToList();
        Assert.NotEmpty(blocks);
        foreach (var (language, code) in blocks)
        {
            var (verifier, project) = await CompileAsync(language, code);
            var found = await verifier.DiagnosticsAsync(project);
            Assert.True(found.All(d => d.Id != id), $"{id} is reported for:\n{code}\n{string.Join('\n', found)}");
        }
    }

    /// <summary>Each action that is offered for the violation compiles, removes its diagnostics, and comes to an end.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Each_fix_mends_the_violations(string id)
    {
        foreach (var (language, code) in RulePage.Of(id).Blocks("Violation"))
        {
            var (verifier, project) = await CompileAsync(language, code);
            var keys = new HashSet<string>(StringComparer.Ordinal);
            foreach (var diagnostic in (await verifier.DiagnosticsAsync(project)).Where(d => d.Id == id))
                keys.UnionWith((await verifier.ActionsAsync(project, diagnostic)).Select(static a => a.Action.EquivalenceKey!));
            Assert.True(keys.Count > 0, $"no fix is offered for:\n{code}");
            foreach (var key in keys)
                await MendAsync(verifier, project, id, key);
        }
    }

    [Fact]
    public void Relative_links_resolve()
    {
        foreach (var file in Repository.Documents())
        {
            var text = CodeBlock().Replace(File.ReadAllText(file), "");
            foreach (Match match in Link().Matches(text))
            {
                var target = match.Groups[1].Value;
                if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal))
                    continue;
                var parts = target.Split('#');
                var path = parts[0].Length == 0 ? file : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, parts[0]));
                Assert.True(File.Exists(path) || Directory.Exists(path), $"{Path.GetRelativePath(References.RepositoryRoot, file)}: '{target}' leads nowhere");
                if (parts.Length > 1)
                    Assert.Contains(Anchor(parts[1]), File.ReadLines(path).Where(static l => l.StartsWith('#')).Select(static l => Anchor(l.TrimStart('#').Trim())));
            }
        }
    }

    private static async Task MendAsync(Verifier verifier, Project project, string id, string key)
    {
        for (var step = 0; ; step++)
        {
            CodeAction? next = null;
            foreach (var diagnostic in (await verifier.DiagnosticsAsync(project)).Where(d => d.Id == id))
                next ??= (await verifier.ActionsAsync(project, diagnostic)).Select(static a => a.Action).FirstOrDefault(a => a.EquivalenceKey == key);
            if (next is null)
                break;
            Assert.True(step < 20, $"'{key}' does not come to an end");
            var change = Assert.Single((await next.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>());
            project = change.ChangedSolution.GetProject(project.Id)!;
            var errors = await Verifier.ErrorsAsync(project);
            Assert.True(errors.Count == 0, $"'{key}' breaks the build:\n{string.Join('\n', errors)}\n{await TextAsync(project)}");
        }

        var left = (await verifier.DiagnosticsAsync(project)).Where(d => d.Id == id).ToList();
        Assert.True(left.Count == 0, $"'{key}' leaves {string.Join('\n', left)}\n{await TextAsync(project)}");
    }

    private static async Task<string> TextAsync(Project project) =>
        string.Join("\n----\n", await Task.WhenAll(project.Documents.Where(static d => d.Name != "GlobalUsings.cs").Select(static async d => (await d.GetTextAsync()).ToString())));

    private static async Task<(Verifier Verifier, Project Project)> CompileAsync(string language, string code)
    {
        var test = language switch
        {
            "csharp" => Code.Program(code),
            "ini" or "editorconfig" => Code.Program("System.Console.WriteLine();").AdditionalFile(".editorconfig", code),
            "json" => Code.Program("System.Console.WriteLine();").AdditionalFile("appsettings.json", code),
            _ => throw new InvalidOperationException($"a block of language '{language}' cannot be analysed"),
        };
        foreach (var package in PackagesOfPages)
            test.Reference(package);
        foreach (var rule in Kit.Rules.All.Where(static r => !r.IsEnabledByDefault))
            test.Option($"dotnet_diagnostic.{rule.Id}.severity", "warning");
        foreach (var id in Kit.Rules.OnlyWhenAsked)
            test.Asks(id);
        var project = TestProject.Create(test, test.Inputs);
        var errors = await Verifier.ErrorsAsync(project);
        Assert.True(errors.Count == 0, $"The code of the page does not compile:\n{string.Join('\n', errors)}\n{code}");
        return (new Verifier(test, Kit.Rules.Analyzers, Kit.Rules.Fixes), project);
    }

    /// <summary>Every package of the kit, each assembly once.</summary>
    private static readonly Lazy<System.Collections.Immutable.ImmutableArray<MetadataReference>>[] PackagesOfPages = [new(static () =>
        [.. typeof(Packages).GetFields().Select(static f => f.GetValue(null)).OfType<Lazy<System.Collections.Immutable.ImmutableArray<MetadataReference>>>().SelectMany(static p => p.Value).Distinct()])];

    private static string Anchor(string heading) => new([.. heading.ToLowerInvariant().Replace(' ', '-').Where(static c => char.IsLetterOrDigit(c) || c is '-' or '_')]);

    [GeneratedRegex(@"(?<!\\)\]\(([^)\s]+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
