using ApiSecurityAnalyzers.CodeFixes.Helpers;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.CodeFixes.Exposure;

/// <summary>Gives a host the middleware that reads anti-forgery metadata; without it, requests to endpoints with such metadata throw.</summary>
internal static class AntiforgerySetup
{
    private const string Middleware = "UseAntiforgery";

    /// <summary>Whether the one host of the project has the middleware, or can be given it.</summary>
    public static async Task<bool> IsPossibleAsync(Project project, CancellationToken cancellationToken) =>
        await HostAsync(project, cancellationToken).ConfigureAwait(false) is { } editor
        && (editor.Uses(Middleware) || editor.Facts.Types.Has("Microsoft.AspNetCore.Builder.AntiforgeryApplicationBuilderExtensions") && editor.CanAddMiddleware && (HasServices(editor) || editor.CanAddServices));

    public static async Task<Solution> EnsureAsync(Project project, CancellationToken cancellationToken)
    {
        if (await HostAsync(project, cancellationToken).ConfigureAwait(false) is not { } editor || editor.Uses(Middleware))
            return project.Solution;
        if (!HasServices(editor))
            await editor.AddServiceAsync("AddAntiforgery()", cancellationToken).ConfigureAwait(false);
        await editor.AddMiddlewareAsync(Middleware, cancellationToken).ConfigureAwait(false);
        return editor.Solution;
    }

    private static bool HasServices(HostEditor editor) => editor.Registers(static n => n is "AddAntiforgery" or "AddControllersWithViews" or "AddMvc" or "AddRazorPages" or "AddRazorComponents");

    private static async Task<HostEditor?> HostAsync(Project project, CancellationToken cancellationToken) =>
        await HostEditor.CreateAsync(project, null, cancellationToken).ConfigureAwait(false) is { } editor && editor.Application.Hosts(cancellationToken).Length == 1 ? editor : null;
}
