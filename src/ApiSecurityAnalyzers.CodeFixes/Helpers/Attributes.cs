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
        var original = declaration;
        var indentation = SyntaxFactory.Whitespace(Place.Indentation(declaration));
        MemberDeclarationSyntax changed;
        if (declaration.AttributeLists.Count > 0)
        {
            // behind the attributes that are there; what closes a directive around the last one stays in front
            var last = declaration.AttributeLists.Last();
            var next = last.GetLastToken().GetNextToken();
            var closing = next.LeadingTrivia.Reverse().SkipWhile(static t => t.GetStructure() is not (EndIfDirectiveTriviaSyntax or EndRegionDirectiveTriviaSyntax)).Reverse().ToList();
            if (closing.Count > 0)
            {
                declaration = declaration.ReplaceToken(next, next.WithLeadingTrivia(next.LeadingTrivia.Skip(closing.Count)));
                last = declaration.AttributeLists.Last();
            }

            var trailing = last.GetTrailingTrivia();
            var sameLine = !trailing.Any(SyntaxKind.EndOfLineTrivia);
            if (sameLine && !trailing.All(static t => t.IsKind(SyntaxKind.WhitespaceTrivia)))
                trailing = SyntaxFactory.TriviaList(SyntaxFactory.Space);
            var added = sameLine ? list.WithTrailingTrivia(trailing) : list.WithLeadingTrivia(closing.Append(indentation)).WithTrailingTrivia(SyntaxFactory.EndOfLine("\n"));
            changed = declaration.WithAttributeLists(declaration.AttributeLists.Add(added));
        }
        else
        {
            var leading = declaration.GetLeadingTrivia();
            changed = declaration.WithLeadingTrivia(indentation).WithAttributeLists(SyntaxFactory.SingletonList(list.WithTrailingTrivia(SyntaxFactory.EndOfLine("\n"))));
            changed = changed.WithLeadingTrivia(leading);
        }

        return root.ReplaceNode(original, changed);
    }
}
