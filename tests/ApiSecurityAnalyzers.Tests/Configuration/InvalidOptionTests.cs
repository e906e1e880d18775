using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Configuration;

public sealed class InvalidOptionTests
{
    private const string Program = "{|ASA0001:System|}.Console.WriteLine();\n";

    [Theory]
    [InlineData("api_security.hots", "protected", "api_security.host = protected", "Option 'api_security.hots' is not valid: no option has this name; did you mean 'api_security.host'?")]
    [InlineData("api_security.test_projects", "true", "api_security.test_project = true", null)]
    [InlineData("api_security.tls_terminated_by_proxi", "true", "api_security.tls_terminated_by_proxy = true", null)]
    [InlineData("api_security.rate_limited_by_gatway", "true", "api_security.rate_limited_by_gateway = true", null)]
    [InlineData("api_security.authorization_attribute", "Own", "api_security.authorization_attributes = Own", null)]
    [InlineData("api_securty.host", "protected", "api_security.host = protected", null)]
    [InlineData("api-security.host", "protected", "api_security.host = protected", null)]
    public Task Reports_misspelt_key_and_corrects_it(string key, string value, string corrected, string? message)
    {
        var test = Global(Program, $"{key} = {value}");
        return (message is null ? test : test.Message("ASA0001", message)).FixedBy("ASA0001.CorrectKey", ("options.globalconfig", $"is_global = true\n{corrected}\n")).CheckAsync();
    }

    [Theory]
    [InlineData("api_security.tls_terminated_by_proxy", "yes", "true", "Option 'api_security.tls_terminated_by_proxy' is not valid: its value 'yes' is neither 'true' nor 'false'")]
    [InlineData("api_security.tls_terminated_by_proxy", "off", "false", null)]
    [InlineData("api_security.test_project", "flase", "false", null)]
    [InlineData("api_security.host", "unprotcted", "unprotected", "Option 'api_security.host' is not valid: its value 'unprotcted' is not one of 'unprotected', 'protected'")]
    [InlineData("api_security.host", "protect", "protected", null)]
    [InlineData("api_security.authorization_attributes", "Own, Other Attribute, Third", "Own, Third", "Option 'api_security.authorization_attributes' is not valid: 'Other Attribute' is not the name of a type or member")]
    [InlineData("api_security.weak_hash_uses", "Shop.Etag.Compute, *", "Shop.Etag.Compute", null)]
    public Task Reports_wrong_value_and_corrects_it(string key, string value, string corrected, string? message)
    {
        var test = Global(Program, $"{key} = {value}");
        return (message is null ? test : test.Message("ASA0001", message)).FixedBy("ASA0001.CorrectValue", ("options.globalconfig", $"is_global = true\n{key} = {corrected}\n")).CheckAsync();
    }

    [Theory]
    [InlineData("api_security.nonsense", "true")]
    [InlineData("api_security.host", "sometimes")]
    [InlineData("api_security.test_project", "perhaps")]
    [InlineData("api_security.authorization_attributes", "*")]
    public Task Reports_and_removes_what_cannot_be_corrected(string key, string value) =>
        Global(Program, $"# ours\n{key} = {value} # why\nother = 1").FixedBy("ASA0001.RemoveOption", ("options.globalconfig", "is_global = true\n# ours\nother = 1\n")).CheckAsync();

    [Theory]
    [InlineData("api_security.host = protected")]
    [InlineData("api_security.host = Protected")]
    [InlineData("API_Security.Host = unprotected")]
    [InlineData("api_security.host = unset")]
    [InlineData("api_security.host =")]
    [InlineData("api_security.test_project: TRUE")]
    [InlineData("api_security.tls_terminated_by_proxy = true # behind nginx")]
    [InlineData("api_security.authorization_attributes = Own, Shop.Web.OtherAttribute, Outer+Inner, Generic`1")]
    [InlineData("api_security.weak_hash_uses = Shop.Etag.Compute,")]
    [InlineData("# api_security.hots = protected")]
    [InlineData("api_security_analyzers = 1")]
    [InlineData("api_gateway.host = x")]
    [InlineData("apis.host = x")]
    public Task Silent_for(string line) => Global("System.Console.WriteLine();\n", line).CheckAsync();

    [Fact]
    public Task Reports_in_the_file_where_it_is_an_additional_file() => Code.Program("System.Console.WriteLine();\n")
        .AdditionalFile(".editorconfig", "[*.cs]\nindent_size = 4\n{|ASA0001:api_security.hots|} = protected\napi_security.test_project = {|ASA0001:maybe|} ; comment\n")
        .FixedBy("ASA0001.RemoveOption", (".editorconfig", "[*.cs]\nindent_size = 4\n")).CheckAsync();

    [Fact]
    public Task Reports_once_where_the_file_is_also_in_effect()
    {
        const string Text = "[*.cs]\napi_security.hots = protected\n";
        return Code.Program("System.Console.WriteLine();\n").ConfigFile(".editorconfig", Text)
            .AdditionalFile(".editorconfig", Text.Replace("api_security.hots", "{|ASA0001:api_security.hots|}", StringComparison.Ordinal))
            .FixedBy("ASA0001.CorrectKey", (".editorconfig", "[*.cs]\napi_security.host = protected\n")).CheckAsync();
    }

    [Fact]
    public Task Reports_option_of_a_section_once_for_all_files() => Code.Program(Program).With("A.cs", "class A;").With("B.cs", "class B;")
        .ConfigFile(".editorconfig", "root = true\n\n[*.cs]\napi_security.hots = protected\n")
        .FixedBy("ASA0001.CorrectKey", (".editorconfig", "root = true\n\n[*.cs]\napi_security.host = protected\n")).CheckAsync();

    [Fact]
    public Task Reports_every_wrong_option() => Code.Program("{|ASA0001:{|ASA0001:System|}|}.Console.WriteLine();\n").ConfigFile("options.globalconfig", "is_global = true\napi_security.hots = protected\napi_security.test_project = maybe\n")
        .FixedBy("ASA0001.RemoveOption", ("options.globalconfig", "is_global = true\n")).CheckAsync();

    [Fact]
    public Task Reports_at_the_first_file_by_path_where_there_is_no_program() => Code.Files(("Z.cs", "class Z;"), ("B.cs", "// mine\n{|ASA0001:class|} B;"), ("A.g.cs", "class A;"), ("AA.cs", "// <auto-generated/>\nclass AA;"))
        .ConfigFile("options.globalconfig", "is_global = true\napi_security.hots = protected\n").CheckAsync();

    [Fact]
    public Task Reports_without_ASP_NET_Core() => Global(Program, "api_security.hots = protected").NotWeb().CheckAsync();

    [Fact]
    public Task Reports_in_a_test_project() => Global(Program, "api_security.hots = protected").Test().CheckAsync();

    [Fact]
    public Task Silent_when_switched_off() => Global("System.Console.WriteLine();\n", "api_security.hots = protected\ndotnet_diagnostic.ASA0001.severity = none").CheckAsync();

    [Fact]
    public Task Fixes_the_global_file_of_the_project() => Code.Program(Program).Option("api_security.hots", "protected").FixedBy("ASA0001.CorrectKey", (".globalconfig", "is_global = true\nbuild_property.IsTestProject = false\napi_security.host = protected\n")).CheckAsync();

    [Fact]
    public Task Reports_at_warning() => Global(Program, "api_security.hots = protected").Severity("ASA0001", DiagnosticSeverity.Warning).CheckAsync();

    private static CodeTest Global(string program, string lines) => Code.Program(program).ConfigFile("options.globalconfig", $"is_global = true\n{lines}\n");
}
