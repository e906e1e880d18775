using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>
/// Finds, among mapped endpoints and groups, demands for authorization that a declaration of anonymous access at the same place or further
/// out takes the force of: the framework looks for one in all of an endpoint's metadata, whatever the order.
/// </summary>
internal sealed class AccessOverrides
{
    private readonly ApplicationModel _application;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<SyntaxNode, OverriddenAccess> _found = [];
    private readonly HashSet<SyntaxNode> _effective = [];

    private AccessOverrides(ApplicationModel application, CancellationToken cancellationToken)
    {
        _application = application;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Everything that is found in the application.</summary>
    public static ImmutableArray<OverriddenAccess> Find(ApplicationModel application, CancellationToken cancellationToken)
    {
        // most applications open nothing where they map, which the kept routes tell without binding
        if (!application.Routes(cancellationToken).Any(Opens))
            return ImmutableArray<OverriddenAccess>.Empty;
        var reader = new AccessOverrides(application, cancellationToken);
        foreach (var routes in application.Routes(cancellationToken))
            reader.Group(routes, ImmutableArray<(AccessStatement, string)>.Empty);
        return reader._found.Values.Select(f => reader._effective.Contains(f.Node) ? f with { CanRemove = false } : f).ToImmutableArray();
    }

    private static bool Opens(RouteGroup group) =>
        group.Access.Any(static a => a.IsAnonymous) || group.Endpoints.Any(static e => e.Access.Any(static a => a.IsAnonymous)) || group.Groups.Any(Opens);

    /// <summary>How an attribute or a convention is written: <c>'[Authorize]'</c>, <c>'RequireAuthorization'</c>.</summary>
    public static string NameOf(AccessStatement statement) => statement.Node switch
    {
        AttributeSyntax attribute => "'[" + Short(attribute.Name.ToString()) + "]'",
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } => "'" + member.Name.Identifier.ValueText + "'",
        _ => statement.IsAnonymous ? "'[AllowAnonymous]'" : "'[Authorize]'",
    };

    private static string Short(string name) => name.Substring(name.LastIndexOf('.') + 1) is var last && last.EndsWith("Attribute", StringComparison.Ordinal) ? last.Substring(0, last.Length - "Attribute".Length) : last;

    private void Group(RouteGroup group, ImmutableArray<(AccessStatement Statement, string Place)> around)
    {
        if (group.Access.Count > 0)
        {
            var place = EndpointPath.Of(group, _application.Facts, _cancellationToken) is { Length: > 0 } path ? path : "MapGroup";
            around = around.AddRange(Openings(group.Access, group.Call).Select(s => (s, place)));
            Demands(group.Access, place, around);
        }

        foreach (var endpoint in group.Endpoints)
            Endpoint(endpoint, around);
        foreach (var inner in group.Groups)
            Group(inner, around);
    }

    private void Endpoint(MappedEndpoint endpoint, ImmutableArray<(AccessStatement Statement, string Place)> around)
    {
        if (endpoint.RunsIn == RunsIn.DevelopmentOnly)
            return;
        var isControllers = endpoint.Name == "MapControllers";
        if (endpoint.Access.Count == 0 && !(isControllers && around.Length > 0))
            return;
        var place = EndpointPath.Describe(endpoint, _application.Facts, _cancellationToken);
        around = around.AddRange(Openings(endpoint.Access, endpoint.Call).Select(s => (s, s.Place ?? place)));
        Demands(endpoint.Access, place, around);

        // what opens all controllers is one mistake, however many of them demand authorization
        if (isControllers && around.Length > 0 && around[0].Statement.Node is { } opening && AuthorizedController() is { } controller)
            Add(new OverriddenAccess(opening, controller, $"{NameOf(around[0].Statement)} on '{around[0].Place}'", around.Select(static a => a.Statement).Distinct().ToImmutableArray(), CanRemove: false));
    }

    private void Demands(List<AccessStatement> statements, string place, ImmutableArray<(AccessStatement Statement, string Place)> around)
    {
        foreach (var statement in statements)
        {
            if (statement.IsAnonymous || statement.Node is not { } node)
                continue;
            if (around.IsEmpty)
                _effective.Add(node);
            else if (!(statement.NamesSchemes && around.All(a => statements.Contains(a.Statement))))
                Add(new OverriddenAccess(node, $"{NameOf(statement)} on '{statement.Place ?? place}'", $"{NameOf(around[0].Statement)} on '{around[0].Place}'", around.Select(static a => a.Statement).Distinct().ToImmutableArray(), !statement.NamesSchemes));
        }
    }

    /// <summary>Reached on several ways, a demand needs all that open any of them to go.</summary>
    private void Add(OverriddenAccess found) => _found[found.Node] = _found.TryGetValue(found.Node, out var earlier)
        ? earlier with { Anonymous = earlier.Anonymous.Union(found.Anonymous).ToImmutableArray() }
        : found;

    private static IEnumerable<AccessStatement> Openings(List<AccessStatement> statements, InvocationExpressionSyntax? mapping) => statements.Where(s => s.IsAnonymous && IsCertain(s, mapping));

    /// <summary>Whether the statement holds wherever the endpoint is mapped; an endpoint that is opened by a switch is meant to be.</summary>
    private static bool IsCertain(AccessStatement statement, InvocationExpressionSyntax? mapping)
    {
        if (statement.RunsIn != RunsIn.Unknown || statement.Node is AttributeSyntax)
            return statement.RunsIn != RunsIn.DevelopmentOnly;
        if (statement.Node is null || mapping is null || statement.Node.SyntaxTree != mapping.SyntaxTree)
            return false;
        var condition = statement.Node.FirstAncestorOrSelf<SyntaxNode>(static n => n is IfStatementSyntax or ElseClauseSyntax or SwitchSectionSyntax or ConditionalExpressionSyntax or SwitchExpressionArmSyntax or CatchClauseSyntax or BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or CompilationUnitSyntax);
        return condition?.Span.Contains(mapping.Span) == true;
    }

    /// <summary>A controller, or an action of one, that demands authorization.</summary>
    private string? AuthorizedController()
    {
        var facts = _application.Facts;
        foreach (var tree in facts.Compilation.SyntaxTrees)
        {
            foreach (var token in NameIndex.For(tree, _cancellationToken).Tokens(AccessAttributes.Names, tree.GetRoot(_cancellationToken), _cancellationToken))
            {
                if (token.ValueText.StartsWith("Authorize", StringComparison.Ordinal) && token.Parent?.FirstAncestorOrSelf<AttributeSyntax>()?.Parent?.Parent is MemberDeclarationSyntax member and (ClassDeclarationSyntax or MethodDeclarationSyntax)
                    && member.FirstAncestorOrSelf<ClassDeclarationSyntax>() is { } declaration && facts.ModelOf(tree).GetDeclaredSymbol(declaration, _cancellationToken) is INamedTypeSymbol type && ControllerReader.IsController(type))
                {
                    return $"'[Authorize]' on '{type.Name}'";
                }
            }
        }

        return null;
    }
}
