using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Reads what an own attribute that derives from <c>[Authorize]</c> sets in its constructor.</summary>
internal static class DerivedAttribute
{
    /// <summary>What stands for a value that is computed.</summary>
    public const string Computed = "(computed)";

    /// <summary>The text that the attribute's constructors give a property, or the policy that they hand to the base; <see langword="null"/> where they do neither.</summary>
    public static string? Value(INamedTypeSymbol attribute, string property, CancellationToken cancellationToken)
    {
        foreach (var reference in attribute.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax(cancellationToken) is not ClassDeclarationSyntax declaration)
                continue;
            foreach (var node in declaration.DescendantNodes())
            {
                switch (node)
                {
                    case AssignmentExpressionSyntax { Left: IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or BaseExpressionSyntax } } assignment when NameOf(assignment.Left) == property:
                        return Text(assignment.Right);
                    case ConstructorInitializerSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } when property == "Policy":
                        return Text(arguments[0].Expression);
                    case PrimaryConstructorBaseTypeSyntax { ArgumentList.Arguments: { Count: > 0 } given } when property == "Policy":
                        return Text(given[0].Expression);
                }
            }
        }

        return null;
    }

    private static string? NameOf(ExpressionSyntax left) => left switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        _ => null,
    };

    private static string Text(ExpressionSyntax expression) => expression is LiteralExpressionSyntax { Token.Value: string text } ? text : Computed;
}
