using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>
/// The code that runs for a request: actions, hub methods, page handlers, route handlers, middleware, filters, authentication and authorization handlers. Of a class
/// all members belong to it, since what an action leaves to a method beside it is done for the same request.
/// </summary>
internal static class RequestCode
{
    /// <summary>Names without which a document holds none of the classes but controllers and hubs, which are read anyway.</summary>
    public static readonly NameSet TypeNames = new(
        "PageModel", "ViewComponent", "IMiddleware", "RequestDelegate", "HttpContext", "IActionFilter", "IAsyncActionFilter", "ActionFilterAttribute", "IExceptionFilter", "IAsyncExceptionFilter", "ExceptionFilterAttribute",
        "IResourceFilter", "IAsyncResourceFilter", "IResultFilter", "IAsyncResultFilter", "ResultFilterAttribute", "IAuthorizationFilter", "IAsyncAuthorizationFilter", "IPageFilter", "IAsyncPageFilter", "IEndpointFilter",
        "IHubFilter", "AuthenticationHandler", "AuthorizationHandler", "IAuthorizationHandler", "ServerCallContext");

    private static readonly string[] Bases =
    [
        "Microsoft.AspNetCore.Mvc.ControllerBase", "Microsoft.AspNetCore.SignalR.Hub", "Microsoft.AspNetCore.Mvc.RazorPages.PageModel", "Microsoft.AspNetCore.Mvc.ViewComponent",
        "Microsoft.AspNetCore.Authentication.AuthenticationHandler", "FastEndpoints.BaseEndpoint",
    ];

    private static readonly string[] Interfaces =
    [
        "Microsoft.AspNetCore.Http.IMiddleware", "Microsoft.AspNetCore.Mvc.Filters.IFilterMetadata", "Microsoft.AspNetCore.Http.IEndpointFilter", "Microsoft.AspNetCore.SignalR.IHubFilter",
        "Microsoft.AspNetCore.Authorization.IAuthorizationHandler",
    ];

    /// <summary>The pieces of the document: classes, methods, local functions and lambdas. One may stand inside another.</summary>
    public static IEnumerable<SyntaxNode> In(EndpointDocument document)
    {
        var tree = document.Context.Tree;
        var seen = new HashSet<SyntaxNode>();
        foreach (var type in document.Controllers.Concat(document.Hubs))
        {
            foreach (var reference in type.Type.DeclaringSyntaxReferences)
            {
                if (reference.SyntaxTree == tree && seen.Add(reference.GetSyntax(document.CancellationToken)))
                    yield return reference.GetSyntax(document.CancellationToken);
            }
        }

        foreach (var endpoint in document.Application.HandlersIn(tree, document.CancellationToken))
            yield return endpoint.HandlerCode!;
        foreach (var middleware in InlineMiddleware(document))
            yield return middleware;
        foreach (var token in document.Context.Tokens(TypeNames))
        {
            if (token.Parent?.FirstAncestorOrSelf<ClassDeclarationSyntax>() is { } declaration && seen.Add(declaration)
                && document.Context.Model.GetDeclaredSymbol(declaration, document.CancellationToken) is { } symbol && IsRequestType(symbol))
            {
                yield return declaration;
            }
        }
    }

    /// <summary>Whether the framework makes the class to serve requests.</summary>
    public static bool IsRequestType(INamedTypeSymbol type)
    {
        if (ControllerReader.IsController(type) || Bases.Any(b => type.InheritsFrom(b)) || Interfaces.Any(i => type.Implements(i)))
            return true;
        if (type.GetMembers().OfType<IMethodSymbol>().Any(static m => m.Name is "Invoke" or "InvokeAsync" && m.DeclaredAccessibility == Accessibility.Public && m.Parameters.FirstOrDefault()?.Type.Is("Microsoft.AspNetCore.Http.HttpContext") == true))
            return true;
        return type.BaseType?.GetAttributes().Any(static a => a.AttributeClass is { Name: "BindServiceMethodAttribute" }) == true;
    }

    /// <summary>Whether the framework calls the function for a request; its caller then is nobody who could log.</summary>
    /// <param name="document">The document of the function.</param>
    /// <param name="function">A method, local function or lambda.</param>
    /// <param name="type">The class around it.</param>
    public static bool IsEntry(EndpointDocument document, SyntaxNode function, INamedTypeSymbol? type) => function switch
    {
        AnonymousFunctionExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } } when IsMapping(call) => true,
        MethodDeclarationSyntax method when type is not null && !IsPrivate(method) && IsRequestType(type) => true,
        _ => document.Application.HandlersIn(function.SyntaxTree, document.CancellationToken).Any(e => e.HandlerCode == function),
    };

    /// <summary>What the reader calls the code around a node: <c>OrdersController.Delete</c>, <c>POST /orders</c>.</summary>
    public static string Describe(EndpointDocument document, SyntaxNode node)
    {
        foreach (var ancestor in node.AncestorsAndSelf())
        {
            switch (ancestor)
            {
                case AnonymousFunctionExpressionSyntax lambda when document.Application.HandlersIn(node.SyntaxTree, document.CancellationToken).FirstOrDefault(e => e.HandlerCode == lambda) is { } endpoint:
                    return HttpMethods.Describe(endpoint);
                case LocalFunctionStatementSyntax { Parent: GlobalStatementSyntax } local:
                    return local.Identifier.ValueText;
                case MethodDeclarationSyntax { Parent: TypeDeclarationSyntax type } method:
                    return type.Identifier.ValueText + "." + method.Identifier.ValueText;
                case TypeDeclarationSyntax other:
                    return other.Identifier.ValueText;
            }
        }

        // middleware of the host
        return node.FirstAncestorOrSelf<InvocationExpressionSyntax>(static c => c.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Use" or "Run" }) is { Expression: MemberAccessExpressionSyntax access }
            ? access.Name.Identifier.ValueText
            : "Program";
    }

    private static IEnumerable<SyntaxNode> InlineMiddleware(EndpointDocument document)
    {
        if (!document.Context.Index.HasAny(KnownNames.Host))
            yield break;
        foreach (var host in document.Application.Hosts(document.CancellationToken))
        {
            foreach (var call in host.Pipeline)
            {
                if (call.Name is not ("Use" or "Run") || call.Call.SyntaxTree != document.Context.Tree)
                    continue;
                foreach (var argument in call.Call.ArgumentList.Arguments)
                {
                    if (argument.Expression is AnonymousFunctionExpressionSyntax lambda)
                        yield return lambda;
                }
            }
        }
    }

    private static bool IsMapping(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } && (name.StartsWith("Map", StringComparison.Ordinal) || name is "Use" or "Run" or "AddEndpointFilter");

    private static bool IsPrivate(MethodDeclarationSyntax method) =>
        !method.Modifiers.Any(static m => m.IsKind(SyntaxKind.PublicKeyword) || m.IsKind(SyntaxKind.ProtectedKeyword) || m.IsKind(SyntaxKind.InternalKeyword)) && method.ExplicitInterfaceSpecifier is null;
}
