using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>
/// Adds middleware and services to a host, wherever it is written: top-level statements, <c>Main</c>, <c>Startup</c>, a
/// <c>Configure</c> lambda. Each call edits the solution that the one before it left.
/// </summary>
internal sealed class HostEditor
{
    private readonly ProjectId _projectId;
    private readonly string _anchorPath;
    private readonly int _hostIndex;

    private HostEditor(Solution solution, ProjectId projectId, ApplicationModel application, WebHost host, int index)
    {
        Solution = solution;
        Application = application;
        Host = host;
        _projectId = projectId;
        _anchorPath = host.Anchor!.SyntaxTree.FilePath;
        _hostIndex = index;
    }

    /// <summary>The solution with all edits so far.</summary>
    public Solution Solution { get; private set; }

    public ApplicationModel Application { get; private set; }

    public WebHost Host { get; private set; }

    public CompilationFacts Facts => Application.Facts;

    /// <summary>An editor for the host whose builder stands at the place, or for the only or first host of the project.</summary>
    public static async Task<HostEditor?> CreateAsync(Project project, SyntaxNode? anchor, CancellationToken cancellationToken)
    {
        if (await ModelAsync(project, cancellationToken).ConfigureAwait(false) is not { } application)
            return null;
        var hosts = application.Hosts(cancellationToken);
        for (var i = 0; i < hosts.Length; i++)
        {
            if (hosts[i].Anchor is { } found && (anchor is null || found.SyntaxTree == anchor.SyntaxTree && found.Span.Contains(anchor.Span)))
                return new HostEditor(project.Solution, project.Id, application, hosts[i], i);
        }

        return null;
    }

    /// <summary>An editor for the host whose builder stands at the place, or which makes the call around it.</summary>
    public static async Task<HostEditor?> ForCallAsync(Project project, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (await ModelAsync(project, cancellationToken).ConfigureAwait(false) is not { } application)
            return null;
        var hosts = application.Hosts(cancellationToken);
        for (var i = 0; i < hosts.Length; i++)
        {
            if (hosts[i].Anchor is { } anchor && (Holds(anchor, node) || hosts[i].Pipeline.Concat(hosts[i].Services).Any(c => Holds(c.Call, node))))
                return new HostEditor(project.Solution, project.Id, application, hosts[i], i);
        }

        return null;
    }

    private static bool Holds(SyntaxNode outer, SyntaxNode inner) => outer.SyntaxTree == inner.SyntaxTree && outer.Span.Contains(inner.Span);

    /// <summary>The model of a project as the analyzers see it.</summary>
    public static async Task<ApplicationModel?> ModelAsync(Project project, CancellationToken cancellationToken) =>
        await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is { } compilation
            ? ApplicationModel.WithSymbols(CompilationFacts.For(compilation, project.AnalyzerOptions))
            : null;

    /// <summary>Whether middleware can be inserted.</summary>
    public bool CanAddMiddleware => MiddlewareOrder.Place(Host, "UseHttpsRedirection") is not null;

    /// <summary>Whether services can be registered.</summary>
    public bool CanAddServices => ServicePlace.Find(Host) is not null;

    /// <summary>Whether <c>WebApplication</c> adds authentication and authorization itself, from .NET 7, at the very start of the pipeline, because the host has neither call.</summary>
    public bool AuthorizesAutomatically => Host.IsMinimal && IsNet7 && !Uses("UseAuthentication") && !Uses("UseAuthorization") && !Uses("UseIdentityServer");

    /// <summary>Whether the framework is .NET 7 or later.</summary>
    public bool IsNet7 => Facts.Types.Has("Microsoft.AspNetCore.RateLimiting.RateLimiterOptions");

    public bool Uses(string name) => Host.Pipeline.Exists(c => c.Name == name);

    public bool Registers(Func<string, bool> name) => Host.Services.Exists(s => name(s.Name));

    /// <summary>Inserts <c>app.Name();</c> where the framework's documentation wants it in the pipeline.</summary>
    public async Task AddMiddlewareAsync(string name, CancellationToken cancellationToken)
    {
        var early = AuthorizesAutomatically && name is ("UseHttpLogging" or "UseRateLimiter") ? MiddlewareOrder.EarlyPlace(Host, name) : null;
        if ((early ?? MiddlewareOrder.Place(Host, name)) is { } place)
            await AddMiddlewareAsync(name, place, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Inserts <c>app.Name();</c> at a place in the pipeline.</summary>
    public async Task AddMiddlewareAsync(string name, Place place, CancellationToken cancellationToken)
    {
        var document = Solution.GetDocument(place.Node.SyntaxTree)!;
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var changed = place.Insert(root!, $"{place.Receiver}.{name}()");
        await UpdateAsync(document.WithSyntaxRoot(changed), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Inserts a statement, given as text behind the variable of the application, at a place in the pipeline.</summary>
    /// <param name="place">The place.</param>
    /// <param name="comments">Comment lines above it, each with its line break.</param>
    /// <param name="code">What follows the variable and its dot.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public Task AddCodeAsync(Place place, string comments, string code, CancellationToken cancellationToken) => AddCodeAsync(place, comments + place.Receiver + "." + code, cancellationToken);

    /// <summary>Inserts a statement, given without what ends it, at a place in the pipeline.</summary>
    public async Task AddCodeAsync(Place place, string statement, CancellationToken cancellationToken)
    {
        var document = Solution.GetDocument(place.Node.SyntaxTree)!;
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        await UpdateAsync(document.WithSyntaxRoot(place.Insert(root!, statement)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Registers a service; <paramref name="call"/> is what follows the service collection: <c>AddX()</c>.</summary>
    public async Task AddServiceAsync(string call, CancellationToken cancellationToken)
    {
        if (ServicePlace.Find(Host) is not { } place)
            return;
        var document = Solution.GetDocument(place.Node.SyntaxTree)!;
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        await UpdateAsync(document.WithSyntaxRoot(place.Insert(root!, call)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Replaces the root of a document of the host.</summary>
    public Task ChangeAsync(SyntaxNode root, SyntaxNode changed, CancellationToken cancellationToken) =>
        UpdateAsync(Solution.GetDocument(root.SyntaxTree)!.WithSyntaxRoot(changed), cancellationToken);

    private async Task UpdateAsync(Document document, CancellationToken cancellationToken)
    {
        Solution = await CleanUp.RunAsync(Solution, document.Project.Solution, cancellationToken).ConfigureAwait(false);
        var application = await ModelAsync(Solution.GetProject(_projectId)!, cancellationToken).ConfigureAwait(false);
        var hosts = application!.Hosts(cancellationToken);
        Application = application;
        Host = _hostIndex < hosts.Length && hosts[_hostIndex].Anchor?.SyntaxTree.FilePath == _anchorPath ? hosts[_hostIndex] : hosts.FirstOrDefault(h => h.Anchor?.SyntaxTree.FilePath == _anchorPath) ?? Host;
    }
}
