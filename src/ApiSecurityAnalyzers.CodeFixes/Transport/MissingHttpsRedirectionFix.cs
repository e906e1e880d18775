using System.Collections.Immutable;
using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Rules.Transport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ApiSecurityAnalyzers.CodeFixes.Transport;

/// <summary>ASA2001: redirects plain HTTP to HTTPS.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MissingHttpsRedirectionFix))]
public sealed class MissingHttpsRedirectionFix : HostFix
{
    internal const string UseHttpsRedirection = "ASA2001.UseHttpsRedirection";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(MissingHttpsRedirection.Descriptor.Id);

    private protected override string Title => "Add 'UseHttpsRedirection()'";

    private protected override string Key => UseHttpsRedirection;

    private protected override bool CanEdit(HostEditor editor) => editor.CanAddMiddleware;

    private protected override Task EditAsync(HostEditor editor, CancellationToken cancellationToken) => editor.AddMiddlewareAsync("UseHttpsRedirection", cancellationToken);
}
