using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;

namespace ApiSecurityAnalyzers.Tests.Meta;

/// <summary>Code to run everything over: what the tests of the rules contain, the samples, the pages.</summary>
internal static partial class Corpus
{
    private static readonly Lazy<ImmutableArray<string>> Lazy = new(static () => [.. Load().Where(static t => t.Length > 40).Distinct(StringComparer.Ordinal)]);

    public static ImmutableArray<string> Texts => Lazy.Value;

    private static IEnumerable<string> Load()
    {
        foreach (var file in Repository.Sources("tests/ApiSecurityAnalyzers.Tests"))
        {
            foreach (var token in CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot().DescendantTokens())
            {
                if (token.RawKind is (int)SyntaxKind.MultiLineRawStringLiteralToken or (int)SyntaxKind.InterpolatedStringTextToken && token.ValueText.Contains('\n', StringComparison.Ordinal))
                    yield return Mark().Replace(token.ValueText, "").Replace("|}", "", StringComparison.Ordinal);
            }
        }

        foreach (var page in RuleRoom.All.Where(static r => RulePage.Exists(r.Id)).Select(static r => RulePage.Of(r.Id)))
        {
            foreach (var (_, code) in page.Blocks("Violation").Concat(page.Blocks("Fixed")))
                yield return code;
        }

        if (Directory.Exists(Repository.PathOf("tests/samples")))
        {
            foreach (var file in Repository.Sources("tests/samples"))
                yield return File.ReadAllText(file);
        }
    }

    [GeneratedRegex(@"\{\|ASA\d{4}:", RegexOptions.CultureInvariant)]
    private static partial Regex Mark();
}
