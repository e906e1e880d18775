using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Rules.Exposure;

/// <summary>ASA7006: a form post that signed-in browsers send for any site, because no anti-forgery token is checked.</summary>
internal static partial class MissingAntiforgeryCheck
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA7006",
        title: "Missing anti-forgery check",
        messageFormat: "'{0}' takes form posts along with the caller's sign-in, and {1}, so any other site can send them in the caller's name",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "Browsers add cookies and Windows credentials to the forms of any site; the token proves that the form is the application's own.",
        cwe: 352,
        topic: Topics.Exposure);

    /// <summary>For the fix: the class gets an attribute.</summary>
    internal const string TargetController = CoverageReport.TargetController;

    /// <summary>For the fix: the action gets an attribute.</summary>
    internal const string TargetAction = CoverageReport.TargetAction;

    /// <summary>For the fix: the mapped endpoint gets metadata.</summary>
    internal const string TargetEndpoint = CoverageReport.TargetEndpoint;

    /// <summary>For the fix: the attribute that switches the check off goes.</summary>
    internal const string TargetAttribute = "Attribute";

    /// <summary>For the fix: the call that switches the check off goes.</summary>
    internal const string TargetCall = "Call";

    /// <summary>The property that tells the fix which attribute can take the place of the one that goes; empty where none is needed.</summary>
    internal const string ReplacementKey = "Replacement";

    /// <summary>The property that tells the fix whether the services of views are there, without which MVC's filters throw.</summary>
    internal const string ViewsKey = "Views";

    /// <summary>The value of <see cref="ReplacementKey"/> where the call that goes adds a filter, and nothing takes its place.</summary>
    internal const string Filter = "Filter";

    private const string NoCheck = "checks no anti-forgery token";

    private static readonly HashSet<string> BringsViews = new(StringComparer.Ordinal) { "AddControllersWithViews", "AddMvc", "AddRazorPages", "AddViews", "AddRazorViewEngine" };

    /// <summary>First words of actions that answer a question, which is posted because it is long.</summary>
    private static readonly ImmutableHashSet<string> Questions = ImmutableHashSet.Create("get", "list", "find", "search", "query", "read", "fetch", "load", "lookup", "filter", "preview", "export", "download", "print", "report", "check", "validate", "verify", "count", "is", "has");

    internal static void Inspect(EndpointDocument document)
    {
        var index = document.Context.Index;
        if (document.Controllers.Count == 0 && document.Mapped.Count == 0 && !index.HasAny(Antiforgery.Names))
            return;
        var hosts = document.Application.Hosts(document.CancellationToken);

        // who signs in how is seen in the host only
        if (!hosts.Any(SignIns.HasAmbient) || Antiforgery.IsCheckedByHand(document.Context.Facts, document.CancellationToken))
            return;
        foreach (var controller in document.Controllers)
            Class(document, hosts, controller);
        Mapped(document);
        if (index.Has("DisableAntiforgery"))
            Disabled(document);
        if (index.Has("IgnoreAntiforgeryToken") || index.Has("IgnoreAntiforgeryTokenAttribute"))
        {
            Pages(document, hosts);
            Filters(document, hosts);
        }
    }

    private static void Class(EndpointDocument document, ImmutableArray<WebHost> hosts, Controller controller)
    {
        var posts = controller.Actions.Where(static a => HttpMethods.Of(a.Method).Contains("POST")).ToList();
        if (posts.Count == 0)
            return;
        var (ofType, ignoredOnType) = Antiforgery.Of(controller.Type, document.Application.Inspector);
        var around = document.ForController(controller).Or(controller.Own);
        var everywhere = hosts.Select(Everywhere).Aggregate(static (l, r) => l == r ? l : Answer.Unknown);
        var missing = new List<MethodDeclarationSyntax>();
        var reported = new HashSet<SyntaxNode>();
        foreach (var action in posts)
        {
            if (!IsAsked(controller, action) || Access(around.Or(action.Own)) != Answer.Yes || Ambient(hosts, action.Method, controller.Type) != Answer.Yes)
                continue;
            if (action.Method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(document.CancellationToken) is not MethodDeclarationSyntax syntax || syntax.SyntaxTree != document.Context.Tree || !SymbolEqualityComparer.Default.Equals(action.Method.ContainingType, controller.Type))
                continue;
            var (answer, ignored) = Antiforgery.Of(action.Method, document.Application.Inspector);
            var isOnAction = ignored is not null;
            if (answer == Answer.No)
            {
                ignored ??= ignoredOnType;
                answer = ignored is not null ? Answer.No : ofType.Or(everywhere);
            }

            if (answer != Answer.No)
                continue;
            if (ignored is null)
                missing.Add(syntax);
            else if (ignored.ApplicationSyntaxReference is { } reference && reference.SyntaxTree == document.Context.Tree && reference.GetSyntax(document.CancellationToken) is AttributeSyntax node && reported.Add(node))
                Attribute(document, hosts, node, isOnAction ? controller.Type.Name + "." + action.Method.Name : controller.Type.Name, (isOnAction ? ofType : Answer.No).Or(everywhere) == Answer.Yes ? "" : isOnAction ? "ValidateAntiForgeryToken" : "AutoValidateAntiforgeryToken");
        }

        // the attribute on the class must not begin to turn away what is posted without a form
        if (missing.Count > 1 && missing.Count == posts.Count && controller.IsMain)
        {
            Report(document, hosts, controller.Declaration.Identifier.GetLocation(), TargetController, controller.Type.Name, NoCheck, "");
            return;
        }

        foreach (var action in missing)
            Report(document, hosts, action.Identifier.GetLocation(), TargetAction, controller.Type.Name + "." + action.Identifier.ValueText, NoCheck, "");
    }

    /// <summary>Whether a page of another site can send what the action takes, and the action does something with it.</summary>
    private static bool IsAsked(Controller controller, ControllerAction action)
    {
        var method = action.Method;
        if (FormBinding.TakesBody(method) || method.GetAttributes().Concat(controller.Type.GetAttributes()).Any(static a => a.AttributeClass.Is("Microsoft.AspNetCore.Mvc.ConsumesAttribute") && a.ConstructorArguments is [{ Kind: TypedConstantKind.Primitive, Value: string type }, ..] && !type.Contains("form")))
            return false;
        if (Questions.Contains(ChangeNames.First(method.Name)))
            return false;
        return FormBinding.IsIn(method) || controller.Type.InheritsFrom("Microsoft.AspNetCore.Mvc.Controller") && !ActionRoutes.HasApiBehavior(controller.Type);
    }

    private static Answer Access(EndpointMetadata metadata) => metadata.Anonymous == Answer.No ? metadata.Authorization : Answer.No;

    private static Answer Ambient(ImmutableArray<WebHost> hosts, ISymbol? action, ISymbol? type)
    {
        var schemes = SignIns.Schemes(action, type);
        return hosts.Select(h => SignIns.AreAmbient(h, schemes)).Aggregate(static (l, r) => l.Agree(r));
    }

    private static Answer Everywhere(WebHost host) =>
        host.AntiforgeryFilter == Answer.No && (host.ServicesHaveUnknown || host.UnreadClues.Contains(AutoValidate) || host.UnseenNames.Contains(AutoValidate)) ? Answer.Unknown : host.AntiforgeryFilter;

    private const string AutoValidate = "AutoValidateAntiforgeryTokenAttribute";

    private static void Attribute(EndpointDocument document, ImmutableArray<WebHost> hosts, AttributeSyntax node, string name, string replacement) =>
        Report(document, hosts, node.GetLocation(), TargetAttribute, name, $"'[{node.Name}]' switches the check of anti-forgery tokens off", replacement);

    private static void Report(EndpointDocument document, ImmutableArray<WebHost> hosts, Location location, string target, string name, string why, string replacement) => document.Context.Report(
        Descriptor,
        location,
        ImmutableDictionary<string, string?>.Empty.Add(CoverageReport.TargetKey, target).Add(ReplacementKey, replacement).Add(ViewsKey, hosts.All(static h => h.Services.Exists(static s => BringsViews.Contains(s.Name))) ? "true" : "false"),
        asSuggestion: false,
        additionalLocations: null,
        name,
        why);
}
