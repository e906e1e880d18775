using System.Collections.Immutable;
using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Rules.RateLimiting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ApiSecurityAnalyzers.CodeFixes.RateLimiting;

/// <summary>ASA3001: limits every client.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MissingRateLimiterFix))]
public sealed class MissingRateLimiterFix : HostFix
{
    internal const string AddRateLimiter = "ASA3001.AddRateLimiter";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(MissingRateLimiter.Descriptor.Id);

    private protected override string Title => "Add a rate limiter for all requests";

    private protected override string Key => AddRateLimiter;

    private protected override bool CanEdit(HostEditor editor) =>
        editor.Facts.Types.Has("Microsoft.AspNetCore.RateLimiting.RateLimiterOptions") && editor.CanAddMiddleware && (editor.CanAddServices || editor.Registers(static n => n == "AddRateLimiter"));

    private protected override async Task EditAsync(HostEditor editor, CancellationToken cancellationToken)
    {
        if (!editor.Registers(static n => n == "AddRateLimiter"))
            await editor.AddServiceAsync(GlobalLimiter.AddRateLimiter, cancellationToken).ConfigureAwait(false);
        await editor.AddMiddlewareAsync("UseRateLimiter", cancellationToken).ConfigureAwait(false);
    }
}
