using System.Collections.Immutable;
using ApiSecurityAnalyzers.Rules.Authorization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ApiSecurityAnalyzers.CodeFixes.Authorization;

/// <summary>ASA1006: decides who may open a page and send its forms.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnprotectedPageFix))]
public sealed class UnprotectedPageFix : AccessFix
{
    internal const string Authorize = "ASA1006.Authorize";
    internal const string AllowAnonymous = "ASA1006.AllowAnonymous";
    internal const string SetFallbackPolicy = "ASA1006.SetFallbackPolicy";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(UnprotectedPage.Descriptor.Id);

    private protected override string AuthorizeKey => Authorize;

    private protected override string AnonymousKey => AllowAnonymous;

    private protected override string FallbackKey => SetFallbackPolicy;

    private protected override bool ServesBrowsers => true;
}
