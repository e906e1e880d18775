using System.Collections.Immutable;
using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Engines.ApiUse;
using ApiSecurityAnalyzers.Rules.Cryptography;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ApiSecurityAnalyzers.CodeFixes.Cryptography;

/// <summary>ASA6002: AES, for encryption and decryption together.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BrokenCipherFix))]
public sealed class BrokenCipherFix : CryptographyFix
{
    internal const string UseAes = "ASA6002.UseAes";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(BrokenCipher.Descriptor.Id);

    private protected override IEnumerable<PlannedFix> Plan(FixScene scene, FoundUse use)
    {
        var type = FixScene.TypeOf(use.Node);
        var edits = new NodeEdits();
        var swap = new UseSwap(scene, BrokenCipher.Table, edits);
        var group = scene.Within(type).Where(f => f == use || (use.Algorithm != BrokenCipher.MachineDefault && f.Algorithm == use.Algorithm)).ToList();
        foreach (var each in group)
        {
            if (!swap.TryAdd(each))
                yield break;
        }

        if (!new KeySizes(scene, edits).TryAdapt(type))
            yield break;
        var replacements = new HashSet<string>(group.Select(static u => u.Type?.Replacement ?? u.FactoryType).OfType<string>(), StringComparer.Ordinal);
        var reachesOut = swap.RenameDeclared(type, replacements);
        yield return new PlannedFix(UseAes, use.Algorithm == BrokenCipher.MachineDefault ? "Use AES" : "Use AES (takes a key of its own; encrypt stored data anew)", edits, reachesOut);
    }
}
