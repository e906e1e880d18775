using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Rules.Exposure;

/// <content>Mapped endpoints, Razor Pages and filters for the whole application.</content>
internal static partial class MissingAntiforgeryCheck
{
    private static readonly string[] PostHandlers = ["OnPost", "OnPut", "OnPatch", "OnDelete"];

    /// <summary>Handlers that read the form by themselves: nothing tells the framework to check a token.</summary>
    private static void Mapped(EndpointDocument document)
    {
        foreach (var endpoint in document.Mapped.GroupBy(static e => e.Call).Select(static g => g.First()))
        {
            if (!IsAsked(document, endpoint) || endpoint.HandlerCode is not { } code || !FormBinding.IsReadIn(code) || document.HandlerOf(code) is not { } handler || FormBinding.IsIn(handler)
                || Requires(endpoint) || Antiforgery.Of(handler, document.Application.Inspector).Answer != Answer.No || endpoint.Call.Expression is not MemberAccessExpressionSyntax member)
            {
                continue;
            }

            Report(document, ImmutableArray.Create(endpoint.Group.Host!), member.Name.GetLocation(), TargetEndpoint, EndpointPath.Describe(endpoint, document.Context.Facts, document.CancellationToken), NoCheck, "");
        }
    }

    /// <summary>Handlers with a bound form, for which the framework would check the token.</summary>
    private static void Disabled(EndpointDocument document)
    {
        var reported = new HashSet<SyntaxNode>();
        foreach (var endpoint in document.Application.AllEndpoints(document.CancellationToken))
        {
            if (Disabling(endpoint) is not { Expression: MemberAccessExpressionSyntax member } call || call.SyntaxTree != document.Context.Tree || reported.Contains(call))
                continue;
            if (!IsAsked(document, endpoint) || endpoint.HandlerCode is not { } code || document.HandlerOf(code) is not { } handler || !FormBinding.IsIn(handler) && !FormBinding.IsReadIn(code))
                continue;
            reported.Add(call);
            Report(document, ImmutableArray.Create(endpoint.Group.Host!), member.Name.GetLocation(), TargetCall, EndpointPath.Describe(endpoint, document.Context.Facts, document.CancellationToken), "'DisableAntiforgery()' switches the check of anti-forgery tokens off", "");
        }
    }

    private static bool IsAsked(EndpointDocument document, MappedEndpoint endpoint)
    {
        if (endpoint.Kind != EndpointKind.RouteHandler || endpoint.RunsIn == RunsIn.DevelopmentOnly || endpoint.Group.Host is not { } host || host.Routes.IsLibrary)
            return false;
        var verbs = HttpMethods.Of(endpoint);
        if (verbs.Count > 0 && !verbs.Any(static v => v is "POST" or "PUT" or "PATCH"))
            return false;
        var handler = endpoint.HandlerCode is { } code ? document.HandlerOf(code) : null;
        return Access(document.For(endpoint)) == Answer.Yes && SignIns.AreAmbient(host, SignIns.Schemes(handler)) == Answer.Yes;
    }

    /// <summary>The call on the endpoint or on a group around it; what stands nearer wins.</summary>
    private static InvocationExpressionSyntax? Disabling(MappedEndpoint endpoint)
    {
        if (endpoint.DisablesAntiforgery is { } own)
            return own;
        if (endpoint.RequiresAntiforgery)
            return null;
        for (RouteGroup? group = endpoint.Group; group is not null; group = group.Parent)
        {
            if (group.DisablesAntiforgery is { } call)
                return call;
        }

        return null;
    }

    private static bool Requires(MappedEndpoint endpoint)
    {
        var required = endpoint.RequiresAntiforgery || endpoint.DisablesAntiforgery is not null;
        for (RouteGroup? group = endpoint.Group; group is not null && !required; group = group.Parent)
            required = group.RequiresAntiforgery || group.DisablesAntiforgery is not null;
        return required;
    }

    /// <summary>Razor Pages check the token of every form, unless the attribute on the page's model keeps them from it.</summary>
    private static void Pages(EndpointDocument document, ImmutableArray<WebHost> hosts)
    {
        foreach (var token in document.Context.Tokens(Antiforgery.Names))
        {
            if (token.Parent?.FirstAncestorOrSelf<AttributeSyntax>() is not { Parent.Parent: ClassDeclarationSyntax declaration } attribute || !attribute.Name.Span.Contains(token.Span)
                || document.Context.Model.GetDeclaredSymbol(declaration, document.CancellationToken) is not INamedTypeSymbol page || !page.InheritsFrom("Microsoft.AspNetCore.Mvc.RazorPages.PageModel"))
            {
                continue;
            }

            var handlers = page.GetMembers().OfType<IMethodSymbol>().Where(static m => m.DeclaredAccessibility == Accessibility.Public && Array.Exists(PostHandlers, p => m.Name.StartsWith(p, StringComparison.Ordinal)) && !FormBinding.TakesBody(m));
            var access = document.Everything.Or(document.Application.Attributes.OfType(page, document.CancellationToken));
            if (handlers.Any() && Access(access) == Answer.Yes && Ambient(hosts, null, page) == Answer.Yes)
                Attribute(document, hosts, attribute, page.Name, "");
        }
    }

    /// <summary>A filter that switches the check off for all controllers or pages.</summary>
    private static void Filters(EndpointDocument document, ImmutableArray<WebHost> hosts)
    {
        foreach (var host in hosts)
        {
            foreach (var call in host.AntiforgeryIgnored)
            {
                if (call.SyntaxTree == document.Context.Tree && call.Expression is MemberAccessExpressionSyntax member && SignIns.AreAmbient(host, []) == Answer.Yes)
                    Report(document, ImmutableArray.Create(host), member.Name.GetLocation(), TargetCall, document.Context.Facts.Compilation.AssemblyName ?? "", "a filter switches the check of anti-forgery tokens off for all of them", Filter);
            }
        }
    }
}
