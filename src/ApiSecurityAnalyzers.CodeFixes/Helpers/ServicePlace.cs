using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>Finds where services of a host are registered.</summary>
internal static class ServicePlace
{
    public static Place? Find(WebHost host)
    {
        if (host.BuildCall is { } build)
            return Minimal(build);
        if (host.Startup?.GetMembers().OfType<IMethodSymbol>().FirstOrDefault(static m => m.Name == "ConfigureServices") is { } method
            && method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is MethodDeclarationSyntax { Body: { } body } declaration
            && MiddlewareOrder.Parameter(declaration, "IServiceCollection") is { } services)
        {
            return WithReceiver(Place.AtEnd(body, services), services);
        }

        if (host.Anchor is MethodDeclarationSyntax { Parent: ClassDeclarationSyntax } configure && host.Startup is not null && host.Startup.GetMembers("ConfigureServices").IsEmpty)
            return NewMethod(configure);
        return host.Anchor is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Configure" or "UseStartup" } access } ? BuilderChain(access) : null;
    }

    private static Place? Minimal(InvocationExpressionSyntax build)
    {
        if (MiddlewareOrder.Statement(build) is not { } statement || build.Expression is not MemberAccessExpressionSyntax access)
            return null;
        if (access.Expression is IdentifierNameSyntax builder)
            return WithReceiver(Place.Before(statement, builder.Identifier.ValueText), builder.Identifier.ValueText + ".Services");

        // WebApplication.CreateBuilder(args).Build(), WebApplication.Create(args): the builder gets a name
        if (MiddlewareOrder.AppName(build) is null)
            return null;
        ExpressionSyntax create;
        if (access.Name.Identifier.ValueText == "Create")
            create = build.WithExpression(access.WithName(SyntaxFactory.IdentifierName("CreateBuilder")));
        else if (access.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CreateBuilder" or "CreateSlimBuilder" or "CreateEmptyBuilder" } } inner)
            create = inner;
        else
            return null;
        return Place.Custom(statement, "builder", (root, code) =>
        {
            var named = statement.ReplaceNode(build, SyntaxFactory.ParseExpression("builder.Build()"));
            var text = $"var builder = {create.WithoutTrivia()};\nbuilder.Services.{code};\n";
            var indentation = Place.Indentation(statement);
            var added = SyntaxFactory.ParseCompilationUnit(text).Members.OfType<GlobalStatementSyntax>()
                .Select(g => g.Statement.WithLeadingTrivia(SyntaxFactory.Whitespace(indentation)).WithAdditionalAnnotations(Microsoft.CodeAnalysis.Simplification.Simplifier.Annotation, Microsoft.CodeAnalysis.Simplification.Simplifier.AddImportsAnnotation)).ToList();
            added[0] = added[0].WithLeadingTrivia(statement.GetLeadingTrivia());
            named = named.WithLeadingTrivia(SyntaxFactory.Whitespace(indentation));
            return statement.Parent is GlobalStatementSyntax global
                ? root.ReplaceNode(global, [.. added.Select(SyntaxFactory.GlobalStatement), SyntaxFactory.GlobalStatement(named)])
                : root.ReplaceNode(statement, [.. added, named]);
        });
    }

    private static Place WithReceiver(Place place, string services) => Place.Custom(place.Node, services, (root, code) => place.Insert(root, services + "." + code));

    /// <summary>A <c>Startup</c> without <c>ConfigureServices</c> gets one.</summary>
    private static Place NewMethod(MethodDeclarationSyntax configure) => Place.Custom(configure, "services", (root, code) =>
    {
        var indentation = Place.Indentation(configure);
        var body = string.Join("\n", ("services." + code + ";").Split('\n').Select(l => indentation + "    " + l));
        var text = $"{indentation}public void ConfigureServices(Microsoft.Extensions.DependencyInjection.IServiceCollection services)\n{indentation}{{\n{body}\n{indentation}}}\n\n";
        var method = SyntaxFactory.ParseMemberDeclaration(text)!.WithAdditionalAnnotations(Microsoft.CodeAnalysis.Simplification.Simplifier.Annotation, Microsoft.CodeAnalysis.Simplification.Simplifier.AddImportsAnnotation);
        return root.InsertNodesBefore(configure, [method]);
    });

    /// <summary><c>builder.Configure(…)</c> becomes <c>builder.ConfigureServices(…).Configure(…)</c>.</summary>
    private static Place BuilderChain(MemberAccessExpressionSyntax access) => Place.Custom(access, "services", (root, code) =>
    {
        var receiver = access.Expression.WithoutTrailingTrivia();
        var chained = SyntaxFactory.ParseExpression($"{receiver.WithoutTrivia()}.ConfigureServices(services => services.{code})").WithLeadingTrivia(receiver.GetLeadingTrivia()).WithTrailingTrivia(access.Expression.GetTrailingTrivia())
            .WithAdditionalAnnotations(Microsoft.CodeAnalysis.Simplification.Simplifier.Annotation, Microsoft.CodeAnalysis.Simplification.Simplifier.AddImportsAnnotation);
        return root.ReplaceNode(access.Expression, chained);
    });
}
