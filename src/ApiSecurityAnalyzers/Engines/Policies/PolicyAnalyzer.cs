using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Rules.Authorization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiSecurityAnalyzers.Engines.Policies;

/// <summary>Looks at authorization policies where they are built, and at the handlers that decide about their requirements.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PolicyAnalyzer : IndexedAnalyzer
{
    /// <summary>The names that the rules of this engine look for.</summary>
    internal static readonly NameSet AllNames = new(PermissivePolicy.Names.Names);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(PermissivePolicy.Descriptor);

    private protected override NameSet? Names => AllNames;

    private protected override bool AppliesTo(CompilationFacts facts) => facts.Types.Has(PolicyReader.Builder) && !facts.IsTestProject;

    private protected override void Analyze(DocumentContext context)
    {
        if (context.IsEnabled(PermissivePolicy.Descriptor))
            PermissivePolicy.Inspect(context);
    }
}
