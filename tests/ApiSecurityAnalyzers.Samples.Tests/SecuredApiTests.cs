using ApiSecurityAnalyzers.Samples.Tests.Mending;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Samples.Tests;

/// <summary>What the package says about the samples, and that <c>SecuredApi</c> is what its fixes make of <c>InsecureApi</c>.</summary>
public sealed class SecuredApiTests(SampleFixture samples)
{
    /// <summary>Set to 1, <c>SecuredApi</c> is written anew instead of compared.</summary>
    private const string Update = "UPDATE_SAMPLES";

    /// <summary>Where each rule finds its fault. ASA0001 has none: it is about options.</summary>
    private static readonly (string Rule, string File)[] Faults =
    [
        ("ASA1001", "Shop/Customers/CustomersController.cs"),
        ("ASA1002", "Shop/Orders/OrderEndpoints.cs"),
        ("ASA1003", "Shop/Orders/OrderHub.cs"),
        ("ASA2001", "Shop/Program.cs"),
        ("ASA3001", "Shop/Program.cs"),
        ("ASA3002", "BackOffice/Program.cs"),
        ("ASA4001", "Shop/Program.cs"),
        ("ASA4002", "BackOffice/Program.cs"),
        ("ASA5002", "Shop/Customers/CustomerSearch.cs"),
        ("ASA5002", "Shop/Orders/OrderEndpoints.cs"),
        ("ASA5002", "Shop/Orders/OrderReport.cs"),
        ("ASA6001", "Shop/Protection/ReceiptSeal.cs"),
        ("ASA6002", "Shop/Protection/PageTokens.cs"),
        ("ASA6003", "Shop/Protection/NoteCipher.cs"),
        ("ASA6004", "Shop/Protection/FieldCipher.cs"),
        ("ASA6005", "Shop/Protection/FieldCipher.cs"),
    ];

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task InsecureApi_has_each_fault_at_its_place_and_no_other()
    {
        var found = new List<(string, string)>();
        foreach (var project in samples.Insecure.Projects)
        {
            foreach (var diagnostic in (await Sample.DiagnosticsAsync(project, CancellationToken)).Where(static d => d.Severity == DiagnosticSeverity.Warning))
                found.Add((diagnostic.Id, FileOf(diagnostic)));
        }

        Assert.Equal(Faults, found.Distinct().OrderBy(static f => f.Item1, StringComparer.Ordinal).ThenBy(static f => f.Item2, StringComparer.Ordinal));
    }

    /// <summary>
    /// What stays is advice that no fix can follow: to authenticate what AES-CBC encrypts, since the format of what is stored would change, and to
    /// decide which of those who are signed in may reach whose orders.
    /// </summary>
    [Fact]
    public void Fixes_leave_no_warning_and_two_kinds_of_suggestion()
    {
        Assert.True(samples.Left.All(static d => d.Severity == DiagnosticSeverity.Info), string.Join('\n', samples.Left));
        Assert.Equal(
            [("ASA1021", "Shop/Orders/OrderEndpoints.cs"), ("ASA1021", "Shop/Orders/OrderEndpoints.cs"), ("ASA6003", "Shop/Protection/FieldCipher.cs"), ("ASA6003", "Shop/Protection/NoteCipher.cs"), ("ASA6003", "Shop/Protection/PageTokens.cs")],
            samples.Left.Select(static d => (d.Id, FileOf(d))).OrderBy(static f => f.Id, StringComparer.Ordinal).ThenBy(static f => f.Item2, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Fixes_give_code_that_compiles()
    {
        foreach (var project in samples.Mended.Projects)
            Assert.Empty((await project.GetCompilationAsync(CancellationToken))!.GetDiagnostics(CancellationToken).Where(static d => d.Severity >= DiagnosticSeverity.Warning).Select(static d => d.ToString()));
    }

    [Fact]
    public async Task SecuredApi_is_what_the_fixes_give()
    {
        var expected = await SecuredFilesAsync();
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            Write(expected);
            return;
        }

        var actual = Sample.Read(Sample.Secured);
        Assert.Equal(expected.Keys, actual.Keys);
        foreach (var (name, text) in expected)
            Assert.True(text == actual[name], $"{Sample.Secured}/{name} is not what the fixes give; run the tests of this project with {Update}=1 and read the difference. The fixes give:\n{text}");
    }

    /// <summary>The files that <c>SecuredApi</c> has to consist of: those of <c>InsecureApi</c>, code after all fixes.</summary>
    private async Task<SortedDictionary<string, string>> SecuredFilesAsync()
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, text) in Sample.Read(Sample.Insecure))
            files[name.Replace(Sample.Insecure, Sample.Secured, StringComparison.Ordinal)] = text;
        var folder = Sample.FolderOf(Sample.Insecure);
        foreach (var document in samples.Mended.Projects.SelectMany(static p => p.Documents).Where(static d => !Sample.IsGenerated(d)))
            files[Path.GetRelativePath(folder, document.FilePath!).Replace('\\', '/')] = (await document.GetTextAsync(CancellationToken)).ToString().ReplaceLineEndings("\n");
        return files;
    }

    private static string FileOf(Diagnostic diagnostic) =>
        Path.GetRelativePath(Sample.FolderOf(Sample.Insecure), diagnostic.Location.GetLineSpan().Path).Replace('\\', '/');

    private static void Write(SortedDictionary<string, string> files)
    {
        var folder = Sample.FolderOf(Sample.Secured);
        foreach (var name in Sample.Read(Sample.Secured).Keys.Where(n => !files.ContainsKey(n)))
            File.Delete(Path.Combine(folder, name));
        foreach (var (name, text) in files)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
    }
}
