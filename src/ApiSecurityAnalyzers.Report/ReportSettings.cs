using System.Text;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiSecurityAnalyzers.Report;

/// <summary>What the build tells the report about the project.</summary>
/// <param name="Project">The name of the project.</param>
/// <param name="TargetFramework">The target framework; empty where there is none.</param>
/// <param name="Root">The root of the repository, to which paths are relative.</param>
internal sealed record ReportSettings(string Project, string TargetFramework, string Root)
{
    /// <summary>Reads the settings. Values stand there in base 64: a <c>#</c> or <c>;</c> in a path would end them.</summary>
    /// <param name="options">The global configuration that the target of the package writes.</param>
    public static ReportSettings Read(AnalyzerConfigOptions options) => new(Value(options, "project"), Value(options, "framework"), Value(options, "root"));

    private static string Value(AnalyzerConfigOptions options, string name)
    {
        if (!options.TryGetValue("build_property._apisecurityreport" + name, out var encoded))
            return "";
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(encoded.Trim()));
        }
        catch (FormatException)
        {
            return "";
        }
    }
}
