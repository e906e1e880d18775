using ApiSecurityAnalyzers.CodeFixes.Authorization;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>
/// Writes the calls of authentication and authorization into a host that leaves them to <c>WebApplication</c>, which runs both before all other
/// middleware: what is turned away there is neither redirected nor logged nor limited, and its answer lacks the CORS headers. The
/// framework's documentation asks for written calls where the order matters ("Middleware in Minimal API apps").
/// </summary>
internal static class ExplicitAuthorization
{
    private const string Authentication = "UseAuthentication";
    private const string Authorization = "UseAuthorization";

    /// <summary>Calls that register everything which the authorization middleware needs.</summary>
    public static bool AddsAuthorization(string name) => name is "AddAuthorization" or "AddAuthorizationBuilder" or "AddControllers" or "AddControllersWithViews" or "AddMvc" or "AddRazorPages";

    /// <summary>Writes both calls behind the middleware that must precede them; where that would change what other middleware does, nothing.</summary>
    public static async Task EnsureAsync(HostEditor editor, CancellationToken cancellationToken)
    {
        if (!CanWrite(editor) || !EarlyMiddleware.IsConcerned(editor.Host) || await IsWrittenElsewhereAsync(editor, cancellationToken).ConfigureAwait(false))
            return;
        if (MiddlewareOrder.EarlyPlace(editor.Host, Authentication) is not { } first || MiddlewareOrder.EarlyPlace(editor.Host, Authorization) is null)
            return;
        await editor.AddMiddlewareAsync(Authentication, first, cancellationToken).ConfigureAwait(false);
        if (MiddlewareOrder.EarlyPlace(editor.Host, Authorization) is { } second)
            await editor.AddMiddlewareAsync(Authorization, second, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Both calls throw at start-up where their services are missing, while the automatic ones are then left out.</summary>
    private static bool CanWrite(HostEditor editor) =>
        editor.AuthorizesAutomatically && !editor.Host.PipelineHasUnknown
        && editor.Facts.Types.Has("Microsoft.AspNetCore.Builder.AuthAppBuilderExtensions") && editor.Facts.Types.Has("Microsoft.AspNetCore.Builder.AuthorizationAppBuilderExtensions")
        && editor.Host.Services.Exists(static s => AddsAuthorization(s.Name) && IsUnconditional(s))
        && editor.Host.Services.Exists(static s => (s.Name == "AddAuthentication" || AuthorizationSetup.AddsScheme(s)) && IsUnconditional(s));

    private static bool IsUnconditional(HostCall call) =>
        call.RunsIn == RunsIn.Everywhere && call.Ambient == RunsIn.Everywhere
        && !call.Call.Ancestors().TakeWhile(static n => n is not MemberDeclarationSyntax and not LocalFunctionStatementSyntax)
            .Any(static n => n is IfStatementSyntax or ElseClauseSyntax or SwitchStatementSyntax or SwitchExpressionSyntax or ConditionalExpressionSyntax or ForStatementSyntax or WhileStatementSyntax or CommonForEachStatementSyntax);

    /// <summary>Whether code that the host was not seen to run has one of the calls; it may run all the same.</summary>
    private static async Task<bool> IsWrittenElsewhereAsync(HostEditor editor, CancellationToken cancellationToken)
    {
        foreach (var tree in editor.Facts.Compilation.SyntaxTrees)
        {
            var text = (await tree.GetTextAsync(cancellationToken).ConfigureAwait(false)).ToString();
            if (text.IndexOf(Authentication, StringComparison.Ordinal) < 0 && text.IndexOf(Authorization, StringComparison.Ordinal) < 0)
                continue;
            var root = await tree.GetRootAsync(cancellationToken).ConfigureAwait(false);
            if (root.DescendantNodes().OfType<SimpleNameSyntax>().Any(static n => n.Identifier.ValueText is Authentication or Authorization))
                return true;
        }

        return false;
    }
}
