using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ApiSecurityAnalyzers.Tests.Meta;

/// <summary>What every fix must be.</summary>
public sealed class FixTests
{
    public static TheoryData<string> Names => [.. Kit.Rules.Fixes.Select(static f => f.GetType().Name)];

    /// <summary>The equivalence keys of a rule's actions: constants <c>ID.Verb</c> of the fix class or its bases.</summary>
    internal static IEnumerable<(string Type, string Field, string Key)> Keys(string id) =>
        from type in Kit.Rules.FixAssembly.GetTypes()
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        where field.IsLiteral && field.FieldType == typeof(string)
        let key = (string)field.GetRawConstantValue()!
        where key.StartsWith(id + ".", StringComparison.Ordinal)
        select (type.Name, field.Name, key);

    [Theory]
    [MemberData(nameof(Names))]
    public void Fix_is_exported_under_its_name_for_rules_that_exist(string name)
    {
        var fix = Fix(name);
        var export = fix.GetType().GetCustomAttribute<ExportCodeFixProviderAttribute>();
        Assert.NotNull(export);
        Assert.Equal(name, export.Name);
        Assert.Equal([LanguageNames.CSharp], export.Languages);
        Assert.EndsWith("Fix", name, StringComparison.Ordinal);
        Assert.NotEmpty(fix.FixableDiagnosticIds);
        Assert.All(fix.FixableDiagnosticIds, static id => Assert.Contains(Kit.Rules.All, d => d.Id == id));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fix_all_works_in_document_project_and_solution(string name)
    {
        var fixAll = Fix(name).GetFixAllProvider();
        Assert.NotNull(fixAll);
        var scopes = fixAll.GetSupportedFixAllScopes().ToList();
        Assert.Contains(FixAllScope.Document, scopes);
        Assert.Contains(FixAllScope.Project, scopes);
        Assert.Contains(FixAllScope.Solution, scopes);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fix_names_its_actions(string name)
    {
        foreach (var id in Fix(name).FixableDiagnosticIds)
        {
            var keys = Keys(id).ToList();
            Assert.True(keys.Count > 0, $"{name} has no key constants '{id}.…'");
            Assert.All(keys, k => Assert.Matches("^ASA[0-9]{4}\\.[A-Z][A-Za-z0-9]+$", k.Key));
        }
    }

    [Fact]
    public void Keys_are_unique()
    {
        var doubled = Kit.Rules.All.SelectMany(static d => Keys(d.Id)).GroupBy(static k => k.Key).Where(static g => g.Count() > 1).Select(static g => g.Key);
        Assert.Empty(doubled);
    }

    [Fact]
    public void Each_rule_has_one_fix()
    {
        foreach (var descriptor in Kit.Rules.All)
            Assert.True(Kit.Rules.Fixes.Count(f => f.FixableDiagnosticIds.Contains(descriptor.Id)) == 1, $"{descriptor.Id} is mended by {Kit.Rules.Fixes.Count(f => f.FixableDiagnosticIds.Contains(descriptor.Id))} fixes");
    }

    private static CodeFixProvider Fix(string name) => Kit.Rules.Fixes.Single(f => f.GetType().Name == name);
}
