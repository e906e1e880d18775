using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Pipelines;

/// <summary>What the endpoints of a pipeline ask of its authorization middleware.</summary>
/// <param name="IsExplicit">Attributes or conventions of endpoints demand authorization; without the middleware such an endpoint throws (EndpointMiddleware).</param>
/// <param name="NeedsUser">
/// An endpoint demands a signed-in user, and no scheme is named that authorization would ask by itself (PolicyEvaluator): it takes the user whom
/// the authentication middleware found.
/// </param>
internal sealed record AuthorizationDemand(bool IsExplicit, bool NeedsUser)
{
    /// <summary>Names by which policies choose schemes.</summary>
    private static readonly NameSet Schemes = new("AuthenticationSchemes", "AddAuthenticationSchemes");

    private static readonly NameSet PolicyBuilder = new("AuthorizationPolicyBuilder");

    /// <summary>Names by which plain demands come to mean something else than a signed-in user.</summary>
    private static readonly NameSet OwnDefaults = new("DefaultPolicy", "SetDefaultPolicy", "SetDefaultAuthorizationPolicy", "IAuthorizationPolicyProvider", "DefaultAuthorizationPolicyProvider");

    /// <summary>Names by which named policies come to demand something else than a signed-in user.</summary>
    private static readonly NameSet OwnRequirements = new("RequireAssertion", "AddRequirements", "Requirements", "IAuthorizationRequirement", "AuthorizationHandler", "IAuthorizationHandler");

    /// <summary>The names that this type asks for.</summary>
    public static readonly NameSet Names = new(Schemes.Names.Concat(PolicyBuilder.Names).Concat(OwnDefaults.Names).Concat(OwnRequirements.Names));

    /// <summary>What the endpoints that are mapped in a section demand.</summary>
    public static AuthorizationDemand Of(ApplicationModel application, PipelineSection section, CancellationToken cancellationToken)
    {
        var statements = new List<SyntaxNode?>();
        foreach (var endpoint in section.Host.Routes.AllEndpoints)
        {
            if (endpoint.Branch != section.Branch || endpoint.RunsIn is RunsIn.DevelopmentOnly or RunsIn.Unknown)
                continue;
            statements.AddRange(endpoint.Access.Concat(endpoint.Group.SelfAndParents.SelectMany(static g => g.Access)).Where(static a => !a.IsAnonymous && a.RunsIn is not (RunsIn.DevelopmentOnly or RunsIn.Unknown)).Select(static a => a.Node));
            if (endpoint.Kind == EndpointKind.Controllers && !endpoint.Name.StartsWith("Use", StringComparison.Ordinal))
                statements.AddRange(application.DemandingControllers(cancellationToken));
        }

        return statements.Count == 0 ? new(false, false) : new(true, NeedsUserIn(application.Facts, statements, cancellationToken));
    }

    /// <summary>An attribute in each controller that demands authorization in the compilation.</summary>
    public static IEnumerable<SyntaxNode> InControllers(CompilationFacts facts, CancellationToken cancellationToken)
    {
        foreach (var tree in facts.Compilation.SyntaxTrees)
        {
            var index = NameIndex.For(tree, cancellationToken);
            if (!index.HasAny(AccessAttributes.Names))
                continue;
            foreach (var token in index.Tokens(AccessAttributes.Names, tree.GetRoot(cancellationToken), cancellationToken))
            {
                if (token.Parent is not SimpleNameSyntax name || name.FirstAncestorOrSelf<AttributeSyntax>() is not { Parent.Parent: MemberDeclarationSyntax member } attribute || !attribute.Name.Span.Contains(name.Span))
                    continue;
                if (member.FirstAncestorOrSelf<ClassDeclarationSyntax>() is not { } declaration || member != declaration && member.Parent != declaration)
                    continue;
                var model = facts.ModelOf(tree);
                if (model.GetDeclaredSymbol(declaration, cancellationToken) is { } type && (ControllerReader.IsController(type) || type.InheritsFrom("Microsoft.AspNetCore.Mvc.ControllerBase"))
                    && AccessAttributes.Meaning(model.GetTypeInfo(attribute, cancellationToken).Type) == false)
                    yield return attribute;
            }
        }
    }

    private static bool NeedsUserIn(CompilationFacts facts, List<SyntaxNode?> statements, CancellationToken cancellationToken)
    {
        var isPlain = statements.Exists(static s => s is not null && !NamesPolicy(s));
        foreach (var tree in facts.Compilation.SyntaxTrees)
        {
            var index = NameIndex.For(tree, cancellationToken);
            if (!index.HasAny(Names))
                continue;
            if (index.HasAny(Schemes) || index.HasAny(OwnDefaults) || !isPlain && index.HasAny(OwnRequirements))
                return false;
            foreach (var token in index.Tokens(PolicyBuilder, tree.GetRoot(cancellationToken), cancellationToken))
            {
                if (token.Parent?.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>() is { ArgumentList.Arguments.Count: > 0 })
                    return false;
            }
        }

        return true;
    }

    private static bool NamesPolicy(SyntaxNode statement) => statement switch
    {
        AttributeSyntax { ArgumentList: { } list } => list.Arguments.Any(static a => a.NameEquals is null or { Name.Identifier.ValueText: "Policy" }),
        AttributeSyntax => false,
        InvocationExpressionSyntax call => call.ArgumentList.Arguments.Count > 0,
        _ => true,
    };
}
