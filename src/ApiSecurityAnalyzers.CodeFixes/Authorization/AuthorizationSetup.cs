using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Authorization;

/// <summary>
/// Makes authorization metadata work in a host: services, a scheme that can challenge, middleware. Without them the application
/// answers 500, since the framework throws where a request meets authorization that nothing carries out.
/// </summary>
internal static class AuthorizationSetup
{
    /// <param name="editor">The host.</param>
    /// <param name="needsMiddleware">Whether a fallback policy is to act, which only the middleware reads.</param>
    /// <param name="servesBrowsers">Whether people are to sign in at a page.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task EnsureAsync(HostEditor editor, bool needsMiddleware, bool servesBrowsers, CancellationToken cancellationToken)
    {
        if (!editor.Host.ServicesHaveUnknown && editor.CanAddServices)
        {
            await EnsureSchemeAsync(editor, servesBrowsers, cancellationToken).ConfigureAwait(false);
            if (!editor.Registers(ExplicitAuthorization.AddsAuthorization))
                await editor.AddServiceAsync("AddAuthorization()", cancellationToken).ConfigureAwait(false);
        }

        if (editor.Host.PipelineHasUnknown || !editor.CanAddMiddleware)
            return;

        // from .NET 7 the minimal hosting model adds both; the one that asks for authorization comes too early where routing or authentication is placed by hand
        await ExplicitAuthorization.EnsureAsync(editor, cancellationToken).ConfigureAwait(false);
        var isAutomatic = editor.Host.IsMinimal && editor.IsNet7;
        if (!isAutomatic && !editor.Uses("UseAuthentication") && !editor.Uses("UseIdentityServer"))
            await editor.AddMiddlewareAsync("UseAuthentication", cancellationToken).ConfigureAwait(false);
        if ((!isAutomatic || editor.Uses("UseRouting") || editor.Uses("UseAuthentication")) && !editor.Uses("UseAuthorization") && editor.Facts.Types.Has("Microsoft.AspNetCore.Builder.AuthorizationAppBuilderExtensions")
            && (needsMiddleware || !FiltersAuthorize(editor)))
            await editor.AddMiddlewareAsync("UseAuthorization", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Without endpoint routing MVC reads its attributes in a filter of its own.</summary>
    private static bool FiltersAuthorize(HostEditor editor) => (editor.Uses("UseMvc") || editor.Uses("UseMvcWithDefaultRoute")) && !editor.Uses("UseRouting") && !editor.Uses("UseEndpoints");

    private static async Task EnsureSchemeAsync(HostEditor editor, bool servesBrowsers, CancellationToken cancellationToken)
    {
        if (editor.Host.Services.Exists(AddsScheme))
            return;
        var (arguments, scheme) = servesBrowsers ? ("\"Cookies\"", "AddCookie()") : Scheme(editor);
        if (editor.Host.Services.Find(static s => s.Name == "AddAuthentication") is not { } existing)
        {
            await editor.AddServiceAsync($"AddAuthentication({arguments}).{scheme}", cancellationToken).ConfigureAwait(false);
            return;
        }

        // a default scheme that is named here and registered nowhere cannot be guessed
        if (existing.Call.ArgumentList.Arguments.Count > 0 || arguments.Length > 0 || editor.Solution.GetDocument(existing.Call.SyntaxTree) is null)
            return;
        var root = await existing.Call.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        await editor.ChangeAsync(root, Chain.Append(root, existing.Call, scheme.Substring(0, scheme.Length - 2)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the call registers an authentication scheme: an extension of the authentication builder, or a call that brings its own.</summary>
    internal static bool AddsScheme(HostCall call)
    {
        if (call.Name.StartsWith("AddDefaultIdentity", StringComparison.Ordinal) || call.Name.StartsWith("AddMicrosoftIdentity", StringComparison.Ordinal) || call.Name.StartsWith("AddIdentity", StringComparison.Ordinal) && call.Name != "AddIdentityCore")
            return true;
        if (call.Method is { } method)
            return (method.ReducedFrom ?? method).Parameters.FirstOrDefault()?.Type.Is(Builder) == true && method.IsExtensionMethod || method.ContainingType.Is(Builder);

        // a package that cannot be resolved: AddAuthentication().AddX()
        return call.Receiver is InvocationExpressionSyntax receiver && receiver.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Any(static n => n.Identifier.ValueText == "AddAuthentication");
    }

    private const string Builder = "Microsoft.AspNetCore.Authentication.AuthenticationBuilder";

    /// <summary>The arguments of <c>AddAuthentication</c> and the call that adds a scheme; from .NET 7 the only scheme is the default.</summary>
    private static (string Arguments, string Scheme) Scheme(HostEditor editor)
    {
        var types = editor.Facts.Types;
        if (types.Has("Microsoft.AspNetCore.Authentication.JwtBearer.JwtBearerHandler"))
            return (editor.IsNet7 ? "" : "\"Bearer\"", "AddJwtBearer()");
        if (types.Has("Microsoft.AspNetCore.Authentication.BearerToken.BearerTokenOptions"))
            return ("", "AddBearerToken()");

        // an API answers 401 where a site would redirect to its sign-in page
        return ("\"Cookies\"", """
            AddCookie(options => options.Events.OnRedirectToLogin = context =>
            {
                context.Response.StatusCode = 401;
                return System.Threading.Tasks.Task.CompletedTask;
            })
            """);
    }
}
