using System.Collections.Immutable;
using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Rules.Logging;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ApiSecurityAnalyzers.CodeFixes.Logging;

/// <summary>ASA4001: logs every request.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MissingRequestLogFix))]
public sealed class MissingRequestLogFix : HostFix
{
    internal const string AddHttpLogging = "ASA4001.AddHttpLogging";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(MissingRequestLog.Descriptor.Id);

    private protected override string Title => "Add HTTP logging";

    private protected override string Key => AddHttpLogging;

    /// <summary>
    /// Method, path, status: what an audit needs, nothing that holds credentials. The filter keeps the entries where the settings raise
    /// the level of 'Microsoft.AspNetCore', as the project templates do.
    /// </summary>
    private const string Services = """
        AddHttpLogging(options => options.LoggingFields =
            Microsoft.AspNetCore.HttpLogging.HttpLoggingFields.RequestMethod | Microsoft.AspNetCore.HttpLogging.HttpLoggingFields.RequestPath | Microsoft.AspNetCore.HttpLogging.HttpLoggingFields.ResponseStatusCode)
        """;

    /// <summary>From .NET 8: one entry a request, where there would be one for the call and one for its answer, which nothing ties together.</summary>
    private const string CombinedServices = """
        AddHttpLogging(options =>
        {
            options.LoggingFields = Microsoft.AspNetCore.HttpLogging.HttpLoggingFields.RequestMethod | Microsoft.AspNetCore.HttpLogging.HttpLoggingFields.RequestPath | Microsoft.AspNetCore.HttpLogging.HttpLoggingFields.ResponseStatusCode;
            options.CombineLogs = true;
        })
        """;

    private const string Filter = "AddLogging(logging => logging.AddFilter(\"Microsoft.AspNetCore.HttpLogging\", Microsoft.Extensions.Logging.LogLevel.Information))";

    private protected override bool CanEdit(HostEditor editor) =>
        editor.Facts.Types.Has("Microsoft.AspNetCore.HttpLogging.HttpLoggingOptions") && editor.CanAddMiddleware && (editor.CanAddServices || editor.Registers(static n => n == "AddHttpLogging"));

    private protected override async Task EditAsync(HostEditor editor, CancellationToken cancellationToken)
    {
        if (!editor.Registers(static n => n == "AddHttpLogging"))
        {
            await editor.AddServiceAsync(CanCombine(editor) ? CombinedServices : Services, cancellationToken).ConfigureAwait(false);
            await editor.AddServiceAsync(Filter, cancellationToken).ConfigureAwait(false);
        }

        await editor.AddMiddlewareAsync("UseHttpLogging", cancellationToken).ConfigureAwait(false);
    }

    private static bool CanCombine(HostEditor editor) => editor.Facts.Types["Microsoft.AspNetCore.HttpLogging.HttpLoggingOptions"]?.GetMembers("CombineLogs").IsEmpty == false;
}
