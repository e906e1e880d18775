using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace ApiSecurityAnalyzers.CodeFixes.RateLimiting;

/// <summary>Gives each client a limiter of its own: <c>AddFixedWindowLimiter(name, o => …)</c> becomes <c>AddPolicy(name, context => …)</c>.</summary>
internal static class SharedLimiterEdit
{
    /// <summary>The root with the call replaced; <see langword="null"/> where the options are not written in place.</summary>
    public static SyntaxNode? Apply(SyntaxNode root, InvocationExpressionSyntax call)
    {
        if (call.ArgumentList.Arguments is not { Count: 2 } arguments || arguments[1].Expression is not LambdaExpressionSyntax lambda || OptionsLambda.NameOf(lambda) is not { } options || call.Expression is not MemberAccessExpressionSyntax access)
            return null;
        var name = EndpointPath.NameOf(call).Identifier.ValueText;
        var kind = name.Substring("Add".Length, name.Length - "Add".Length - "Limiter".Length);
        var type = "System.Threading.RateLimiting." + (kind == "Concurrency" ? "ConcurrencyLimiterOptions" : kind + "RateLimiterOptions");
        if (Values(lambda, options) is not { } values)
            return null;
        var indentation = Place.Indentation(access.Name) + "    ";
        var text = $"context => System.Threading.RateLimiting.RateLimitPartition.Get{kind}Limiter(\n{indentation}{ClientLimiter.Client},\n{indentation}_ => new {type} {{ {string.Join(", ", values)} }})";
        var changed = call
            .WithExpression(access.WithName(SyntaxFactory.IdentifierName("AddPolicy").WithTriviaFrom(access.Name)))
            .WithArgumentList(call.ArgumentList.WithArguments(SyntaxFactory.SeparatedList([arguments[0], arguments[1].WithExpression(SyntaxFactory.ParseExpression(text).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation, TypeNames.Annotation))], call.ArgumentList.Arguments.GetSeparators())));
        return root.ReplaceNode(call, changed);
    }

    /// <summary>The settings that the lambda makes, as an initializer has them.</summary>
    private static List<string>? Values(LambdaExpressionSyntax lambda, string options)
    {
        var values = new List<string>();
        var expressions = lambda.ExpressionBody is { } single ? [single] : lambda.Block!.Statements.Select(static s => (s as ExpressionStatementSyntax)?.Expression).ToList();
        if (lambda.Block?.DescendantTrivia().Any(static t => t.IsKind(SyntaxKind.SingleLineCommentTrivia) || t.IsDirective) == true)
            return null;
        foreach (var expression in expressions)
        {
            if (expression is not AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax target } member } assignment
                || target.Identifier.ValueText != options || assignment.Right.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(n => n.Identifier.ValueText == options))
                return null;
            values.Add(member.Name + " = " + assignment.Right.WithoutTrivia());
        }

        return values;
    }
}
