using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>
/// Where middleware belongs, after the order that the ASP.NET Core documentation gives ("ASP.NET Core Middleware", middleware order), with
/// two reasons of our own: the request log comes first, so that redirected and failed requests are logged with their status; the limiter
/// comes behind authentication, because it counts by user, and before authorization, because what is turned away must count too.
/// </summary>
internal static partial class MiddlewareOrder
{
    private static readonly string[] Order =
    [
        "UseForwardedHeaders", "UseCertificateForwarding", "UseHttpLogging", "UseW3CLogging", "UseSerilogRequestLogging",
        "UseExceptionHandler", "UseDeveloperExceptionPage", "UseMigrationsEndPoint", "UseDatabaseErrorPage", "UseStatusCodePages", "UseStatusCodePagesWithReExecute", "UseStatusCodePagesWithRedirects", "UseHsts",
        "UseHttpsRedirection", "UseResponseCompression", "UseDefaultFiles", "UseFileServer", "UseStaticFiles", "UseSpaStaticFiles", "UseCookiePolicy",
        "UseRouting", "UseRequestLocalization", "UseCors", "UseAuthentication", "UseIdentityServer", "UseRateLimiter", "UseAuthorization", "UseSession", "UseAntiforgery", "UseResponseCaching", "UseOutputCache",
        "UseWebSockets", "UseSwagger", "UseSwaggerUI", "UseEndpoints", "UseMvc", "UseMvcWithDefaultRoute", "UseSpa", "Run",
    ];

    /// <summary>Middleware that must have run before, also where a pipeline is not in the usual order.</summary>
    private static readonly Dictionary<string, string[]> Needs = new(StringComparer.Ordinal)
    {
        // without the forwarded scheme the redirection goes in circles
        ["UseHttpsRedirection"] = ["UseForwardedHeaders"],

        // policies of endpoints, the user, and the client's address
        ["UseRateLimiter"] = ["UseForwardedHeaders", "UseRouting", "UseAuthentication", "UseIdentityServer"],
        ["UseAuthentication"] = ["UseRouting"],
        ["UseAntiforgery"] = ["UseRouting", "UseAuthentication", "UseIdentityServer", "UseAuthorization"],
        ["UseAuthorization"] = ["UseRouting", "UseAuthentication", "UseIdentityServer"],
    };

    /// <summary>The place for a middleware call, or <see langword="null"/> where the host offers none.</summary>
    public static Place? Place(WebHost host, string name)
    {
        var rank = RankOf(name);
        var calls = Ranked(host);
        var needed = Needs.TryGetValue(name, out var names) ? calls.FindLastIndex(c => names.Contains(c.Name)) : -1;
        var later = calls.FindIndex(needed + 1, c => RankOf(c.Name) > rank);
        if (later >= 0 && Before(host, calls, later, needed, rank, name) is { } before)
            return before;
        var last = later >= 0 ? needed : calls.FindLastIndex(c => RankOf(c.Name) <= rank);
        if (last >= 0 && After(host, calls[last], name) is { } after)
            return after;
        return BeforeEndpoints(host) ?? AtBuild(host) ?? AtConfigure(host);
    }

    /// <summary>The outermost statement around the node in the function that it belongs to.</summary>
    public static StatementSyntax? Statement(SyntaxNode node)
    {
        StatementSyntax? outermost = null;
        for (var current = node; current is not null; current = current.Parent)
        {
            if (current is LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or AnonymousFunctionExpressionSyntax)
                break;
            if (current is StatementSyntax and not BlockSyntax)
                outermost = (StatementSyntax)current;
            if (current is GlobalStatementSyntax)
                break;
        }

        return outermost;
    }

    /// <summary>The variable that holds the application which the call builds.</summary>
    public static string? AppName(InvocationExpressionSyntax build) => build.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is { } variable && variable.Initializer?.Value == build
        ? variable.Identifier.ValueText
        : build.Parent is AssignmentExpressionSyntax { Left: IdentifierNameSyntax or MemberAccessExpressionSyntax } assignment ? assignment.Left.ToString() : null;

    /// <summary>The name of the first parameter with one of the types.</summary>
    public static string? Parameter(BaseMethodDeclarationSyntax method, params string[] types) =>
        method.ParameterList.Parameters.FirstOrDefault(p => p.Type is { } type && types.Contains(type.ToString().Split('.').Last()))?.Identifier.ValueText;

    private static int RankOf(string name) => Array.IndexOf(Order, name);

    private static Place? Before(WebHost host, List<HostCall> calls, int later, int needed, int rank, string name)
    {
        var call = calls[later];
        var statement = Statement(call.Call);

        // within one chain the place is between two of its calls
        var inChain = calls.FindLast(c => c != call && call.Call.Span.Contains(c.Call.Span) && IsLink(call.Call, c.Call) && (RankOf(c.Name) <= rank || calls.IndexOf(c) <= needed));
        if (inChain is not null)
            return Helpers.Place.InChainAfter(inChain.Call, name);
        if (statement is null)
            return Helpers.Place.AtRootOf(call.Call, name);

        // one statement holds both what must come before and what must come later, as a block under a condition
        if (needed >= 0 && Statement(calls[needed].Call) == statement)
            return After(host, calls[needed], name);
        return ReceiverName(host, call.Call) is { } receiver ? Helpers.Place.Before(statement, receiver) : Helpers.Place.AtRootOf(call.Call, name);
    }

    private static Place? After(WebHost host, HostCall call, string name)
    {
        var statement = Statement(call.Call);
        if (statement is null or ReturnStatementSyntax || ReceiverName(host, call.Call) is not { } receiver)
            return Helpers.Place.InChainAfter(call.Call, name);
        return Helpers.Place.After(statement, receiver);
    }

    /// <summary>Nothing else tells the place: before what is mapped where the application is built.</summary>
    private static Place? BeforeEndpoints(WebHost host)
    {
        if (host.BuildCall is not { } build || AppName(build) is not { } app || Statement(build) is not { } built)
            return null;
        var first = host.Routes.AllEndpoints.Select(static e => e.Call).Concat(host.Routes.Groups.Select(static g => g.Call).OfType<InvocationExpressionSyntax>())
            .Where(c => c.SyntaxTree == build.SyntaxTree).Select(Statement).Concat(Following(built).Where(s => Maps(s, app)))
            .Where(s => s is not null && InSameBody(s, built) && s.SpanStart > built.SpanStart).OrderBy(static s => s!.SpanStart).FirstOrDefault();
        return first is null ? null : Helpers.Place.Before(first, app);
    }

    /// <summary>Whether the statement maps endpoints, by an own method as well: <c>app.MapOrders()</c>.</summary>
    private static bool Maps(StatementSyntax statement, string app) =>
        statement is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call } && RootOf(call)?.ToString() == app
        && call.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().Any(static c => c.Expression is MemberAccessExpressionSyntax access && access.Name.Identifier.ValueText.StartsWith("Map", StringComparison.Ordinal));

    private static IEnumerable<StatementSyntax> Following(StatementSyntax statement) => statement.Parent switch
    {
        GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } => unit.Members.OfType<GlobalStatementSyntax>().Select(static g => g.Statement),
        BlockSyntax block => block.Statements,
        _ => [],
    };

    private static Place? AtBuild(WebHost host)
    {
        if (host.BuildCall is not { } build || Statement(build) is not { } statement)
            return null;
        if (AppName(build) is { } app)
            return Helpers.Place.After(statement, app);
        return build.FirstAncestorOrSelf<StatementSyntax>() == statement ? Helpers.Place.WithVariable(statement, build, "app") : null;
    }

    /// <summary>At the start of <c>Startup.Configure</c>, or of a <c>Configure(app => …)</c> lambda.</summary>
    private static Place? AtConfigure(WebHost host)
    {
        switch (host.Anchor)
        {
            case MethodDeclarationSyntax method when Parameter(method, "IApplicationBuilder", "WebApplication") is { } parameter:
                return AtStart((SyntaxNode?)method.Body ?? method.ExpressionBody?.Expression, parameter);
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Configure" } } call when call.ArgumentList.Arguments.FirstOrDefault()?.Expression is AnonymousFunctionExpressionSyntax lambda:
                var name = lambda switch
                {
                    SimpleLambdaExpressionSyntax simple => simple.Parameter.Identifier.ValueText,
                    ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: { Count: > 0 } parameters } => parameters.Last().Identifier.ValueText,
                    _ => null,
                };
                return name is null ? null : AtStart(lambda.Body, name);
            default:
                return null;
        }
    }

    private static Place? AtStart(SyntaxNode? body, string parameter) => body switch
    {
        BlockSyntax block => Helpers.Place.AtStart(block, parameter),
        ExpressionSyntax expression when RootOf(expression) is IdentifierNameSyntax root && root.Identifier.ValueText == parameter => Helpers.Place.AtRoot(root),
        _ => null,
    };

    private static bool InSameBody(SyntaxNode left, SyntaxNode right) => left.Parent == right.Parent || left.Parent is GlobalStatementSyntax && right.Parent is GlobalStatementSyntax;

    /// <summary>Whether the inner call is a part of the chain that ends with the outer one, not of an argument.</summary>
    private static bool IsLink(InvocationExpressionSyntax outer, InvocationExpressionSyntax inner)
    {
        for (ExpressionSyntax? link = outer; link is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var receiver } };)
        {
            link = receiver;
            if (link == inner)
                return true;
        }

        return false;
    }

    /// <summary>The variable at the root of a chain of calls; none where the chain begins with what builds the application.</summary>
    private static string? ReceiverName(WebHost host, InvocationExpressionSyntax call)
    {
        var root = RootOf(call, host.BuildCall);

        // UseX(app, …): an extension method called as the static method that it is
        if (call.Expression is MemberAccessExpressionSyntax { Expression: var type } && type == root && host.Pipeline.Find(c => c.Call == call) is { Receiver: IdentifierNameSyntax receiver } && receiver != root)
            root = receiver;
        return root is IdentifierNameSyntax or MemberAccessExpressionSyntax ? root.WithoutTrivia().ToString() : null;
    }

    /// <summary>What a chain of calls begins with.</summary>
    public static ExpressionSyntax? RootOf(ExpressionSyntax? expression, InvocationExpressionSyntax? stop = null)
    {
        while (expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var inner } } && expression != stop)
            expression = inner;
        return expression;
    }
}
