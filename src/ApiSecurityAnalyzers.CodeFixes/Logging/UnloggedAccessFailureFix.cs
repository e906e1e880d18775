using System.Collections.Immutable;
using ApiSecurityAnalyzers.Rules.Logging;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Logging;

/// <summary>ASA4003: logs the failure, and where the request came from.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnloggedAccessFailureFix))]
public sealed class UnloggedAccessFailureFix : LogFix
{
    internal const string LogFailure = "ASA4003.LogFailure";

    /// <summary>What the entry says; the code's name follows.</summary>
    internal const string Text = "Access refused in";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(UnloggedAccessFailure.Descriptor.Id);

    private protected override string Title => "Log the failure";

    private protected override string Key => LogFailure;

    private protected override async Task<LogEdit?> PlanAsync(Document document, TextSpan span, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        diagnostic.Properties.TryGetValue(UnloggedAccessFailure.ActionKey, out var name);
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        return root is not null && span.End <= root.FullSpan.End && root.FindToken(span.Start).IsKind(SyntaxKind.CatchKeyword)
            ? await CatchEntry.PlanAsync(document, span, Text, name, withAddress: true, cancellationToken).ConfigureAwait(false)
            : await FailureEntry.PlanAsync(document, span, name, cancellationToken).ConfigureAwait(false);
    }
}
