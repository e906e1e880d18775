using System.Collections.Immutable;
using ApiSecurityAnalyzers.Engines.ApiUse;
using ApiSecurityAnalyzers.Rules.Cryptography;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Cryptography;

/// <summary>ASA6002 and ASA6003: judges what a cipher or mode is used for.</summary>
internal static class CipherUse
{
    private const string OnlyDecrypts = "is a broken cipher: this code only decrypts with it, so encrypt anew what it still reads";

    /// <summary>Building blocks that rest on single blocks by design.</summary>
    private static readonly ImmutableHashSet<string> BlockPrimitive = Set("ctr", "counter", "countermode", "keystream", "cmac", "omac", "kcv", "keycheckvalue", "checkvalue", "keywrap", "wrapkey", "unwrapkey", "gcm", "ccm", "eax", "xts", "fpe", "ff1", "ff3", "ntlm", "dukpt", "desfire");

    /// <summary>Names by which code shows that it authenticates its ciphertext.</summary>
    private static readonly ImmutableHashSet<string> Authentication = Set("hmac", "hmacsha256", "hmacsha384", "hmacsha512", "hmacsha1", "hmacmd5", "mac", "cmac", "gcm", "aesgcm", "ccm", "aesccm", "poly1305", "chacha20poly1305", "tag", "sign", "signed", "signature", "signdata", "signhash", "authenticated", "authenticate", "protector", "hash", "digest");

    private static readonly ImmutableHashSet<string> OwnPadding = Set("pad", "unpad", "padded", "addpadding", "removepadding", "strippadding", "pkcs7pad");

    public static Verdict JudgeCipher(FoundUse use)
    {
        if (use.Algorithm == BrokenCipher.MachineDefault)
            return new Verdict(Severity.Suggestion, "leaves the choice of the cipher to the configuration of the machine");
        if (DecryptsOnly(use.Node))
            return new Verdict(Severity.Suggestion, OnlyDecrypts);
        return new Verdict(Severity.Warning, "is a broken cipher: " + use.Algorithm switch
        {
            "DES" => "its 56-bit keys are searched through in hours",
            "RC4" => "its keystream is biased, which reveals repeated plaintext",
            "RC2" => "its 64-bit blocks and short keys give plaintext away",
            "TEA" or "Skipjack" => "its keys or blocks are too small to keep plaintext secret",
            _ => "its 64-bit blocks repeat after some gigabytes and then give plaintext away",
        });
    }

    public static Verdict JudgeMode(FoundUse use)
    {
        switch (use.Algorithm)
        {
            case WeakCipherMode.Ecb:
                if (IsBlockPrimitive(use.Node))
                    return Verdict.Silent;
                return DecryptsOnly(use.Node)
                    ? new Verdict(Severity.Suggestion, "decrypts block by block: whoever sees the ciphertext sees which blocks are equal, and can reorder them")
                    : new Verdict(Severity.Warning, "encrypts each block by itself: equal blocks of plaintext stay equal, so patterns show");
            case WeakCipherMode.Pkcs1:
                return new Verdict(Severity.Warning, "pads RSA by PKCS#1 v1.5: whoever learns whether decryption succeeds can decrypt");
            case WeakCipherMode.ZeroPadding:
                return HasStreamMode(use.Node) ? Verdict.Silent : new Verdict(Severity.Warning, "pads with zeros, which cannot be told from data that ends in zeros");
            case WeakCipherMode.NoPadding:
                return HasStreamMode(use.Node) || IsBlockPrimitive(use.Node) || PadsItself(use.Node)
                    ? Verdict.Silent
                    : new Verdict(Severity.Suggestion, "pads nothing, so that encryption fails for data that does not fill its last block");
            case WeakCipherMode.Unauthenticated:
                return IsAuthenticated(use.Node)
                    ? Verdict.Silent
                    : new Verdict(Severity.Suggestion, "encrypts without authentication: whoever can change the ciphertext changes the plaintext unnoticed");
            default:
                return Verdict.Silent;
        }
    }

    /// <summary>Whether the type around reads old data only.</summary>
    private static bool DecryptsOnly(SyntaxNode node)
    {
        if (Outermost(node) is not TypeDeclarationSyntax type)
            return false;
        var decrypts = false;
        foreach (var token in type.DescendantTokens())
        {
            if (!token.IsKind(SyntaxKind.IdentifierToken))
                continue;
            var name = token.ValueText;
            if (name.IndexOf("Encrypt", StringComparison.OrdinalIgnoreCase) >= 0 && token.Parent is not (BaseTypeDeclarationSyntax or ConstructorDeclarationSyntax))
                return false;
            decrypts |= name is "CreateDecryptor" || name.StartsWith("Decrypt", StringComparison.Ordinal) || name.StartsWith("TryDecrypt", StringComparison.Ordinal);
        }

        return decrypts;
    }

    private static bool IsBlockPrimitive(SyntaxNode node)
    {
        foreach (var ancestor in node.Ancestors())
        {
            var name = ancestor switch
            {
                MethodDeclarationSyntax method => method.Identifier.ValueText,
                LocalFunctionStatementSyntax function => function.Identifier.ValueText,
                PropertyDeclarationSyntax property => property.Identifier.ValueText,
                BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
                _ => "",
            };
            if (Words.Say(name, BlockPrimitive))
                return true;
        }

        return false;
    }

    /// <summary>Whether the code around names a mode for which padding does not matter, or in which it is not the fault to name.</summary>
    private static bool HasStreamMode(SyntaxNode node)
    {
        if (node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var call } } && (call.EndsWith("Ecb", StringComparison.Ordinal) || call.EndsWith("Cfb", StringComparison.Ordinal)))
            return true;
        return node.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member
            && member.DescendantTokens().Any(static t => t.IsKind(SyntaxKind.IdentifierToken) && t.ValueText is "ECB" or "CFB" or "OFB" or "CTS");
    }

    private static bool PadsItself(SyntaxNode node) =>
        Outermost(node).DescendantTokens().Any(static t => t.IsKind(SyntaxKind.IdentifierToken) && Words.Say(t.ValueText, OwnPadding));

    private static bool IsAuthenticated(SyntaxNode node)
    {
        foreach (var token in node.SyntaxTree.GetRoot().DescendantTokens(static n => n is not UsingDirectiveSyntax))
        {
            // the broken modes and ciphers have findings of their own
            if (token.IsKind(SyntaxKind.IdentifierToken) && (token.ValueText is "ECB" || Words.Say(token.ValueText, Authentication)))
                return true;
        }

        return false;
    }

    private static SyntaxNode Outermost(SyntaxNode node) => (SyntaxNode?)node.Ancestors().OfType<TypeDeclarationSyntax>().LastOrDefault() ?? node.SyntaxTree.GetRoot();

    private static ImmutableHashSet<string> Set(params string[] terms) => terms.ToImmutableHashSet(StringComparer.Ordinal);
}
