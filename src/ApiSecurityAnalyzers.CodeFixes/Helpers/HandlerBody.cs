using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>Puts a statement at the start of a method, local function or lambda; an expression becomes a block.</summary>
internal static class HandlerBody
{
    /// <summary>The block or expression of the function.</summary>
    public static SyntaxNode? Of(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody?.Expression,
        LocalFunctionStatementSyntax local => (SyntaxNode?)local.Body ?? local.ExpressionBody?.Expression,
        AnonymousFunctionExpressionSyntax lambda => lambda.Body,
        _ => null,
    };

    /// <summary>Whether the expression of an expression body is the function's result.</summary>
    public static bool ReturnsValue(IMethodSymbol method) =>
        !method.ReturnsVoid && !(method.IsAsync && method.ReturnType is INamedTypeSymbol { IsGenericType: false } task && (task.Is("System.Threading.Tasks.Task") || task.Is("System.Threading.Tasks.ValueTask")));

    /// <param name="current">The function, as edits of its parts left it.</param>
    /// <param name="original">The function as it stands in its document.</param>
    /// <param name="statement">The statement's text.</param>
    /// <param name="returns">Whether an expression body is to be returned.</param>
    public static SyntaxNode Prepend(SyntaxNode current, SyntaxNode original, string statement, bool returns)
    {
        // a lambda in a chain that has a line a call is indented like its own line
        var indentation = Place.Indentation(original);
        switch (current)
        {
            case MethodDeclarationSyntax { Body: { } body } method:
                return method.WithBody(Insert(body, (original as MethodDeclarationSyntax)!.Body!, statement));
            case MethodDeclarationSyntax { ExpressionBody: { } arrow } method:
                var header = method.WithExpressionBody(null).WithSemicolonToken(default);
                return EndLine(header).WithBody(Block(arrow.Expression, indentation, statement, returns).WithTrailingTrivia(method.SemicolonToken.TrailingTrivia));
            case LocalFunctionStatementSyntax { Body: { } body } local:
                return local.WithBody(Insert(body, (original as LocalFunctionStatementSyntax)!.Body!, statement));
            case LocalFunctionStatementSyntax { ExpressionBody: { } arrow } local:
                return EndLine(local.WithExpressionBody(null).WithSemicolonToken(default)).WithBody(Block(arrow.Expression, indentation, statement, returns).WithTrailingTrivia(local.SemicolonToken.TrailingTrivia));
            case AnonymousFunctionExpressionSyntax { Block: { } body } lambda:
                return lambda.WithBody(Insert(body, (original as AnonymousFunctionExpressionSyntax)!.Block!, statement));
            case LambdaExpressionSyntax { ExpressionBody: { } expression } lambda:
                return lambda.WithArrowToken(lambda.ArrowToken.WithTrailingTrivia(SyntaxFactory.EndOfLine("\n"))).WithBody(Block(expression, indentation, statement, returns));
            default:
                return current;
        }
    }

    /// <summary>Puts a statement at the start of a block, on the line of a block that has one line.</summary>
    /// <param name="body">The block, as edits of its parts left it.</param>
    /// <param name="original">The block as it stands in its document.</param>
    /// <param name="statement">The statement's text.</param>
    public static BlockSyntax Insert(BlockSyntax body, BlockSyntax original, string statement)
    {
        if (body.Statements.Count == 0 && body.OpenBraceToken.TrailingTrivia.Count == 0 && !body.CloseBraceToken.LeadingTrivia.Any(SyntaxKind.EndOfLineTrivia))
            body = body.WithOpenBraceToken(body.OpenBraceToken.WithTrailingTrivia(SyntaxFactory.Space));
        var oneLine = !body.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
        if (oneLine)
            return body.WithStatements(body.Statements.Insert(0, Parse(statement + " ")));
        var indentation = original.Statements.Count > 0 ? Place.Indentation(original.Statements[0]) : Place.Indentation(original) + "    ";
        return body.WithStatements(body.Statements.Insert(0, Parse(indentation + statement + "\n")));
    }

    private static BlockSyntax Block(ExpressionSyntax expression, string indentation, string statement, bool returns)
    {
        var inner = indentation + "    ";
        var rest = expression is ThrowExpressionSyntax ? "" : returns ? "return " : "";
        var first = Parse(inner + statement + "\n");
        var second = SyntaxFactory.ParseStatement(inner + rest + expression.WithoutTrivia().ToFullString() + ";\n");
        return SyntaxFactory.Block(first, second)
            .WithOpenBraceToken(SyntaxFactory.Token(SyntaxFactory.TriviaList(SyntaxFactory.Whitespace(indentation)), SyntaxKind.OpenBraceToken, SyntaxFactory.TriviaList(SyntaxFactory.EndOfLine("\n"))))
            .WithCloseBraceToken(SyntaxFactory.Token(SyntaxFactory.TriviaList(SyntaxFactory.Whitespace(indentation)), SyntaxKind.CloseBraceToken, expression.GetTrailingTrivia()));
    }

    private static StatementSyntax Parse(string text) =>
        SyntaxFactory.ParseStatement(text).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation, TypeNames.Annotation);

    /// <summary>Ends the line behind the signature, where the arrow stood.</summary>
    private static T EndLine<T>(T header)
        where T : SyntaxNode
    {
        var last = header.GetLastToken();
        return header.ReplaceToken(last, last.WithTrailingTrivia(SyntaxFactory.EndOfLine("\n")));
    }
}
