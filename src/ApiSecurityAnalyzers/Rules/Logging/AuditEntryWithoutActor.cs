using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Rules.Logging;

/// <summary>ASA4008: the entry that an endpoint leaves about a change does not say who made it.</summary>
internal static class AuditEntryWithoutActor
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA4008",
        title: "Audit entry without actor",
        messageFormat: "'{0}' logs a change and not who makes it",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "An entry about a change answers what happened and when; an audit asks who.",
        cwe: 778,
        topic: Topics.Logging,
        isEnabledByDefault: false);

    /// <summary>Levels that tell of what was done, as against what went wrong or what developers look for.</summary>
    private static readonly HashSet<string> Entries = new(StringComparer.Ordinal) { "LogInformation", "Information", "Info", "Log" };

    internal static void Inspect(EndpointDocument document)
    {
        if (document.Controllers.Count == 0 && document.Mapped.Count == 0)
            return;
        var handlers = new HandlerInspector(document.Context.Facts, document.Application.Inspector, document.CancellationToken);
        bool? enriched = null;
        foreach (var (name, code, verbs) in Handlers(document))
        {
            if (!handlers.ChangesState(code, verbs) || Entry(document, code) is not { } entry)
                continue;
            if (enriched ??= ActorNames.AreAddedToAll(document))
                return;
            document.Context.Report(Descriptor, EndpointPath.NameOf(entry).GetLocation(), ImmutableDictionary<string, string?>.Empty, asSuggestion: false, additionalLocations: null, name);
        }
    }

    /// <summary>The handlers of the document that know who calls.</summary>
    private static IEnumerable<(string Name, SyntaxNode Code, IReadOnlyList<string> Verbs)> Handlers(EndpointDocument document)
    {
        foreach (var controller in document.Controllers)
        {
            var shared = document.ForController(controller).Or(controller.Own);
            foreach (var action in controller.Actions)
            {
                var metadata = shared.Or(action.Own);
                if (SymbolEqualityComparer.Default.Equals(action.Method.ContainingType, controller.Type) && KnowsCaller(metadata) && !ChangeNames.Reads(action.Method.Name)
                    && action.Method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(document.CancellationToken) is MethodDeclarationSyntax syntax && syntax.SyntaxTree == document.Context.Tree)
                {
                    yield return (controller.Type.Name + "." + action.Method.Name, syntax, HttpMethods.Of(action.Method));
                }
            }
        }

        foreach (var calls in document.Mapped.Where(static e => e.Kind == EndpointKind.RouteHandler && e.RunsIn != RunsIn.DevelopmentOnly).GroupBy(static e => e.Call))
        {
            var endpoint = calls.First();
            if (endpoint.HandlerCode is { } code && code.SyntaxTree == document.Context.Tree && calls.All(e => KnowsCaller(document.For(e))))
                yield return (HttpMethods.Describe(endpoint), code, HttpMethods.Of(endpoint));
        }
    }

    /// <summary>Whether somebody must be signed in; where anybody may call, or a machine by its key, there is nobody to name.</summary>
    private static bool KnowsCaller(EndpointMetadata metadata) => metadata.Authorization == Answer.Yes && metadata.Anonymous != Answer.Yes;

    /// <summary>The first entry of the handler that tells of what is done; none where any of its entries names somebody, or may do so.</summary>
    private static InvocationExpressionSyntax? Entry(EndpointDocument document, SyntaxNode code)
    {
        InvocationExpressionSyntax? first = null;
        foreach (var call in code.DescendantNodes(static n => n is not CatchClauseSyntax).OfType<InvocationExpressionSyntax>())
        {
            if (CalledName(call) is "BeginScope" or "PushProperty" && ActorNames.AreIn(call.ArgumentList))
                return null;
            if (!CodeInspector.IsLogCall(call))
                continue;
            if (ActorNames.AreIn(call.ArgumentList))
                return null;
            var library = IsLibrary(document, call);
            if (library == Answer.Unknown)
                return null;
            if (first is null && (library == Answer.No || Entries.Contains(CalledName(call)) && TellsOfWork(call)))
                first = call;
        }

        return first;
    }

    /// <summary>Whether the entry goes to a logging library as it is; unknown where an audit service may add who it is about.</summary>
    private static Answer IsLibrary(EndpointDocument document, InvocationExpressionSyntax call)
    {
        if (document.Context.Model.GetSymbolInfo(call, document.CancellationToken).Symbol is not IMethodSymbol method)
            return Answer.Unknown;
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        var assembly = method.ContainingAssembly?.Name ?? "";
        if (assembly.StartsWith("Microsoft.Extensions.Logging", StringComparison.Ordinal) || assembly is "Serilog" or "NLog" or "log4net")
            return Answer.Yes;
        if (!document.Application.Inspector.IsInSource(method))
            return Answer.Unknown;
        if (method.GetAttributes().Any(static a => a.AttributeClass.Is("Microsoft.Extensions.Logging.LoggerMessageAttribute")))
            return Answer.No;
        var bodies = method.IsAbstract ? Implementations.Of(document.Context.Facts, method, document.CancellationToken) : ImmutableArray.Create(method);
        var around = call.FirstAncestorOrSelf<TypeDeclarationSyntax>();
        return bodies.IsEmpty || bodies.Any(b => Code(b, around).Any(c => ActorNames.AreIn(c) || MayKnow(c))) ? Answer.Unknown : Answer.No;

        // of a method beside the handler its own code tells, of a service all that it is made of
        IEnumerable<SyntaxNode> Code(IMethodSymbol body, TypeDeclarationSyntax? type) => body.ContainingType.DeclaringSyntaxReferences.Any(r => r.SyntaxTree == type?.SyntaxTree && r.Span == type.Span)
            ? body.DeclaringSyntaxReferences.Select(r => r.GetSyntax(document.CancellationToken))
            : body.ContainingType.DeclaringSyntaxReferences.Select(r => r.GetSyntax(document.CancellationToken));
    }

    private static bool MayKnow(SyntaxNode type) => type.DescendantTokens().Any(static t => t.ValueText is "HttpContext" or "IHttpContextAccessor" or "ISession");

    private static bool TellsOfWork(InvocationExpressionSyntax call) =>
        CalledName(call) != "Log" || call.ArgumentList.Arguments.FirstOrDefault()?.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Information" or "Info" };

    private static string CalledName(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };
}
