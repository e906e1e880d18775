using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.ApiUse;
using ApiSecurityAnalyzers.Rules.Cryptography;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiSecurityAnalyzers.Engines.Cryptography;

/// <summary>Finds broken algorithms and modes.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CryptographyAnalyzer : IndexedAnalyzer
{
    /// <summary>The names of all three tables.</summary>
    internal static readonly NameSet AllNames = new(BrokenHash.Table.Watched.Names.AddRange(BrokenCipher.Table.Watched.Names).AddRange(WeakCipherMode.Table.Watched.Names).Distinct(StringComparer.Ordinal));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        BrokenHash.Descriptor,
        BrokenCipher.Descriptor,
        WeakCipherMode.Descriptor);

    private protected override NameSet? Names => AllNames;

    private protected override bool AppliesTo(CompilationFacts facts) =>
        !facts.IsTestProject && (facts.Types.Has("System.Security.Cryptography.HashAlgorithm") || facts.Types.Has("Org.BouncyCastle.Crypto.IDigest"));

    private protected override void Analyze(DocumentContext context)
    {
        foreach (var (descriptor, use, verdict) in Findings(context))
        {
            if (verdict.Severity != Severity.Silent)
                context.Report(descriptor, use.Node.GetLocation(), null, verdict.Severity == Severity.Suggestion, null, NameOf(use), verdict.Reason);
        }
    }

    /// <summary>All uses in a document with what is to be said about each; the fixes ask the same.</summary>
    internal static IEnumerable<(DiagnosticDescriptor Descriptor, FoundUse Use, Verdict Verdict)> Findings(DocumentContext context)
    {
        if (context.IsEnabled(BrokenHash.Descriptor))
        {
            foreach (var use in Uses(context, BrokenHash.Table))
                yield return (BrokenHash.Descriptor, use, HashPurpose.Judge(use, context));
        }

        if (context.IsEnabled(BrokenCipher.Descriptor))
        {
            foreach (var use in Uses(context, BrokenCipher.Table))
                yield return (BrokenCipher.Descriptor, use, CipherUse.JudgeCipher(use));
        }

        if (!context.IsEnabled(WeakCipherMode.Descriptor))
            yield break;
        foreach (var use in Uses(context, WeakCipherMode.Table))
            yield return (WeakCipherMode.Descriptor, use, CipherUse.JudgeMode(use));
        if (!context.Index.HasAny(WeakCipherMode.Table.Watched))
            yield break;
        var modes = new ModeUseFinder(context.Model, context.CancellationToken);
        foreach (var token in context.Tokens(WeakCipherMode.Table.Watched))
        {
            if (modes.At(token) is { } use)
                yield return (WeakCipherMode.Descriptor, use, CipherUse.JudgeMode(use));
        }
    }

    /// <summary>The uses that a table describes, each once: 'SignData(data, "SHA1")' has a watched name twice.</summary>
    private static IEnumerable<FoundUse> Uses(DocumentContext context, ApiTable table)
    {
        if (!context.Index.HasAny(table.Watched))
            yield break;
        var finder = new ApiUseFinder(context.Model, table, context.CancellationToken);
        HashSet<int>? seen = null;
        foreach (var token in context.Tokens(table.Watched))
        {
            foreach (var use in finder.At(token))
            {
                if ((seen ??= []).Add(use.Node.SpanStart))
                    yield return use;
            }
        }
    }

    private static string NameOf(FoundUse use) => use.Shape switch
    {
        UseShape.Name => use.Algorithm,
        UseShape.Member when use.Member is { } member => member.Type.Substring(member.Type.LastIndexOf('.') + 1) + "." + member.Member,
        UseShape.Default => use.Node.ToString(),
        UseShape.Other when use.Value is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var called } } => called,
        _ => use.Type?.SimpleName ?? use.Node.ToString(),
    };
}
