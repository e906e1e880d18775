using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>Finds where services of a host are registered.</summary>
internal static class ServicePlace
{
    public static Place? Find(WebHost host)
    {
        if (host.BuildCall is { } build)
            return Minimal(build);
        if (host.Startup?.GetMembers().OfType<IMethodSymbol>().FirstOrDefault(static m => m.Name == "ConfigureServices") is { } method)
        {
            if (method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not MethodDeclarationSyntax declaration || MiddlewareOrder.Parameter(declaration, "IServiceCollection") is not { } services)
                return null;
            return declaration switch
            {
                { Body: { } body } => WithReceiver(Place.AtEnd(body, services), services),
                { ExpressionBody: not null, ReturnType: PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } } => WithReceiver(InExpressionBody(declaration, services), services),
                _ => null,
            };
        }

        if (host.Anchor is MethodDeclarationSyntax { Parent: ClassDeclarationSyntax } configure && host.Startup is not null)
            return NewMethod(configure);
        return host.Anchor is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Configure" or "UseStartup" } access } ? BuilderChain(access) : null;
    }

    private static Place? Minimal(InvocationExpressionSyntax build)
    {
        if (MiddlewareOrder.Statement(build) is not { } statement || build.Expression is not MemberAccessExpressionSyntax access)
            return null;
        if (access.Expression is IdentifierNameSyntax builder && access.Name.Identifier.ValueText == "Build")
            return WithReceiver(Place.EndingAt(statement, builder.Identifier.ValueText), builder.Identifier.ValueText + ".Services");

        // WebApplication.CreateBuilder(args).Build(), WebApplication.Create(args): the builder gets a name
        ExpressionSyntax create;
        if (access.Name.Identifier.ValueText == "Create")
            create = build.WithExpression(access.WithName(SyntaxFactory.IdentifierName("CreateBuilder")));
        else if (access.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CreateBuilder" or "CreateSlimBuilder" or "CreateEmptyBuilder" } } inner)
            create = inner;
        else
            return null;
        if (build.FirstAncestorOrSelf<StatementSyntax>() != statement)
            return null;
        var name = Place.Unused(statement, "builder");
        return Place.Custom(statement, name, (root, code) =>
        {
            var rest = statement.ReplaceNode(build, SyntaxFactory.ParseExpression(name + ".Build()").WithTriviaFrom(build));
            return Place.InsertText(root, statement, $"var {name} = {create.WithoutTrivia()};\n{name}.Services.{code};\n", rest);
        });
    }

    private static Place WithReceiver(Place place, string services) => Place.Custom(place.Node, services, (root, code) => place.Insert(root, services + "." + code));

    /// <summary><c>void ConfigureServices(…) => services.AddX();</c> becomes a block.</summary>
    private static Place InExpressionBody(MethodDeclarationSyntax method, string services) => Place.Custom(method, services, (root, code) =>
    {
        var indentation = Place.Indentation(method);
        var inner = indentation + "    ";
        var text = $"{indentation}{{\n{inner}{method.ExpressionBody!.Expression.WithoutTrivia()};\n{string.Join("\n", (code + ";").Split('\n').Select(l => inner + l))}\n{indentation}}}\n";
        var block = ((BlockSyntax)SyntaxFactory.ParseStatement(text)).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation, TypeNames.Annotation);
        var header = method.WithExpressionBody(null).WithSemicolonToken(default);
        header = header.WithParameterList(header.ParameterList.WithTrailingTrivia(SyntaxFactory.EndOfLine("\n")));
        return root.ReplaceNode(method, header.WithBody(block));
    });

    /// <summary>A <c>Startup</c> without <c>ConfigureServices</c> gets one.</summary>
    private static Place NewMethod(MethodDeclarationSyntax configure) => Place.Custom(configure, "services", (root, code) =>
    {
        var indentation = Place.Indentation(configure);
        var body = string.Join("\n", ("services." + code + ";").Split('\n').Select(l => indentation + "    " + l));
        var text = $"{indentation}public void ConfigureServices(Microsoft.Extensions.DependencyInjection.IServiceCollection services)\n{indentation}{{\n{body}\n{indentation}}}\n";
        var method = SyntaxFactory.ParseMemberDeclaration(text)!.WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation, TypeNames.Annotation);
        var leading = configure.GetLeadingTrivia();
        return root.ReplaceNode(configure, [method, leading.Count > 0 && leading[0].IsKind(SyntaxKind.EndOfLineTrivia) ? configure : configure.WithLeadingTrivia(leading.Insert(0, SyntaxFactory.EndOfLine("\n")))]);
    });

    /// <summary><c>builder.Configure(…)</c> becomes <c>builder.ConfigureServices(…).Configure(…)</c>.</summary>
    private static Place BuilderChain(MemberAccessExpressionSyntax access) => Place.Custom(access, "services", (root, code) =>
    {
        var receiver = access.Expression.WithoutTrailingTrivia();
        code = code.Replace("\n", "\n" + Place.Indentation(access));
        var chained = SyntaxFactory.ParseExpression($"{receiver.WithoutTrivia()}.ConfigureServices(services => services.{code})").WithLeadingTrivia(receiver.GetLeadingTrivia()).WithTrailingTrivia(access.Expression.GetTrailingTrivia())
            .WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation, TypeNames.Annotation);
        return root.ReplaceNode(access.Expression, chained);
    });
}
