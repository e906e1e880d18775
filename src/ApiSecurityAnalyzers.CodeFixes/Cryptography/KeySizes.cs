using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Cryptography;

/// <summary>AES takes keys of 16, 24 or 32 bytes and an initialization vector of 16: sizes that the code names follow, material of another length stays in the way.</summary>
internal sealed class KeySizes
{
    private const int Key = 32;
    private const int Vector = 16;

    private readonly FixScene _scene;
    private readonly NodeEdits _edits;

    public KeySizes(FixScene scene, NodeEdits edits)
    {
        _scene = scene;
        _edits = edits;
    }

    /// <summary>Adapts the sizes in a type; <see langword="false"/> where a key or vector has a length that AES refuses.</summary>
    public bool TryAdapt(SyntaxNode scope)
    {
        foreach (var node in scope.DescendantNodes())
        {
            switch (node)
            {
                case AssignmentExpressionSyntax assignment when NameOf(assignment.Left) is "Key" or "IV" or "KeySize" or "BlockSize" or "FeedbackSize":
                    if (_scene.SymbolOf(assignment.Left) is IPropertySymbol property && property.ContainingType.InheritsFrom("System.Security.Cryptography.SymmetricAlgorithm") && !Assigned(property.Name, assignment.Right))
                        return false;
                    break;
                case InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 2 } arguments } call when NameOf(call.Expression) is "CreateEncryptor" or "CreateDecryptor":
                    if (!Material(arguments[0].Expression, Key) || !Material(arguments[1].Expression, Vector))
                        return false;
                    break;
            }
        }

        return true;
    }

    private bool Assigned(string property, ExpressionSyntax value)
    {
        if (property is "Key" or "IV")
            return Material(value, property == "Key" ? Key : Vector);
        var isAllowed = value is not LiteralExpressionSyntax { Token.Value: int bits } || property switch
        {
            "KeySize" => bits is 128 or 192 or 256,
            "BlockSize" => bits == 128,
            _ => bits is 8 or 128,
        };
        if (!isAllowed)
            Resize(value, property == "KeySize" ? 256 : 128);
        return true;
    }

    /// <summary>Whether the bytes have a length that fits, or one that can be changed where they are made.</summary>
    private bool Material(ExpressionSyntax value, int wanted)
    {
        if (value is IdentifierNameSyntax or MemberAccessExpressionSyntax && _scene.SymbolOf(value) is (ILocalSymbol or IFieldSymbol) and var symbol
            && symbol.DeclaringSyntaxReferences.FirstOrDefault() is { } declaration && declaration.SyntaxTree == _scene.Root.SyntaxTree
            && declaration.GetSyntax(_scene.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: { } initializer })
        {
            value = initializer;
        }

        switch (value)
        {
            case InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } call when NameOf(call.Expression) == "GetBytes":
                if (arguments[0].Expression is LiteralExpressionSyntax { Token.Value: int count })
                {
                    if (!Fits(count, wanted))
                        Resize(arguments[0].Expression, wanted);
                    return true;
                }

                // text of known length: ASCII in all encodings that are used for keys but UTF-16
                return _scene.Model.GetConstantValue(arguments[0].Expression, _scene.CancellationToken) is not { HasValue: true, Value: string text }
                    || Fits(call.Expression.ToString().EndsWith("Unicode.GetBytes", StringComparison.Ordinal) ? text.Length * 2 : text.Length, wanted);
            case InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } encoded } decode when NameOf(decode.Expression) == "FromBase64String":
                return _scene.Model.GetConstantValue(encoded[0].Expression, _scene.CancellationToken) is not { HasValue: true, Value: string base64 } || Fits((base64.Length * 3 / 4) - base64.Count(static c => c == '='), wanted);
            case ArrayCreationExpressionSyntax { Initializer: null, Type: var type }:
                if (type.RankSpecifiers[0].Sizes[0] is LiteralExpressionSyntax { Token.Value: int size } literal && !Fits(size, wanted))
                    Resize(literal, wanted);
                return true;
            case ArrayCreationExpressionSyntax { Initializer: { } elements }:
                return Fits(elements.Expressions.Count, wanted);
            case ImplicitArrayCreationExpressionSyntax { Initializer: var elements }:
                return Fits(elements.Expressions.Count, wanted);
            case InitializerExpressionSyntax elements:
                return Fits(elements.Expressions.Count, wanted);
            case CollectionExpressionSyntax collection:
                return collection.Elements.Any(static e => e is SpreadElementSyntax) || Fits(collection.Elements.Count, wanted);
            default:
                return true;
        }
    }

    private static bool Fits(int length, int wanted) => wanted == Vector ? length == Vector : length is 16 or 24 or 32;

    private void Resize(ExpressionSyntax size, int value)
    {
        if (!_edits.Covers(size))
            _edits.Replace(size, n => SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(value)).WithTriviaFrom(n));
    }

    private static string? NameOf(ExpressionSyntax expression) => expression switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        _ => null,
    };
}
