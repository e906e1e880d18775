using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Policies;

/// <summary>Finds authorization handlers that let everyone in: <c>Succeed</c> is reached on the only way through the method.</summary>
internal static class UnconditionalSuccess
{
    private const string Context = "Microsoft.AspNetCore.Authorization.AuthorizationHandlerContext";
    private const string Handler = "Microsoft.AspNetCore.Authorization.IAuthorizationHandler";

    /// <summary>Calls that decide nothing.</summary>
    private static readonly HashSet<string> Harmless = new(StringComparer.Ordinal) { "Succeed", "ToList", "ToArray", "OfType", "FromResult", "Yield", "nameof" };

    /// <summary>Whether the call is made whatever the request is.</summary>
    public static bool Is(InvocationExpressionSyntax succeed, DocumentContext context)
    {
        if (MethodOf(succeed) is not { Identifier.ValueText: "HandleRequirementAsync" or "HandleAsync", Parent: TypeDeclarationSyntax declaration } method || Decides(method))
            return false;
        var model = context.Model;
        return model.GetSymbolInfo(succeed, context.CancellationToken).Symbol is IMethodSymbol called && called.ContainingType.Is(Context)
            && model.GetDeclaredSymbol(declaration, context.CancellationToken) is INamedTypeSymbol type && type.Implements(Handler)
            && DevelopmentGuard.Of(succeed, model, context.CancellationToken) != RunsIn.DevelopmentOnly && !IsForDevelopment(type, context);
    }

    /// <summary>The method around the call, where only blocks and loops over requirements stand between.</summary>
    private static MethodDeclarationSyntax? MethodOf(InvocationExpressionSyntax succeed)
    {
        for (var current = succeed.Parent; current is not null; current = current.Parent)
        {
            switch (current)
            {
                case MethodDeclarationSyntax method:
                    return method;
                case BlockSyntax or ExpressionStatementSyntax or ArrowExpressionClauseSyntax:
                case ForEachStatementSyntax { Expression: var source } when source.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Any(static n => n.Identifier.ValueText is "Requirements" or "PendingRequirements"):
                    continue;
                default:
                    return null;
            }
        }

        return null;
    }

    /// <summary>Whether the method asks anything, or calls what may turn the caller away.</summary>
    private static bool Decides(MethodDeclarationSyntax method)
    {
        foreach (var node in method.DescendantNodes())
        {
            switch (node)
            {
                case IfStatementSyntax or SwitchStatementSyntax or SwitchExpressionSyntax or ConditionalExpressionSyntax or WhileStatementSyntax or DoStatementSyntax:
                case ThrowStatementSyntax or ThrowExpressionSyntax or TryStatementSyntax or GotoStatementSyntax:
                case AwaitExpressionSyntax { Expression: InvocationExpressionSyntax awaited } when !IsHarmless(awaited):
                case InvocationExpressionSyntax call when !IsHarmless(call) && call.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is null:
                    return true;
            }
        }

        return false;
    }

    private static bool IsHarmless(InvocationExpressionSyntax call) => CodeInspector.IsLogCall(call) || call.Expression switch
    {
        MemberAccessExpressionSyntax member => Harmless.Contains(member.Name.Identifier.ValueText),
        SimpleNameSyntax name => Harmless.Contains(name.Identifier.ValueText),
        _ => false,
    };

    /// <summary>Whether every place that makes or registers the handler runs in development only.</summary>
    private static bool IsForDevelopment(INamedTypeSymbol type, DocumentContext context)
    {
        var any = false;
        foreach (var tree in context.Facts.Compilation.SyntaxTrees)
        {
            var index = NameIndex.For(tree, context.CancellationToken);
            if (!index.MayHave(type.Name))
                continue;
            foreach (var token in index.Tokens(type.Name, tree.GetRoot(context.CancellationToken), context.CancellationToken))
            {
                if (token.Parent is not SimpleNameSyntax { Parent: TypeArgumentListSyntax or TypeOfExpressionSyntax or BaseObjectCreationExpressionSyntax } name)
                    continue;
                if (DevelopmentGuard.Of(name, context.Facts.ModelOf(tree), context.CancellationToken) != RunsIn.DevelopmentOnly)
                    return false;
                any = true;
            }
        }

        return any;
    }
}
