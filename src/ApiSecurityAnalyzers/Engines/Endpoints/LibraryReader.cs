using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Reads the mapping methods of a library, as the application out of sight would call them.</summary>
internal static class LibraryReader
{
    /// <summary>The parameter types that make a method an entry.</summary>
    public static readonly NameSet RouteBuilders = new("IEndpointRouteBuilder", "RouteGroupBuilder", "WebApplication", "IApplicationBuilder");

    /// <summary>Every method that takes a route builder is an entry, unless another one of them calls it.</summary>
    public static RouteGroup Read(ApplicationModel application, CancellationToken cancellationToken)
    {
        var facts = application.Facts;
        var methods = new List<MethodDeclarationSyntax>();
        foreach (var tree in facts.Compilation.SyntaxTrees)
        {
            foreach (var token in NameIndex.For(tree, cancellationToken).Tokens(RouteBuilders, tree.GetRoot(cancellationToken), cancellationToken))
            {
                if (token.Parent?.FirstAncestorOrSelf<ParameterSyntax>() is { Parent.Parent: MethodDeclarationSyntax method } && !methods.Contains(method))
                    methods.Add(method);
            }
        }

        var names = new HashSet<string>(methods.Select(static m => m.Identifier.ValueText), StringComparer.Ordinal);
        var called = new HashSet<string>(StringComparer.Ordinal);
        foreach (var method in methods)
        {
            foreach (var name in method.DescendantNodes().OfType<SimpleNameSyntax>())
            {
                var text = name.Identifier.ValueText;
                if (names.Contains(text) && text != method.Identifier.ValueText && name.Parent is MemberAccessExpressionSyntax or InvocationExpressionSyntax or ArgumentSyntax)
                    called.Add(text);
            }
        }

        // an interface's implementations are reached through it
        var host = new WebHost(facts.Compilation.SyntaxTrees.First().GetRoot(cancellationToken)) { IsWeb = true };
        host.Routes.IsLibrary = true;
        foreach (var method in methods.Where(m => !called.Contains(m.Identifier.ValueText)))
        {
            if (facts.ModelOf(method.SyntaxTree).GetDeclaredSymbol(method, cancellationToken) is { IsAbstract: false } symbol)
                new HostWalker(facts, host, application.Attributes, application.Inspector, [], cancellationToken).ReadMethod(symbol);
        }

        return host.Routes;
    }
}
