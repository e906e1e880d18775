using System.Collections.Immutable;
using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.ApiUse;
using ApiSecurityAnalyzers.Rules.Cryptography;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Cryptography;

/// <summary>ASA6003: CBC, OAEP and PKCS#7, for encryption and decryption together.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WeakCipherModeFix))]
public sealed class WeakCipherModeFix : CryptographyFix
{
    internal const string UseCbc = "ASA6003.UseCbc";
    internal const string UseOaep = "ASA6003.UseOaep";
    internal const string UsePkcs7 = "ASA6003.UsePkcs7";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(WeakCipherMode.Descriptor.Id);

    private protected override IEnumerable<PlannedFix> Plan(FixScene scene, FoundUse use)
    {
        var plan = use.Algorithm switch
        {
            WeakCipherMode.Ecb => Cbc(scene, use),
            WeakCipherMode.Pkcs1 => Swap(scene, use, UseOaep, "Use OAEP (encrypt stored data anew)"),
            WeakCipherMode.ZeroPadding or WeakCipherMode.NoPadding => Swap(scene, use, UsePkcs7, "Use 'PKCS7' padding (encrypt stored data anew)"),
            _ => null,
        };
        if (plan is not null)
            yield return plan;
    }

    private static PlannedFix? Swap(FixScene scene, FoundUse use, string key, string title)
    {
        var type = FixScene.TypeOf(use.Node);
        var edits = new NodeEdits();
        var swap = new UseSwap(scene, WeakCipherMode.Table, edits);
        var group = scene.Within(type).Where(f => f.Algorithm == use.Algorithm).ToList();
        foreach (var each in group)
        {
            if (each.Shape == UseShape.Other)
                edits.Replace(each.Node, static n => SyntaxFactory.LiteralExpression(SyntaxKind.TrueLiteralExpression).WithTriviaFrom(n));
            else if (!swap.TryAdd(Fitting(scene, each)))
                return null;
        }

        var replacements = new HashSet<string>(group.Select(static u => u.Type?.Replacement).OfType<string>(), StringComparer.Ordinal);
        var reachesOut = swap.RenameDeclared(type, replacements);
        return new PlannedFix(key, title, edits, reachesOut);
    }

    /// <summary>The provider of the operating system knows OAEP with SHA-1 only, which is sound: OAEP does not rest on collisions.</summary>
    private static FoundUse Fitting(FixScene scene, FoundUse use) =>
        use is { Shape: UseShape.Member, Replacement: "OaepSHA256", Node.Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax call } } }
        && scene.TypeOfValue(call.Expression).Is(WeakCipherMode.RsaCryptoServiceProvider)
            ? use with { Replacement = "OaepSHA1" }
            : use;

    private static PlannedFix? Cbc(FixScene scene, FoundUse use)
    {
        var type = FixScene.TypeOf(use.Node);
        var edits = new NodeEdits();
        var cbc = new EcbToCbc(scene, edits);
        foreach (var each in scene.Within(type).Where(static f => f.Algorithm == WeakCipherMode.Ecb))
        {
            if (!cbc.TryAdd(each))
                return null;
        }

        return new PlannedFix(UseCbc, cbc.AddsVector ? "Use CBC with a random IV in front of the ciphertext (encrypt stored data anew)" : "Use 'CipherMode.CBC' (encrypt stored data anew)", edits) { Namespace = cbc.AddsVector ? "System.Linq" : null };
    }
}
