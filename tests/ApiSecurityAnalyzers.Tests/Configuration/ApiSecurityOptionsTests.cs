using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiSecurityAnalyzers.Tests.Configuration;

public sealed class ApiSecurityOptionsTests
{
    [Theory]
    [InlineData("true", true)]
    [InlineData(" True ", true)]
    [InlineData("false", false)]
    [InlineData("yes", null)]
    [InlineData("", null)]
    [InlineData("unset", null)]
    public void Reads_boolean(string value, bool? expected) => Assert.Equal(expected, Options("api_security.test_project", value).Boolean(ApiSecurityOptions.TestProject));

    [Theory]
    [InlineData("protected", "protected")]
    [InlineData("PROTECTED", "protected")]
    [InlineData("unset", null)]
    [InlineData("open", null)]
    public void Reads_choice(string value, string? expected) => Assert.Equal(expected, Options("api_security.host", value).Choice(ApiSecurityOptions.Host));

    [Theory]
    [InlineData("A", "A")]
    [InlineData(" A , B.C ", "A|B.C")]
    [InlineData("A,,B,", "A|B")]
    [InlineData("unset", "")]
    [InlineData("", "")]
    public void Reads_list(string value, string expected) => Assert.Equal(expected, string.Join('|', Options("api_security.authorization_attributes", value).List(ApiSecurityOptions.AuthorizationAttributes)));

    [Fact]
    public void Nothing_is_set_by_default()
    {
        var options = Options("other", "true");
        Assert.All(ApiSecurityOptions.All, o => Assert.Null(options.Value(o)));
    }

    [Fact]
    public void Every_option_is_documented_and_well_formed() => Assert.All(ApiSecurityOptions.All, static o =>
    {
        Assert.StartsWith(ApiSecurityOptions.Prefix, o.Key, StringComparison.Ordinal);
        Assert.Matches("^[a-z_.]+$", o.Key);
        Assert.EndsWith(".", o.Description, StringComparison.Ordinal);
        Assert.Equal(o.Kind == OptionKind.Choice, !o.Values.IsEmpty);
        Assert.Contains("`" + o.Key + "`", File.ReadAllText(Path.Combine(References.RepositoryRoot, "docs", "configuration.md")), StringComparison.Ordinal);
    });

    private static ApiSecurityOptions Options(string key, string value) => new(new Provider(ImmutableDictionary<string, string>.Empty.Add(key, value)), null);

    private sealed class Provider(ImmutableDictionary<string, string> values) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(values);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Values(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
