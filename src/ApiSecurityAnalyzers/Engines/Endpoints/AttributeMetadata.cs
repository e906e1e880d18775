using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Reads what attributes say about an endpoint.</summary>
internal sealed class AttributeMetadata
{
    private readonly CompilationFacts _facts;
    private readonly ImmutableArray<string> _authorizing;
    private readonly CodeInspector _inspector;

    public AttributeMetadata(CompilationFacts facts, CodeInspector inspector)
    {
        _facts = facts;
        _inspector = inspector;
        _authorizing = facts.Options.List(ApiSecurityOptions.AuthorizationAttributes);
    }

    /// <summary>The attributes on a type and, as they are inherited, on its base types.</summary>
    public EndpointMetadata OfType(ITypeSymbol? type, CancellationToken cancellationToken)
    {
        var metadata = EndpointMetadata.None;
        for (var current = type; current is not null && current.SpecialType != SpecialType.System_Object; current = current.BaseType)
            metadata = metadata.Or(Of(current.GetAttributes(), inheritedOnly: !ReferenceEquals(current, type), cancellationToken));
        return metadata;
    }

    /// <summary>The attributes on a method and on what it overrides.</summary>
    public EndpointMetadata OfMethod(IMethodSymbol? method, CancellationToken cancellationToken)
    {
        var metadata = EndpointMetadata.None;
        for (var current = method; current is not null; current = current.OverriddenMethod)
            metadata = metadata.Or(Of(current.GetAttributes(), inheritedOnly: !ReferenceEquals(current, method), cancellationToken));
        return metadata;
    }

    /// <summary>What an object that is added as metadata or filter says: <c>new AuthorizeAttribute()</c>.</summary>
    public EndpointMetadata OfMetadataType(ITypeSymbol? type, CancellationToken cancellationToken) =>
        type is INamedTypeSymbol named ? OfAttributeType(named, ImmutableArray<TypedConstant>.Empty, cancellationToken) : EndpointMetadata.Unknown;

    /// <summary>Whether a filter type decides about access: an authorization filter, or own code that answers 401 or 403.</summary>
    public Answer FilterAuthorizes(ITypeSymbol? filter, CancellationToken cancellationToken)
    {
        if (filter is null or IErrorTypeSymbol)
            return Answer.Unknown;
        if (filter.InheritsFrom("Microsoft.AspNetCore.Mvc.RequireHttpsAttribute"))
            return Answer.No;
        if (filter.InheritsFrom("Microsoft.AspNetCore.Mvc.Authorization.AllowAnonymousFilter"))
            return Answer.No;
        if (filter.Implements("Microsoft.AspNetCore.Mvc.Filters.IAuthorizationFilter") || filter.Implements("Microsoft.AspNetCore.Mvc.Filters.IAsyncAuthorizationFilter"))
            return Answer.Yes;
        if (filter.Implements("Microsoft.AspNetCore.Authorization.IAuthorizeData"))
            return Answer.Yes;
        if (IsFilter(filter))
        {
            // a filter for exceptions answers what went wrong; nobody is kept out by it
            if (filter.Implements("Microsoft.AspNetCore.Mvc.Filters.IExceptionFilter") && !filter.Implements("Microsoft.AspNetCore.Mvc.Filters.IActionFilter"))
                return Answer.No;
            if (_inspector.IsInSource(filter))
                return _inspector.DecidesAccess(filter, cancellationToken) ? Answer.Yes : Answer.No;
            return filter.ContainingAssembly is { } assembly && KnownCalls.IsHarmlessAssembly(assembly.Name) ? Answer.No : Answer.Unknown;
        }

        return Answer.No;
    }

    /// <summary>Whether <c>[HttpLogging(HttpLoggingFields.None)]</c> stands on the symbol itself.</summary>
    public static bool SwitchesLogOff(ISymbol symbol) => symbol.GetAttributes().Any(static a =>
        a.AttributeClass.Is("Microsoft.AspNetCore.HttpLogging.HttpLoggingAttribute") && a.ConstructorArguments.Length > 0 && a.ConstructorArguments[0].Value is 0L or 0);

    private EndpointMetadata Of(ImmutableArray<AttributeData> attributes, bool inheritedOnly, CancellationToken cancellationToken)
    {
        var metadata = EndpointMetadata.None;
        foreach (var attribute in attributes)
        {
            if (!inheritedOnly || IsInherited(attribute.AttributeClass))
                metadata = metadata.Or(Of(attribute, cancellationToken));
        }

        return metadata;
    }

    /// <summary>What the attribute's own usage says; attributes are inherited unless it says otherwise.</summary>
    internal static bool IsInherited(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            foreach (var attribute in type.GetAttributes())
            {
                if (attribute.AttributeClass.Is("System.AttributeUsageAttribute"))
                    return attribute.NamedArguments.FirstOrDefault(static a => a.Key == "Inherited").Value.Value is not false;
            }
        }

        return true;
    }

    private EndpointMetadata Of(AttributeData attribute, CancellationToken cancellationToken)
    {
        if (attribute.AttributeClass is not { } type)
            return EndpointMetadata.None;
        if (type is IErrorTypeSymbol)
        {
            // a package that cannot be resolved: an attribute of that name would decide
            return SuggestsAccess(type.Name) ? new EndpointMetadata(Answer.Unknown, Answer.Unknown, Answer.No, Answer.No) : EndpointMetadata.None;
        }

        return OfAttributeType(type, attribute.ConstructorArguments, cancellationToken);
    }

    private EndpointMetadata OfAttributeType(INamedTypeSymbol type, ImmutableArray<TypedConstant> arguments, CancellationToken cancellationToken)
    {
        var authorization = Authorizes(type, arguments, cancellationToken);
        var anonymous = type.Implements("Microsoft.AspNetCore.Authorization.IAllowAnonymous") ? Answer.Yes : Answer.No;
        var limiter = LimiterAttributes.Meaning(type) is null ? Answer.No : Answer.Yes;
        return new EndpointMetadata(authorization, anonymous, limiter, Answer.No) { OwnFilter = AccessAttributes.Meaning(type) is null ? authorization : Answer.No };
    }

    private Answer Authorizes(INamedTypeSymbol type, ImmutableArray<TypedConstant> arguments, CancellationToken cancellationToken)
    {
        if (type.Implements("Microsoft.AspNetCore.Authorization.IAuthorizeData") || type.Implements("Microsoft.AspNetCore.Authorization.IAuthorizationRequirementData"))
            return Answer.Yes;
        if (IsOwnAuthorizing(type))
            return Answer.Yes;
        if (type.InheritsFrom("Microsoft.AspNetCore.Mvc.TypeFilterAttribute") || type.InheritsFrom("Microsoft.AspNetCore.Mvc.ServiceFilterAttribute"))
            return OfFilterReference(type, arguments, cancellationToken);
        var filter = FilterAuthorizes(type, cancellationToken);
        if (filter != Answer.No)
            return filter;
        if (type.Implements("Microsoft.AspNetCore.Mvc.Filters.IFilterFactory") && _inspector.IsInSource(type))
            return _inspector.DecidesAccess(type, cancellationToken) || SuggestsAccess(type.Name) ? Answer.Unknown : Answer.No;

        // a scope is asked for only where a policy reads it
        if (type.Implements("Microsoft.Identity.Web.Resource.IAuthRequiredScopeMetadata") || type.Implements("Microsoft.Identity.Web.Resource.IAuthRequiredScopeOrAppPermissionMetadata"))
            return Answer.No;

        // an own attribute that no framework interface explains is read by own code: its name tells whether that decides
        return !IsFrameworkType(type) && SuggestsAccess(type.Name) ? Answer.Unknown : Answer.No;
    }

    private Answer OfFilterReference(INamedTypeSymbol type, ImmutableArray<TypedConstant> arguments, CancellationToken cancellationToken)
    {
        // [TypeFilter(typeof(X))], [TypeFilter<X>], class RequireX : TypeFilterAttribute<X>
        var filter = TypeArgument(type) ?? arguments.Select(static a => a.Kind == TypedConstantKind.Type ? a.Value as ITypeSymbol : null).FirstOrDefault(static t => t is not null);
        if (filter is not null)
            return FilterAuthorizes(filter, cancellationToken);

        // the code of a referenced project is bound by its own compilation
        if (!_inspector.IsInSource(type))
            return Answer.Unknown;

        // class RequireX : TypeFilterAttribute { public RequireX() : base(typeof(Filter)) … }
        var answer = Answer.No;
        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            var declaration = reference.Open(cancellationToken);
            foreach (var typeOf in declaration.DescendantNodes().OfType<TypeOfExpressionSyntax>())
                answer = answer.Or(FilterAuthorizes(_facts.ModelOf(declaration.SyntaxTree).GetTypeInfo(typeOf.Type, cancellationToken).Type, cancellationToken));
        }

        if (type.DeclaringSyntaxReferences.IsEmpty)
            return Answer.Unknown;
        return answer;
    }

    private static ITypeSymbol? TypeArgument(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (!type.TypeArguments.IsEmpty)
                return type.TypeArguments[0];
        }

        return null;
    }

    private bool IsOwnAuthorizing(INamedTypeSymbol type)
    {
        if (_authorizing.IsEmpty)
            return false;
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            foreach (var name in _authorizing)
            {
                if (current.Name == name || current.Name == name + "Attribute" || (name.Contains('.') && (current.Is(name) || current.Is(name + "Attribute"))))
                    return true;
            }
        }

        return false;
    }

    private static bool IsFilter(ITypeSymbol type) => type.Implements("Microsoft.AspNetCore.Mvc.Filters.IFilterMetadata") || type.Implements("Microsoft.AspNetCore.Http.IEndpointFilter");

    private static bool IsFrameworkType(INamedTypeSymbol type) => type.ContainingAssembly is { } assembly && KnownCalls.IsHarmlessAssembly(assembly.Name);

    private static bool SuggestsAccess(string name)
    {
        foreach (var part in AccessWords)
        {
            if (name.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0)
                return true;
        }

        return false;
    }

    private static readonly string[] AccessWords = ["Auth", "Permission", "ApiKey", "Role", "Secure", "SelfHosted", "Access", "Scope", "Claim", "Policy", "Allow", "Privilege", "Tenant"];
}
