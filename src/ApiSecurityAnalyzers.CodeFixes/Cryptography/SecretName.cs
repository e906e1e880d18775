using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Cryptography;

/// <summary>The name under which a secret is configured, made of the type and the variable that use it: equal constants of a type share one.</summary>
/// <param name="Section">The first part.</param>
/// <param name="Item">The second part.</param>
internal sealed record SecretName(string Section, string Item)
{
    /// <summary>The key in the configuration.</summary>
    public string Configuration => Section + ":" + Item;

    /// <summary>The name of the environment variable that the configuration reads under <see cref="Configuration"/>, so that both sources hold one value.</summary>
    public string Environment => Section + "__" + Item;

    /// <summary>The name for a constant.</summary>
    /// <param name="secret">The constant.</param>
    /// <param name="role">What it is: <c>Key</c>, <c>Password</c>, <c>PrivateKey</c>.</param>
    public static SecretName Of(SyntaxNode secret, string role)
    {
        var type = secret.FirstAncestorOrSelf<TypeDeclarationSyntax>()?.Identifier.ValueText;
        return new SecretName(type is null or "Program" or "Startup" ? "Encryption" : type, Variable(secret) is { Length: > 0 } name ? Pascal(name) : role);
    }

    /// <summary>The name for a constant that is declared elsewhere.</summary>
    public static SecretName Of(ISymbol member) => new(member.ContainingType.Name, Pascal(member.Name));

    /// <summary>The field, property or local that holds exactly this value.</summary>
    private static string? Variable(SyntaxNode secret)
    {
        for (var node = secret; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case VariableDeclaratorSyntax variable:
                    return variable.Identifier.ValueText;
                case PropertyDeclarationSyntax property:
                    return property.Identifier.ValueText;
                case AssignmentExpressionSyntax { Left: SimpleNameSyntax name }:
                    return name.Identifier.ValueText;
                case AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access }:
                    return access.Name.Identifier.ValueText;

                // what a call makes of it has another name: GetBytes("…") is the key all the same
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetBytes" or "FromBase64String" or "FromHexString" or "ToArray" or "PadRight" or "PadLeft" or "Substring" } }:
                case ArgumentSyntax or ArgumentListSyntax { Parent: InvocationExpressionSyntax } or EqualsValueClauseSyntax or MemberAccessExpressionSyntax or ArrowExpressionClauseSyntax or ParenthesizedExpressionSyntax:
                case ExpressionSyntax when node == secret:
                    continue;
                default:
                    return null;
            }
        }

        return null;
    }

    /// <summary><c>_signingKey</c>, <c>s_signingKey</c> and <c>SIGNING_KEY</c> become <c>SigningKey</c>.</summary>
    private static string Pascal(string name)
    {
        if (name.Length > 2 && name[1] == '_' && name[0] is 's' or 'm')
            name = name.Substring(2);
        var isUpper = name.All(static c => !char.IsLower(c));
        var text = new StringBuilder(name.Length);
        var first = true;
        foreach (var c in name)
        {
            if (c == '_')
            {
                first = true;
                continue;
            }

            text.Append(first ? char.ToUpperInvariant(c) : isUpper ? char.ToLowerInvariant(c) : c);
            first = false;
        }

        return text.ToString();
    }
}
