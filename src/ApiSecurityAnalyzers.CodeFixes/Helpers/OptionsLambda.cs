using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>Adds statements to options lambdas: <c>AddX(options => { … })</c>.</summary>
internal static class OptionsLambda
{
    /// <summary>The name of the options in the lambda; none where it has no single parameter that can be used.</summary>
    public static string? NameOf(LambdaExpressionSyntax lambda) => lambda switch
    {
        SimpleLambdaExpressionSyntax simple => simple.Parameter.Identifier.ValueText,
        ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: { Count: 1 } parameters } => parameters[0].Identifier.ValueText,
        _ => null,
    };

    /// <summary>Inserts <c>options.code;</c> at the start; an expression becomes a block.</summary>
    public static async Task<Document> InsertAsync(Document document, LambdaExpressionSyntax lambda, string code, CancellationToken cancellationToken)
    {
        var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        var statement = NameOf(lambda) + "." + code;
        if (lambda.Block is { } block)
            return document.WithSyntaxRoot(Place.AtStart(block, "").Insert(root, statement));
        var indentation = Place.Indentation(lambda.FirstAncestorOrSelf<StatementSyntax>() ?? (SyntaxNode)lambda);
        var inner = indentation + "    ";
        var lines = statement.Split('\n').Select(l => inner + l);
        var text = $"{indentation}{{\n{string.Join("\n", lines)};\n{inner}{lambda.ExpressionBody!.WithoutTrivia()};\n{indentation}}}";
        var body = ((BlockSyntax)SyntaxFactory.ParseStatement(text)).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation, TypeNames.Annotation).WithTrailingTrivia(lambda.ExpressionBody!.GetTrailingTrivia());
        var changed = lambda.WithBody(body).WithArrowToken(lambda.ArrowToken.WithTrailingTrivia(SyntaxFactory.EndOfLine("\n")));
        return document.WithSyntaxRoot(root.ReplaceNode(lambda, changed));
    }
}
