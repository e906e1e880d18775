using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.ApiUse;
using ApiSecurityAnalyzers.Rules.Cryptography;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Cryptography;

/// <summary>ASA6003: the calls whose method or flag decides on the mode.</summary>
internal sealed class ModeUseFinder
{
    private readonly SemanticModel _model;
    private readonly CancellationToken _cancellationToken;

    public ModeUseFinder(SemanticModel model, CancellationToken cancellationToken)
    {
        _model = model;
        _cancellationToken = cancellationToken;
    }

    public FoundUse? At(SyntaxToken token)
    {
        if (token.Parent is not IdentifierNameSyntax name)
            return null;
        if (token.ValueText == "CipherMode")
            return Number(name);
        if (Call(name) is not { } call)
            return null;
        if (WeakCipherMode.FlagMethods.Contains(token.ValueText))
            return Flag(call);
        var isEcb = WeakCipherMode.EcbMethods.Contains(token.ValueText);
        if (!isEcb && !WeakCipherMode.UnauthenticatedMethods.Contains(token.ValueText))
            return null;
        if (_model.GetSymbolInfo(call, _cancellationToken).Symbol is not IMethodSymbol method || !method.ContainingType.InheritsFrom(WeakCipherMode.SymmetricAlgorithm))
            return null;

        // of a broken cipher the mode is the smaller fault
        var receiver = name.Parent is MemberAccessExpressionSyntax member ? _model.GetTypeInfo(member.Expression, _cancellationToken).Type : null;
        for (var type = receiver; !isEcb && type is not null; type = type.BaseType)
        {
            if (BrokenCipher.Table.Find(type) is not null)
                return null;
        }

        return new FoundUse(name, UseShape.Other, isEcb ? WeakCipherMode.Ecb : WeakCipherMode.Unauthenticated, null, call);
    }

    private static InvocationExpressionSyntax? Call(IdentifierNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax member when member.Name == name => member.Parent as InvocationExpressionSyntax,
        MemberBindingExpressionSyntax binding => binding.Parent as InvocationExpressionSyntax,
        InvocationExpressionSyntax call => call,
        _ => null,
    };

    /// <summary><c>rsa.Encrypt(data, false)</c>: no OAEP.</summary>
    private FoundUse? Flag(InvocationExpressionSyntax call)
    {
        if (call.ArgumentList.Arguments.Count != 2)
            return null;
        var flag = call.ArgumentList.Arguments.FirstOrDefault(static a => a.NameColon?.Name.Identifier.ValueText == "fOAEP") ?? call.ArgumentList.Arguments[1];
        if (flag.Expression is not (LiteralExpressionSyntax or IdentifierNameSyntax or MemberAccessExpressionSyntax) || flag.Expression is LiteralExpressionSyntax && !flag.Expression.IsKind(SyntaxKind.FalseLiteralExpression))
            return null;
        return _model.GetConstantValue(flag.Expression, _cancellationToken) is { HasValue: true, Value: false }
            && _model.GetSymbolInfo(call, _cancellationToken).Symbol is IMethodSymbol method && method.ContainingType.Is(WeakCipherMode.RsaCryptoServiceProvider)
            ? new FoundUse(flag.Expression, UseShape.Other, WeakCipherMode.Pkcs1, "true", call)
            : null;
    }

    /// <summary><c>(CipherMode)2</c>.</summary>
    private FoundUse? Number(IdentifierNameSyntax name)
    {
        var type = (ExpressionSyntax?)(name.Parent as QualifiedNameSyntax) ?? name;
        return type.Parent is CastExpressionSyntax { Expression: LiteralExpressionSyntax } cast && cast.Type == type
            && _model.GetConstantValue(cast, _cancellationToken) is { HasValue: true, Value: 2 }
            && _model.GetTypeInfo(cast, _cancellationToken).Type.Is("System.Security.Cryptography.CipherMode")
            && !ApiUseFinder.IsComparison(cast)
            ? new FoundUse(cast, UseShape.Member, WeakCipherMode.Ecb, "CBC", cast) { Member = WeakCipherMode.Table.Find("ECB", _model.GetTypeInfo(cast, _cancellationToken).Type) }
            : null;
    }
}
