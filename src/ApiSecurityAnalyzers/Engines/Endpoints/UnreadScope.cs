using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>
/// Finds <c>[RequiredScope]</c> of Microsoft.Identity.Web where no policy in effect asks for scopes: the attribute is metadata, which a requirement
/// of a policy has to read. The library puts that requirement into the default policy, which named policies and roles take the place of.
/// </summary>
internal sealed class UnreadScope
{
    public static readonly NameSet Names = new("RequiredScope", "RequiredScopeAttribute", "RequiredScopeOrAppPermission", "RequiredScopeOrAppPermissionAttribute");

    /// <summary>A named policy has to ask for scopes.</summary>
    public const string TargetPolicy = "Policy";

    /// <summary>The default policy has to apply too.</summary>
    public const string TargetDefault = "Default";

    /// <summary>The services that make the default policy ask for scopes are missing.</summary>
    public const string TargetRegistration = "Registration";

    private const string Authorize = "Microsoft.AspNetCore.Authorization.AuthorizeAttribute";

    private static readonly string[] Metadata = ["Microsoft.Identity.Web.Resource.IAuthRequiredScopeMetadata", "Microsoft.Identity.Web.Resource.IAuthRequiredScopeOrAppPermissionMetadata"];

    private readonly EndpointDocument _document;
    private readonly CancellationToken _cancellationToken;

    private UnreadScope(EndpointDocument document)
    {
        _document = document;
        _cancellationToken = document.CancellationToken;
    }

    public static IEnumerable<(AttributeSyntax Attribute, UnreadAttribute Found)> In(EndpointDocument document)
    {
        if (!document.Context.Index.HasAny(Names) || !document.HostIsVisible || document.Application.Hosts(document.CancellationToken).Any(static h => h.ServicesHaveUnknown || h.ControllerFilter != Answer.No))
            yield break;
        var reader = new UnreadScope(document);
        foreach (var token in document.Context.Tokens(Names))
        {
            if (token.Parent?.FirstAncestorOrSelf<AttributeSyntax>() is { } attribute && attribute.Name.Span.Contains(token.Span) && reader.Find(attribute) is { } found)
                yield return (attribute, found);
        }
    }

    private UnreadAttribute? Find(AttributeSyntax attribute)
    {
        if (_document.Context.Model.GetSymbolInfo(attribute, _cancellationToken).Symbol?.ContainingType is not { } type || !Array.Exists(Metadata, m => type.Implements(m)) || type.Implements("Microsoft.AspNetCore.Mvc.Filters.IFilterMetadata")
            || attribute.Parent?.Parent is not { } owner || _document.Context.Model.GetDeclaredSymbol(owner, _cancellationToken) is not { } symbol)
        {
            return null;
        }

        var controller = symbol as INamedTypeSymbol ?? symbol.ContainingType;
        if (controller is null || !ControllerReader.IsController(controller) || MappingDemandsMore())
            return null;
        var place = symbol is INamedTypeSymbol ? controller.Name : controller.Name + "." + symbol.Name;
        var demands = Demands(symbol).ToList();

        // without any demand the controller is open, which another rule says
        if (demands.Count == 0)
            return null;
        if (demands.Exists(static d => PolicyOf(d) is null && !Has(d, "Roles")))
            return IsRegistered() ? null : new UnreadAttribute(place, "the default policy asks for scopes only where 'AddRequiredScopeAuthorization' is registered", TargetRegistration);
        var policies = demands.Select(PolicyOf).OfType<string>().Distinct().ToList();
        var definitions = policies.Select(Definition).ToList();
        if (definitions.Exists(static d => d is null || AsksForMore(d)))
            return null;
        return definitions.Count == 0
            ? new UnreadAttribute(place, "the roles take the place of the default policy, which would ask for scopes", TargetDefault)
            : new UnreadAttribute(place, $"the policy '{policies[0]}' does not ask for scopes", TargetPolicy, ImmutableArray.Create(definitions[0]!));
    }

    /// <summary>Where controllers are mapped, a demand without a policy brings the default policy.</summary>
    private bool MappingDemandsMore() => _document.Application.AllEndpoints(_cancellationToken).Any(static e => e.Kind == EndpointKind.Controllers && e.Effective.Authorization != Answer.No);

    private static IEnumerable<AttributeData> Demands(ISymbol symbol)
    {
        for (var current = symbol; current is not null; current = current is INamedTypeSymbol type ? type.BaseType : current.ContainingType)
        {
            foreach (var attribute in current.GetAttributes())
            {
                if (attribute.AttributeClass.InheritsFrom(Authorize))
                    yield return attribute;
            }
        }
    }

    private static string? PolicyOf(AttributeData attribute) =>
        attribute.NamedArguments.FirstOrDefault(static a => a.Key == "Policy").Value.Value as string ?? attribute.ConstructorArguments.FirstOrDefault().Value as string;

    private static bool Has(AttributeData attribute, string name) => attribute.NamedArguments.Any(a => a.Key == name);

    private bool IsRegistered() => _document.Application.Hosts(_cancellationToken).All(static h => h.Services.Exists(static s =>
        s.Name.StartsWith("AddMicrosoftIdentityWebApi", StringComparison.Ordinal) || s.Name.StartsWith("AddRequiredScope", StringComparison.Ordinal) || s.Name.StartsWith("AddMicrosoftWebApi", StringComparison.Ordinal)));

    private InvocationExpressionSyntax? Definition(string policy)
    {
        foreach (var tree in _document.Context.Facts.Compilation.SyntaxTrees)
        {
            foreach (var token in NameIndex.For(tree, _cancellationToken).Tokens("AddPolicy", tree.GetRoot(_cancellationToken), _cancellationToken))
            {
                if (token.Parent?.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { ArgumentList.Arguments: { Count: 2 } arguments } call
                    && _document.Context.Facts.ModelOf(tree).GetConstantValue(arguments[0].Expression, _cancellationToken) is { HasValue: true, Value: string name } && name == policy && arguments[1].Expression is LambdaExpressionSyntax)
                {
                    return call;
                }
            }
        }

        return null;
    }

    /// <summary>Whether a policy asks for scopes, or for something of the application's own, which may read them.</summary>
    private static bool AsksForMore(InvocationExpressionSyntax definition) => definition.ArgumentList.Arguments[1].DescendantNodes().OfType<SimpleNameSyntax>()
        .Any(static n => n.Identifier.ValueText.IndexOf("Scope", StringComparison.OrdinalIgnoreCase) >= 0 || n.Identifier.ValueText is "AddRequirements" or "Requirements" or "Combine" or "RequireAssertion")
        || definition.ArgumentList.Arguments[1].DescendantTokens().Any(static t => t.Value is "scp" or "scope" or "http://schemas.microsoft.com/identity/claims/scope");
}
