using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.KeyMaterial;

/// <content>Arrays and spans that are filled after they were made.</content>
internal sealed partial class ValueTracer
{
    private static readonly HashSet<string> Readers = new(StringComparer.Ordinal)
    {
        "Clear", "ZeroMemory", "ToBase64String", "ToHexString", "ToHexStringLower", "SequenceEqual", "FixedTimeEquals", "Write", "WriteAsync", "ComputeHash", "HashData", "Concat", "Equals", "GetString", "TransformFinalBlock", "TransformBlock",
        "CreateEncryptor", "CreateDecryptor", "EncryptCbc", "DecryptCbc", "EncryptCfb", "DecryptCfb", "EncryptEcb", "DecryptEcb", "Encrypt", "Decrypt", "AddRange", "Contains", "Pbkdf2", "Any", "All", "Count", "ThrowIfNull", "WriteLine", "Append", "ToString", "ToBase64",
    };

    private static readonly HashSet<string> Writers = new(StringComparer.Ordinal) { "Fill", "GetBytes", "GetNonZeroBytes", "NextBytes", "Read", "ReadAsync", "ReadExactly", "ReadExactlyAsync", "TryGetBytes", "TryWriteBytes" };

    private static readonly HashSet<string> ReadParameters = new(StringComparer.Ordinal) { "key", "rgbKey", "iv", "rgbIV", "nonce", "salt", "rgbSalt", "password", "ikm", "prk", "info", "sourceArray", "src", "source", "plaintext", "associatedData", "inArray", "symmetricKey" };

    private static readonly HashSet<string> CopyTargets = new(StringComparer.Ordinal) { "destinationArray", "dst", "destination", "bytes", "array" };

    /// <summary>Replaces arrays by what they were filled with.</summary>
    private void Filled(List<ExpressionSyntax> references, Frame frame, List<Origin> origins)
    {
        if (!origins.Exists(static o => o.Kind == OriginKind.Zero || o.Kind == OriginKind.Constant && o.Node is not LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression }))
            return;
        var sources = new List<ExpressionSyntax>();
        var kind = OriginKind.Empty;
        var zero = origins.Exists(static o => o.Kind == OriginKind.Zero);
        foreach (var reference in references)
        {
            if (Fill(reference, zero, frame.Model, sources) is { } filled && kind != OriginKind.Generated)
                kind = filled;
        }

        if (kind is OriginKind.Unknown or OriginKind.Generated)
        {
            for (var i = 0; i < origins.Count; i++)
            {
                if (origins[i].IsFixed)
                    origins[i] = origins[i] with { Kind = kind };
            }
        }
        else if (sources.Count > 0)
        {
            origins.RemoveAll(static o => o.IsFixed);
            foreach (var source in sources)
                Visit(source, frame, origins);
        }
    }

    /// <summary>How a use of an array fills it; <see langword="null"/> where it does not. Copies go to <paramref name="sources"/>.</summary>
    private OriginKind? Fill(ExpressionSyntax use, bool zero, SemanticModel model, List<ExpressionSyntax> sources)
    {
        OriginKind? unclear = zero ? OriginKind.Unknown : null;
        for (var whole = use; ; whole = (ExpressionSyntax)whole.Parent!)
        {
            switch (whole.Parent)
            {
                case ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } or CastExpressionSyntax:
                case InvocationExpressionSyntax call when call.Expression == whole:
                    continue;
                case MemberAccessExpressionSyntax access when access.Expression == whole:
                    var name = access.Name.Identifier.ValueText;
                    if (name is "CopyTo" or "TryCopyTo" or "Length" or "Count" or "LongLength" or "SequenceEqual" or "Contains" or "IndexOf" or "ToString" or "IsEmpty" or "Any" or "All" or "GetEnumerator" or "Clear" or "First" or "Last" or "Equals" or "GetHashCode" or "Aggregate" or "Sum")
                        return null;
                    if (name is "Fill" or "SetValue" or "Initialize")
                        return OriginKind.Unknown;
                    if (OfReceiver.Contains(name) && name is not ("AsSpan" or "AsMemory" or "Slice" or "Reverse"))
                        return null;
                    if (name is not ("AsSpan" or "AsMemory" or "Slice" or "Span" or "Reverse"))
                        return unclear;
                    continue;
                case ElementAccessExpressionSyntax element when element.Expression == whole:
                    if (element.ArgumentList.Arguments.Count == 1 && Strip(element.ArgumentList.Arguments[0].Expression) is RangeExpressionSyntax)
                        continue;
                    return IsWritten(element) ? OriginKind.Unknown : null;
                case ArgumentSyntax argument:
                    return OfArgumentUse(argument, zero, model, sources);
                case AssignmentExpressionSyntax assignment when assignment.Right == whole:
                    return assignment.Left is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Key" or "IV" } or IdentifierNameSyntax { Identifier.ValueText: "Key" or "IV" } ? null : unclear;
                case EqualsValueClauseSyntax:
                    return unclear;
                default:
                    return null;
            }
        }
    }

    private OriginKind? OfArgumentUse(ArgumentSyntax argument, bool zero, SemanticModel model, List<ExpressionSyntax> sources)
    {
        if (argument.RefKindKeyword.Kind() is SyntaxKind.RefKeyword or SyntaxKind.OutKeyword)
            return OriginKind.Unknown;
        if (argument.Parent is not ArgumentListSyntax { Parent: ExpressionSyntax call } list)
            return null;
        if (model.GetSymbolInfo(call, _cancellationToken).Symbol is not IMethodSymbol method)
            return zero ? OriginKind.Unknown : null;
        var parameter = SinkFinder.ParameterOf(argument, list.Arguments.IndexOf(argument), method)?.Name ?? "";
        if (method.DeclaringSyntaxReferences.IsEmpty && CopyTargets.Contains(parameter) && CopiedFrom(method, call, list, argument) is { } source)
        {
            sources.Add(source);
            return null;
        }

        if (method.ContainingType.Is("System.Security.Cryptography.RandomNumberGenerator"))
            return OriginKind.Generated;
        if (Writers.Contains(method.Name))
            return OriginKind.Unknown;
        if (!zero || Readers.Contains(method.Name) && parameter is not ("ciphertext" or "tag" or "destination"))
            return parameter is "destination" ? OriginKind.Unknown : null;
        return method.DeclaringSyntaxReferences.IsEmpty && ReadParameters.Contains(parameter) || method.MethodKind == MethodKind.Constructor && method.DeclaringSyntaxReferences.IsEmpty ? null : OriginKind.Unknown;
    }

    /// <summary>What a framework call copies into its target argument.</summary>
    private static ExpressionSyntax? CopiedFrom(IMethodSymbol method, ExpressionSyntax call, ArgumentListSyntax list, ArgumentSyntax target)
    {
        switch (method.Name)
        {
            case "Copy" or "BlockCopy" or "ConstrainedCopy" when method.ContainingType.Name is "Array" or "Buffer":
            case "GetBytes" when method.ContainingType.InheritsFrom("System.Text.Encoding"):
            case "HashData" when method.ContainingType.InheritsFrom("System.Security.Cryptography.HashAlgorithm") && !method.ContainingType.InheritsFrom("System.Security.Cryptography.KeyedHashAlgorithm"):
                return list.Arguments[0] == target ? null : list.Arguments[0].Expression;
            case "CopyTo" or "TryCopyTo":
                return (call as InvocationExpressionSyntax)?.Expression is MemberAccessExpressionSyntax access ? access.Expression : null;
            default:
                return null;
        }
    }

    private static bool IsWritten(ExpressionSyntax element) => element.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == element,
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } => false,
        PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression or (int)SyntaxKind.AddressOfExpression } => true,
        RefExpressionSyntax => true,
        ArgumentSyntax argument => argument.RefKindKeyword.Kind() is SyntaxKind.RefKeyword or SyntaxKind.OutKeyword,
        _ => false,
    };
}
