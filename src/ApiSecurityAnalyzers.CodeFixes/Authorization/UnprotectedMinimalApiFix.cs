using System.Collections.Immutable;
using System.Composition;
using ApiSecurityAnalyzers.Rules.Authorization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ApiSecurityAnalyzers.CodeFixes.Authorization;

/// <summary>ASA1002: decides who may call.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnprotectedMinimalApiFix)), Shared]
public sealed class UnprotectedMinimalApiFix : AccessFix
{
    internal const string Authorize = "ASA1002.Authorize";
    internal const string AllowAnonymous = "ASA1002.AllowAnonymous";
    internal const string SetFallbackPolicy = "ASA1002.SetFallbackPolicy";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(UnprotectedMinimalApi.Descriptor.Id);

    private protected override string AuthorizeKey => Authorize;

    private protected override string AnonymousKey => AllowAnonymous;

    private protected override string FallbackKey => SetFallbackPolicy;
}
