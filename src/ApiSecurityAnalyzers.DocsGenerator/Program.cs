using System.Reflection;

namespace ApiSecurityAnalyzers.DocsGenerator;

/// <summary>Writes what can be told from the rules themselves: tables of the pages, the index, the presets.</summary>
internal static class Program
{
    /// <summary>Runs the generator.</summary>
    /// <param name="args"><c>--check</c> writes nothing and fails when something would change.</param>
    /// <returns>0 when all is well, 1 when <c>--check</c> found a difference or a page is missing.</returns>
    public static int Main(string[] args)
    {
        var check = args.Contains("--check");
        var root = typeof(Program).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "RepositoryRoot").Value!;
        var catalogue = Catalogue.Load(root);
        var output = new Output(root, check);

        foreach (var rule in catalogue.Rules)
            output.Region("docs/rules/" + rule.Id + ".md", "generated", RulePage.Table(rule));
        output.File("docs/rules/README.md", RuleIndex.Page(catalogue));
        output.Region("README.md", "generated rules", RuleIndex.Families(catalogue, "docs/rules/"));
        output.Region("src/ApiSecurityAnalyzers.Package/README.md", "generated rules", RuleIndex.Families(catalogue, Descriptors.HelpLinkBase));
        foreach (var mode in Preset.All)
            output.File(Preset.Folder + mode.FileName, mode.Text(catalogue));
        foreach (var stale in Directory.EnumerateFiles(Path.Combine(root, "docs", "rules"), "ASA*.md").Where(f => !catalogue.Has(Path.GetFileNameWithoutExtension(f))))
            output.Problem($"{Path.GetRelativePath(root, stale)}: no rule has this id");
        return output.Finish();
    }
}
