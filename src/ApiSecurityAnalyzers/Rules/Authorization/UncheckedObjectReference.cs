using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Cryptography;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Rules.Authorization;

/// <summary>ASA1021: an object that belongs to somebody is reached by its id, and nobody asks whether the caller may.</summary>
internal static class UncheckedObjectReference
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA1021",
        title: "Unchecked object reference",
        messageFormat: "'{0}' reaches '{1}' by an id of the request and never compares its '{2}' with the caller, so whoever is signed in reaches everybody's",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "To be signed in is no right to every object: ids are guessed, counted up and passed on (broken object level authorization).",
        cwe: 639,
        topic: Topics.Authorization);

    /// <summary>The property that tells the fix the text of the call by which the object is loaded; empty where it stands in other code.</summary>
    internal const string CallKey = "Call";

    /// <summary>The property that tells the fix what the endpoint is called.</summary>
    internal const string OperationKey = "Operation";

    private const string Authorize = "Microsoft.AspNetCore.Authorization.AuthorizeAttribute";

    /// <summary>What is meant for those who see everything.</summary>
    private static readonly ImmutableHashSet<string> Staff = ImmutableHashSet.Create("admin", "administration", "management", "manage", "backoffice", "internal", "support", "staff");

    internal static void Inspect(EndpointDocument document)
    {
        if (document.Controllers.Count == 0 && document.Mapped.Count == 0)
            return;
        var references = new ObjectReferences(document.Context.Facts, document.Application.Inspector, document.CancellationToken);
        foreach (var controller in document.Controllers)
            Class(document, controller, references);
        Mapped(document, references);
    }

    private static void Class(EndpointDocument document, Controller controller, ObjectReferences references)
    {
        if (IsForStaff(controller.Type.Name) || IsForStaff(EndpointPath.Of(controller.Type) ?? "") || !IsPlain(controller.Type))
            return;
        var around = document.ForController(controller).Or(controller.Own);
        foreach (var action in controller.Actions)
        {
            var method = action.Method;
            if (!IsSignInAll(around.Or(action.Own)) || !IsPlain(method) || IsForStaff(method.Name) || method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(document.CancellationToken) is not MethodDeclarationSyntax syntax
                || syntax.SyntaxTree != document.Context.Tree || !SymbolEqualityComparer.Default.Equals(method.ContainingType, controller.Type))
            {
                continue;
            }

            var changes = HttpMethods.Of(method).Any(static v => v is "POST" or "PUT" or "PATCH" or "DELETE");
            if (references.Find(syntax, ObjectReferences.Ids(method), changes) is { } found && !ConventionsNamePolicy(document) && !IsDefaultNarrow(document) && !IsFiltered(document))
                Report(document, syntax.Identifier.GetLocation(), syntax, found, controller.Type.Name + "." + method.Name);
        }
    }

    private static void Mapped(EndpointDocument document, ObjectReferences references)
    {
        foreach (var endpoint in document.Mapped.GroupBy(static e => e.Call).Select(static g => g.First()))
        {
            if (endpoint.Kind != EndpointKind.RouteHandler || endpoint.RunsIn == RunsIn.DevelopmentOnly || endpoint.HandlerCode is not { } code || endpoint.Call.Expression is not MemberAccessExpressionSyntax member
                || !IsSignInAll(document.For(endpoint)) || NamesPolicy(endpoint) || document.HandlerOf(code) is not { } handler || !IsPlain(handler))
            {
                continue;
            }

            var path = EndpointPath.Of(endpoint, document.Context.Facts, document.CancellationToken) ?? "";
            var changes = HttpMethods.Of(endpoint).Any(static v => v is "POST" or "PUT" or "PATCH" or "DELETE");
            if (!IsForStaff(path) && references.Find(code, ObjectReferences.Ids(handler), changes) is { } found && !IsDefaultNarrow(document) && !IsFiltered(document))
                Report(document, member.Name.GetLocation(), code, found, EndpointPath.Describe(endpoint, document.Context.Facts, document.CancellationToken));
        }
    }

    /// <summary>Whether being signed in is all that is asked for.</summary>
    private static bool IsSignInAll(EndpointMetadata metadata) => metadata.Authorization == Answer.Yes && metadata.Anonymous == Answer.No;

    private static bool IsForStaff(string name) => Words.Say(name, Staff);

    /// <summary>Whether attributes ask for no more than a signed-in user: no role, no policy, no filter of the application's own.</summary>
    private static bool IsPlain(ISymbol symbol)
    {
        for (var current = symbol; current is not null; current = current is INamedTypeSymbol type ? type.BaseType : (current as IMethodSymbol)?.OverriddenMethod)
        {
            foreach (var attribute in current.GetAttributes())
            {
                if (attribute.AttributeClass is not { } kind || kind is IErrorTypeSymbol)
                    return false;
                if (kind.Is(Authorize))
                {
                    if (!attribute.ConstructorArguments.IsEmpty || attribute.NamedArguments.Any(static a => a.Key is "Policy" or "Roles"))
                        return false;
                }
                else if (kind.Implements("Microsoft.AspNetCore.Authorization.IAuthorizeData") || kind.Implements("Microsoft.AspNetCore.Authorization.IAuthorizationRequirementData")
                    || !KnownCalls.IsHarmlessAssembly(kind.ContainingAssembly?.Name ?? "") && (kind.Implements("Microsoft.AspNetCore.Mvc.Filters.IFilterMetadata") || kind.Implements("Microsoft.AspNetCore.Authorization.IAuthorizationRequirement"))
                    || kind.InheritsFrom("Microsoft.AspNetCore.Mvc.TypeFilterAttribute") || kind.InheritsFrom("Microsoft.AspNetCore.Mvc.ServiceFilterAttribute"))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Whether the calls that map controllers, or the groups around them, name policies.</summary>
    private static bool ConventionsNamePolicy(EndpointDocument document) => document.Application.AllEndpoints(document.CancellationToken).Any(static e => e.Kind == EndpointKind.Controllers && NamesPolicy(e));

    private static bool NamesPolicy(MappedEndpoint endpoint)
    {
        if (AsksForMore(endpoint.Call))
            return true;
        for (RouteGroup? group = endpoint.Group; group is not null; group = group.Parent)
        {
            if (group.Access.Exists(static s => s.Node is InvocationExpressionSyntax call && IsNamed(call)) || group.Call is { } call && AsksForMore(call))
                return true;
        }

        return endpoint.Access.Exists(static s => s.Node is InvocationExpressionSyntax call && IsNamed(call));
    }

    /// <summary>Whether a link of the chain behind the call names a policy or adds a filter.</summary>
    private static bool AsksForMore(InvocationExpressionSyntax call)
    {
        SyntaxNode current = call;
        while (current.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax next } access && access.Expression == current)
        {
            if (access.Name.Identifier.ValueText.StartsWith("AddEndpointFilter", StringComparison.Ordinal) || access.Name.Identifier.ValueText.StartsWith("Require", StringComparison.Ordinal) && IsNamed(next))
                return true;
            current = next;
        }

        return false;
    }

    private static bool IsNamed(InvocationExpressionSyntax call) => call.ArgumentList.Arguments.Count > 0 && ChangeFinder.NameOf(call.Expression) is not ("RequireRateLimiting" or "RequireCors" or "RequireHost");

    /// <summary>Whether the policy that a plain sign-in stands for asks for more than that.</summary>
    private static bool IsDefaultNarrow(EndpointDocument document) => DefaultPolicies.Any(name => document.Context.Facts.Compilation.SyntaxTrees.Any(tree =>
        NameIndex.For(tree, document.CancellationToken).Tokens(name, tree.GetRoot(document.CancellationToken), document.CancellationToken)
            .Any(static t => t.Parent?.FirstAncestorOrSelf<SyntaxNode>(static n => n is StatementSyntax or ArrowExpressionClauseSyntax)?.DescendantNodes().Any(static n => n is SimpleNameSyntax { Identifier.ValueText: "RequireRole" or "RequireClaim" or "RequireAssertion" or "AddRequirements" or "Requirements" or "Combine" }) == true)));

    private static readonly string[] DefaultPolicies = ["DefaultPolicy", "SetDefaultPolicy", "FallbackPolicy", "SetFallbackPolicy"];

    /// <summary>Whether a filter on the model itself narrows every query to somebody; where the model cannot be seen, it may.</summary>
    private static bool IsFiltered(EndpointDocument document)
    {
        foreach (var tree in document.Context.Facts.Compilation.SyntaxTrees)
        {
            var index = NameIndex.For(tree, document.CancellationToken);
            if (!index.MayHave("HasQueryFilter"))
                continue;
            foreach (var token in index.Tokens("HasQueryFilter", tree.GetRoot(document.CancellationToken), document.CancellationToken))
            {
                // 'IsDeleted' narrows for nobody
                if (token.Parent?.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call)
                    continue;
                var parameters = call.ArgumentList.DescendantNodes().OfType<ParameterSyntax>().Select(static p => p.Identifier.ValueText).ToList();
                if (call.ArgumentList.DescendantNodes().OfType<SimpleNameSyntax>().Any(n => !parameters.Contains(n.Identifier.ValueText) && !Words.Say(n.Identifier.ValueText, Flags)))
                    return true;
            }
        }

        return false;
    }

    private static readonly ImmutableHashSet<string> Flags = ImmutableHashSet.Create("deleted", "active", "archived", "enabled", "disabled", "removed", "hidden", "published", "delete");

    private static void Report(EndpointDocument document, Location location, SyntaxNode code, ObjectReference found, string name)
    {
        var start = MemberStamps.For(document.Context.Facts).Of(code)?.Start ?? 0;
        var call = found.In(code, start);
        document.Context.Report(
            Descriptor,
            location,
            ImmutableDictionary<string, string?>.Empty.Add(CallKey, call?.ToString() ?? "").Add(OperationKey, name),
            asSuggestion: false,
            additionalLocations: call is null ? null : ImmutableArray.Create(call.GetLocation()),
            name,
            found.Entity,
            found.Owner);
    }
}
