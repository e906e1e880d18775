using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Finds the bodies in which web hosts are built, by names first, so that only their documents are bound.</summary>
internal static class HostLocator
{
    /// <summary>Calls that begin a host.</summary>
    private static readonly NameSet Starts = new(
        "CreateBuilder", "CreateSlimBuilder", "CreateEmptyBuilder", "CreateDefaultBuilder", "ConfigureWebHostDefaults", "ConfigureWebHost", "WebHostBuilder", "UseStartup");

    private static readonly NameSet StartupTypes = new("IApplicationBuilder", "IServiceCollection");

    private static readonly NameSet WebApplication = new("WebApplication");

    /// <summary>The names that this type asks for.</summary>
    public static readonly NameSet Names = new(Starts.Names.Concat(StartupTypes.Names).Concat(WebApplication.Names));

    /// <summary>The bodies that build a host: top-level statements or methods.</summary>
    public static IEnumerable<SyntaxNode> Bodies(Compilation compilation, CancellationToken cancellationToken)
    {
        var seen = new HashSet<SyntaxNode>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            var index = NameIndex.For(tree, cancellationToken);
            if (!index.HasAny(Starts) && !index.HasAny(WebApplication))
                continue;
            var root = tree.GetRoot(cancellationToken);
            foreach (var token in index.Tokens(index.HasAny(Starts) ? Starts : WebApplication, root, cancellationToken))
            {
                if (BodyOf(token) is not { } body)
                    continue;
                foreach (var outer in Callers(body, root).Append(body))
                {
                    if (seen.Add(outer))
                        yield return outer;
                }
            }

            // WebApplication.Create(args)
            foreach (var token in index.Tokens(WebApplication, root, cancellationToken))
            {
                if (token.Parent?.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Create" } && BodyOf(token) is { } body && seen.Add(body))
                    yield return body;
            }
        }
    }

    /// <summary>Where a method hands out a builder or an application, its callers in the same file go on with it.</summary>
    private static IEnumerable<SyntaxNode> Callers(SyntaxNode body, SyntaxNode root)
    {
        if (body is not MethodDeclarationSyntax method || !method.ReturnType.ToString().EndsWith("Builder", StringComparison.Ordinal) && !method.ReturnType.ToString().EndsWith("WebApplication", StringComparison.Ordinal))
            return [];
        return root.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Where(c => c.Expression is SimpleNameSyntax name && name.Identifier.ValueText == method.Identifier.ValueText || c.Expression is MemberAccessExpressionSyntax access && access.Name.Identifier.ValueText == method.Identifier.ValueText && access.Expression is IdentifierNameSyntax)
            .Select(static c => BodyOf(c.GetFirstToken()))
            .OfType<SyntaxNode>().Where(c => c != body).Distinct();
    }

    /// <summary>Classes that look like a <c>Startup</c>: a public <c>Configure</c> that takes the application builder.</summary>
    public static IEnumerable<INamedTypeSymbol> StartupClasses(CompilationFacts facts, CancellationToken cancellationToken)
    {
        foreach (var tree in facts.Compilation.SyntaxTrees)
        {
            var index = NameIndex.For(tree, cancellationToken);
            if (!index.HasAny(StartupTypes))
                continue;
            var seen = new HashSet<ClassDeclarationSyntax>();
            foreach (var token in index.Tokens(StartupTypes, tree.GetRoot(cancellationToken), cancellationToken))
            {
                if (token.Parent?.FirstAncestorOrSelf<ParameterSyntax>() is not { Parent.Parent: MethodDeclarationSyntax { Parent: ClassDeclarationSyntax declaration } method }
                    || !method.Identifier.ValueText.StartsWith("Configure", StringComparison.Ordinal)
                    || method.Modifiers.Any(SyntaxKind.StaticKeyword) && !declaration.Identifier.ValueText.Contains("Startup")
                    || !seen.Add(declaration))
                {
                    continue;
                }

                if (facts.ModelOf(tree).GetDeclaredSymbol(declaration, cancellationToken) is { IsAbstract: false } type && IsStartup(type))
                    yield return type;
            }
        }
    }

    private static bool IsStartup(INamedTypeSymbol type)
    {
        if (type.AllInterfaces.Any(static i => i.Name is "IStartupFilter" or "IHostingStartup"))
            return false;
        var configures = false;
        var services = false;
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            foreach (var method in current.GetMembers().OfType<IMethodSymbol>())
            {
                configures |= method.Name == "Configure" && HostWalker.IsConfigure(method);
                services |= HostWalker.IsConfigureServices(method);
            }
        }

        // a Configure alone is also how modules and extension classes look; the name or its twin tells them apart
        return configures && (services || type.Name.StartsWith("Startup", StringComparison.Ordinal) || type.Name.EndsWith("Startup", StringComparison.Ordinal))
            || services && type.Name == "Startup";
    }

    private static SyntaxNode? BodyOf(SyntaxToken token)
    {
        for (var node = token.Parent; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or MemberAccessExpressionSyntax or SimpleNameSyntax or ArgumentSyntax:
                    continue;
                case BaseMethodDeclarationSyntax { Parent: InterfaceDeclarationSyntax }:
                    return null;
                case BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax { Parent: not GlobalStatementSyntax }:
                    return node;
                case GlobalStatementSyntax { Parent: CompilationUnitSyntax unit }:
                    return unit;
                case BaseTypeDeclarationSyntax or UsingDirectiveSyntax or AttributeListSyntax:
                    return null;
            }
        }

        return null;
    }
}
