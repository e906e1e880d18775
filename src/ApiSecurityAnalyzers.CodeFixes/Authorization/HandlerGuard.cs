using ApiSecurityAnalyzers.CodeFixes.Helpers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Authorization;

/// <summary>Makes an authorization handler succeed for authenticated callers only.</summary>
internal static class HandlerGuard
{
    public static TextChange? Insert(InvocationExpressionSyntax succeed, SourceText text)
    {
        if (succeed.Expression is not MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax context })
            return null;
        var condition = $"if ({context}.User.Identity?.IsAuthenticated == true)";
        switch (succeed.Parent)
        {
            case ExpressionStatementSyntax { Parent: BlockSyntax } statement when OnOwnLine(statement, text):
                var indentation = Place.Indentation(statement);
                return new TextChange(statement.Span, $"{condition}\n{indentation}{{\n{indentation}    {Indented(statement)}\n{indentation}}}");
            case ExpressionStatementSyntax { Parent: BlockSyntax or ForEachStatementSyntax } statement:
                return new TextChange(new TextSpan(statement.SpanStart, 0), condition + " ");

            // async Task HandleRequirementAsync(…) => context.Succeed(requirement);
            case ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax method }:
                var outer = Place.Indentation(method);
                return new TextChange(
                    TextSpan.FromBounds(method.ParameterList.Span.End, method.SemicolonToken.Span.End),
                    $"\n{outer}{{\n{outer}    {condition}\n{outer}    {{\n{outer}        {succeed};\n{outer}    }}\n{outer}}}");
            default:
                return null;
        }
    }

    private static string Indented(StatementSyntax statement) => statement.ToString().Replace("\n", "\n    ");

    private static bool OnOwnLine(StatementSyntax statement, SourceText text)
    {
        var line = text.Lines.GetLineFromPosition(statement.SpanStart);
        return string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(line.Start, statement.SpanStart)));
    }
}
