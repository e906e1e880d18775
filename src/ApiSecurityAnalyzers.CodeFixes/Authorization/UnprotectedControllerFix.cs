using System.Collections.Immutable;
using ApiSecurityAnalyzers.Rules.Authorization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ApiSecurityAnalyzers.CodeFixes.Authorization;

/// <summary>ASA1001: decides who may call.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnprotectedControllerFix))]
public sealed class UnprotectedControllerFix : AccessFix
{
    internal const string Authorize = "ASA1001.Authorize";
    internal const string AllowAnonymous = "ASA1001.AllowAnonymous";
    internal const string SetFallbackPolicy = "ASA1001.SetFallbackPolicy";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(UnprotectedController.Descriptor.Id);

    private protected override string AuthorizeKey => Authorize;

    private protected override string AnonymousKey => AllowAnonymous;

    private protected override string FallbackKey => SetFallbackPolicy;
}
