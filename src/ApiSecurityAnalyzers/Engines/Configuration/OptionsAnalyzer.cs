using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Rules.Configuration;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiSecurityAnalyzers.Engines.Configuration;

/// <summary>Checks the <c>api_security.*</c> options.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OptionsAnalyzer : IndexedAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        InvalidOption.Descriptor);

    private protected override NameSet? Names => KnownNames.Host;

    private protected override bool AppliesTo(CompilationFacts facts) => facts.IsWeb;

    private protected override void Analyze(DocumentContext context)
    {
    }
}
