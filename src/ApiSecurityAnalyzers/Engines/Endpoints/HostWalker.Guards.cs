using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <content>Reads what own middleware guards.</content>
internal sealed partial class HostWalker
{
    /// <summary>Notes middleware that turns callers away: for the paths that its branch or its own code names, else for everything.</summary>
    private void Guarded(SyntaxNode? code, HostCall record)
    {
        for (var branch = record.Branch; branch is not null; branch = branch.Branch)
        {
            if (PathsOf(branch) is { Count: > 0 } paths)
            {
                Host.GuardedPaths.AddRange(paths);
                return;
            }
        }

        if (code is not null && _facts.Compilation.ContainsSyntaxTree(code.SyntaxTree) && PathGuard.PathsIn(code, _facts.ModelOf(code.SyntaxTree), _cancellationToken) is { Count: > 0 } own)
            Host.GuardedPaths.AddRange(own);
        else
            Host.GuardingMiddleware = Answer.Unknown;
    }

    private IReadOnlyList<string> PathsOf(HostCall branch)
    {
        var model = _facts.ModelOf(branch.Call.SyntaxTree);
        if (branch.Call.ArgumentList.Arguments.FirstOrDefault(static a => a.Expression is not IdentifierNameSyntax { Identifier.ValueText: "app" })?.Expression is not { } first)
            return [];
        if (branch.Name is "MapWhen" or "UseWhen")
            return PathGuard.PathsIn(first, model, _cancellationToken);
        return branch.Name == "Map" && PathGuard.Constant(first, model, _cancellationToken) is { Length: > 0 } path ? [path] : [];
    }

    /// <summary>Runs the compilation's own implementations of an interface or abstract method: modules that map endpoints or add services.</summary>
    private bool FollowImplementations(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        var implementations = Implementations.Of(_facts, method, _cancellationToken);
        if (implementations.IsEmpty || !_inspector.IsInSource(method))
            return false;
        var arguments = call.ArgumentList.Arguments.Select(a => Evaluate(a.Expression)).ToList();
        foreach (var implementation in implementations)
            Follow(implementation, implementation.Parameters.Take(arguments.Count).Select(p => (p, arguments[p.Ordinal])).ToList(), _branch, Condition(call));
        return true;
    }

    /// <summary>Carter finds the modules of the application and runs each with the builder on which it is mapped.</summary>
    private void FollowCarterModules(RouteGroup routes, RunsIn condition)
    {
        if (_facts.Types["Carter.ICarterModule"]?.GetMembers("AddRoutes").OfType<IMethodSymbol>().FirstOrDefault() is not { } addRoutes)
            return;
        foreach (var module in Implementations.Of(_facts, addRoutes, _cancellationToken))
        {
            // a module's own group, whose conventions its constructor may set
            var group = new RouteGroup(routes, null);
            if (module.ContainingType.Constructors.Any(c => c.DeclaringSyntaxReferences.Any(r => r.Open(_cancellationToken).DescendantNodes().OfType<SimpleNameSyntax>().Any(static n => KnownCalls.RequiresAuthorization.Contains(n.Identifier.ValueText)))))
                group.Own = new EndpointMetadata(Answer.Yes, Answer.No, Answer.No, Answer.No);
            Follow(module, [(module.Parameters[0], new BuilderValue(group))], _branch, condition);
        }
    }
}
