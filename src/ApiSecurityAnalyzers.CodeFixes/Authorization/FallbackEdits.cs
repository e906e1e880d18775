using ApiSecurityAnalyzers.CodeFixes.Helpers;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Authorization;

/// <summary>Takes away what sets the fallback policy to <see langword="null"/>.</summary>
internal static class FallbackEdits
{
    public static TextChange? Remove(SimpleNameSyntax name, SourceText text)
    {
        if (name.Parent is not MemberAccessExpressionSyntax member)
            return null;
        switch (member.Parent)
        {
            case InvocationExpressionSyntax call:
                return Removal.Of(call, text) is { } link ? new TextChange(link, "") : null;
            case AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax statement }:
                return Removal.Of(statement, text) is { } span ? new TextChange(span, "") : null;
            case AssignmentExpressionSyntax { Parent: LambdaExpressionSyntax } assignment:
                return new TextChange(assignment.Span, "{ }");
            default:
                return null;
        }
    }
}
