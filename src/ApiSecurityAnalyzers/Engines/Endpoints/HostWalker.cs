using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>
/// Reads a host as it would run: follows the builders through locals, chains, lambdas and own methods, and notes middleware,
/// services and endpoints in the order of execution. Bounded by depth and steps; past a bound the rest counts as out of sight.
/// </summary>
internal sealed partial class HostWalker : CSharpSyntaxWalker
{
    /// <summary>How deep own methods are followed; real hosts nest three or four.</summary>
    private const int MaxDepth = 12;

    /// <summary>How many calls are read at most, so that generated start-up code cannot stall typing.</summary>
    private const int MaxSteps = 20_000;

    private readonly CompilationFacts _facts;
    private readonly AttributeMetadata _attributes;
    private readonly CodeInspector _inspector;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<ISymbol, BuilderValue?> _values = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ITypeSymbol, BuilderKinds> _kinds = new(SymbolEqualityComparer.IncludeNullability);
    private readonly HashSet<ISymbol> _stack = new(SymbolEqualityComparer.Default);
    private readonly HashSet<SyntaxNode> _visited;

    private SemanticModel _model;
    private RunsIn _ambient = RunsIn.Everywhere;
    private SyntaxNode _boundary;
    private BuilderValue? _returned;
    private (BuilderValue? Value, ExpressionSyntax? Receiver) _conditional;
    private int _steps;

    public HostWalker(CompilationFacts facts, WebHost host, AttributeMetadata attributes, CodeInspector inspector, HashSet<SyntaxNode> visited, CancellationToken cancellationToken)
    {
        _facts = facts;
        Host = host;
        _attributes = attributes;
        _inspector = inspector;
        _visited = visited;
        _cancellationToken = cancellationToken;
        _model = facts.ModelOf(host.Root.SyntaxTree);
        _boundary = host.Root;
    }

    public WebHost Host { get; }

    /// <summary>The value of a builder that came from nowhere seen: the application itself.</summary>
    private BuilderValue Root => new(Host.Routes);

    /// <summary>Reads the body that builds the host.</summary>
    public void Read(SyntaxNode body)
    {
        _model = _facts.ModelOf(body.SyntaxTree);
        _boundary = body;
        Body(body);
    }

    /// <summary>Reads a method of a <c>Startup</c> class, or a library's mapping method, whose builder parameters stand for the application.</summary>
    public void ReadMethod(IMethodSymbol method) => Follow(method, [], null, RunsIn.Everywhere);

    public override void VisitInvocationExpression(InvocationExpressionSyntax node) => Evaluate(node);

    public override void VisitConditionalAccessExpression(ConditionalAccessExpressionSyntax node) => Evaluate(node);

    public override void VisitLocalFunctionStatement(LocalFunctionStatementSyntax node)
    {
        // read where it is called
    }

    public override void VisitClassDeclaration(ClassDeclarationSyntax node)
    {
        // types beside top-level statements are read where they are used
    }

    public override void VisitRecordDeclaration(RecordDeclarationSyntax node)
    {
    }

    public override void VisitStructDeclaration(StructDeclarationSyntax node)
    {
    }

    public override void VisitInterfaceDeclaration(InterfaceDeclarationSyntax node)
    {
    }

    public override void VisitEnumDeclaration(EnumDeclarationSyntax node)
    {
    }

    public override void VisitNamespaceDeclaration(NamespaceDeclarationSyntax node)
    {
    }

    public override void VisitFileScopedNamespaceDeclaration(FileScopedNamespaceDeclarationSyntax node)
    {
    }

    public override void VisitVariableDeclarator(VariableDeclaratorSyntax node)
    {
        if (node.Initializer?.Value is not { } value)
            return;
        var builder = Evaluate(value);
        if (builder is not null && _model.GetDeclaredSymbol(node, _cancellationToken) is { } symbol)
            _values[symbol] = builder;
    }

    public override void VisitAssignmentExpression(AssignmentExpressionSyntax node)
    {
        var builder = Evaluate(node.Right);
        if (node.Left is MemberAccessExpressionSyntax or IdentifierNameSyntax)
        {
            if (builder is not null && _model.GetSymbolInfo(node.Left, _cancellationToken).Symbol is { } symbol)
                _values[symbol] = builder;
            ReadSetting(node);
        }
        else
        {
            Visit(node.Left);
        }
    }

    public override void VisitReturnStatement(ReturnStatementSyntax node)
    {
        if (node.Expression is not null)
            _returned = Evaluate(node.Expression) ?? _returned;
    }

    public override void VisitArrowExpressionClause(ArrowExpressionClauseSyntax node) => _returned = Evaluate(node.Expression) ?? _returned;

    private void Body(SyntaxNode body)
    {
        switch (body)
        {
            case CompilationUnitSyntax unit:
                foreach (var statement in unit.Members.OfType<GlobalStatementSyntax>())
                    Visit(statement);
                break;
            case BaseMethodDeclarationSyntax method:
                Visit((SyntaxNode?)method.Body ?? method.ExpressionBody);
                break;
            case LocalFunctionStatementSyntax local:
                Visit((SyntaxNode?)local.Body ?? local.ExpressionBody);
                break;
            case AnonymousFunctionExpressionSyntax { ExpressionBody: { } expression }:
                _returned = Evaluate(expression) ?? _returned;
                break;
            case AnonymousFunctionExpressionSyntax lambda:
                Visit(lambda.Body);
                break;
            default:
                Visit(body);
                break;
        }
    }

    /// <summary>Reads an expression; tells which builder it is, if it is one.</summary>
    private BuilderValue? Evaluate(ExpressionSyntax? expression)
    {
        switch (expression)
        {
            case null:
                return null;
            case ParenthesizedExpressionSyntax parenthesized:
                return Evaluate(parenthesized.Expression);
            case AwaitExpressionSyntax awaited:
                return Evaluate(awaited.Expression);
            case CastExpressionSyntax cast:
                return Evaluate(cast.Expression);
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                return Evaluate(suppressed.Operand);
            case ConditionalAccessExpressionSyntax access:
                var saved = _conditional;
                _conditional = (Evaluate(access.Expression), access.Expression);
                var result = access.WhenNotNull is InvocationExpressionSyntax ? Evaluate(access.WhenNotNull) : _conditional.Value;
                _conditional = saved;
                return result;
            case InvocationExpressionSyntax invocation:
                return Invoke(invocation);
            case AssignmentExpressionSyntax assignment:
                VisitAssignmentExpression(assignment);
                return null;
            case ConditionalExpressionSyntax conditional:
                return NullTest(conditional.Condition) switch
                {
                    true => Evaluate(conditional.WhenTrue),
                    false => Evaluate(conditional.WhenFalse),
                    null => Either(Evaluate(conditional.WhenTrue), Evaluate(conditional.WhenFalse)),
                };
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce:
                return IsNull(coalesce.Left) switch
                {
                    true => Evaluate(coalesce.Right),
                    false => Evaluate(coalesce.Left),
                    null => Either(Evaluate(coalesce.Left), Evaluate(coalesce.Right)),
                };
            case IdentifierNameSyntax or MemberAccessExpressionSyntax or ThisExpressionSyntax:
                return ValueOf(expression);
            case AnonymousFunctionExpressionSyntax:
                return null;
            case BaseObjectCreationExpressionSyntax creation:
                Create(creation);
                return null;
            default:
                Visit(expression);
                return null;
        }
    }

    private BuilderValue? ValueOf(ExpressionSyntax expression)
    {
        var symbol = _model.GetSymbolInfo(expression, _cancellationToken).Symbol;
        if (symbol is not null && _values.TryGetValue(symbol, out var value))
            return value;
        if (expression is MemberAccessExpressionSyntax { Expression: var target } && target is not (ThisExpressionSyntax or BaseExpressionSyntax) && target is InvocationExpressionSyntax)
            Evaluate(target);
        var type = symbol.ValueType();
        var kind = KindOf(type);
        if ((kind & (BuilderKinds.Pipeline | BuilderKinds.Routes)) == 0)
            return null;

        // a group or a convention builder that was kept where it cannot be followed
        if (type.Is("Microsoft.AspNetCore.Routing.RouteGroupBuilder") && !Host.Routes.IsLibrary)
            return new BuilderValue(new RouteGroup(Host.Routes, null) { Own = EndpointMetadata.Unknown });
        return Root;
    }

    /// <summary>Runs an own method, local function or lambda with builders for its parameters.</summary>
    private BuilderValue? Follow(IMethodSymbol method, IReadOnlyList<(IParameterSymbol Parameter, BuilderValue? Value)> arguments, HostCall? branch, RunsIn runsIn)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        method = method.PartialImplementationPart ?? method;
        var declaration = method.DeclaringSyntaxReferences.FirstOrDefault()?.Open(_cancellationToken);
        if (declaration is null || declaration is BaseMethodDeclarationSyntax { Body: null, ExpressionBody: null } || _stack.Count >= MaxDepth || !_stack.Add(method))
            return null;
        _visited.Add(declaration);
        var saved = (_model, _ambient, _boundary, _returned, _branch);
        _model = _facts.ModelOf(declaration.SyntaxTree);
        _ambient = _ambient.And(runsIn);
        _boundary = declaration;
        _returned = null;
        _branch = branch;
        foreach (var (parameter, value) in arguments)
        {
            var ordinal = parameter.Ordinal;
            if (value is not null && ordinal < method.Parameters.Length)
                _values[method.Parameters[ordinal]] = value;
        }

        foreach (var parameter in method.Parameters)
        {
            if (parameter.HasExplicitDefaultValue && !arguments.Any(a => a.Parameter.Ordinal == parameter.Ordinal && a.Value is not null))
                _values.Remove(parameter);
        }

        Body(declaration);
        var result = _returned;
        (_model, _ambient, _boundary, _returned, _branch) = saved;
        _stack.Remove(method);
        return result;
    }

    /// <summary>Runs a lambda in place; its first parameter stands for <paramref name="value"/>.</summary>
    private void Inline(ExpressionSyntax function, BuilderValue? value, HostCall? branch)
    {
        if (function is not AnonymousFunctionExpressionSyntax lambda)
        {
            // a method group: Configure(ConfigureApp), ConfigureServices(RegisterServices)
            if (function is SimpleNameSyntax or MemberAccessExpressionSyntax && _model.GetSymbolInfo(function, _cancellationToken).Symbol is IMethodSymbol method && _inspector.IsInSource(method))
                Follow(method, method.Parameters.Select(p => (p, KindOf(p.Type) == BuilderKinds.None ? null : value)).ToList(), branch, Condition(function));
            return;
        }

        var savedReturn = _returned;
        var savedBranch = _branch;
        _branch = branch;
        if (value is not null && _model.GetSymbolInfo(lambda, _cancellationToken).Symbol is IMethodSymbol symbol)
        {
            foreach (var parameter in symbol.Parameters)
            {
                if (KindOf(parameter.Type) != BuilderKinds.None)
                    _values[parameter] = value;
            }
        }

        Body(lambda);
        _branch = savedBranch;
        _returned = savedReturn;
    }

    private BuilderKinds KindOf(ITypeSymbol? type)
    {
        if (type is null)
            return BuilderKinds.None;
        if (!_kinds.TryGetValue(type, out var kind))
            _kinds[type] = kind = Builders.KindOf(type);
        return kind;
    }

    /// <summary>The environments in which the node runs, the call sites that led to it included.</summary>
    private RunsIn Condition(SyntaxNode node) => _ambient.And(DevelopmentGuard.Of(node, _boundary, _model, _cancellationToken));
}
