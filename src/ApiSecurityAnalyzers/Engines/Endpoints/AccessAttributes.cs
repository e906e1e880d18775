using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Reads which attributes open endpoints, and which demand authorization in a way that an open endpoint takes the force of.</summary>
internal static class AccessAttributes
{
    /// <summary>The framework's own attributes, as they are written.</summary>
    public static readonly NameSet Names = new("Authorize", "AuthorizeAttribute", "AllowAnonymous", "AllowAnonymousAttribute");

    /// <summary>What the attributes of a type or method say, inherited ones left out.</summary>
    public static IEnumerable<AccessStatement> On(ISymbol symbol, CancellationToken cancellationToken) => Statements(symbol, static _ => true, cancellationToken);

    /// <summary>What a type says and inherits, the farthest base first.</summary>
    public static IEnumerable<AccessStatement> OnTypeAndBases(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        Inherited(type.BaseType, cancellationToken).Concat(On(type, cancellationToken));

    /// <summary>What a type inherits.</summary>
    public static IEnumerable<AccessStatement> Inherited(INamedTypeSymbol? type, CancellationToken cancellationToken)
    {
        var bases = new Stack<INamedTypeSymbol>();
        for (; type is not null && type.SpecialType != SpecialType.System_Object; type = type.BaseType)
            bases.Push(type);
        return bases.SelectMany(b => OnBase(b, cancellationToken));
    }

    /// <summary>What a method inherits from those that it overrides.</summary>
    public static IEnumerable<AccessStatement> Inherited(IMethodSymbol method, CancellationToken cancellationToken)
    {
        for (var current = method.OverriddenMethod; current is not null; current = current.OverriddenMethod)
        {
            foreach (var statement in OnBase(current, cancellationToken))
                yield return statement;
        }
    }

    private static IEnumerable<AccessStatement> OnBase(ISymbol symbol, CancellationToken cancellationToken) => Statements(symbol, AttributeMetadata.IsInherited, cancellationToken);

    private static IEnumerable<AccessStatement> Statements(ISymbol symbol, Func<INamedTypeSymbol?, bool> counts, CancellationToken cancellationToken)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (counts(attribute.AttributeClass) && Read(attribute, cancellationToken) is { } statement)
                yield return statement with { Place = (symbol as ITypeSymbol ?? symbol.ContainingType)?.Name };
        }
    }

    private static AccessStatement? Read(AttributeData attribute, CancellationToken cancellationToken)
    {
        if (attribute.AttributeClass is not { } type || type is IErrorTypeSymbol)
            return null;
        if (Meaning(type) is not { } isAnonymous)
            return null;
        var node = attribute.ApplicationSyntaxReference?.Open(cancellationToken);
        var runsIn = node is null ? RunsIn.Everywhere : DevelopmentGuard.Compiled(node.SyntaxTree.GetRoot(cancellationToken), node.SpanStart);
        return new AccessStatement(node, isAnonymous, runsIn)
        {
            NamesSchemes = attribute.NamedArguments.Any(static a => a.Key == "AuthenticationSchemes"),
            Policies = (Text(attribute, "Policy") ?? DerivedAttribute.Value(type, "Policy", cancellationToken)) is { } policy ? ImmutableArray.Create(policy) : ImmutableArray<string>.Empty,
            Roles = Text(attribute, "Roles") ?? DerivedAttribute.Value(type, "Roles", cancellationToken),
            Schemes = Text(attribute, "AuthenticationSchemes") ?? DerivedAttribute.Value(type, "AuthenticationSchemes", cancellationToken),
        };
    }

    /// <summary>The text of an attribute's property; the policy is also what the framework's own attribute takes first.</summary>
    private static string? Text(AttributeData attribute, string name)
    {
        if (attribute.NamedArguments.FirstOrDefault(a => a.Key == name).Value is { Kind: TypedConstantKind.Primitive, Value: string named })
            return named;
        return name == "Policy" && attribute.AttributeClass.Is("Microsoft.AspNetCore.Authorization.AuthorizeAttribute") && attribute.ConstructorArguments is { Length: > 0 } arguments && arguments[0] is { Kind: TypedConstantKind.Primitive, Value: string policy } ? policy : null;
    }

    /// <summary>Whether metadata of the type opens an endpoint or demands authorization of it; <see langword="null"/> for neither.</summary>
    public static bool? Meaning(ITypeSymbol? type)
    {
        if (type.Implements("Microsoft.AspNetCore.Authorization.IAllowAnonymous"))
            return true;
        return type is not null && DemandsPolicy(type) ? false : null;
    }

    /// <summary>A filter of its own runs whatever the endpoint's metadata says.</summary>
    private static bool DemandsPolicy(ITypeSymbol type) =>
        (type.Implements("Microsoft.AspNetCore.Authorization.IAuthorizeData") || type.Implements("Microsoft.AspNetCore.Authorization.IAuthorizationRequirementData"))
        && !type.Implements("Microsoft.AspNetCore.Mvc.Filters.IAuthorizationFilter") && !type.Implements("Microsoft.AspNetCore.Mvc.Filters.IAsyncAuthorizationFilter");
}
