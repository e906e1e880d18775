using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>Adds attributes to types and members.</summary>
internal static class Attributes
{
    /// <summary>Adds an attribute list on a line of its own above the declaration; comments stay on top.</summary>
    /// <param name="root">The document's root.</param>
    /// <param name="declaration">The type or member.</param>
    /// <param name="attribute">The attribute with its full name, without brackets.</param>
    public static SyntaxNode Add(SyntaxNode root, MemberDeclarationSyntax declaration, string attribute)
    {
        var list = SyntaxFactory.ParseCompilationUnit("[" + attribute + "] class _ { }").Members[0].AttributeLists[0]
            .WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);
        var indentation = SyntaxFactory.Whitespace(Place.Indentation(declaration));
        MemberDeclarationSyntax changed;
        if (declaration.AttributeLists.Count > 0)
        {
            // behind the attributes that are there
            var last = declaration.AttributeLists.Last();
            var sameLine = !last.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia);
            var added = sameLine ? list.WithTrailingTrivia(last.GetTrailingTrivia()) : list.WithLeadingTrivia(indentation).WithTrailingTrivia(SyntaxFactory.EndOfLine("\n"));
            changed = declaration.WithAttributeLists(declaration.AttributeLists.Add(added));
        }
        else
        {
            var leading = declaration.GetLeadingTrivia();
            changed = declaration.WithLeadingTrivia(indentation).WithAttributeLists(SyntaxFactory.SingletonList(list.WithTrailingTrivia(SyntaxFactory.EndOfLine("\n"))));
            changed = changed.WithLeadingTrivia(leading);
        }

        return root.ReplaceNode(declaration, changed);
    }
}
