using System.Text.RegularExpressions;
using ApiSecurityAnalyzers.Compilations;

namespace ApiSecurityAnalyzers.Tests.Meta;

/// <summary>Options are documented, and those that are documented exist and are read.</summary>
public sealed partial class OptionTests
{
    public static TheoryData<string> Keys => [.. ApiSecurityOptions.All.Select(static o => o.Key)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Option_is_documented(string key) => Assert.Contains($"`{key}`", Repository.Read("docs/configuration.md"), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Keys))]
    public void Option_is_read(string key)
    {
        var field = typeof(ApiSecurityOptions).GetFields().Single(f => f.GetValue(null) is OptionDefinition option && option.Key == key).Name;
        var readers = Repository.Sources("src/ApiSecurityAnalyzers").Where(f => File.ReadAllText(f).Contains(nameof(ApiSecurityOptions) + "." + field, StringComparison.Ordinal));
        Assert.NotEmpty(readers);
    }

    [Fact]
    public void Documents_name_no_other_option()
    {
        // the page of ASA0001 shows what a mistake looks like
        foreach (var file in Repository.Documents().Where(static f => Path.GetFileName(f) != "ASA0001.md"))
        {
            foreach (Match match in Name().Matches(File.ReadAllText(file)))
                Assert.True(ApiSecurityOptions.All.Any(o => o.Key == match.Value), $"{Path.GetFileName(file)} names '{match.Value}', which does not exist");
        }
    }

    [GeneratedRegex(@"api_security\.[a-z_]+(?![a-z_*])", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
