using System.Text.RegularExpressions;

namespace ApiSecurityAnalyzers.Tests.Meta;

/// <summary>Whoever looks for a rule finds it in four places, under the same address.</summary>
public sealed partial class RoomTests
{
    public static TheoryData<string> Ids => CatalogueTests.Ids;

    [Theory]
    [MemberData(nameof(Ids))]
    public void Rule_has_its_file(string id) => AssertNamesItself(RuleRoom.Of(id).RuleFile, id);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Rule_has_a_fix(string id) => AssertNamesItself(RuleRoom.Of(id).FixFile, id);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Rule_has_a_page(string id)
    {
        var room = RuleRoom.Of(id);
        Assert.True(Repository.Has(room.Page), room.Page + " is missing");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Rule_has_tests_that_report_that_are_silent_and_that_mend(string id)
    {
        var room = RuleRoom.Of(id);
        var text = string.Concat(room.TestFiles.Select(File.ReadAllText));
        Assert.True(text.Length > 0, $"{room.TestFolder}/{room.Name}Tests.cs is missing");
        var names = TestName().Matches(text).Select(static m => m.Groups[1].Value).ToList();
        Assert.Contains(names, static n => n.StartsWith("Reports_", StringComparison.Ordinal));
        Assert.Contains(names, static n => n.StartsWith("Silent_", StringComparison.Ordinal));
        Assert.True(text.Contains(".FixedBy(", StringComparison.Ordinal), $"no test proves a fix of {id}");
        Assert.Contains(id, text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_action_of_the_rule_is_proved_by_a_test(string id)
    {
        var room = RuleRoom.Of(id);
        // rules of one topic may share the tests of what their fixes share
        var text = string.Concat(Repository.Sources(room.TestFolder).Select(File.ReadAllText));
        foreach (var (type, field, key) in FixTests.Keys(id))
        {
            var isProved = text.Contains('"' + key + '"', StringComparison.Ordinal) || text.Contains(type + "." + field, StringComparison.Ordinal) || Regex.IsMatch(text, @"FixedBy\(\s*" + field + @"\b", RegexOptions.CultureInvariant);
            Assert.True(isProved, $"no test in {room.TestFolder} proves '{key}'");
        }
    }

    [Fact]
    public void Tests_are_named_for_what_they_show()
    {
        string[] verbs = ["Reports_", "Silent_", "Fixes_", "NoFix_"];
        foreach (var file in RuleRoom.All.SelectMany(static r => r.TestFiles).Distinct())
        {
            foreach (Match name in TestName().Matches(File.ReadAllText(file)))
                Assert.True(verbs.Any(v => name.Groups[1].Value.StartsWith(v, StringComparison.Ordinal)), $"{Path.GetFileName(file)}: '{name.Groups[1].Value}' begins with none of {string.Join(", ", verbs)}");
        }
    }

    private static void AssertNamesItself(string file, string id)
    {
        Assert.True(Repository.Has(file), file + " is missing");
        var summary = Summary().Match(Repository.Read(file)).Value;
        Assert.True(summary.Contains(id, StringComparison.Ordinal), $"{file}: the summary does not begin with {id}");
    }

    [GeneratedRegex("/// <summary>.*?</summary>", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Summary();

    [GeneratedRegex(@"\[(?:Fact|Theory)[^\]]*\]\s*(?:\[[^\n]*\]\s*\n\s*)*public (?:static )?(?:async )?(?:Task|void) (\w+)\(", RegexOptions.CultureInvariant)]
    private static partial Regex TestName();
}
