using System.Collections.Immutable;
using ApiSecurityAnalyzers.Rules.Logging;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Logging;

/// <summary>ASA4006: logs the exception.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SwallowedExceptionFix))]
public sealed class SwallowedExceptionFix : LogFix
{
    internal const string LogException = "ASA4006.LogException";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(SwallowedException.Descriptor.Id);

    private protected override string Title => "Log the exception";

    private protected override string Key => LogException;

    private protected override Task<LogEdit?> PlanAsync(Document document, TextSpan span, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        diagnostic.Properties.TryGetValue(SwallowedException.ActionKey, out var name);
        return CatchEntry.PlanAsync(document, span, "Exception ignored in", name, withAddress: false, cancellationToken);
    }
}
