using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.KeyMaterial;

/// <summary>A place in code where key material is used.</summary>
/// <param name="Role">What the value is.</param>
/// <param name="Value">The value.</param>
/// <param name="Name">The type or method that receives it, as a message names it.</param>
/// <param name="Member">The property, method or constructor.</param>
/// <param name="Use">The assignment, call or creation.</param>
/// <param name="Receiver">The variable that holds the algorithm, where there is one.</param>
internal sealed record SecretSink(SecretRole Role, ExpressionSyntax Value, string Name, ISymbol Member, SyntaxNode Use, ISymbol? Receiver)
{
    /// <summary>The function in which the sink stands: a member, or the top-level statements.</summary>
    public SyntaxNode Function { get; } = FunctionOf(Use);

    /// <summary>The member around a node; for top-level statements the whole file.</summary>
    public static SyntaxNode FunctionOf(SyntaxNode node)
    {
        for (var current = node; ; current = current.Parent)
        {
            if (current is BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax or BaseFieldDeclarationSyntax or BaseTypeDeclarationSyntax or CompilationUnitSyntax || current.Parent is null)
                return current;
        }
    }
}
