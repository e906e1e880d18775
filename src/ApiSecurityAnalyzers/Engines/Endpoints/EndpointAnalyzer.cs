using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Rules.Authorization;
using ApiSecurityAnalyzers.Rules.Exposure;
using ApiSecurityAnalyzers.Rules.Logging;
using ApiSecurityAnalyzers.Rules.Platform;
using ApiSecurityAnalyzers.Rules.RateLimiting;
using ApiSecurityAnalyzers.Rules.Transport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Asks the rules about endpoints of each document, and about the application where its builder stands.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EndpointAnalyzer : IndexedAnalyzer
{
    /// <summary>Calls that add endpoints or groups.</summary>
    internal static readonly NameSet MappingNames = new(
        KnownCalls.MapsHandler.Concat(KnownCalls.MapsOther).Append("MapGroup").Append("MapHub"));

    private static readonly ImmutableArray<(DiagnosticDescriptor Descriptor, Action<EndpointDocument> Inspect)> EndpointRules = ImmutableArray.Create<(DiagnosticDescriptor, Action<EndpointDocument>)>(
        (UnprotectedController.Descriptor, UnprotectedController.Inspect),
        (UnprotectedMinimalApi.Descriptor, UnprotectedMinimalApi.Inspect),
        (UnprotectedHub.Descriptor, UnprotectedHub.Inspect),
        (UnprotectedGrpcService.Descriptor, UnprotectedGrpcService.Inspect),
        (OpenOperationalEndpoint.Descriptor, OpenOperationalEndpoint.Inspect),
        (UnprotectedPage.Descriptor, UnprotectedPage.Inspect),
        (OverriddenAuthorization.Descriptor, OverriddenAuthorization.Inspect),
        (IneffectiveAuthorization.Descriptor, IneffectiveAuthorization.Inspect),
        (MissingHsts.Descriptor, MissingHsts.InspectAge),
        (UnreadAuthorization.Descriptor, UnreadAuthorization.Inspect),
        (UncheckedObjectReference.Descriptor, UncheckedObjectReference.Inspect),
        (UnlimitedEndpoint.Descriptor, UnlimitedEndpoint.Inspect),
        (IneffectiveRateLimiter.Descriptor, IneffectiveRateLimiter.Inspect),
        (UnlimitedSignIn.Descriptor, UnlimitedSignIn.Inspect),
        (UnloggedStateChange.Descriptor, UnloggedStateChange.Inspect),
        (UnloggedAccessFailure.Descriptor, UnloggedAccessFailure.Inspect),
        (SwallowedException.Descriptor, SwallowedException.Inspect),
        (AuditEntryWithoutActor.Descriptor, AuditEntryWithoutActor.Inspect),
        (UnrestrictedHttpMethod.Descriptor, UnrestrictedHttpMethod.Inspect),
        (StateChangingGet.Descriptor, StateChangingGet.Inspect),
        (MissingAntiforgeryCheck.Descriptor, MissingAntiforgeryCheck.Inspect));

    private static readonly ImmutableArray<(DiagnosticDescriptor Descriptor, Action<EndpointDocument, WebHost> Inspect)> HostRules = ImmutableArray.Create<(DiagnosticDescriptor, Action<EndpointDocument, WebHost>)>(
        (MissingHttpsRedirection.Descriptor, MissingHttpsRedirection.Inspect),
        (MissingHsts.Descriptor, MissingHsts.Inspect),
        (MissingRateLimiter.Descriptor, MissingRateLimiter.Inspect),
        (MissingRequestLog.Descriptor, MissingRequestLog.Inspect),
        (MissingTelemetryExport.Descriptor, MissingTelemetryExport.Inspect));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        EndpointRules.Select(static r => r.Descriptor).Concat(HostRules.Select(static r => r.Descriptor)).Distinct().ToImmutableArray();

    private protected override NameSet? Names => null;

    /// <summary>Where a finding about the whole application is reported.</summary>
    internal static Location LocationOf(SyntaxNode anchor) => anchor switch
    {
        InvocationExpressionSyntax call => call.Expression.GetLocation(),
        MethodDeclarationSyntax method => method.Identifier.GetLocation(),
        BaseTypeDeclarationSyntax type => type.Identifier.GetLocation(),
        _ => anchor.GetLocation(),
    };

    private protected override bool AppliesTo(CompilationFacts facts) => facts.IsWeb && !facts.IsTestProject;

    private protected override void Analyze(DocumentContext context)
    {
        var document = new EndpointDocument(context, ApplicationModel.For(context.Facts));
        foreach (var (descriptor, inspect) in EndpointRules)
        {
            if (context.IsEnabled(descriptor))
                inspect(document);
        }

        // hosts are read only for documents that can hold their builder
        if (!context.Index.HasAny(KnownNames.Host))
            return;
        foreach (var host in document.Application.Hosts(context.CancellationToken))
        {
            if (host.Anchor?.SyntaxTree != context.Tree)
                continue;
            foreach (var (descriptor, inspect) in HostRules)
            {
                if (context.IsEnabled(descriptor))
                    inspect(document, host);
            }
        }
    }
}
