using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>
/// Where middleware belongs, after the order that the ASP.NET Core documentation gives ("ASP.NET Core Middleware", middleware order);
/// the request log comes before the redirection, so that redirected requests are logged too.
/// </summary>
internal static class MiddlewareOrder
{
    private static readonly string[] Order =
    [
        "UseForwardedHeaders", "UseExceptionHandler", "UseDeveloperExceptionPage", "UseMigrationsEndPoint", "UseDatabaseErrorPage", "UseStatusCodePages", "UseStatusCodePagesWithReExecute", "UseStatusCodePagesWithRedirects", "UseHsts",
        "UseHttpLogging", "UseW3CLogging", "UseSerilogRequestLogging", "UseHttpsRedirection", "UseResponseCompression", "UseDefaultFiles", "UseFileServer", "UseStaticFiles", "UseSpaStaticFiles", "UseCookiePolicy",
        "UseRouting", "UseRequestLocalization", "UseCors", "UseRateLimiter", "UseAuthentication", "UseIdentityServer", "UseAuthorization", "UseSession", "UseAntiforgery", "UseResponseCaching", "UseOutputCache",
        "UseWebSockets", "UseSwagger", "UseSwaggerUI", "UseEndpoints", "UseMvc", "UseMvcWithDefaultRoute", "UseSpa", "Run",
    ];

    /// <summary>The place for a middleware call, or <see langword="null"/> where the host offers none.</summary>
    public static Place? Place(WebHost host, string name)
    {
        var rank = Array.IndexOf(Order, name);
        HostCall? after = null;
        foreach (var call in host.Pipeline)
        {
            if (call.Branch is not null)
                continue;
            var other = Array.IndexOf(Order, call.Name);
            if (other < 0)
                continue;

            // what only development runs comes later by chance: its block goes on standing in front
            if (other > rank && call.RunsIn != RunsIn.DevelopmentOnly && (after is null || call.Call.SyntaxTree != after.Call.SyntaxTree || !IsLaterRequired(host, call, rank)))
                return Before(call.Call, call.Receiver) ?? Helpers.Place.InChain(call.Call, call.Receiver);
            if (other <= rank)
                after = call;
        }

        // nothing comes later: before the endpoints, or at the end of what configures the application
        if (host.Routes.AllEndpoints.FirstOrDefault(e => host.BuildCall is not null && e.Call.SyntaxTree == host.BuildCall.SyntaxTree && InSameBody(e.Call, host.BuildCall)) is { } endpoint && host.BuildCall is not null && AppName(host.BuildCall) is { } app
            && Statement(endpoint.Call) is { } mapping && Statement(host.BuildCall) is { } build && mapping.SpanStart > build.SpanStart)
        {
            var first = host.Routes.AllEndpoints.Where(e => e.Call.SyntaxTree == mapping.SyntaxTree && InSameBody(e.Call, host.BuildCall)).Select(static e => Statement(e.Call)).Concat(Groups(host)).Where(s => s is not null && s.SpanStart > build.SpanStart).OrderBy(static s => s!.SpanStart).First();
            return Helpers.Place.Before(first!, app);
        }

        if (after is not null && Statement(after.Call) is { } last && ReceiverName(after.Receiver) is { } receiver)
            return Helpers.Place.After(last, receiver);
        if (host.BuildCall is not null && Statement(host.BuildCall) is { } built && AppName(host.BuildCall) is { } name2)
            return Helpers.Place.After(built, name2);
        return host.Anchor is MethodDeclarationSyntax { Body: { } body } configure && Parameter(configure, "IApplicationBuilder", "WebApplication") is { } parameter
            ? Helpers.Place.AtStart(body, parameter)
            : null;
    }

    /// <summary>Whether a call that must come before stands behind this one: then the pipeline is out of order, and the later place is safer.</summary>
    private static bool IsLaterRequired(WebHost host, HostCall call, int rank)
    {
        var behind = host.Pipeline.SkipWhile(c => c != call).Skip(1);
        return rank == Array.IndexOf(Order, "UseRateLimiter") && behind.Any(static c => c.Name == "UseRouting" && c.Branch is null);
    }

    private static IEnumerable<StatementSyntax?> Groups(WebHost host) =>
        host.Routes.Groups.Where(static g => g.Call is not null).Where(g => host.BuildCall is not null && g.Call!.SyntaxTree == host.BuildCall.SyntaxTree && InSameBody(g.Call, host.BuildCall)).Select(static g => Statement(g.Call!));

    private static bool InSameBody(SyntaxNode left, SyntaxNode right) => Statement(left)?.Parent is { } a && Statement(right)?.Parent is { } b && (a == b || a is GlobalStatementSyntax && b is GlobalStatementSyntax);

    private static Place? Before(SyntaxNode node, ExpressionSyntax? receiver) =>
        Statement(node) is { } statement && ReceiverName(receiver) is { } name ? Helpers.Place.Before(statement, name) : null;

    /// <summary>The outermost statement around the node in the function that it belongs to.</summary>
    public static StatementSyntax? Statement(SyntaxNode node)
    {
        StatementSyntax? outermost = null;
        for (var current = node; current is not null; current = current.Parent)
        {
            if (current is StatementSyntax and not BlockSyntax)
                outermost = (StatementSyntax)current;
            if (current is AnonymousFunctionExpressionSyntax { Block: null })
                return null;
            if (current is BaseMethodDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax && current != outermost || current is GlobalStatementSyntax)
                break;
        }

        return outermost;
    }

    /// <summary>The variable at the root of a chain of calls.</summary>
    public static string? ReceiverName(ExpressionSyntax? receiver)
    {
        while (receiver is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var inner } })
            receiver = inner;
        return receiver is IdentifierNameSyntax or MemberAccessExpressionSyntax ? receiver.WithoutTrivia().ToString() : null;
    }

    /// <summary>The variable that holds the application which the call builds.</summary>
    public static string? AppName(InvocationExpressionSyntax build) => build.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is { } variable && variable.Initializer?.Value == build
        ? variable.Identifier.ValueText
        : build.Parent is AssignmentExpressionSyntax { Left: IdentifierNameSyntax name } ? name.Identifier.ValueText : null;

    /// <summary>The name of the first parameter with one of the types.</summary>
    public static string? Parameter(BaseMethodDeclarationSyntax method, params string[] types) =>
        method.ParameterList.Parameters.FirstOrDefault(p => p.Type is { } type && types.Contains(type.ToString().Split('.').Last()))?.Identifier.ValueText;
}
