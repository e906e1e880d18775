using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Rules.Authorization;
using ApiSecurityAnalyzers.Rules.Logging;
using ApiSecurityAnalyzers.Rules.RateLimiting;
using ApiSecurityAnalyzers.Rules.Transport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Asks the rules about endpoints and about the application.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EndpointAnalyzer : IndexedAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        UnprotectedController.Descriptor,
        UnprotectedMinimalApi.Descriptor,
        UnprotectedHub.Descriptor,
        MissingHttpsRedirection.Descriptor,
        MissingRateLimiter.Descriptor,
        UnlimitedEndpoint.Descriptor,
        MissingRequestLog.Descriptor,
        UnloggedStateChange.Descriptor);

    private protected override NameSet? Names => KnownNames.Host;

    private protected override bool AppliesTo(CompilationFacts facts) => facts.IsWeb;

    private protected override void Analyze(DocumentContext context)
    {
    }
}
