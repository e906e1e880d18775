using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Rules.Platform;

/// <summary>ASA8001: an endpoint that answers any HTTP method.</summary>
internal static class UnrestrictedHttpMethod
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA8001",
        title: "Unrestricted HTTP method",
        messageFormat: "'{0}' answers every HTTP method, so that whatever it does can be set off by a mere link",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "An endpoint that does not say which HTTP methods it is for answers GET requests, which links, images and crawlers send, and methods that rules of a gateway or cache do not expect.",
        cwe: 650,
        topic: Topics.Platform);

    /// <summary>For the fix: a verb attribute is added to the action.</summary>
    internal const string TargetAction = CoverageReport.TargetAction;

    /// <summary>For the fix: the call is replaced by the one of a verb.</summary>
    internal const string TargetCall = CoverageReport.TargetEndpoint;

    /// <summary>For the fix: the methods are added as metadata, since no call of a verb does the same.</summary>
    internal const string TargetMetadata = "Metadata";

    private static readonly HashSet<string> EmptyAnswers = new(StringComparer.Ordinal)
    {
        "Redirect", "LocalRedirect", "RedirectPreserveMethod", "RedirectPermanent", "NotFound", "StatusCode", "Problem", "Unauthorized", "Forbid", "BadRequest", "NoContent", "Challenge",
    };

    private static readonly HashSet<string> OtherProtocols = new(StringComparer.Ordinal)
    {
        "WebSockets", "IHttpForwarder", "HttpForwarder", "AcceptWebSocketAsync", "IExceptionHandlerFeature", "IExceptionHandlerPathFeature", "IStatusCodeReExecuteFeature",
    };

    internal static void Inspect(EndpointDocument document)
    {
        if (document.Controllers.Count > 0 && !HasConventions(document))
            Actions(document);
        Mapped(document);
    }

    /// <summary>Whether the rule asks about an action: an API's action that route attributes lead to, and nothing says by which method.</summary>
    internal static bool Asks(EndpointDocument document, Controller controller, IMethodSymbol action) =>
        !ActionRoutes.DecideMethods(action, controller.Type) && ActionRoutes.IsAttributeRouted(action, controller.Type)
        && (ActionRoutes.HasApiBehavior(controller.Type) || ActionRoutes.IsApi(controller.Type, document.CancellationToken));

    /// <summary>Whether own conventions of the application's may give actions their methods.</summary>
    internal static bool HasConventions(EndpointDocument document) =>
        document.Context.Facts.Compilation.SyntaxTrees.Any(t => NameIndex.For(t, document.CancellationToken).HasAny(ActionRoutes.Conventions));

    private static void Actions(EndpointDocument document)
    {
        var reported = new HashSet<SyntaxNode>();
        foreach (var controller in document.Controllers)
        {
            foreach (var action in controller.Actions)
            {
                if (action.Method.DeclaringSyntaxReferences.FirstOrDefault() is not { } reference || reference.SyntaxTree != document.Context.Tree
                    || reference.GetSyntax(document.CancellationToken) is not MethodDeclarationSyntax syntax || !Asks(document, controller, action.Method)
                    || HandlesAnyMethod(syntax) || ServesErrors(document, controller, action.Method) || !reported.Add(syntax))
                {
                    continue;
                }

                var methods = MethodChoice.For(
                    action.Method.Name,
                    MethodChoice.HasBody(action.Method, ActionRoutes.HasApiBehavior(controller.Type)),
                    () => Finder(document).Find(syntax) is not null,
                    () => new HandlerInspector(document.Context.Facts, document.Application.Inspector, document.CancellationToken).ChangesState(syntax, Post));
                Report(document, syntax.Identifier.GetLocation(), TargetAction, methods, action.Method.ContainingType.Name + "." + action.Method.Name);
            }
        }
    }

    private static void Mapped(EndpointDocument document)
    {
        foreach (var endpoint in document.Mapped.GroupBy(static e => e.Call).Select(static g => g.First()))
        {
            if (endpoint.Kind != EndpointKind.RouteHandler || endpoint.Name is not ("Map" or "MapFallback") || endpoint.RunsIn == RunsIn.DevelopmentOnly || endpoint.HandlerCode is not { } code)
                continue;
            var path = EndpointPath.Of(endpoint, document.Context.Facts, document.CancellationToken);
            if (HasMethodMetadata(endpoint) || HandlesAnyMethod(code) || IsErrorPath(document, path ?? "") || document.HandlerOf(code) is not { } handler || handler.GetAttributes().Any(static a => ActionRoutes.IsMethodMetadata(a.AttributeClass)))
                continue;
            if (handler.Parameters.Any(static p => p.Type.Name is "IHttpForwarder" or "WebSocketManager") || endpoint.Name == "MapFallback" && !HandlesData(document, code, handler))
                continue;
            if (endpoint.Call.Expression is not MemberAccessExpressionSyntax member)
                continue;
            var hasBody = MethodChoice.HasBody(handler, infers: true);
            var methods = MethodChoice.For(
                Name(handler, path),
                hasBody,
                () => Finder(document).Find(code) is not null,
                () => new HandlerInspector(document.Context.Facts, document.Application.Inspector, document.CancellationToken).ChangesState(code, Post));

            // what binds a body is refused at start-up where the method has none
            if (hasBody)
                methods = methods.Where(static m => m is not ("Get" or "Delete")).ToList();
            var name = endpoint.Name + (string.IsNullOrEmpty(path) ? "" : " " + path);
            var symbol = document.Context.Model.GetSymbolInfo(endpoint.Call, document.CancellationToken).Symbol as IMethodSymbol;
            var target = endpoint.Name == "Map" && endpoint.Call.ArgumentList.Arguments.Any(a => document.Context.Model.GetTypeInfo(a.Expression, document.CancellationToken).Type?.SpecialType == SpecialType.System_String) ? TargetCall : TargetMetadata;
            if (target == TargetCall)
                methods = methods.Where(m => symbol?.ContainingType.GetMembers("Map" + m).IsEmpty == false).ToList();
            else if (!document.Context.Facts.Types.Has("Microsoft.AspNetCore.Routing.HttpMethodMetadata") || member.Name.Identifier.ValueText != endpoint.Name)
                methods = [];
            Report(document, member.Name.GetLocation(), target, member.Name.Identifier.ValueText == endpoint.Name ? methods : [], name);
        }
    }

    private static ChangeFinder Finder(EndpointDocument document) => new(document.Context.Facts, document.Application.Inspector, document.CancellationToken);

    /// <summary>Whether code is made for every method: it asks which one came, speaks another protocol, passes requests on, or answers nothing but a status.</summary>
    private static bool HandlesAnyMethod(SyntaxNode code)
    {
        if (ChangeFinder.AsksForMethod(code) || code.DescendantNodes().Any(static n => n is SimpleNameSyntax name && OtherProtocols.Contains(name.Identifier.ValueText)))
            return true;
        var body = code switch
        {
            MethodDeclarationSyntax method => (SyntaxNode?)method.ExpressionBody?.Expression ?? method.Body,
            LocalFunctionStatementSyntax local => (SyntaxNode?)local.ExpressionBody?.Expression ?? local.Body,
            AnonymousFunctionExpressionSyntax lambda => lambda.Body,
            _ => null,
        };
        if (body is BlockSyntax { Statements: { Count: 1 } statements })
            body = statements[0] switch { ReturnStatementSyntax answer => answer.Expression, ThrowStatementSyntax thrown => thrown, ExpressionStatementSyntax only => only.Expression, _ => null };
        return body is ThrowExpressionSyntax or ThrowStatementSyntax
            || body is InvocationExpressionSyntax { Expression: var called } && (called as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText is var member && EmptyAnswers.Contains(member ?? (called as SimpleNameSyntax)?.Identifier.ValueText ?? "");
    }

    /// <summary>The exception handler runs the request again with the method that it had: the framework's documentation asks for no verb there.</summary>
    private static bool ServesErrors(EndpointDocument document, Controller controller, IMethodSymbol action) =>
        SaysError(action.Name) || SaysError(controller.Type.Name) || action.GetAttributes().SelectMany(static a => a.ConstructorArguments).Any(a => a.Kind == TypedConstantKind.Primitive && a.Value is string template && IsErrorPath(document, template));

    private static bool SaysError(string name) => name.IndexOf("error", StringComparison.OrdinalIgnoreCase) >= 0 || name.IndexOf("exception", StringComparison.OrdinalIgnoreCase) >= 0 || name.StartsWith("StatusCode", StringComparison.Ordinal);

    private static bool IsErrorPath(EndpointDocument document, string path)
    {
        if (SaysError(path))
            return true;
        var first = path.Trim('/', '~').Split('/')[0];
        return first.Length > 0 && first[0] != '{' && document.Application.Hosts(document.CancellationToken).SelectMany(static h => h.Pipeline)
            .Where(static c => c.Name is "UseExceptionHandler" or "UseStatusCodePagesWithReExecute")
            .SelectMany(static c => c.Call.ArgumentList.DescendantNodes().OfType<LiteralExpressionSyntax>())
            .Any(l => l.Token.Value is string text && text.Trim('/').Split('/', '?')[0].Equals(first, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether a fallback does more than show a page or say that nothing is there: it reads what was sent, or asks a service.</summary>
    private static bool HandlesData(EndpointDocument document, SyntaxNode code, IMethodSymbol handler) =>
        MethodChoice.HasBody(handler, infers: true) || Finder(document).Find(code) is not null
        || code.DescendantNodes().Any(static n => n is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Body" or "Form" or "BodyReader" or "ReadFormAsync" or "ReadFromJsonAsync", Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Request" } or IdentifierNameSyntax { Identifier.ValueText: "request" or "req" } })
        || handler.Parameters.Any(static p => p.Type is INamedTypeSymbol { SpecialType: SpecialType.None } type && (ChangeNames.IsStore(type.Name) || type.InheritsFrom("Microsoft.EntityFrameworkCore.DbContext")));

    /// <summary>Whether the chain of the call, or of a group around it, names the methods as metadata.</summary>
    private static bool HasMethodMetadata(MappedEndpoint endpoint)
    {
        if (NamesMethods(endpoint.Call))
            return true;
        for (RouteGroup? group = endpoint.Group; group is not null; group = group.Parent)
        {
            if (group.Call is not null && NamesMethods(group.Call))
                return true;
        }

        return false;
    }

    private static bool NamesMethods(InvocationExpressionSyntax call)
    {
        SyntaxNode current = call;
        while (current.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax next } access && access.Expression == current)
        {
            if (next.ArgumentList.DescendantNodes().Any(static n => n is SimpleNameSyntax name && name.Identifier.ValueText.EndsWith("HttpMethodMetadata", StringComparison.Ordinal)))
                return true;
            current = next;
        }

        return false;
    }

    /// <summary>The name of an own method, or the last fixed part of the path.</summary>
    private static string Name(IMethodSymbol handler, string? path)
    {
        if (handler.MethodKind is MethodKind.Ordinary or MethodKind.LocalFunction)
            return handler.Name;
        var fixedPart = (path ?? "").Split('/').LastOrDefault(static s => s.Length > 0 && s[0] != '{') ?? "";
        return fixedPart.Length == 0 ? "" : char.ToUpperInvariant(fixedPart[0]) + fixedPart.Substring(1);
    }

    private static readonly string[] Post = ["POST"];

    private static void Report(EndpointDocument document, Location location, string target, IReadOnlyList<string> methods, string name) => document.Context.Report(
        Descriptor,
        location,
        ImmutableDictionary<string, string?>.Empty.Add(CoverageReport.TargetKey, target).Add(MethodChoice.MethodsKey, string.Join(",", methods)),
        asSuggestion: false,
        additionalLocations: null,
        name);
}
