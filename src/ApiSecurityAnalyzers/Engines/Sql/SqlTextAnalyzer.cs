using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Rules.Injection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiSecurityAnalyzers.Engines.Sql;

/// <summary>Finds SQL text that is put together from values.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SqlTextAnalyzer : IndexedAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        ComposedSqlText.Descriptor);

    private protected override NameSet? Names => KnownNames.Host;

    private protected override bool AppliesTo(CompilationFacts facts) => facts.IsWeb;

    private protected override void Analyze(DocumentContext context)
    {
    }
}
