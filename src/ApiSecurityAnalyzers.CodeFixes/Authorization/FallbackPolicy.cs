using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace ApiSecurityAnalyzers.CodeFixes.Authorization;

/// <summary>Requires authorization of every endpoint that says nothing, in the place where the host configures authorization already.</summary>
internal static class FallbackPolicy
{
    private const string Builder = "new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build()";

    public static async Task AddAsync(HostEditor editor, CancellationToken cancellationToken)
    {
        foreach (var service in editor.Host.Services)
        {
            if (service.RunsIn != RunsIn.Everywhere || editor.Solution.GetDocument(service.Call.SyntaxTree) is null)
                continue;
            var root = await service.Call.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
            if (Merge(root, service) is { } changed)
            {
                await editor.ChangeAsync(root, changed, cancellationToken).ConfigureAwait(false);
                return;
            }
        }

        await editor.AddServiceAsync("AddAuthorization(options => options.FallbackPolicy = options.DefaultPolicy)", cancellationToken).ConfigureAwait(false);
    }

    private static SyntaxNode? Merge(SyntaxNode root, HostCall service)
    {
        if (service.Name == "AddAuthorizationBuilder")
        {
            var policy = SyntaxFactory.ParseExpression(Builder);
            policy = policy.ReplaceNode(policy.DescendantNodes().OfType<QualifiedNameSyntax>().First(), policy.DescendantNodes().OfType<QualifiedNameSyntax>().First().WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation));
            return Chain.Append(root, service.Call, "SetFallbackPolicy", SyntaxFactory.Argument(policy));
        }

        if (service.Name != "AddAuthorization" || service.Method is { IsExtensionMethod: true, ReducedFrom: null })
            return null;
        var arguments = service.Call.ArgumentList.Arguments;
        if (arguments.Count == 0)
        {
            return root.ReplaceNode(service.Call.ArgumentList, service.Call.ArgumentList.WithArguments(SyntaxFactory.SingletonSeparatedList(
                SyntaxFactory.Argument(SyntaxFactory.ParseExpression("options => options.FallbackPolicy = options.DefaultPolicy")))));
        }

        return arguments.Count == 1 && arguments[0].Expression is LambdaExpressionSyntax lambda && ParameterOf(lambda) is { } options ? Extend(root, lambda, options) : null;
    }

    private static string? ParameterOf(LambdaExpressionSyntax lambda) => lambda switch
    {
        SimpleLambdaExpressionSyntax simple => simple.Parameter.Identifier.ValueText,
        ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: { Count: 1 } parameters } => parameters[0].Identifier.ValueText,
        _ => null,
    };

    /// <summary>At the end of the lambda, where its own default policy is set.</summary>
    private static SyntaxNode? Extend(SyntaxNode root, LambdaExpressionSyntax lambda, string options)
    {
        if (lambda.DescendantNodes().OfType<AssignmentExpressionSyntax>().FirstOrDefault(static a => a.Left is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "FallbackPolicy" }) is { } old)
            return root.ReplaceNode(old.Right, SyntaxFactory.ParseExpression(options + ".DefaultPolicy").WithTriviaFrom(old.Right));
        var code = $"{options}.FallbackPolicy = {options}.DefaultPolicy";
        if (lambda.Block is { Statements.Count: 0 } empty && !empty.DescendantTrivia().Any(static t => t.HasStructure || t.IsKind(SyntaxKind.SingleLineCommentTrivia) || t.IsKind(SyntaxKind.MultiLineCommentTrivia)))
            return root.ReplaceNode(lambda, lambda.WithBody(SyntaxFactory.ParseExpression(code).WithTriviaFrom(empty)));
        if (lambda.Block is { } block)
            return Place.AtEnd(block, options).Insert(root, code);
        var indentation = Place.Indentation(lambda.FirstAncestorOrSelf<StatementSyntax>() ?? (SyntaxNode)lambda);
        var body = (BlockSyntax)SyntaxFactory.ParseStatement($"{indentation}{{\n{indentation}    {lambda.ExpressionBody!.WithoutTrivia()};\n{indentation}    {code};\n{indentation}}}");
        return root.ReplaceNode(lambda, lambda
            .WithArrowToken(lambda.ArrowToken.WithTrailingTrivia(SyntaxFactory.EndOfLine("\n")))
            .WithBody(body.WithTrailingTrivia(lambda.ExpressionBody!.GetTrailingTrivia())));
    }
}
