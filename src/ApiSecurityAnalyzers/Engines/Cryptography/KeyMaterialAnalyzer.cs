using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Rules.Cryptography;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiSecurityAnalyzers.Engines.Cryptography;

/// <summary>Finds keys, initialization vectors, nonces and salts whose value is fixed.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class KeyMaterialAnalyzer : IndexedAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        HardCodedKey.Descriptor,
        PredictableInitializationVector.Descriptor);

    private protected override NameSet? Names => KnownNames.Host;

    private protected override bool AppliesTo(CompilationFacts facts) => facts.IsWeb;

    private protected override void Analyze(DocumentContext context)
    {
    }
}
