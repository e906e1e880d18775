using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>Adds statements beside others.</summary>
internal static class Statements
{
    /// <summary>The statement around an expression beside which another one can stand; <see langword="null"/> in expression bodies and initializers.</summary>
    public static StatementSyntax? Around(SyntaxNode node)
    {
        for (var current = node; current is not null; current = current.Parent)
        {
            switch (current)
            {
                case StatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax } statement and not BlockSyntax:
                    return statement;

                // what is computed before a loop is not computed in each round
                case StatementSyntax { Parent: ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax }:
                case ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax:
                case AnonymousFunctionExpressionSyntax or ArrowExpressionClauseSyntax or MemberDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }

    /// <summary>Inserts statements on lines of their own; a blank line above the statement stays above all of them.</summary>
    public static void InsertBefore(SyntaxEditor editor, StatementSyntax statement, params string[] codes)
    {
        var space = statement.GetLeadingTrivia().TakeWhile(static t => t.IsKind(SyntaxKind.EndOfLineTrivia) || t.IsKind(SyntaxKind.WhitespaceTrivia)).ToList();
        var blank = space.FindLastIndex(static t => t.IsKind(SyntaxKind.EndOfLineTrivia)) + 1;
        var added = codes.Select(c => Parse(c, statement)).ToList();
        if (blank > 0)
        {
            added[0] = added[0].WithLeadingTrivia(statement.GetLeadingTrivia().Take(blank).Concat(added[0].GetLeadingTrivia()));
            editor.ReplaceNode(statement, (current, _) => current.WithLeadingTrivia(current.GetLeadingTrivia().Skip(blank)));
        }

        if (statement.Parent is GlobalStatementSyntax global)
            editor.InsertBefore(global, added.Select(SyntaxFactory.GlobalStatement));
        else
            editor.InsertBefore(statement, added);
    }

    /// <summary>Inserts a statement on the next line.</summary>
    public static void InsertAfter(SyntaxEditor editor, StatementSyntax statement, string code)
    {
        if (statement.Parent is GlobalStatementSyntax global)
            editor.InsertAfter(global, SyntaxFactory.GlobalStatement(Parse(code, statement)));
        else
            editor.InsertAfter(statement, Parse(code, statement));
    }

    /// <summary>A statement of several lines is written with the indentation of a first-level statement.</summary>
    private static StatementSyntax Parse(string code, StatementSyntax beside)
    {
        var indentation = Place.Indentation(beside);
        return SyntaxFactory.ParseStatement(indentation + code.Replace("\n", "\n" + indentation) + "\n").WithAdditionalAnnotations(ServiceAccess.Annotations);
    }
}
