using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.KeyMaterial;

/// <summary>Decides whether a constant is a secret at all.</summary>
internal static class KeyCheck
{
    private static readonly string[] SecretWords = ["secret", "token", "password", "seed", "key"];

    /// <summary>What is wrong with the key, or <see langword="null"/>.</summary>
    public static string? Reason(SecretSink sink, Origin origin, CompilationFacts facts, CancellationToken cancellationToken)
    {
        if (!origin.IsFixed || sink.Role == SecretRole.PrivateKey && !IsPrivate(sink, origin, facts, cancellationToken) || IsDomainSeparation(sink))
            return null;
        return origin.Kind == OriginKind.Zero ? "is all zeros, since nothing fills it" : "is written in the code, where everyone with the binary can read it";
    }

    /// <summary>Public keys and certificates may stand in code.</summary>
    private static bool IsPrivate(SecretSink sink, Origin origin, CompilationFacts facts, CancellationToken cancellationToken)
    {
        if (origin.Node is not ExpressionSyntax expression)
            return false;
        var text = facts.ModelOf(expression.SyntaxTree).GetConstantValue(expression, cancellationToken).Value as string ?? expression.ToString();
        return sink.Member.Name switch
        {
            "ImportFromPem" or "CreateFromPem" => text.Contains("PRIVATE KEY"),
            "FromXmlString" => text.Contains("<D>") || text.Contains("<P>"),
            _ => true,
        };
    }

    /// <summary>Protocols derive keys by a MAC with a public label as its key over the secret (Telegram's "WebAppData", BIP 32's "Bitcoin seed").</summary>
    private static bool IsDomainSeparation(SecretSink sink)
    {
        if (sink.Role != SecretRole.Key || !sink.Member.ContainingType.InheritsFrom("System.Security.Cryptography.KeyedHashAlgorithm") || sink.Member is not IMethodSymbol method)
            return false;
        if (method.MethodKind != MethodKind.Constructor)
            return sink.Use is InvocationExpressionSyntax call && SinkFinder.Argument(call.ArgumentList, method, "source") is { } source && IsSecret(source);
        return sink.Function.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(static i =>
            i.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ComputeHash" } && i.ArgumentList.Arguments.Count > 0 && IsSecret(i.ArgumentList.Arguments[0].Expression));
    }

    private static bool IsSecret(ExpressionSyntax message) => message.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Any(static n =>
        SecretWords.Any(w => n.Identifier.ValueText.EndsWith(w, StringComparison.OrdinalIgnoreCase)));
}
