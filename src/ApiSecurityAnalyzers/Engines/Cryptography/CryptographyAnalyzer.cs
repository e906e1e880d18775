using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Rules.Cryptography;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiSecurityAnalyzers.Engines.Cryptography;

/// <summary>Finds broken algorithms and modes.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CryptographyAnalyzer : IndexedAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        BrokenHash.Descriptor,
        BrokenCipher.Descriptor,
        WeakCipherMode.Descriptor);

    private protected override NameSet? Names => KnownNames.Host;

    private protected override bool AppliesTo(CompilationFacts facts) => facts.IsWeb;

    private protected override void Analyze(DocumentContext context)
    {
    }
}
