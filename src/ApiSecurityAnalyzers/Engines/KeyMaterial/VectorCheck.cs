using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.KeyMaterial;

/// <summary>Decides whether an initialization vector, nonce or salt can be known in advance, and why.</summary>
internal static class VectorCheck
{
    private static readonly HashSet<string> Encrypting = new(StringComparer.Ordinal) { "CreateEncryptor", "EncryptCbc", "EncryptCfb", "TryEncryptCbc", "TryEncryptCfb", "Encrypt" };
    private static readonly HashSet<string> Decrypting = new(StringComparer.Ordinal) { "CreateDecryptor", "DecryptCbc", "DecryptCfb", "TryDecryptCbc", "TryDecryptCfb", "Decrypt" };

    /// <summary>What is wrong with the value, or <see langword="null"/>.</summary>
    public static string? Reason(TracedSink traced, IReadOnlyList<TracedSink> all)
    {
        var (sink, origins) = traced;
        foreach (var origin in origins)
        {
            switch (origin.Kind)
            {
                case OriginKind.Zero:
                    return "is all zeros";
                case OriginKind.Constant:
                    return "is constant";
                case OriginKind.KeyProperty:
                    return "is taken from the key";
                case OriginKind.Configured when sink.Role != SecretRole.Salt:
                    return "is configured, the same value each time";
                case OriginKind.Generated when origin.Holder is { } holder && IsKept(holder, sink):
                    return $"is kept in '{holder.Name}'";
            }
        }

        return IsKey(traced, all) ? sink.Role == SecretRole.Salt ? "is taken from the password" : "is taken from the key" : null;
    }

    /// <summary>Whether the value only serves to read what was encrypted elsewhere.</summary>
    public static bool OnlyDecrypts(SecretSink sink)
    {
        if (sink.Role == SecretRole.Nonce && sink.Member.Name == "Encrypt")
            return false;
        if (sink.Use is BaseObjectCreationExpressionSyntax && sink.Member.ContainingType.Name is "ParametersWithIV" or "AeadParameters")
            return Initializes(sink.Function, SyntaxKind.FalseLiteralExpression) && !Initializes(sink.Function, SyntaxKind.TrueLiteralExpression);
        if (sink.Member is IMethodSymbol { MethodKind: not MethodKind.Constructor } && sink.Role == SecretRole.InitializationVector)
            return false;
        return Calls(sink.Function, Decrypting) && !Calls(sink.Function, Encrypting);
    }

    /// <summary><c>cipher.Init(forEncryption, parameters)</c> of Bouncy Castle.</summary>
    private static bool Initializes(SyntaxNode function, SyntaxKind forEncryption) => function.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(i =>
        i.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Init" } && i.ArgumentList.Arguments.Count > 0 && i.ArgumentList.Arguments[0].Expression.IsKind(forEncryption));

    private static bool Calls(SyntaxNode function, HashSet<string> names) => function.DescendantNodes().OfType<SimpleNameSyntax>().Any(n =>
        names.Contains(n.Identifier.ValueText) && (n.Parent is MemberAccessExpressionSyntax access && access.Name == n || n.Parent is MemberBindingExpressionSyntax));

    /// <summary>A random value that outlives the call: all calls share a static one; those of an object share one that is set when it is made.</summary>
    private static bool IsKept(ISymbol holder, SecretSink sink)
    {
        if (sink.Role == SecretRole.Salt)
            return false;
        if (holder.IsStatic)
            return holder is IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null };
        return holder is IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null } && sink.Function is MethodDeclarationSyntax { ParameterList.Parameters.Count: > 0 };
    }

    private static bool IsKey(TracedSink traced, IReadOnlyList<TracedSink> all)
    {
        var (sink, origins) = traced;
        foreach (var (other, others) in all)
        {
            if (other.Role is not (SecretRole.Key or SecretRole.Password) || other.Function != sink.Function || IsSliced(other.Value))
                continue;
            var belongs = other.Use == sink.Use || other.Receiver is not null && SymbolEqualityComparer.Default.Equals(other.Receiver, sink.Receiver);
            if (belongs && origins.Any(o => o.Kind is not OriginKind.Configured and not OriginKind.Generated && others.Any(o.IsSameAs)))
                return true;
        }

        return false;
    }

    /// <summary>Secret material that is cut in two, one part for the key and one for the vector, is not "the key".</summary>
    private static bool IsSliced(ExpressionSyntax key) => key.DescendantNodesAndSelf().Any(static n =>
        n is RangeExpressionSyntax || n is SimpleNameSyntax { Identifier.ValueText: "Skip" or "Take" or "AsSpan" or "Slice" or "Substring" or "GetRange" });
}
