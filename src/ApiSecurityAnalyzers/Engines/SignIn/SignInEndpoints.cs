using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.SignIn;

/// <summary>
/// Finds the endpoints of a document that check or send a credential: by what their code calls, or by a name together with what they take. A name
/// alone decides nothing, and an endpoint that only signed-in callers reach is none.
/// </summary>
internal static class SignInEndpoints
{
    /// <summary>The names of Razor Pages' handlers begin so.</summary>
    private const string PageHandler = "OnPost";

    public static IEnumerable<SignInEndpoint> In(EndpointDocument document)
    {
        var controllerRoutes = document.Application.AllEndpoints(document.CancellationToken).Where(static e => e.Kind == EndpointKind.Controllers && e.RunsIn != RunsIn.DevelopmentOnly).ToList();
        foreach (var controller in document.Controllers)
        {
            foreach (var action in controller.Actions)
            {
                if (!SymbolEqualityComparer.Default.Equals(action.Method.ContainingType, controller.Type) || action.Method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(document.CancellationToken) is not MethodDeclarationSyntax syntax || syntax.SyntaxTree != document.Context.Tree)
                    continue;
                var metadata = document.ForAction(controller, action);
                if (IsOpen(metadata) && OfAction(document, action.Method, syntax) is var (purpose, lockout) && purpose != SignInPurpose.None)
                {
                    var limiters = EndpointAttributes.Limiters(action.Method).Concat(EndpointAttributes.Limiters(controller.Type)).Concat(controllerRoutes.SelectMany(Around));
                    yield return new(purpose, syntax.Identifier.GetLocation(), CoverageReport.TargetAction, controller.Type.Name + "." + action.Method.Name, limiters.ToImmutableArray(), metadata.RateLimiting, lockout);
                }
            }
        }

        foreach (var calls in document.Mapped.Concat(IdentityApis(document)).Where(static e => e.RunsIn != RunsIn.DevelopmentOnly).GroupBy(static e => e.Call))
        {
            var endpoint = calls.First();
            var metadata = document.For(endpoint);
            if (IsOpen(metadata) && OfMapped(document, endpoint) is var (purpose, lockout) && purpose != SignInPurpose.None)
                yield return new(purpose, EndpointPath.NameOf(endpoint.Call).GetLocation(), CoverageReport.TargetEndpoint, EndpointPath.Describe(endpoint, document.Context.Facts, document.CancellationToken), Around(endpoint).ToImmutableArray(), metadata.RateLimiting, lockout);
        }

        foreach (var page in Pages(document))
            yield return page;
    }

    private static bool IsOpen(EndpointMetadata metadata) => metadata.Anonymous == Answer.Yes || metadata.AccessDecided == Answer.No;

    private static IEnumerable<LimiterStatement> Around(MappedEndpoint endpoint) => endpoint.Limiters.Concat(endpoint.Group.SelfAndParents.SelectMany(static g => g.Limiters));

    private static (SignInPurpose Purpose, Answer Lockout) OfAction(EndpointDocument document, IMethodSymbol action, MethodDeclarationSyntax syntax)
    {
        var verbs = HttpMethods.Of(action);
        var template = action.GetAttributes().Where(static a => a.AttributeClass.Implements("Microsoft.AspNetCore.Mvc.Routing.IRouteTemplateProvider")).Select(ActionRoutes.TextOf).FirstOrDefault(static t => t is not null);
        var named = verbs.Contains("GET") && verbs.Count == 1 ? SignInPurpose.None : SignInNames.OfName(action.Name) is var own and not SignInPurpose.None ? own : SignInNames.OfName(SignInNames.LastSegment(template));
        return Of(document, action, syntax, named);
    }

    private static (SignInPurpose Purpose, Answer Lockout) OfMapped(EndpointDocument document, MappedEndpoint endpoint)
    {
        // the framework's own endpoints: passwords lock the account out, mails are sent without end
        if (endpoint.Name == "MapIdentityApi")
            return (SignInPurpose.SignIn, Answer.Yes);
        if (endpoint.Kind != EndpointKind.RouteHandler || endpoint.HandlerCode is not { } code || !document.Context.Facts.Compilation.ContainsSyntaxTree(code.SyntaxTree))
            return default;
        var method = document.HandlerOf(code);
        var named = method is null || endpoint.Name == "MapGet" ? SignInPurpose.None : SignInNames.OfName(SignInNames.LastSegment(EndpointPath.Of(endpoint, document.Context.Facts, document.CancellationToken)));
        return Of(document, method, code, named);
    }

    private static (SignInPurpose Purpose, Answer Lockout) Of(EndpointDocument document, IMethodSymbol? method, SyntaxNode code, SignInPurpose named)
    {
        if (named != SignInPurpose.None && (method is null || !SignInNames.Takes(method, named)))
            named = SignInPurpose.None;

        // nothing is bound where neither a name nor a call of the document or of the code around hints at it
        if (named == SignInPurpose.None && !document.Application.ChecksCredentials(document.CancellationToken))
            return default;
        var read = SignInCode.Read(document.Application, code, document.CancellationToken);
        return (read.Purpose != SignInPurpose.None ? read.Purpose : named, read.Lockout);
    }

    private static IEnumerable<MappedEndpoint> IdentityApis(EndpointDocument document) =>
        document.Context.Index.HasAny(KnownNames.Host) ? document.Application.AllEndpoints(document.CancellationToken).Where(e => e.Name == "MapIdentityApi" && e.Call.SyntaxTree == document.Context.Tree) : [];

    private static IEnumerable<SignInEndpoint> Pages(EndpointDocument document)
    {
        if (!document.Context.Index.HasAny(SignInNames.Calls) || document.Application.AllEndpoints(document.CancellationToken).FirstOrDefault(static e => e.Name == "MapRazorPages" && e.RunsIn != RunsIn.DevelopmentOnly) is not { } mapping)
            yield break;
        var seen = new HashSet<ClassDeclarationSyntax>();
        foreach (var token in document.Context.Tokens(SignInNames.Calls))
        {
            if (token.Parent?.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { Parent: ClassDeclarationSyntax declaration } handler || !handler.Identifier.ValueText.StartsWith(PageHandler, StringComparison.Ordinal) || !seen.Add(declaration))
                continue;
            if (document.Context.Model.GetDeclaredSymbol(declaration, document.CancellationToken) is not { } type || !type.InheritsFrom("Microsoft.AspNetCore.Mvc.RazorPages.PageModel"))
                continue;
            var metadata = document.For(mapping).Or(document.Application.Attributes.OfType(type, document.CancellationToken));
            var read = SignInCode.Read(document.Application, handler, document.CancellationToken);
            if (IsOpen(metadata) && read.Purpose != SignInPurpose.None)
                yield return new(read.Purpose, declaration.Identifier.GetLocation(), CoverageReport.TargetController, type.Name, EndpointAttributes.Limiters(type).Concat(Around(mapping)).ToImmutableArray(), metadata.RateLimiting, read.Lockout);
        }
    }
}
