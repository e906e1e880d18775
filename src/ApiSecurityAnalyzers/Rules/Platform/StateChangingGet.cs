using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Rules.Platform;

/// <summary>ASA8002: an endpoint that changes state on a GET or HEAD request.</summary>
internal static class StateChangingGet
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA8002",
        title: "State-changing GET",
        messageFormat: "'{0}' changes state by '{1}' on a {2} request, which a link, an image or a crawler sends without anybody's will",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "Browsers send GET requests with cookies from any site, prefetch them and repeat them; anti-forgery checks leave them out.",
        cwe: 650,
        topic: Topics.Platform);

    /// <summary>For the fix: the verb attributes of the action are replaced.</summary>
    internal const string TargetAttribute = "Attribute";

    /// <summary>For the fix: the action has no verb attribute and gets one.</summary>
    internal const string TargetAction = CoverageReport.TargetAction;

    /// <summary>For the fix: the call is replaced by the one of another verb.</summary>
    internal const string TargetCall = CoverageReport.TargetEndpoint;

    /// <summary>For the fix: the verb is one of the list that the call is given.</summary>
    internal const string TargetList = "List";

    internal static void Inspect(EndpointDocument document)
    {
        if (document.Controllers.Count == 0 && document.Mapped.Count == 0)
            return;
        var finder = new ChangeFinder(document.Context.Facts, document.Application.Inspector, document.CancellationToken);
        Actions(document, finder);
        Mapped(document, finder);
    }

    private static void Actions(EndpointDocument document, ChangeFinder finder)
    {
        var reported = new HashSet<SyntaxNode>();
        foreach (var controller in document.Controllers)
        {
            foreach (var action in controller.Actions)
            {
                var method = action.Method;
                if (method.DeclaringSyntaxReferences.FirstOrDefault() is not { } reference || reference.SyntaxTree != document.Context.Tree || reference.GetSyntax(document.CancellationToken) is not MethodDeclarationSyntax syntax)
                    continue;
                var verbs = HttpMethods.Of(method);
                var reads = verbs.FirstOrDefault(static v => v is "GET" or "HEAD");
                if (reads is null && (verbs.Count > 0 || !AnswersGet(document, controller, method, syntax)))
                    continue;
                if (IsMeantToBeFollowed(method.Name, method.Parameters) || IsMeantToBeFollowed(Template(method), method.Parameters) || ChangeNames.IsReachedByLink(controller.Type.Name) || finder.Find(syntax) is not { } change || !reported.Add(syntax))
                    continue;
                var target = verbs.Count == 0 ? TargetAction : TargetAttribute;
                Report(document, syntax.Identifier.GetLocation(), change, target, Methods(controller, method, target), method.ContainingType.Name + "." + method.Name, reads ?? "GET");
            }
        }
    }

    /// <summary>Whether an action without a verb is reached by GET and nothing says so yet: ASA8001 asks about those of APIs.</summary>
    private static bool AnswersGet(EndpointDocument document, Controller controller, IMethodSymbol method, MethodDeclarationSyntax syntax) =>
        !ActionRoutes.DecideMethods(method, controller.Type) && !UnrestrictedHttpMethod.Asks(document, controller, method) && !UnrestrictedHttpMethod.HasConventions(document)
        && !MethodChoice.HasBody(method, ActionRoutes.HasApiBehavior(controller.Type))
        && !syntax.DescendantNodes().Any(static n => n is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Form" or "HasFormContentType" or "Body" or "ReadFormAsync" });

    private static void Mapped(EndpointDocument document, ChangeFinder finder)
    {
        foreach (var endpoint in document.Mapped.GroupBy(static e => e.Call).Select(static g => g.First()))
        {
            if (endpoint.Kind != EndpointKind.RouteHandler || endpoint.RunsIn == RunsIn.DevelopmentOnly || endpoint.HandlerCode is not { } code
                || HttpMethods.Of(endpoint).FirstOrDefault(static v => v is "GET" or "HEAD") is not { } verb || endpoint.Call.Expression is not MemberAccessExpressionSyntax member)
            {
                continue;
            }

            var parameters = Parameters(document, code);
            if (code is MethodDeclarationSyntax or LocalFunctionStatementSyntax && IsMeantToBeFollowed(NameOf(code), parameters))
                continue;
            var path = EndpointPath.Of(endpoint, document.Context.Facts, document.CancellationToken) ?? "";
            if (IsMeantToBeFollowed(path, parameters) || finder.Find(code) is not { } change)
                continue;
            var target = endpoint.Name == "MapMethods" ? TargetList : TargetCall;
            Report(document, member.Name.GetLocation(), change, target, member.Name.Identifier.ValueText == endpoint.Name ? Methods(document, endpoint, path) : [], verb + (path.Length == 0 ? "" : " " + path), verb);
        }
    }

    /// <summary>Whether an endpoint cannot be anything but a link: where a sign-in comes back, or what was mailed with a secret in it.</summary>
    private static bool IsMeantToBeFollowed(string name, ImmutableArray<IParameterSymbol> parameters) =>
        ChangeNames.IsReachedByLink(name) || ChangeNames.IsMailedLink(name, parameters.Select(static p => p.Name))
        || parameters.Any(static p => p.Name == "code") && parameters.Any(static p => p.Name == "state");

    private static string Template(IMethodSymbol method) => string.Join("/", method.GetAttributes().SelectMany(static a => a.ConstructorArguments).Where(static a => a.Kind == TypedConstantKind.Primitive).Select(static a => a.Value).OfType<string>());

    private static ImmutableArray<IParameterSymbol> Parameters(EndpointDocument document, SyntaxNode code)
    {
        var model = document.Context.Facts.ModelOf(code.SyntaxTree);
        var symbol = code is AnonymousFunctionExpressionSyntax ? model.GetSymbolInfo(code, document.CancellationToken).Symbol : model.GetDeclaredSymbol(code, document.CancellationToken);
        return (symbol as IMethodSymbol)?.Parameters ?? ImmutableArray<IParameterSymbol>.Empty;
    }

    private static string NameOf(SyntaxNode code) => code switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        LocalFunctionStatementSyntax local => local.Identifier.ValueText,
        _ => "",
    };

    /// <summary>The methods that can take the place of GET: those that no other action answers at the same route. Nothing where the verb stands out of reach.</summary>
    private static List<string> Methods(Controller controller, IMethodSymbol method, string target)
    {
        if (target == TargetAttribute && !method.GetAttributes().Where(static a => HttpMethods.IsRead(a)).All(IsOfFramework) || !method.GetAttributes().Any(HttpMethods.IsRead) && target == TargetAttribute)
            return [];
        var key = ActionRoutes.KeyOf(method, controller.Type);
        var taken = controller.Actions.Where(a => !SymbolEqualityComparer.Default.Equals(a.Method, method) && ActionRoutes.KeyOf(a.Method, controller.Type) == key).SelectMany(static a => HttpMethods.Of(a.Method)).ToList();

        // forms and scripts of pages know POST only
        var isApi = ActionRoutes.HasApiBehavior(controller.Type) || !controller.Type.InheritsFrom("Microsoft.AspNetCore.Mvc.Controller");
        return Candidates(isApi ? method.Name : "").Where(v => !taken.Contains(v.ToUpperInvariant())).ToList();
    }

    private static List<string> Methods(EndpointDocument document, MappedEndpoint endpoint, string path)
    {
        var symbol = document.Context.Model.GetSymbolInfo(endpoint.Call, document.CancellationToken).Symbol as IMethodSymbol;
        if (endpoint.Name == "MapMethods" ? !IsPlainList(endpoint) : symbol is null)
            return [];
        var key = ActionRoutes.WithoutNames(path);
        var taken = document.Mapped.Where(e => e.Call != endpoint.Call && ActionRoutes.WithoutNames(EndpointPath.Of(e, document.Context.Facts, document.CancellationToken) ?? "") == key).SelectMany(HttpMethods.Of).ToList();
        var name = endpoint.HandlerCode is { } code && NameOf(code) is { Length: > 0 } own ? own : path.Split('/').LastOrDefault(static s => s.Length > 0 && s[0] != '{') ?? "";
        return Candidates(name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name.Substring(1)).Where(v => !taken.Contains(v.ToUpperInvariant()) && (endpoint.Name == "MapMethods" || symbol!.ContainingType.GetMembers("Map" + v).Length > 0)).ToList();
    }

    /// <summary>POST, which fits every change, then what the name says.</summary>
    private static IEnumerable<string> Candidates(string name) => ChangeNames.First(name) switch
    {
        "delete" or "remove" or "destroy" or "purge" or "erase" => ["Post", "Delete"],
        "put" or "update" or "replace" or "edit" or "modify" => ["Post", "Put"],
        _ => ["Post"],
    };

    private static bool IsOfFramework(AttributeData attribute) => attribute.AttributeClass?.ContainingNamespace?.ToDisplayString() == "Microsoft.AspNetCore.Mvc"
        && attribute.ApplicationSyntaxReference?.GetSyntax() is AttributeSyntax;

    /// <summary>Whether the verbs stand in the call itself as texts: <c>["GET", "POST"]</c>.</summary>
    private static bool IsPlainList(MappedEndpoint endpoint) =>
        endpoint.Call.ArgumentList.Arguments.Count > 1 && endpoint.Call.ArgumentList.Arguments[1].Expression is ImplicitArrayCreationExpressionSyntax or ArrayCreationExpressionSyntax or CollectionExpressionSyntax
        && endpoint.Call.ArgumentList.Arguments[1].DescendantNodes().OfType<LiteralExpressionSyntax>().Count(static l => l.Token.Value is string text && text.ToUpperInvariant() is "GET" or "HEAD") == 1;

    private static void Report(EndpointDocument document, Location location, InvocationExpressionSyntax change, string target, List<string> methods, string name, string verb) => document.Context.Report(
        Descriptor,
        location,
        ImmutableDictionary<string, string?>.Empty.Add(CoverageReport.TargetKey, target).Add(MethodChoice.MethodsKey, string.Join(",", methods)),
        asSuggestion: false,
        additionalLocations: ImmutableArray.Create(change.GetLocation()),
        name,
        Called(change),
        verb);

    private static string Called(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => call.Expression.ToString(),
    };
}
